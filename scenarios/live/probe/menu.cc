#include "scenarios/live/probe/menu.h"

#include <algorithm>
#include <array>

namespace kondor::live {
namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60'000;
// After these rests no window of a second, of a minute, or of two touching minutes remembers.
constexpr std::array<std::int64_t, 3> kRestsMs = {3'300, 61'500, 125'000};
// Where in a second it begins; two of them lie on either side of any server's boundary.
constexpr std::array<std::int64_t, 4> kPhasesMs = {50, 300, 550, 800};
// Gaps are such that no few of them add up to a second or a minute, or a network's delays decide.
constexpr std::int64_t kWithinSecondMs = 900;
constexpr std::int64_t kBeyondSecondMs = 1'100;
constexpr int kMinuteFull = 20;  // K4

struct Step {
  std::int64_t gap_ms;
  Who who = Who::kGood;
};
using Steps = std::vector<Step>;

std::int64_t NextAt(std::int64_t earliest, std::int64_t period, std::int64_t phase) {
  const std::int64_t into = ((earliest - phase) % period + period) % period;
  return into == 0 ? earliest : earliest + period - into;
}

class Cook {
 public:
  Cook(const std::vector<ProbeCall>& log, std::int64_t now_ms)
      : last_ms_(log.empty() ? now_ms - 2 * kRestsMs.back() : log.back().answered_ms),
        now_ms_(now_ms) {}

  // The first call at `start`, which must not be past; the others after their gaps.
  void Serve(std::int64_t start, Who first, const Steps& steps) {
    if (start < now_ms_) return;
    Sequence sequence = {{start, start, first}};
    for (const Step& step : steps) {
      start += step.gap_ms;
      sequence.push_back({start, start, step.who});
    }
    if (std::ranges::none_of(menu_, [&](const Sequence& other) { return Same(other, sequence); })) {
      menu_.push_back(std::move(sequence));
    }
  }
  void ServeRested(std::int64_t rest, std::int64_t phase, Who first, const Steps& steps) {
    Serve(NextAt(std::max(now_ms_, last_ms_ + rest), kSecondMs, phase), first, steps);
  }
  // Some time after the last call, whatever the second.
  void ServeAfter(std::int64_t gap, Who first, const Steps& steps) {
    Serve(last_ms_ + gap, first, steps);
  }
  std::vector<Sequence> Menu() && { return std::move(menu_); }

  std::int64_t NextMinute(std::int64_t rest, std::int64_t phase) const {
    return NextAt(std::max(now_ms_, last_ms_ + rest), kMinuteMs, phase);
  }

 private:
  static bool Same(const Sequence& a, const Sequence& b) {
    return std::ranges::equal(a, b, [](const ProbeCall& x, const ProbeCall& y) {
      return x.sent_ms == y.sent_ms && x.who == y.who;
    });
  }

  const std::int64_t last_ms_;
  const std::int64_t now_ms_;
  std::vector<Sequence> menu_;
};

Steps Fill(int count) { return Steps(static_cast<std::size_t>(count), {kBeyondSecondMs}); }

// Two in one second, and what comes of it: who counts in a second (KO1), what the refusal starts
// (KO2), and what it leaves (KO3): a lock refuses one more call just before its end, which is then
// followed by another just after it.
void ServePairs(Cook& cook) {
  const std::vector<Steps> pairs = {
      {{900}}, {{900}, {310}},          {{900}, {640}}, {{900}, {3'500}}, {{900}, {59'600}, {640}},
      {{440}}, {{440}, {59'800}, {440}}};
  for (const std::int64_t rest : kRestsMs) {
    for (const std::int64_t phase : kPhasesMs) {
      for (const Steps& pair : pairs) cook.ServeRested(rest, phase, Who::kGood, pair);
    }
  }
}

// One call, some time after the last.
void ServeSingles(Cook& cook) {
  for (const std::int64_t gap : {310, 640, 1'500, 2'100, 3'500, 58'500, 61'500, 125'000}) {
    cook.ServeAfter(gap, Who::kGood, {});
  }
  cook.ServeAfter(59'600, Who::kGood, {{640}});
  cook.ServeAfter(59'800, Who::kGood, {{440}});
}

// Bad credentials before bad or good ones (KO5), and two tokens of one address (KO4).
void ServeStrangers(Cook& cook, SecondToken second) {
  for (const std::int64_t rest : kRestsMs) {
    for (const std::int64_t phase : {kPhasesMs[0], kPhasesMs[2]}) {
      cook.ServeRested(rest, phase, Who::kBad, {{440, Who::kBad}});
      cook.ServeRested(rest, phase, Who::kBad, {{440, Who::kGood}});
      cook.ServeRested(rest, phase, Who::kGood, {{440, Who::kBad}});
      if (second == SecondToken::kGiven) {
        cook.ServeRested(rest, phase, Who::kGood, {{440, Who::kSecond}});
      }
    }
  }
}

// The minute: as many calls as it takes and one more; and one call long before the others, which
// sets apart the window it opened from one that slides.
void ServeMinutes(Cook& cook) {
  Steps lone = {{38'000}};
  for (int i = 2; i < kMinuteFull; ++i) lone.push_back({kBeyondSecondMs});
  lone.push_back({60'500 - 38'000 - (kMinuteFull - 2) * kBeyondSecondMs});
  for (int i = 0; i < 12; ++i) lone.push_back({kBeyondSecondMs});
  for (const std::int64_t rest : kRestsMs) {
    cook.Serve(cook.NextMinute(rest, 2'050), Who::kGood, Fill(kMinuteFull + 12));
    cook.Serve(cook.NextMinute(rest, 2'050), Who::kGood, lone);
    cook.Serve(cook.NextMinute(rest, 38'050), Who::kGood, Fill(kMinuteFull + 12));
    for (const std::int64_t phase : kPhasesMs) {
      cook.ServeRested(rest, phase, Who::kGood, lone);
      Steps pair_and_fill = Fill(kMinuteFull);
      pair_and_fill.insert(pair_and_fill.begin(), {kWithinSecondMs});
      cook.ServeRested(rest, phase, Who::kGood, pair_and_fill);
    }
  }
  cook.ServeAfter(kBeyondSecondMs, Who::kGood, Fill(kMinuteFull + 12));
}

}  // namespace

std::vector<Sequence> Menu(const std::vector<ProbeCall>& log, std::int64_t now_ms,
                           SecondToken second, Course course) {
  Cook cook(log, now_ms);
  if (course == Course::kLong) {
    ServeMinutes(cook);
  } else {
    ServeSingles(cook);
    ServePairs(cook);
    ServeStrangers(cook, second);
  }
  return std::move(cook).Menu();
}

}  // namespace kondor::live
