#include "mock_server/qondor/gateway/destination.h"

#include <array>
#include <utility>

#include "mock_server/http/query.h"

namespace kondor::qondor {
namespace {

// No operation has another one (Q12).
constexpr std::array<std::string_view, 4> kMethods = {"GET", "POST", "PUT", "DELETE"};

struct InEnvironment {
  Environment environment;
  std::string_view rest;  // from the slash on
};

std::optional<InEnvironment> TakeEnvironment(std::string_view path) {
  if (path.empty() || path.front() != '/') return {};
  const std::size_t slash = path.find('/', 1);
  if (slash == std::string_view::npos) return {};
  const std::optional<Environment> environment =
      ParseEnvironment(http::PercentDecode(path.substr(1, slash - 1), http::PlusSign::kLiteral));
  if (!environment) return {};
  return InEnvironment{*environment, path.substr(slash)};
}

}  // namespace

std::optional<Destination> FindDestination(std::string_view method, std::string_view path) {
  const std::optional<InEnvironment> in = TakeEnvironment(path);
  if (!in) return {};
  std::optional<Route> route = Contract::Get().Find(method, in->rest);
  if (!route) return {};
  return Destination{in->environment, *std::move(route)};
}

std::shared_ptr<const Grounds> GroundsOfNoRoute(std::string_view path) {
  Grounds grounds;
  const std::optional<InEnvironment> in = TakeEnvironment(path);
  if (!in) {
    grounds.which = "NO_ENVIRONMENT";
  } else {
    grounds.where = ToText(in->environment);
    for (const std::string_view method : kMethods) {
      if (!Contract::Get().Find(method, in->rest)) continue;
      grounds.which = "WRONG_METHOD";
      grounds.instead.append(grounds.instead.empty() ? "" : ", ").append(method);
    }
  }
  return std::make_shared<Grounds>(std::move(grounds));
}

}  // namespace kondor::qondor
