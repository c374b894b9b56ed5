// A scenario as it is played: one instance for each reading and row it multiplies over. Plain
// values, immutable once loaded. docs/SCENARIOS.md describes how they are written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/data/node.h"

namespace kondor::scenarios {

enum class Surface { kK2, kK1, kHub, kApp, kQondor, kPortal, kArm, kRoot };
enum class Through { kRaw, kClient };            // who makes the calls that tell of the client
enum class Needs { kAnyServer, kKondorServer };  // whom it can be played against
enum class Methods { kReadOnly, kWrites };

// What a vendor's call is made of. Texts may hold ${names}, which are filled in while playing.
struct Call {
  Surface surface = Surface::kK2;
  std::string method, path;
  std::string with;  // whose credentials; "none" for none
  std::string ip;    // the address played; empty: the socket's
  std::vector<std::pair<std::string, std::string>> query, headers;
  std::optional<std::string> body;
};

struct HeaderExpectation {
  std::string name;
  Json value;  // null: absent

  bool operator==(const HeaderExpectation&) const = default;
};

// What must hold of an answer; what is absent is not looked at.
struct Expectation {
  std::optional<int> status;
  std::optional<std::string> reason, body;
  std::optional<std::size_t> bytes;
  std::vector<HeaderExpectation> headers;
  std::optional<Json> json, json_exactly;
  std::optional<Json> journal;  // the entry of the call, as the control API explains it
  std::optional<Json> client;   // what the reference client makes of it; then it makes the call

  bool operator==(const Expectation&) const = default;
};

// name -> where in the answer: "/json/pointer", "header NAME" or "journal /json/pointer".
using Saves = std::vector<std::pair<std::string, std::string>>;

struct CallStep {
  Call call;
  Expectation expect;
  Saves save;
  int times = 1;
  int tries = 1;  // that the client may make of one call
};

struct ControlStep {
  std::string method, path;  // under the sandbox, unless it begins with /_kondor
  std::optional<Json> body;
  Expectation expect;
  Saves save;
};

struct AdvanceStep {
  Json amount;  // a whole number, or text with a ${name}
  std::int64_t unit_ms = 1;
};

struct SettingsStep {
  Json settings;  // as the control API takes them
};

// Calls at instants after the step's beginning, and which of them get through.
struct TimelineStep {
  struct Entry {
    std::int64_t at_ms = 0;
    std::size_t call = 0;  // index of `calls`
  };
  std::vector<Call> calls;
  std::vector<Entry> entries;
  std::string expected;  // for each entry: '+' admitted, '-' refused by a limit, '!' by credentials
};

// As above, with calls drawn by chance, and what to expect worked out by the oracle.
struct RandomTimelineStep {
  std::vector<Call> calls;
  std::size_t count = 0;
  std::int64_t step_ms = 0, steps_max = 0;  // apart by 0 to steps_max steps
};

using Action = std::variant<CallStep, ControlStep, AdvanceStep, SettingsStep, TimelineStep,
                            RandomTimelineStep>;

struct Step {
  Place place;
  std::string title;  // how a report names it
  Action action;
};

using Reading = std::vector<std::pair<std::string, Json>>;  // setting -> value

struct Instance {
  std::string scenario;  // the sentence
  std::string file;      // stem of the case file
  std::string row;       // label of the row, empty for none
  std::vector<std::string> rules;
  Through through = Through::kRaw;
  Needs needs = Needs::kKondorServer;
  Methods methods = Methods::kReadOnly;
  Reading reading;
  Reading settings;  // those of the scenario and those of the reading
  std::optional<Json> seed;
  std::string now;  // what the sandbox's clock shows at first
  std::vector<Step> steps;

  std::string CaseName() const;  // "kondado_limits[id=2040]"
  // "kondado.window=gcra kondado.scope=pair through client", or "default".
  std::string ReadingName() const;
};

std::string NameOfValue(const Json& value);  // text without its quotes

}  // namespace kondor::scenarios
