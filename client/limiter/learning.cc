#include "client/limiter/learning.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "client/limiter/windows.h"

namespace kondor::limiter {
namespace {

// What one period leaves for each call, and a thousandth more: exactly even calls still meet a
// sliding counter's bound where two of its windows touch.
Duration EvenInterval(const std::vector<Quota>& quotas) {
  Duration longest{};
  for (const Quota& quota : quotas) {
    const Duration even = quota.period / quota.limit;
    longest = std::max(longest, even + even / 1000 + Duration(1));
  }
  return longest;
}

std::string Seconds(Duration d) {
  const auto millis = std::chrono::ceil<std::chrono::milliseconds>(d).count();
  const std::string fraction = std::to_string(millis % 1000);
  return std::to_string(millis / 1000) + "." + std::string(3 - fraction.size(), '0') + fraction +
         " s";
}

class Learning final : public Strategy {
 public:
  explicit Learning(LearningOptions options)
      : options_(std::move(options)),
        longest_(
            *std::max_element(options_.quotas.begin(), options_.quotas.end(),
                              [](const Quota& a, const Quota& b) { return a.period < b.period; })) {
    for (const Quota& quota : options_.quotas) {
      logs_.push_back(MakeSlidingLog(quota, Stamp::kAtAnswer));
    }
    if (options_.interval > Duration::zero()) SpreadEvenly(options_.interval);
  }

  TimePoint Check(TimePoint now) const override {
    TimePoint earliest = std::max(now, held_until_);
    for (const StrategyPtr& log : logs_) earliest = std::max(earliest, log->Check(now));
    return earliest;
  }

  void Take(TimePoint now, CallId call) override {
    if (first_ == TimePoint::min()) first_ = now;
    ForgetBefore(now - longest_.period);
    in_flight_.push_back(
        {call, now, static_cast<std::uint32_t>(in_flight_.size() + booked_.size())});
    for (const StrategyPtr& log : logs_) log->Take(now, call);
  }

  void Settle(TimePoint now, CallId call, const Answer& answer) override {
    for (const StrategyPtr& log : logs_) log->Settle(now, call, answer);
    const auto it = std::find_if(in_flight_.begin(), in_flight_.end(),
                                 [call](const Sent& sent) { return sent.call == call; });
    const Sent sent = *it;
    in_flight_.erase(it);
    booked_.push_back(now);
    if (answer.fate != Answer::Fate::kRefused) return;
    held_until_ = std::max(held_until_, now + answer.hint.value_or(options_.unhinted));
    if (Teaches(sent)) Learn(now, sent);
    last_refusal_ = now;
  }

  bool Remember(Memory& memory) override {
    Duration interval = interval_;
    memory.Keep(interval);
    if (memory.reading()) {
      logs_.resize(options_.quotas.size());
      interval_ = Duration::zero();
      if (interval > Duration::zero()) SpreadEvenly(interval);
    }
    for (const StrategyPtr& log : logs_) log->Remember(memory);
    for (TimePoint* instant : {&held_until_, &last_refusal_, &first_}) memory.Keep(*instant);
    memory.KeepAll(in_flight_, [&memory](Sent& sent) {
      memory.Keep(sent.call);
      memory.Keep(sent.at);
      memory.Keep(sent.booked);
    });
    memory.KeepAll(booked_, [&memory](TimePoint& answered) { memory.Keep(answered); });
    return true;
  }

 private:
  struct Sent {
    CallId call;
    TimePoint at;
    std::uint32_t booked;
  };

  // A call that was under way when another's refusal came may have met the lock-out of that one.
  // And to the first call in a long time the books cannot be the reason, whatever the reading.
  bool Teaches(const Sent& sent) const { return sent.at > last_refusal_ && sent.booked > 0; }

  void Learn(TimePoint now, const Sent& sent) {
    const Duration even = EvenInterval(options_.quotas);
    SpreadEvenly(interval_ < even ? even : interval_ + interval_ / 4);
    if (!options_.on_lesson) return;
    Lesson lesson{sent.at, now, sent.booked, sent.at - first_ >= longest_.period, interval_, {}};
    lesson.text = "refused although only " + std::to_string(lesson.booked) + " of " +
                  std::to_string(longest_.limit) + " calls per " + Seconds(longest_.period) +
                  " were booked" +
                  (lesson.certain ? std::string() : " (those of an earlier run are not known)") +
                  "; from now on at least " + Seconds(interval_) + " between calls";
    options_.on_lesson(lesson);
  }

  // One call in each such interval is one more log. It has to hear of the calls under way.
  void SpreadEvenly(Duration interval) {
    logs_.resize(options_.quotas.size());
    interval_ = interval;
    logs_.push_back(MakeSlidingLog({1, interval}, Stamp::kAtAnswer));
    for (const Sent& sent : in_flight_) logs_.back()->Take(sent.at, sent.call);
  }

  void ForgetBefore(TimePoint end) {
    while (!booked_.empty() && booked_.front() <= end) booked_.pop_front();
  }

  const LearningOptions options_;
  const Quota longest_;
  std::vector<StrategyPtr> logs_;              // one of each quota, then that of even calls, if any
  Duration interval_{};                        // of even calls; zero while nothing was learnt
  TimePoint held_until_ = TimePoint::min();    // by a refusal's hint
  TimePoint last_refusal_ = TimePoint::min();  // when its answer came
  TimePoint first_ = TimePoint::min();
  std::vector<Sent> in_flight_;
  std::deque<TimePoint> booked_;  // answered within the longest period
};

}  // namespace

StrategyPtr MakeLearning(LearningOptions options) {
  return std::make_unique<Learning>(std::move(options));
}

}  // namespace kondor::limiter
