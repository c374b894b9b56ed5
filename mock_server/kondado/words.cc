// The words of the enumerations, as they stand on the wire and in seeds.
#include <array>
#include <utility>

#include "mock_server/kondado/seed.h"

namespace kondor::kondado {
namespace {

template <typename Enum, std::size_t N>
using WordTable = std::array<std::pair<std::string_view, Enum>, N>;

template <typename Enum, std::size_t N>
std::string_view TextOf(const WordTable<Enum, N>& words, Enum value) {
  for (const auto& [text, candidate] : words) {
    if (candidate == value) return text;
  }
  return {};
}

template <typename Enum, std::size_t N>
std::optional<Enum> ValueOf(const WordTable<Enum, N>& words, std::string_view text) {
  for (const auto& [candidate, value] : words) {
    if (candidate == text) return value;
  }
  return {};
}

template <typename Enum, std::size_t N>
std::string Join(const WordTable<Enum, N>& words) {
  std::string list;
  for (const auto& [text, value] : words) list += (list.empty() ? "" : ", ") + std::string(text);
  return list;
}

constexpr WordTable<PipelineStatus, 8> kPipelineStatuses = {{
    {"running", PipelineStatus::kRunning},
    {"scheduled", PipelineStatus::kScheduled},
    {"active", PipelineStatus::kActive},
    {"not_active", PipelineStatus::kNotActive},
    {"building_tables", PipelineStatus::kBuildingTables},
    {"error_building_tables", PipelineStatus::kErrorBuildingTables},
    {"too_many_consecutive_failed_builds", PipelineStatus::kTooManyFailedBuilds},
    {"too_many_consecutive_failed_builds__blocked", PipelineStatus::kTooManyFailedBuildsBlocked},
}};

constexpr WordTable<ModelStatus, 4> kModelStatuses = {{
    {"running", ModelStatus::kRunning},
    {"scheduled", ModelStatus::kScheduled},
    {"active", ModelStatus::kActive},
    {"not_active", ModelStatus::kNotActive},
}};

constexpr WordTable<KuboStatus, 3> kKuboStatuses = {{
    {"not_published", KuboStatus::kNotPublished},
    {"rebuilding", KuboStatus::kRebuilding},
    {"operational", KuboStatus::kOperational},
}};

constexpr WordTable<Permission, 6> kPermissions = {{
    {"read_pipelines", Permission::kReadPipelines},
    {"run_pipelines", Permission::kRunPipelines},
    {"read_models", Permission::kReadModels},
    {"read_collections", Permission::kReadCollections},
    {"create_guests", Permission::kCreateGuests},
    {"send_webhooks", Permission::kSendWebhooks},
}};

}  // namespace

std::string_view ToText(PipelineStatus status) { return TextOf(kPipelineStatuses, status); }
std::optional<PipelineStatus> ParsePipelineStatus(std::string_view text) {
  return ValueOf(kPipelineStatuses, text);
}
std::string_view PipelineStatusWords() {
  static const std::string words = Join(kPipelineStatuses);
  return words;
}

std::string_view ToText(ModelStatus status) { return TextOf(kModelStatuses, status); }
std::optional<ModelStatus> ParseModelStatus(std::string_view text) {
  return ValueOf(kModelStatuses, text);
}
std::string_view ModelStatusWords() {
  static const std::string words = Join(kModelStatuses);
  return words;
}

std::string_view ToText(KuboStatus status) { return TextOf(kKuboStatuses, status); }
std::optional<KuboStatus> ParseKuboStatus(std::string_view text) {
  return ValueOf(kKuboStatuses, text);
}
std::string_view KuboStatusWords() {
  static const std::string words = Join(kKuboStatuses);
  return words;
}

std::string_view ToText(Permission permission) { return TextOf(kPermissions, permission); }
std::optional<Permission> ParsePermission(std::string_view text) {
  return ValueOf(kPermissions, text);
}
std::string_view PermissionWords() {
  static const std::string words = Join(kPermissions);
  return words;
}

std::vector<std::string_view> PermissionSet::Texts() const {
  std::vector<std::string_view> texts;
  for (const auto& [text, permission] : kPermissions) {
    if (Has(permission)) texts.push_back(text);
  }
  return texts;
}

std::string_view ToText(TokenKind kind) {
  return kind == TokenKind::kUser ? "user" : "via_kondado";
}

}  // namespace kondor::kondado
