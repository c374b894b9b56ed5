#include "client/call/retry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace kondor::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array kAllKinds = {ErrorKind::kInvalidArgument, ErrorKind::kNotFound,
                                  ErrorKind::kAlreadyExists,   ErrorKind::kStale,
                                  ErrorKind::kUnavailable,     ErrorKind::kDeadline,
                                  ErrorKind::kCancelled,       ErrorKind::kRateLimited,
                                  ErrorKind::kCredentials,     ErrorKind::kPlan,
                                  ErrorKind::kRejected,        ErrorKind::kTransport,
                                  ErrorKind::kServerFault,     ErrorKind::kMalformed};

bool MayPass(ErrorKind kind) {
  return kind == ErrorKind::kRateLimited || kind == ErrorKind::kTransport ||
         kind == ErrorKind::kServerFault || kind == ErrorKind::kMalformed;
}

TEST(WhetherAgain, IsDecidedByKindReachAndIdempotency) {
  using enum CarriedOut;
  using enum Idempotency;
  for (const ErrorKind kind : kAllKinds) {
    const int n = static_cast<int>(kind);
    const Again safe = MayPass(kind) ? Again::kMay : Again::kWouldNotHelp;
    const Again unsafe = MayPass(kind) ? Again::kNotSafe : Again::kWouldNotHelp;
    EXPECT_EQ(WhetherAgain(kind, kNo, kIdempotent), safe) << n;
    EXPECT_EQ(WhetherAgain(kind, kNo, kNotIdempotent), safe) << n;
    EXPECT_EQ(WhetherAgain(kind, kMaybe, kIdempotent), safe) << n;
    EXPECT_EQ(WhetherAgain(kind, kMaybe, kNotIdempotent), unsafe) << n;
  }
}

RC_GTEST_PROP(DelayAfter, IsNeverUnderTheHintNorBeyondItsJitter, ()) {
  RetryPolicy policy;
  policy.jitter_base = Duration(*rc::gen::inRange<std::int64_t>(0, 2'000'000'000));
  policy.jitter_max = Duration(*rc::gen::inRange<std::int64_t>(0, 100'000'000'000));
  const int tries = *rc::gen::inRange(1, 200);
  const Duration hint(*rc::gen::inRange<std::int64_t>(-1'000'000'000, 200'000'000'000'000));
  Rng rng(*rc::gen::arbitrary<std::uint64_t>());
  const Duration width =
      std::min(policy.jitter_max,
               tries > 40 ? policy.jitter_base.count() == 0 ? Duration(0) : Duration::max()
                          : policy.jitter_base * (std::int64_t{1} << std::min(tries - 1, 30)));
  const Duration delay = DelayAfter(tries, hint, policy, rng);
  const Duration least = std::max(hint, Duration::zero());
  RC_ASSERT(delay >= least);
  RC_ASSERT(delay - least <= width);
}

TEST(DelayAfter, WidensByTwoUpToItsMost) {
  const RetryPolicy policy{
      .tries_max = 9, .jitter_base = milliseconds(500), .jitter_max = seconds(3)};
  const std::array<Duration, 5> widths = {milliseconds(500), seconds(1), seconds(2), seconds(3),
                                          seconds(3)};
  Rng rng(7);
  for (int tries = 1; tries <= 5; ++tries) {
    const Duration width = widths[static_cast<std::size_t>(tries - 1)];
    Duration least = Duration::max(), most = Duration::zero(), sum = Duration::zero();
    constexpr int kDraws = 4000;
    for (int i = 0; i < kDraws; ++i) {
      const Duration delay = DelayAfter(tries, std::nullopt, policy, rng);
      least = std::min(least, delay);
      most = std::max(most, delay);
      sum += delay;
    }
    EXPECT_LT(least, width / 100) << tries;
    EXPECT_LE(most, width) << tries;
    EXPECT_GT(most, width - width / 100) << tries;
    // Of an even draw the mean of 4000 strays by half a percent of the width.
    EXPECT_NEAR(static_cast<double>(sum.count()) / kDraws, static_cast<double>(width.count()) / 2,
                static_cast<double>(width.count()) / 40)
        << tries;
  }
}

TEST(DelayAfter, IsDrawnEvenlyAndAddedToTheHint) {
  const RetryPolicy policy{.tries_max = 5, .jitter_base = seconds(10), .jitter_max = seconds(10)};
  std::array<int, 10> counts{};
  Rng rng(11);
  constexpr int kDraws = 20'000;
  for (int i = 0; i < kDraws; ++i) {
    const Duration jitter = DelayAfter(1, seconds(60), policy, rng) - seconds(60);
    ASSERT_GE(jitter, Duration::zero());
    ++counts[static_cast<std::size_t>(std::min<std::int64_t>(jitter / seconds(1), 9))];
  }
  constexpr double kExpected = kDraws / 10.0;
  double chi_square = 0;
  for (const int count : counts) {
    const double off = count - kExpected;
    chi_square += off * off / kExpected;
  }
  EXPECT_LT(chi_square, 27.9) << "nine degrees of freedom: beyond once in a thousand";
}

TEST(DelayAfter, RepeatsWithItsSeedAndDiffersWithAnother) {
  const auto draw = [](std::uint64_t seed) {
    Rng rng(seed);
    std::vector<Duration> delays;
    for (int i = 1; i < 6; ++i) delays.push_back(DelayAfter(i, std::nullopt, {}, rng));
    return delays;
  };
  EXPECT_EQ(draw(3), draw(3));
  EXPECT_NE(draw(3), draw(4));
}

}  // namespace
}  // namespace kondor::client
