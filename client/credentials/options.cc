#include "client/credentials/options.h"

#include <array>
#include <string>
#include <string_view>

namespace kondor::client {
namespace {

void DropSlashes(std::string& url) {
  while (url.ends_with('/')) url.pop_back();
}

// The base URL of a host beside k2; empty for the vendor's own.
Result<std::string> Beside(std::string k2, std::string_view host, const std::string& said,
                           const char* name) {
  if (!said.empty()) return said;
  if (k2.empty()) return std::string();
  DropSlashes(k2);
  if (k2.ends_with("/k2")) return k2.substr(0, k2.size() - 2) + std::string(host);
  return Unexpected(ErrorKind::kInvalidArgument,
                    std::string("KONDADO_BASE_URL is of k2 alone; set ") + name + ", too");
}

}  // namespace

KondadoOptions OptionsForKondado(const Access& access) {
  KondadoOptions options{access.kondado};
  options.endpoint.http.base_url = access.kondado_base_url;
  return options;
}

Result<KondadoWebhookOptions> OptionsForWebhook(const Access& access, std::int64_t pipeline_id) {
  auto url =
      Beside(access.kondado_base_url, "k1", access.webhook_base_url, "KONDADO_WEBHOOK_BASE_URL");
  if (!url) return Unexpected(url.error());
  KondadoWebhookOptions options{pipeline_id, access.kondado};
  options.endpoint.http.base_url = std::move(*url);
  return options;
}

Result<ViaKondadoOptions> OptionsForViaKondado(const Access& access) {
  auto url =
      Beside(access.kondado_base_url, "hub", access.via_kondado_base_url, "KONDADO_VIA_BASE_URL");
  if (!url) return Unexpected(url.error());
  ViaKondadoOptions options{access.via_kondado_token};
  options.endpoint.http.base_url = std::move(*url);
  return options;
}

QondorOptions OptionsForQondor(const Access& access) {
  using enum QondorEnvironment;
  QondorOptions options{access.qondor};
  std::string& url = options.endpoint.http.base_url;
  url = access.qondor_base_url;
  DropSlashes(url);
  for (const QondorEnvironment environment : std::array{kProduction, kTest, kDevelopment}) {
    const std::string ending = "/" + std::string(ToText(environment));
    if (!url.ends_with(ending)) continue;
    url.resize(url.size() - ending.size());
    options.environment = environment;
    break;
  }
  return options;
}

}  // namespace kondor::client
