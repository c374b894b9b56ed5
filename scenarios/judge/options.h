// What was typed after `kondor-check client`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/judge/crew.h"

namespace kondor::judge {

struct Options {
  PlayOptions play;
  std::vector<const Trial*> trials;  // all, unless some were chosen
  Readings readings = Readings::kDefault;
  std::size_t at_once = 4;
  std::string target, control_token;
  std::string json;
  std::string colour = "auto";
  bool list = false;
};

struct Parsed {
  struct Exit {
    int code = 0;
    std::string out, error;
  };
  std::optional<Exit> exit;  // nothing more to do: --help, or a fault
  Options options;
};

// `arguments` begin after "client".
Parsed ParseOptions(std::vector<std::string> arguments);

}  // namespace kondor::judge
