#include "scenarios/judge/evidence.h"

#include <algorithm>
#include <cstring>

namespace kondor::judge {
namespace {

constexpr Duration kLate = std::chrono::milliseconds(250);
constexpr Duration kOnTheWay = std::chrono::seconds(1);

// A span of real time on the sandbox's clock.
Duration Scaled(Duration real, double speed, Duration at_most) {
  const double scaled = static_cast<double>(real.count()) * speed;
  if (scaled >= static_cast<double>(at_most.count())) return at_most;
  return Duration(static_cast<std::int64_t>(scaled));
}

std::string_view SignalName(int number) {
  const char* const name = ::sigabbrev_np(number);
  return name == nullptr ? "?" : name;
}

}  // namespace

Duration Unpunctuality(const Evidence& evidence, Duration at_most) {
  return Scaled(kLate, evidence.speed, at_most);
}

Duration OnTheirWay(const Evidence& evidence, Duration at_most) {
  return Scaled(kOnTheWay, evidence.speed, at_most);
}

bool KeepsOutput(const Evidence& evidence) { return evidence.output.exists && evidence.jobs > 0; }

std::vector<std::int64_t> RightIds(const Evidence& evidence) {
  std::vector<std::int64_t> ids;
  for (const OutputLine& line : evidence.output.lines) {
    const auto index = static_cast<std::size_t>(line.pipeline_id - 1);
    if (line.pipeline_id < 1 || index >= evidence.true_statuses.size()) continue;
    if (line.status == evidence.true_statuses[index]) ids.push_back(line.pipeline_id);
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::string Describe(const Ending& ending) {
  const std::string killed = ending.ignored_sigterm ? ", and ignored SIGTERM" : "";
  switch (ending.how) {
    case Ending::How::kExited:
      return "exit " + std::to_string(ending.code);
    case Ending::How::kSignalled:
      return "killed by SIG" + std::string(SignalName(ending.code));
    case Ending::How::kOutOfTime:
      return "still running at the time limit" + killed;
    case Ending::How::kStopped:
      return "stopped by the judge" + killed;
  }
  return {};
}

}  // namespace kondor::judge
