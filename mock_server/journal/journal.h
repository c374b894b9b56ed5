// What was called, newest last, bounded in bytes: the oldest entries make room. It remembers that
// it forgot, so that nobody takes missing evidence for evidence. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "base/mutex.h"
#include "mock_server/journal/entry.h"

namespace kondor {

class Journal {
 public:
  using EntryPtr = std::shared_ptr<const JournalEntry>;

  // Everything kept, oldest first, as of one moment.
  struct Snapshot {
    std::vector<EntryPtr> entries;
    std::uint64_t evicted_through = 0;  // entries up to this id made room; 0: none since the clear
  };

  explicit Journal(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Gives the entry its id and keeps it; by then every reader can see it.
  std::uint64_t Append(JournalEntry entry);

  Snapshot Read() const;
  EntryPtr Find(std::uint64_t id) const;  // nullptr: evicted, cleared or never written
  std::uint64_t last_id() const;
  std::size_t bytes() const;

  // Forgets everything; ids go on counting.
  void Clear();
  // Forgets everything and counts from 1 again: the journal of a new life.
  void Restart();

 private:
  const std::size_t bytes_max_;

  void ClearLocked(std::deque<EntryPtr>& forgotten) KONDOR_REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::deque<EntryPtr> entries_ KONDOR_GUARDED_BY(mutex_);
  std::size_t bytes_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::uint64_t last_id_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::uint64_t evicted_through_ KONDOR_GUARDED_BY(mutex_) = 0;
};

}  // namespace kondor
