// All sandboxes of one server, by name. Thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "mock_server/sandbox/sandbox.h"

namespace kondor {

inline constexpr std::string_view kDefaultSandbox = "default";

// Lower-case letters, digits, '-' and '_', at most 63, beginning with a letter or digit.
bool IsSandboxName(std::string_view name);

class Sandboxes {
 public:
  static constexpr std::size_t kCountMax = 65'536;

  // `base` is what a new sandbox starts from; `machine` must outlive this.
  Sandboxes(SandboxConfig base, const Clock& machine) : base_(std::move(base)), machine_(machine) {}

  // A copy of what new sandboxes start from, for the caller to change.
  SandboxConfig base() const { return base_; }

  // An empty name gets one that is free. kAlreadyExists when it is taken.
  Result<std::shared_ptr<Sandbox>> Create(SandboxConfig config);
  std::shared_ptr<Sandbox> Find(std::string_view name) const;  // nullptr when there is none
  bool Drop(std::string_view name);
  std::vector<std::shared_ptr<Sandbox>> All() const;
  std::size_t count() const;

 private:
  const SandboxConfig base_;
  const Clock& machine_;

  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<Sandbox>, std::less<>> by_name_ KONDOR_GUARDED_BY(mutex_);
  std::uint64_t last_number_ KONDOR_GUARDED_BY(mutex_) = 0;
};

}  // namespace kondor
