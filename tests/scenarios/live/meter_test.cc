// The budget is of calls on the wire, and hard.
#include "scenarios/live/wire/meter.h"

#include <gtest/gtest.h>

#include "tests/scenarios/live/live_run.h"

namespace kondor::live {
namespace {

class Echo final : public client::Transport {
 public:
  std::variant<client::Response, client::TransportFault> Send(const client::Request&, Duration,
                                                              std::stop_token) override {
    ++sent;
    return client::Response{200, {}, "{}"};
  }
  int sent = 0;
};

TEST(Meter, LetsNoCallThroughOnceItIsSpentAndStopsWhoCalls) {
  const ManualClock clock{TimePoint()};
  Meter meter(2, clock);
  Echo echo;
  const auto metered = meter.Over(echo);
  const auto send = [&] { return metered->Send({}, std::chrono::seconds(1), {}).index(); };
  EXPECT_EQ(send(), 0U);
  EXPECT_EQ(send(), 0U);
  EXPECT_FALSE(meter.token().stop_requested());
  EXPECT_EQ(send(), 1U);
  EXPECT_EQ(echo.sent, 2);
  EXPECT_EQ(meter.used(), 2);
  EXPECT_TRUE(meter.token().stop_requested());
}

TEST(Budget, CountsRetriesToo) {
  LiveCase live;
  live.options.plan.budget = 5;
  int sent = 0;
  live.rewrite = [&](const client::Request&, client::Response& response) {
    ++sent;
    response = {503, {}, ""};  // the client would try each again
  };
  const LiveResult result = RunLive(live);
  EXPECT_EQ(sent, 5);
  EXPECT_EQ(result.seen, 5);
  EXPECT_EQ(result.outcome.calls, 5);
}

TEST(Budget, OfOneCallMakesOneAndSaysWhyNotTheOthers) {
  LiveCase live;
  live.options.plan.budget = 1;
  const LiveResult result = RunLive(live);
  EXPECT_EQ(result.seen, 1);
  EXPECT_EQ(result.outcome.findings.Count(Verdict::kHolds), 1U);
}

TEST(Budget, IsShortAndTheRunEndsInTime) {
  LiveCase live;
  live.options.plan = {.budget = 60, .refusals = 8};
  const LiveResult result = RunLive(live);
  EXPECT_LE(result.took, result.prepared.plan.most);
}

}  // namespace
}  // namespace kondor::live
