#include "mock_server/front/sandboxes.h"

#include <algorithm>
#include <utility>

namespace kondor {

bool IsSandboxName(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= 63 && plain(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return plain(c) || c == '-' || c == '_'; });
}

Result<std::shared_ptr<Sandbox>> Sandboxes::Create(SandboxConfig config) {
  if (!config.name.empty() && !IsSandboxName(config.name)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a sandbox's name is 1 to 63 of a-z, 0-9, '-' and '_', and begins with a "
                      "letter or digit");
  }
  if (config.name.empty()) {
    const MutexLock lock(mutex_);
    do {
      config.name = "sandbox-" + std::to_string(++last_number_);
    } while (by_name_.contains(config.name));
  }
  // Made outside the lock: seeding and credentials take their time.
  Result<std::shared_ptr<Sandbox>> made = Sandbox::Create(std::move(config), machine_);
  if (!made) return made;
  const MutexLock lock(mutex_);
  if (by_name_.size() >= kCountMax) {
    return Unexpected(ErrorKind::kUnavailable, "there are " + std::to_string(kCountMax) +
                                                   " sandboxes; drop some with DELETE first");
  }
  if (!by_name_.emplace((*made)->name(), *made).second) {
    return Unexpected(ErrorKind::kAlreadyExists, "there is a sandbox '" + (*made)->name() +
                                                     "' already; choose another name, or reset it");
  }
  return made;
}

std::shared_ptr<Sandbox> Sandboxes::Find(std::string_view name) const {
  const MutexLock lock(mutex_);
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

bool Sandboxes::Drop(std::string_view name) {
  std::shared_ptr<Sandbox> dropped;  // destroyed after the lock is gone
  const MutexLock lock(mutex_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return false;
  dropped = std::move(found->second);
  by_name_.erase(found);
  return true;
}

std::vector<std::shared_ptr<Sandbox>> Sandboxes::All() const {
  const MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Sandbox>> all;
  all.reserve(by_name_.size());
  for (const auto& [name, sandbox] : by_name_) all.push_back(sandbox);
  return all;
}

std::size_t Sandboxes::count() const {
  const MutexLock lock(mutex_);
  return by_name_.size();
}

}  // namespace kondor
