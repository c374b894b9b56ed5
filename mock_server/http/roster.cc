#include "mock_server/http/roster.h"

#include <sys/socket.h>

namespace kondor::http {
bool Roster::Add(Entry& entry) {
  MutexLock lock(mutex_);
  if (stopping_) return false;
  entries_.insert(&entry);
  return true;
}

void Roster::Remove(Entry& entry) {
  MutexLock lock(mutex_);
  entries_.erase(&entry);
  changed_.notify_all();
}

void Roster::MakeRoom() {
  const Instant::rep fair = (SocketNow() - fair_reading_time_).time_since_epoch().count();
  MutexLock lock(mutex_);
  Entry* first = nullptr;
  Activity first_activity = Activity::kAnswering;
  for (Entry* const entry : entries_) {
    const Activity activity = entry->activity_;
    if (activity == Activity::kLeaving) return;  // one at a time is enough
    if (activity == Activity::kAnswering || activity > first_activity) continue;
    if (activity >= Activity::kFresh && entry->since_ > fair) continue;
    if (activity < first_activity || entry->since_ < first->since_) {
      first = entry;
      first_activity = activity;
    }
  }
  if (first == nullptr) return;
  // Only the reading side: a request that comes in this moment is still answered.
  shutdown(first->socket_, SHUT_RD);
  first->Now(Activity::kLeaving);
}

void Roster::AwaitRemoval(Instant deadline) {
  MutexLock lock(mutex_);
  std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
  if (!stopping_) changed_.wait_until(native, deadline);
  native.release();
}

void Roster::StartStopping() {
  stopping_ = true;
  MutexLock lock(mutex_);
  for (Entry* const entry : entries_) {
    const Activity activity = entry->activity_;
    if (activity < Activity::kReading) shutdown(entry->socket_, SHUT_RD);
  }
  changed_.notify_all();
}

void Roster::AwaitEmpty(Instant deadline) {
  MutexLock lock(mutex_);
  std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
  bool cut = false;
  while (!entries_.empty()) {
    if (cut) {
      changed_.wait(native);  // for handlers that still run: they cannot be interrupted
    } else if (changed_.wait_until(native, deadline) == std::cv_status::timeout) {
      for (Entry* const entry : entries_) shutdown(entry->socket_, SHUT_RDWR);
      cut = true;
    }
  }
  native.release();
}

std::size_t Roster::size() const {
  MutexLock lock(mutex_);
  return entries_.size();
}

}  // namespace kondor::http
