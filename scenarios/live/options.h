// What was typed with --live.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/live/run.h"

namespace kondor::live {

struct Options {
  Vendor vendor = Vendor::kKondado;
  RunOptions run;
  bool yes = false;
  bool plan_only = false;
  std::string junit, tap, json, html;
  std::string colour = "auto";
};

struct Parsed {
  struct Exit {
    int code = 0;
    std::string out, error;
  };
  std::optional<Exit> exit;  // nothing more to do: --help, or a fault
  Options options;
};

Parsed ParseOptions(int argc, const char* const* argv);

}  // namespace kondor::live
