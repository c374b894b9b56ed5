// What the command line and the config file ask of kondor-mock. Not thread-safe: plain values, read
// once at the start.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "mock_server/command/log.h"
#include "mock_server/mock_server.h"

namespace kondor::command {

struct Options {
  MockServerOptions server;
  std::string port_file;  // empty: none
  LogOptions log;
};

// What to do instead of serving: print this and exit with that code.
struct Exit {
  int code = 0;
  std::string out;    // for stdout
  std::string error;  // for stderr, one line
};

struct Parsed {
  std::optional<Exit> exit;
  Options options;
};

// Flags win over the config file, the config file over the defaults.
Parsed ParseOptions(int argc, const char* const* argv);

}  // namespace kondor::command
