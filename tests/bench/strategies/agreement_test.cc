// Simulation and server mean the same. `kondor-bench strategies --http --all` plays everything;
// here are a few strategies that see refusals of every kind, under every reading.
#include "bench/strategies/agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bench/strategies/named.h"

namespace kondor::bench {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Agreement, OneClientUnderEveryReading) {
  const auto agreement =
      CompareOverHttp({.strategies = {"default", "aimd"}, .scenarios = {"late_start"}});
  ASSERT_TRUE(agreement);
  EXPECT_THAT(agreement->differences, IsEmpty());
  EXPECT_EQ(agreement->runs, 2 * AllReadings().size());
  EXPECT_GE(agreement->calls, agreement->runs * 100);
}

TEST(Agreement, TwoKeysOnASlowNetworkUnderEveryReading) {
  const auto agreement = CompareOverHttp(
      {.strategies = {"default"}, .scenarios = {"two_keys_one_ip_jitter", "restart_jitter"}});
  ASSERT_TRUE(agreement);
  EXPECT_THAT(agreement->differences, IsEmpty());
}

TEST(Agreement, QuickScenariosExist) {
  for (const std::string& name : QuickScenarios()) EXPECT_EQ(ScenarioNamed(name).name, name);
}

class ADifference : public testing::Test {
 protected:
  Comparison CompareWith(const ledger::Reading& served, const ledger::Reading& simulated) {
    const Scenario& scenario = ScenarioNamed("saturated");
    auto vendor = ServedVendor::Open(*server_, served, BeginOf(scenario.phase), 1);
    return Compare(StrategyNamed("gcra"), simulated, scenario, kSeed, **vendor);
  }
  void SetUp() override { ASSERT_TRUE(server_->Start()); }

  const std::unique_ptr<MockServer> server_ = MockServer::Create({}).value();
};

// The counter refuses two calls of GCRA's 100, the first at the turn of a minute.
TEST_F(ADifference, IsNamedWithBothOutcomes) {
  const auto same = CompareWith(ReadingNamed("sliding_counter"), ReadingNamed("sliding_counter"));
  EXPECT_EQ(same.difference, "");
  const auto other = CompareWith(ReadingNamed("sliding_counter"), {});
  EXPECT_THAT(other.difference, HasSubstr("simulation admitted at "));
  EXPECT_THAT(other.difference, HasSubstr("server refused at "));
}

TEST_F(ADifference, IsFoundAtItsCall) {
  // With less quota than the simulation knows of, the third call is the first that is refused.
  const auto fewer = CompareWith({.per_minute = 2}, {});
  EXPECT_THAT(fewer.difference, HasSubstr("call 3: "));
}

TEST_F(ADifference, IsAnAnswerThatCannotBe) {
  const Scenario& scenario = ScenarioNamed("saturated");
  const auto vendor = ServedVendor::Open(*server_, {}, BeginOf(scenario.phase), 1);
  ASSERT_TRUE(vendor);
  server_->Stop();
  const auto gone = Compare(StrategyNamed("hint"), {}, scenario, kSeed, **vendor);
  EXPECT_EQ(gone.calls, 0U);
  EXPECT_THAT(gone.difference, HasSubstr("call 1: simulation admitted at 0.000000 s, server no "
                                         "call (no answer: "));
}

}  // namespace
}  // namespace kondor::bench
