// Where a path of the gateway leads (Q10, G5, QO7). Thread-safe: pure functions.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "mock_server/qondor/contract/contract.h"
#include "mock_server/qondor/contract/environment.h"
#include "mock_server/sandbox/exchange.h"

namespace kondor::qondor {

struct Destination {
  Environment environment = Environment::kProd;
  Route route;
};

// The environment is the first segment, without regard to case and with percent-encoded letters
// read as what they stand for. Nothing is normalised: an empty segment, "." and ".." lead nowhere,
// so that no spelling of a path can leave the environment it names.
std::optional<Destination> FindDestination(std::string_view method, std::string_view path);

// Why a path leads nowhere with the method it came with: whether another one would do.
std::shared_ptr<const Grounds> GroundsOfNoRoute(std::string_view path);

}  // namespace kondor::qondor
