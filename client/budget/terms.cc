#include "client/budget/terms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kondor::limiter {
namespace {

// In the largest unit that takes a whole number of them.
std::string InWords(Duration period) {
  struct Unit {
    std::int64_t nanoseconds;
    const char* name;
  };
  constexpr std::array<Unit, 4> units = {
      {{1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}, {1, "ns"}}};
  const auto* const unit = std::find_if(units.begin(), units.end(), [period](const Unit& one) {
    return period.count() % one.nanoseconds == 0;
  });
  return std::to_string(period.count() / unit->nanoseconds) + unit->name;
}

}  // namespace

Terms MakeTerms(std::string_view strategy, std::vector<Quota> quotas,
                std::function<StrategyPtr()> make) {
  std::sort(quotas.begin(), quotas.end(), [](const Quota& a, const Quota& b) {
    return std::pair(a.period, a.limit) < std::pair(b.period, b.limit);
  });
  std::string description(strategy);
  for (const Quota& quota : quotas) {
    description += " " + std::to_string(quota.limit) + "/" + InWords(quota.period);
  }
  const Duration longest = quotas.back().period;
  return {std::move(description), std::move(make), std::move(quotas), longest};
}

}  // namespace kondor::limiter
