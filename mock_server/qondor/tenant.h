// What one sandbox holds of Qondor: the directory of who may call, and each environment's entities.
// An environment that nobody calls costs nothing: its backend is built at its first call.
// Thread-safe.
#pragma once

#include <array>
#include <memory>

#include "base/clock.h"
#include "base/mutex.h"
#include "mock_server/journal/journal.h"
#include "mock_server/qondor/backend/backend.h"
#include "mock_server/qondor/contract/environment.h"
#include "mock_server/qondor/directory/directory.h"
#include "mock_server/qondor/seed.h"

namespace kondor::qondor {

class Tenant {
 public:
  // `start` is when the sandbox starts. The journal must outlive this.
  Tenant(std::shared_ptr<const Seed> seed, TimePoint start, Journal& journal);

  Directory& directory() { return directory_; }
  // Never null. A reset leaves the one that is given out alone and makes another.
  std::shared_ptr<Backend> backend(Environment environment);

  // Back to the seed, with the same keys.
  void Reset(TimePoint start);

 private:
  const std::shared_ptr<const Seed> seed_;
  Directory directory_;

  Mutex mutex_;
  std::array<std::shared_ptr<Backend>, kEnvironments.size()> backends_ KONDOR_GUARDED_BY(mutex_);
};

}  // namespace kondor::qondor
