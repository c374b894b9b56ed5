// One key through time (Q5, QO5), held against the definition: of the keys whose time has come, the
// one that was asked for last works.
#include "mock_server/qondor/directory/rotating_key.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <string>
#include <vector>

#include "mock_server/secrets/random.h"
#include "tests/mock_server/new_year.h"

namespace kondor::qondor {
namespace {

using std::chrono::milliseconds;
using Standing = RotatingKey::Standing;

TEST(RotatingKey, IsDeadAtOnceWithoutADelay) {
  RotatingKey key("a");
  key.Replace("b", kNewYear);
  key.Settle(kNewYear);
  EXPECT_EQ(key.Of("a"), Standing::kRetired);
  EXPECT_EQ(key.Of("b"), Standing::kWorks);
  EXPECT_EQ(key.newest(), "b");
  EXPECT_EQ(key.newest_from(), std::nullopt);
}

TEST(RotatingKey, WorksOnUntilTheNewOneHasSpread) {  // QO5
  RotatingKey key("a");
  key.Replace("b", kNewYear + milliseconds(100));
  key.Settle(kNewYear + milliseconds(100) - Duration(1));
  EXPECT_EQ(key.Of("a"), Standing::kWorks);
  EXPECT_EQ(key.Of("b"), Standing::kNotYet);
  EXPECT_EQ(key.newest(), "b");
  EXPECT_EQ(key.newest_from(), kNewYear + milliseconds(100));
  key.Settle(kNewYear + milliseconds(100));
  EXPECT_EQ(key.Of("a"), Standing::kRetired);
  EXPECT_EQ(key.Of("b"), Standing::kWorks);
}

TEST(RotatingKey, RegeneratedAgainBeforeItSpreadIsFollowedByTheSecond) {
  RotatingKey key("a");
  key.Replace("b", kNewYear + milliseconds(100));
  key.Replace("c", kNewYear + milliseconds(160));
  key.Settle(kNewYear + milliseconds(120));
  EXPECT_EQ(key.Of("a"), Standing::kRetired);
  EXPECT_EQ(key.Of("b"), Standing::kWorks);
  EXPECT_EQ(key.Of("c"), Standing::kNotYet);
  key.Settle(kNewYear + milliseconds(160));
  EXPECT_EQ(key.Of("b"), Standing::kRetired);
  EXPECT_EQ(key.Of("c"), Standing::kWorks);
}

TEST(RotatingKey, OvertakenOnItsWayNeverWorks) {  // the delay was shortened in between
  RotatingKey key("a");
  key.Replace("b", kNewYear + milliseconds(100));
  key.Replace("c", kNewYear + milliseconds(50));
  key.Settle(kNewYear + milliseconds(50));
  EXPECT_EQ(key.Of("c"), Standing::kWorks);
  key.Settle(kNewYear + milliseconds(1000));
  EXPECT_EQ(key.Of("b"), Standing::kRetired);
  EXPECT_EQ(key.Of("c"), Standing::kWorks);
}

TEST(RotatingKey, KnowsWhenAKeyBeginsAndWhenItCeased) {
  RotatingKey key("a");
  EXPECT_EQ(key.TurnOf("a"), std::nullopt);
  key.Replace("b", kNewYear + milliseconds(100));
  key.Replace("c", kNewYear + milliseconds(160));
  EXPECT_EQ(key.TurnOf("b"), kNewYear + milliseconds(100));
  EXPECT_EQ(key.TurnOf("c"), kNewYear + milliseconds(160));
  key.Settle(kNewYear + milliseconds(500));  // long after
  EXPECT_EQ(key.TurnOf("a"), kNewYear + milliseconds(100));
  EXPECT_EQ(key.TurnOf("b"), kNewYear + milliseconds(160));
  EXPECT_EQ(key.TurnOf("c"), std::nullopt);
  key.Replace("d", kNewYear + milliseconds(900));
  key.Replace("e", kNewYear + milliseconds(600));
  key.Settle(kNewYear + milliseconds(1000));
  EXPECT_EQ(key.Of("d"), Standing::kRetired);
  EXPECT_EQ(key.TurnOf("d"), std::nullopt) << "it never worked";
  EXPECT_EQ(key.TurnOf("nobody's"), std::nullopt);
}

TEST(RotatingKey, ForgetsAllButTheLastRetired) {
  RotatingKey key("0");
  std::vector<std::string> forgotten;
  for (int i = 1; i <= 20; ++i) {
    for (const auto& gone : key.Replace(std::to_string(i), kNewYear)) forgotten.push_back(gone);
    for (const auto& gone : key.Settle(kNewYear)) forgotten.push_back(gone);
  }
  EXPECT_EQ(forgotten.size(), 20 - RotatingKey::kRetiredKept);
  EXPECT_EQ(forgotten.front(), "0");
  EXPECT_EQ(key.Of("0"), Standing::kUnknown);
  EXPECT_EQ(key.Of("19"), Standing::kRetired);
  EXPECT_EQ(key.All().size(), RotatingKey::kRetiredKept + 1);
}

TEST(RotatingKey, AgreesWithTheDefinitionWheneverItIsReplaced) {
  EXPECT_TRUE(rc::check([] {
    RotatingKey key("0");
    std::vector<TimePoint> begins = {kNewYear - milliseconds(1)};  // of key number i
    TimePoint now = kNewYear;
    const int steps = *rc::gen::inRange(1, 30);
    for (int step = 0; step < steps; ++step) {
      now += milliseconds(*rc::gen::inRange(0, 40));
      key.Settle(now);
      if (*rc::gen::inRange(0, 2) == 0) {
        const TimePoint at = now + milliseconds(*rc::gen::element(0, 0, 10, 50, 100));
        key.Replace(std::to_string(begins.size()), at);
        begins.push_back(at);
        key.Settle(now);
      }
      std::size_t works = 0;
      for (std::size_t i = 0; i < begins.size(); ++i) {
        if (begins[i] <= now) works = i;
      }
      for (std::size_t i = 0; i < begins.size(); ++i) {
        RC_ASSERT((key.Of(std::to_string(i)) == Standing::kWorks) == (i == works));
      }
      RC_ASSERT(key.newest() == std::to_string(begins.size() - 1));
    }
  }));
}

TEST(IsSubscriptionKey, TakesGuidsOfVersionFourWithoutDashesOnly) {  // G9
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(IsSubscriptionKey(secrets::NewSubscriptionKey()));
  for (const char* bad :
       {"", "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f", "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f60",
        "D0e1f2a3b4c54d6e8f90a1b2c3d4e5f6", "d0e1f2a3b4c51d6e8f90a1b2c3d4e5f6",
        "d0e1f2a3b4c54d6e0f90a1b2c3d4e5f6", "g0e1f2a3b4c54d6e8f90a1b2c3d4e5f6",
        "d0e1f2a3-b4c5-4d6e-8f90-a1b2c3d4e5f6"}) {
    EXPECT_FALSE(IsSubscriptionKey(bad)) << bad;
  }
}

}  // namespace
}  // namespace kondor::qondor
