// What a program is tried in: the work it is asked for, what goes wrong meanwhile, and which open
// questions of the vendors could make a difference. Immutable.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kondor::judge {

enum class Vendor { kKondado, kQondor };

// What happens while the program runs, once it has had a few answers.
enum class Event {
  kNone,
  kTokenDeactivated,     // T4
  kKeyRegenerated,       // Q5, the primary
  kStartedWithNewToken,  // T5: the program ends, and is started again with new credentials
};

// How far the work can be done.
enum class Work {
  kAll,       // whatever goes wrong passes: nothing is to be missing in the end
  kSomeOfIt,  // it cannot be finished, and a program that says so is right
  kOneRun,    // not statuses, but one pipeline queued (K7), and its answer lost
};

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): there are eighteen; in reading order.
struct Trial {
  std::string_view name;
  std::string_view title;
  Vendor vendor = Vendor::kKondado;
  Event event = Event::kNone;
  Work work = Work::kAll;
  std::string_view faults = {};                   // a script as docs/FAULTS.md has it, in JSON
  int jobs_max = 0;                               // 0: as many as were asked for
  std::span<const std::string_view> varies = {};  // settings whose readings make a difference to it
};

std::span<const Trial> Trials();
const Trial* FindTrial(std::string_view name);  // nullptr: there is none

// Setting and value: {"kondado.window", "gcra"}.
using Settings = std::vector<std::pair<std::string, std::string>>;

enum class Readings {
  kDefault,  // the mock's defaults
  kEach,     // besides, every other value of each open question, one at a time
  kAll,      // every combination
};

// The readings a trial is repeated under; the first is the default, with no setting.
std::vector<Settings> ReadingsOf(const Trial& trial, Readings readings);

std::string NameOf(const Settings& reading);  // "kondado.window=gcra kondado.scope=pair", "default"

}  // namespace kondor::judge
