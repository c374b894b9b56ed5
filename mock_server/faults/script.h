// A fault script: which calls it is for, and what it does to them, step by step. Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/faults/kind.h"
#include "mock_server/json/parse.h"
#include "mock_server/sandbox/exchange.h"

namespace kondor::faults {

// Every part must fit; an absent one fits every call.
struct CallPattern {
  std::string vendor;  // "kondado"; empty: any
  std::optional<Surface> surface;
  std::string path = "*";    // '*' stands for any run of characters, as in the journal
  std::string method = "*";  // the same
  std::uint64_t nth = 1;     // the calls that fit count from here on
  double probability = 1;
  std::uint64_t seed = 1;  // of the chances

  bool Fits(const Call& call) const;
};

// NOLINTNEXTLINE(bugprone-exception-escape): what could throw in Json's move is its assertions.
struct Step {
  std::string_view kind;  // a literal
  FaultTime when = FaultTime::kBefore;
  std::uint64_t times = 1;
  Duration delay{};
  Effect effect;
  Json fields;  // as they were written: for whoever reads the script back
};

struct Script {
  std::string name;  // the author's; may be empty
  CallPattern match;
  std::vector<Step> steps;
  Json match_fields;
  std::size_t bytes = 0;  // of its text, about

  std::uint64_t times() const;  // of all steps
};

// kInvalidArgument with the JSON pointer of what is wrong.
Result<Script> ReadScript(const Json& object, const std::string& place);
// A list of them, at most as many as a sandbox takes.
Result<std::vector<Script>> ReadScripts(const Json& list, const std::string& place);

}  // namespace kondor::faults
