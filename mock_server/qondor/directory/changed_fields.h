// Assigns what a change names, and remembers which fields it really changed: what the journal tells
// of it, and whether there is anything to tell. Not thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace kondor::qondor {

class ChangedFields {
 public:
  // Whether it differs from what was there.
  template <typename T>
  bool Assign(std::string_view name, const std::optional<T>& from, T& to) {
    if (!from || *from == to) return false;
    to = *from;
    names_.push_back(name);
    return true;
  }
  const std::vector<std::string_view>& names() const { return names_; }

 private:
  std::vector<std::string_view> names_;
};

}  // namespace kondor::qondor
