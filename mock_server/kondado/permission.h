// What a user may do; a token may do what its user may (K3). The vendor publishes no list of
// permissions, so this one is ours: one for each thing its documented API does.
// Immutable value types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kondor::kondado {

enum class Permission : unsigned {
  kReadPipelines = 1U << 0U,    // K9
  kRunPipelines = 1U << 1U,     // K7
  kReadModels = 1U << 2U,       // K11
  kReadCollections = 1U << 3U,  // K12-K14
  kCreateGuests = 1U << 4U,     // K15
  kSendWebhooks = 1U << 5U,     // W1
};

std::string_view ToText(Permission permission);
std::optional<Permission> ParsePermission(std::string_view text);
std::string_view PermissionWords();  // all of them, comma separated

class PermissionSet {
 public:
  void Add(Permission permission) { bits_ |= static_cast<unsigned>(permission); }
  bool Has(Permission permission) const { return (bits_ & static_cast<unsigned>(permission)) != 0; }
  std::vector<std::string_view> Texts() const;

 private:
  unsigned bits_ = 0;
};

}  // namespace kondor::kondado
