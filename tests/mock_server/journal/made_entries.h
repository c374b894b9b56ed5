// Journal entries made by hand or by real books, for tests. Not thread-safe: a test's own.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/journal/journal.h"
#include "mock_server/ledger/ledger.h"

namespace kondor {

inline JournalEntry MadeEntry(std::string method, std::string path, int status = 200) {
  JournalEntry entry;
  entry.id = 1;
  entry.method = std::move(method);
  entry.path = std::move(path);
  entry.status = status;
  return entry;
}

// A snapshot in which the entries have the ids 1, 2, 3 ...
inline Journal::Snapshot SnapshotOf(std::vector<JournalEntry> entries,
                                    std::uint64_t evicted_through = 0) {
  Journal::Snapshot snapshot;
  snapshot.evicted_through = evicted_through;
  std::uint64_t id = evicted_through;
  for (JournalEntry& entry : entries) {
    entry.id = ++id;
    snapshot.entries.push_back(std::make_shared<JournalEntry>(std::move(entry)));
  }
  return snapshot;
}

// Calls that real books decide and a journal keeps.
class Traffic {
 public:
  explicit Traffic(const ledger::Reading& reading, std::size_t journal_bytes_max = 1 << 24)
      : reading_(reading), books_(reading), journal_(journal_bytes_max) {}

  // `key` 0: none is known. Returns the entry's id.
  std::uint64_t Call(TimePoint at, std::string_view ip, std::uint32_t key = 0) {
    JournalEntry entry;
    entry.client = net::IpAddress::Parse(ip).value();
    if (key != 0) {
      entry.known_key = ledger::KeyIdentity{key};
      entry.key = "key-" + std::to_string(key);
    }
    entry.reading = reading_;
    entry.decision = books_.Decide(at, entry.client.Identity(), entry.known_key);
    entry.at = entry.decision->at;
    entry.outcome = entry.decision->admitted() ? Outcome::kOk : Outcome::kRateLimited;
    return journal_.Append(std::move(entry));
  }

  const Journal& journal() const { return journal_; }

 private:
  const ledger::Reading reading_;
  ledger::Ledger books_;
  Journal journal_;
};

}  // namespace kondor
