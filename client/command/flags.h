// The commands and flags of kondor-call as the command line library knows them. Not thread-safe:
// used once, at the start.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/command/options.h"

namespace kondor::client::command {

// As they were typed.
struct Flags {
  std::vector<std::string> ids, query;
  std::string direction, decimals = "point", method, collection;
  std::string environment, if_budget_lost;
  std::optional<std::uint32_t> budget_workers;
  std::optional<double> timeout;
  double try_timeout = 30, interval = 5;
  bool json = false;
};

// What is typed goes into `flags` where it has to be understood first, else into `options`.
void DescribeFlags(CLI::App& app, Flags& flags, Options& options);

}  // namespace kondor::client::command
