#include "scenarios/live/target.h"

#include <cstdlib>
#include <utility>

#include "client/credentials/access.h"
#include "client/credentials/options.h"

namespace kondor::live {
namespace {

// Of the right shape (K2, G9), and nobody's.
constexpr const char* kNobodysKey = "00000000-0000-4000-8000-000000000000";
constexpr const char* kNobodysToken = "n0b0dyn0b0dyn0b0dyn0b0dyn0b0dyn0b0dy";
constexpr const char* kNobodysQondorKey = "00000000000040008000000000000000";

Unexpected Missing(const std::string& what) {
  return Unexpected(ErrorKind::kInvalidArgument, what);
}

std::string FromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool IsLoopback(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return false;
  const std::size_t begin = scheme + 3;
  const std::string authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
  if (authority.find('@') != std::string::npos) return false;
  if (authority == "[::1]" || authority.starts_with("[::1]:")) return true;
  const std::string host = authority.substr(0, authority.find(':'));
  const bool is_v4 = host.find_first_not_of("0123456789.") == std::string::npos;
  return host == "localhost" || (is_v4 && host.starts_with("127."));
}

Result<void> CheckReach(const Target& target) {
  if (FromEnvironment(kLoopbackOnly).empty()) return {};
  for (const auto& [host, url] : target.base_urls) {
    if (IsLoopback(url)) continue;
    return Unexpected(ErrorKind::kInvalidArgument,
                      std::string(kLoopbackOnly) + " is set, so " + url +
                          " is not called; set the vendor's _BASE_URL to an address of this "
                          "machine, or unset " +
                          kLoopbackOnly);
  }
  return {};
}

// An empty base URL is the vendor's own.
std::string Or(std::string url, const char* vendors_own) {
  return url.empty() ? vendors_own : std::move(url);
}

void AddBeside(Target& target, Host host, const Result<std::string>& url, const char* own) {
  if (url) {
    target.base_urls[host] = Or(*url, own);
  } else {
    target.closed[host] = url.error().message;
  }
}

Fields KondadoFields(const client::KondadoCredentials& ours,
                     const client::KondadoCredentials& second, const std::string& via, Host host,
                     Presented who) {
  if (who == Presented::kMissing) return {};
  if (host == Host::kHub) {
    return {{{"token", who == Presented::kOurs ? via : kNobodysToken}}, {}};
  }
  switch (who) {
    case Presented::kUnknown:
      return {{{"key", kNobodysKey}, {"token", kNobodysToken}}, {}};
    case Presented::kWrong:
      return {{{"key", ours.key}, {"token", kNobodysToken}}, {}};
    case Presented::kSecond:
      return {{{"key", second.key}, {"token", second.token}}, {}};
    default:
      return {{{"key", ours.key}, {"token", ours.token}}, {}};
  }
}

Fields QondorFields(const std::string& key, Presented who) {
  constexpr const char* kHeader = "Ocp-Apim-Subscription-Key";
  switch (who) {
    case Presented::kMissing:
      return {};
    case Presented::kUnknown:
      return {{}, {{kHeader, kNobodysQondorKey}}};
    case Presented::kInQuery:
      return {{{"subscription-key", key}}, {}};
    case Presented::kBothPlaces:
      return {{{"subscription-key", key}}, {{kHeader, kNobodysQondorKey}}};
    default:
      return {{}, {{kHeader, key}}};
  }
}

Result<Target> Kondado(const client::Access& access) {
  if (access.kondado.key.empty() || access.kondado.token.empty()) {
    return Missing("set KONDADO_KEY and KONDADO_TOKEN to a user's token (K2)");
  }
  Target target;
  target.base_urls[Host::kK2] = Or(access.kondado_base_url, "https://k2.kondado.com.br");
  target.name = "kondado " + target.base_urls[Host::kK2];
  const auto hook = client::OptionsForWebhook(access, 0);
  const auto hub = client::OptionsForViaKondado(access);
  AddBeside(target, Host::kK1,
            hook ? Result<std::string>(hook->endpoint.http.base_url) : Unexpected(hook.error()),
            "https://k1.kondado.com.br");
  AddBeside(target, Host::kHub,
            hub ? Result<std::string>(hub->endpoint.http.base_url) : Unexpected(hub.error()),
            "https://hub.kondado.io");
  if (access.via_kondado_token.empty()) {
    target.base_urls.erase(Host::kHub);
    target.closed[Host::kHub] = "needs a Via Kondado token: set KONDADO_VIA_TOKEN";
  }
  const client::KondadoCredentials second{FromEnvironment("KONDADO_SECOND_KEY"),
                                          FromEnvironment("KONDADO_SECOND_TOKEN")};
  if (second.key.empty() != second.token.empty()) {
    return Missing("set KONDADO_SECOND_KEY and KONDADO_SECOND_TOKEN both, or neither");
  }
  if (!second.key.empty()) target.second = SecondToken::kGiven;
  target.wallet = [ours = access.kondado, second, via = access.via_kondado_token](Host host,
                                                                                  Presented who) {
    return KondadoFields(ours, second, via, host, who);
  };
  target.secrets.Set("user.key", access.kondado.key);
  target.secrets.Set("user.token", access.kondado.token);
  target.secrets.Set("via.token", access.via_kondado_token);
  target.secrets.Set("second.key", second.key);
  target.secrets.Set("second.token", second.token);
  return target;
}

Result<Target> Qondor(const client::Access& access) {
  if (access.qondor.primary_key.empty()) {
    return Missing("set QONDOR_SUBSCRIPTION_KEY to a subscription's key (Q4)");
  }
  const client::QondorOptions options = client::OptionsForQondor(access);
  Target target;
  target.vendor = Vendor::kQondor;
  target.base_urls[Host::kQondor] =
      Or(options.endpoint.http.base_url, "https://qondor.azure-api.net");
  target.environment = client::ToText(options.environment);
  target.name = "qondor " + target.base_urls[Host::kQondor] + "/" + target.environment;
  target.wallet = [key = access.qondor.primary_key](Host, Presented who) {
    return QondorFields(key, who);
  };
  target.secrets.Set("production.primary", access.qondor.primary_key);
  target.secrets.Set("production.secondary", access.qondor.secondary_key);
  return target;
}

}  // namespace

Result<Target> TargetFromEnvironment(Vendor vendor) {
  const Result<client::Access> access = client::AccessFromEnvironment();
  if (!access) return Unexpected(access.error());
  Result<Target> target = vendor == Vendor::kKondado ? Kondado(*access) : Qondor(*access);
  if (!target) return target;
  if (Result<void> reach = CheckReach(*target); !reach) return Unexpected(reach.error());
  return target;
}

}  // namespace kondor::live
