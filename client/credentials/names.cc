#include "client/credentials/names.h"

#include <algorithm>
#include <array>

namespace kondor::client {

std::span<const AccessName> AccessNames() {
  static constexpr std::array<AccessName, 9> kNames = {{
      {"KONDADO_KEY", [](Access& a) -> std::string& { return a.kondado.key; }},
      {"KONDADO_TOKEN", [](Access& a) -> std::string& { return a.kondado.token; }},
      {"KONDADO_VIA_TOKEN", [](Access& a) -> std::string& { return a.via_kondado_token; }},
      {"KONDADO_BASE_URL", [](Access& a) -> std::string& { return a.kondado_base_url; }},
      {"KONDADO_WEBHOOK_BASE_URL", [](Access& a) -> std::string& { return a.webhook_base_url; }},
      {"KONDADO_VIA_BASE_URL", [](Access& a) -> std::string& { return a.via_kondado_base_url; }},
      {"QONDOR_SUBSCRIPTION_KEY", [](Access& a) -> std::string& { return a.qondor.primary_key; }},
      {"QONDOR_SECONDARY_KEY", [](Access& a) -> std::string& { return a.qondor.secondary_key; }},
      {"QONDOR_BASE_URL", [](Access& a) -> std::string& { return a.qondor_base_url; }},
  }};
  return kNames;
}

bool IsPlainValue(std::string_view value) {
  return std::ranges::all_of(value, [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace kondor::client
