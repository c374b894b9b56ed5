#include "mock_server/qondor/contract/environment.h"

#include "mock_server/http/ascii.h"

namespace kondor::qondor {

std::string_view ToText(Environment environment) {
  switch (environment) {
    case Environment::kProd:
      return "Prod";
    case Environment::kTest:
      return "Test";
    case Environment::kDev:
      return "Dev";
  }
  return {};
}

std::optional<Environment> ParseEnvironment(std::string_view word) {
  for (const Environment environment : kEnvironments) {
    if (http::EqualsIgnoreCase(word, ToText(environment))) return environment;
  }
  return {};
}

}  // namespace kondor::qondor
