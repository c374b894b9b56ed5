#include "mock_server/journal/journal.h"

#include <utility>

namespace kondor {

std::uint64_t Journal::Append(JournalEntry entry) {
  const auto kept = std::make_shared<JournalEntry>(std::move(entry));
  const std::size_t bytes = kept->Bytes();
  std::vector<EntryPtr> evicted;  // freed after the lock is gone
  const MutexLock lock(mutex_);
  kept->id = ++last_id_;
  bytes_ += bytes;
  entries_.push_back(kept);
  while (bytes_ > bytes_max_ && entries_.size() > 1) {
    bytes_ -= entries_.front()->Bytes();
    evicted_through_ = entries_.front()->id;
    evicted.push_back(std::move(entries_.front()));
    entries_.pop_front();
  }
  return last_id_;
}

Journal::Snapshot Journal::Read() const {
  const MutexLock lock(mutex_);
  return {{entries_.begin(), entries_.end()}, evicted_through_};
}

Journal::EntryPtr Journal::Find(std::uint64_t id) const {
  const MutexLock lock(mutex_);
  // Ids stand in the journal without gaps, so the place follows from the first one.
  if (entries_.empty() || id < entries_.front()->id || id > last_id_) return nullptr;
  return entries_[id - entries_.front()->id];
}

std::uint64_t Journal::last_id() const {
  const MutexLock lock(mutex_);
  return last_id_;
}

std::size_t Journal::bytes() const {
  const MutexLock lock(mutex_);
  return bytes_;
}

void Journal::Clear() {
  std::deque<EntryPtr> forgotten;  // freed after the lock is gone
  const MutexLock lock(mutex_);
  ClearLocked(forgotten);
}

void Journal::Restart() {
  std::deque<EntryPtr> forgotten;
  const MutexLock lock(mutex_);
  ClearLocked(forgotten);
  last_id_ = 0;
}

void Journal::ClearLocked(std::deque<EntryPtr>& forgotten) {
  forgotten.swap(entries_);
  bytes_ = 0;
  evicted_through_ = 0;
}

}  // namespace kondor
