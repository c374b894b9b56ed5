#include "client/command/access_of.h"

namespace kondor::client::command {
namespace {

constexpr std::string Access::*kBaseUrls[] = {&Access::kondado_base_url, &Access::webhook_base_url,
                                              &Access::via_kondado_base_url,
                                              &Access::qondor_base_url};

std::string Access::*BaseUrlOf(Verb verb) {
  switch (verb) {
    case Verb::kWebhook:
      return &Access::webhook_base_url;
    case Verb::kTables:
    case Verb::kTable:
      return &Access::via_kondado_base_url;
    case Verb::kQondorCall:
      return &Access::qondor_base_url;
    default:
      return &Access::kondado_base_url;
  }
}

}  // namespace

Result<Access> AccessOf(const Options& options) {
  auto access = AccessFromEnvironment();
  if (!access) return access;
  if (!options.credentials_file.empty()) {
    auto from_file = AccessFromFile(options.credentials_file);
    if (!from_file) return from_file;
    for (const auto url : kBaseUrls) {
      if (((*from_file).*url).empty()) (*from_file).*url = (*access).*url;
    }
    access = std::move(from_file);
  }
  if (!options.base_url.empty()) (*access).*BaseUrlOf(options.verb) = options.base_url;
  return access;
}

}  // namespace kondor::client::command
