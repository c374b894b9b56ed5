#include <algorithm>
#include <cmath>

#include "client/limiter/reactive.h"

namespace kondor::limiter {
namespace {

constexpr double kFillRateMin = 0.5;  // calls per second
constexpr double kCapacityMin = 1.0;
constexpr double kSmooth = 0.8;
constexpr double kBeta = 0.7;   // what is kept of the rate at a refusal
constexpr double kScale = 0.4;  // how steeply it grows back
constexpr double kBucketsPerSecond = 2.0;

double SecondsOf(Duration d) { return static_cast<double>(d.count()) * 1e-9; }

// By Newton's steps: std::cbrt may differ in its last bit between machines.
double CubeRoot(double x) {
  if (x <= 0) return 0;
  double root = std::max(1.0, x);
  for (int i = 0; i < 100; ++i) {
    const double next = (2 * root + x / (root * root)) / 3;
    if (next >= root) break;
    root = next;
  }
  return root;
}

// How many calls a second have been sent lately: half seconds, smoothed exponentially.
class SendingRate {
 public:
  void Count(Duration since_start) {
    const double bucket =
        std::floor(SecondsOf(since_start) * kBucketsPerSecond) / kBucketsPerSecond;
    ++count_;
    if (bucket <= last_bucket_) return;
    const double current = count_ / (bucket - last_bucket_);
    rate_ = current * kSmooth + rate_ * (1 - kSmooth);
    count_ = 0;
    last_bucket_ = bucket;
  }
  double rate() const { return rate_; }
  void Remember(Memory& memory) {
    for (double* number : {&last_bucket_, &count_, &rate_}) memory.Keep(*number);
  }

 private:
  double last_bucket_ = 0;
  double count_ = 0;
  double rate_ = 0;
};

class AwsAdaptive final : public Strategy {
 public:
  TimePoint Check(TimePoint now) const override {
    if (!enabled_) return now;
    const double tokens = TokensAt(now);
    if (tokens >= 1) return now;
    TimePoint named = now + Duration(static_cast<std::int64_t>((1 - tokens) / fill_rate_ * 1e9));
    // Rounding may be off by a nanosecond or two either way.
    while (TokensAt(named) < 1) named += Duration(1);
    while (named > now && TokensAt(named - Duration(1)) >= 1) named -= Duration(1);
    return named;
  }

  void Take(TimePoint now, CallId) override {
    if (start_ == TimePoint::min()) start_ = filled_ = now;
    if (!enabled_) return;
    tokens_ = TokensAt(now) - 1;
    filled_ = now;
  }

  void Settle(TimePoint now, CallId, const Answer& answer) override {
    sending_.Count(now - start_);
    if (answer.fate == Answer::Fate::kRefused) {
      last_max_ = enabled_ ? std::min(sending_.rate(), fill_rate_) : sending_.rate();
      last_refusal_ = now;
      enabled_ = true;
      SetRate(now, last_max_ * kBeta);
    } else if (enabled_) {
      const double plateau = CubeRoot(last_max_ * (1 - kBeta) / kScale);
      const double since = SecondsOf(now - last_refusal_) - plateau;
      SetRate(now, std::min(kScale * since * since * since + last_max_, 2 * sending_.rate()));
    }
  }

  bool Remember(Memory& memory) override {
    sending_.Remember(memory);
    for (TimePoint* instant : {&start_, &filled_, &last_refusal_}) memory.Keep(*instant);
    memory.Keep(enabled_);
    for (double* number : {&fill_rate_, &capacity_, &tokens_, &last_max_}) memory.Keep(*number);
    return true;
  }

 private:
  double TokensAt(TimePoint now) const {
    return std::min(capacity_, tokens_ + SecondsOf(now - filled_) * fill_rate_);
  }
  void SetRate(TimePoint now, double rate) {
    tokens_ = TokensAt(now);
    filled_ = now;
    fill_rate_ = std::max(rate, kFillRateMin);
    capacity_ = std::max(rate, kCapacityMin);
    tokens_ = std::min(tokens_, capacity_);
  }

  SendingRate sending_;
  TimePoint start_ = TimePoint::min();
  TimePoint filled_ = TimePoint::min();
  TimePoint last_refusal_ = TimePoint::min();
  bool enabled_ = false;
  double fill_rate_ = kFillRateMin;
  double capacity_ = kCapacityMin;
  double tokens_ = 0;
  double last_max_ = 0;
};

}  // namespace

StrategyPtr MakeAwsAdaptive() { return std::make_unique<AwsAdaptive>(); }

}  // namespace kondor::limiter
