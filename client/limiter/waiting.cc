#include "client/limiter/waiting.h"

#include <algorithm>
#include <cstdint>

namespace kondor::limiter {

std::string InTenths(Duration duration) {
  using Tenths = std::chrono::duration<std::int64_t, std::deci>;
  const auto tenths = std::chrono::ceil<Tenths>(std::max(duration, Duration::zero())).count();
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string ToText(const Waiting& waiting) {
  const std::string time = InTenths(waiting.at_least);
  switch (waiting.why) {
    case Waiting::Why::kLimits:
      return "the limits leave no room for another " + time;
    case Waiting::Why::kOthers:
      if (waiting.at_least <= Duration::zero()) return "others are before it";
      return "others are before it, and the first of them waits another " + time;
    case Waiting::Why::kUnknownPast:
      return "what went before is not known (the budget is new, was emptied or lost what it knew), "
             "so nobody goes for another " +
             time;
    case Waiting::Why::kAlone:
      return "the shared budget is out of reach, and alone it goes slowly: in " + time;
  }
  return {};
}

Unexpected TooLate(const Waiting& waiting, Duration left) {
  const bool in_time = waiting.why == Waiting::Why::kLimits && waiting.at_least <= Duration::zero();
  if (left <= Duration::zero() && in_time) {
    return Unexpected(ErrorKind::kDeadline, "the deadline is past; allow more time");
  }
  const std::string away = left > Duration::zero() ? InTenths(left) + " away" : "which is past";
  return Unexpected(ErrorKind::kDeadline, "no call may go before the deadline, " + away + ": " +
                                              ToText(waiting) + "; allow more time");
}

}  // namespace kondor::limiter
