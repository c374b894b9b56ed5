#include "mock_server/qondor/tenant.h"

#include <utility>

namespace kondor::qondor {

Tenant::Tenant(std::shared_ptr<const Seed> seed, TimePoint start, Journal& journal)
    : seed_(std::move(seed)), directory_(seed_->directory, start, journal) {}

std::shared_ptr<Backend> Tenant::backend(Environment environment) {
  const MutexLock lock(mutex_);
  std::shared_ptr<Backend>& backend = backends_[static_cast<std::size_t>(environment)];
  if (backend == nullptr) backend = std::make_shared<Backend>(environment, BackendSeedOf(*seed_));
  return backend;
}

void Tenant::Reset(TimePoint start) {
  directory_.Reset(start);
  decltype(backends_) dropped;  // freed after the lock is gone
  const MutexLock lock(mutex_);
  dropped.swap(backends_);
}

}  // namespace kondor::qondor
