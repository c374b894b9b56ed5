#include "bench/strategies/score.h"

#include <algorithm>

namespace kondor::bench {
namespace {

double SecondsOf(Duration d) { return static_cast<double>(d.count()) * 1e-9; }

// The smallest value that so much of all do not exceed. REQUIRES: sorted.
Duration Percentile(const std::vector<Duration>& sorted, std::size_t percent) {
  if (sorted.empty()) return {};
  return sorted[std::max<std::size_t>((sorted.size() * percent + 99) / 100, 1) - 1];
}

double Jain(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double value : values) {
    sum += value;
    squares += value * value;
  }
  return squares == 0 ? 0 : sum * sum / (static_cast<double>(values.size()) * squares);
}

Duration Recovery(const std::vector<Try>& tries) {
  Duration longest{};
  // The first of the refusals that no admitted call has followed yet.
  const Try* refused = nullptr;
  for (const Try& one : tries) {
    if (!one.admitted) {
      if (refused == nullptr) refused = &one;
    } else if (refused != nullptr) {
      longest = std::max(longest, one.decided - refused->decided);
      refused = nullptr;
    }
  }
  return longest;
}

}  // namespace

Score ScoreOf(const std::vector<Try>& tries, const Scenario& scenario, Duration optimum) {
  Score score;
  std::vector<Duration> waits;
  struct Fare {
    std::uint32_t succeeded = 0;
    Duration last{};
  };
  std::vector<Fare> fares(scenario.workers.size());
  for (const Try& one : tries) {
    if (!one.admitted) {
      ++score.refused;
      continue;
    }
    ++score.succeeded;
    ++fares[one.worker].succeeded;
    fares[one.worker].last = one.decided;
    score.makespan = std::max(score.makespan, one.decided);
    waits.push_back(one.answered - one.intended);
  }
  for (std::size_t w = 0; w < fares.size(); ++w) {
    const std::vector<Duration>& intended = scenario.workers[w].intended;
    score.lost += static_cast<std::uint32_t>(intended.size()) - fares[w].succeeded;
    // A worker's calls go in their order, so those that are missing are the last. To leave them out
    // would flatter whoever loses the slow ones.
    for (std::size_t i = fares[w].succeeded; i < intended.size(); ++i) {
      waits.push_back(kHorizon - intended[i]);
    }
  }
  if (score.lost > 0) score.makespan = kHorizon;

  score.optimum = optimum;
  score.ratio = SecondsOf(score.makespan) / SecondsOf(optimum);
  score.goodput_per_minute = score.succeeded * 60 / SecondsOf(score.makespan);
  if (!tries.empty()) {
    score.refused_per_100 = 100.0 * score.refused / static_cast<double>(tries.size());
  }
  score.wasted = std::max(0.0, 1 - 1 / score.ratio);
  std::sort(waits.begin(), waits.end());
  score.wait_p50 = Percentile(waits, 50);
  score.wait_p99 = Percentile(waits, 99);
  score.wait_max = waits.empty() ? Duration{} : waits.back();
  std::vector<double> goodputs;
  for (std::size_t w = 0; w < fares.size(); ++w) {
    const bool lost = fares[w].succeeded < scenario.workers[w].intended.size();
    const double taken = SecondsOf(lost ? kHorizon : fares[w].last);
    goodputs.push_back(taken == 0 ? 0 : fares[w].succeeded / taken);
  }
  score.jain = Jain(goodputs);
  score.recovery = Recovery(tries);
  return score;
}

}  // namespace kondor::bench
