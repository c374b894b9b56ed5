// Which calls are meant, and whether there were as many as expected.
// Thread-safe: pure functions over immutable entries.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/journal/journal.h"

namespace kondor {

// One condition on one field. `pattern` may hold '*' for any run of characters.
struct Criterion {
  std::string field;  // "method", "path", "query.key", "header.Accept", "body" ...
  std::string pattern;
};

// Every criterion must hold; none means every call.
struct Match {
  std::vector<Criterion> criteria;
  std::uint64_t after = 0;  // only entries with a higher id

  // kInvalidArgument naming the fields that can be asked for.
  Result<void> Add(std::string_view field, std::string_view pattern);
};

// Unknown: what decides was too long to be kept whole, or was redacted.
enum class Matched { kNo, kYes, kUnknown };

struct Difference {
  std::string field;
  std::string expected;
  std::string actual;
};

Matched MatchEntry(const Match& match, const JournalEntry& entry,
                   std::vector<Difference>* differences);

struct ExpectedCount {
  std::uint64_t at_least = 0;
  std::uint64_t at_most = std::numeric_limits<std::uint64_t>::max();
};

enum class Verdict { kPass, kFail, kIncomplete };
std::string_view ToText(Verdict verdict);

struct CloseEntry {
  Journal::EntryPtr entry;
  std::vector<Difference> differences;
};

struct Verification {
  Verdict verdict = Verdict::kPass;
  std::vector<std::uint64_t> matched;  // ids
  std::uint64_t undecided = 0;         // kept entries that may match: cut or redacted
  std::uint64_t evicted_through = 0;   // over 0: entries that may have matched are gone
  std::vector<CloseEntry> closest;     // at most three, fewest differences first, newest first
};

// Never passes on missing evidence: what was evicted, cut or redacted could have matched.
Verification Verify(const Journal::Snapshot& snapshot, const Match& match,
                    const ExpectedCount& count);

}  // namespace kondor
