// A whole live run against a sandbox of a mock in this process, over real HTTP, on its clock.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/live/report.h"
#include "tests/scenarios/client/virtual_sandbox.h"

namespace kondor::live {

// Changes an answer on its way, as a vendor that has changed would.
using Rewrite = std::function<void(const client::Request&, client::Response&)>;

struct LiveCase {
  Vendor vendor = Vendor::kKondado;
  nlohmann::json settings = nlohmann::json::object();
  Rewrite rewrite = {};
  enum class Network { kUp, kDown } network = Network::kUp;
  RunOptions options = {};
  enum class Tokens { kOne, kTwo } tokens = Tokens::kOne;
  int calls_before = 0;                          // with our token, just before the run
  std::string now = "2026-01-01T00:00:00.250Z";  // the client begins at a whole minute
};

// What a run came to, and what the stand-in saw of it.
struct LiveResult {
  Prepared prepared;
  Outcome outcome;
  int refused = 0;  // by the mock's journal
  int seen = 0;     // calls
  Duration took{};
};

// Sets the environment's names; the drift file is a new one unless the case names one.
LiveResult RunLive(const LiveCase& live);

// A name of a file that there is not, in the tests' own folder.
std::string NewFile(const std::string& name);

}  // namespace kondor::live
