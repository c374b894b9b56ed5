// What is asked first: what was never checked, then what was checked longest ago; of those, what is
// known least.
#include <gtest/gtest.h>

#include "scenarios/live/checks/load.h"
#include "scenarios/live/plan.h"

namespace kondor::live {
namespace {

std::vector<std::string> OrderOf(const DriftFile& known, const PlanOptions& options) {
  Target target;
  target.name = "kondado x";
  std::vector<std::string> rules;
  for (const Check& check :
       MakePlan(LoadChecks(KondadoChecksText(), "kondado.json").value(), target, options, known)
           .checks) {
    if (!check.is_refusal) rules.push_back(check.parts.front().rule);
  }
  return rules;
}

TEST(Order, BeginsWithOpenQuestionsWhenNothingIsKnown) {
  const auto order = OrderOf({}, {});
  ASSERT_GE(order.size(), 12U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(order[i].substr(0, 2), "KO") << order[i];
}

TEST(Order, GoesByAgeAndNeverCheckedIsTheOldest) {
  DriftFile known;
  for (const char* rule : {"KO6", "KO7", "KO10", "H1", "K11", "K13", "K14"}) {
    known.Add("kondado x", rule, {"2026-01-03T00:00:00Z", Verdict::kHolds, ""});
  }
  known.Add("kondado x", "K9", {"2026-01-02T00:00:00Z", Verdict::kHolds, ""});
  known.Add("kondado x", "K10", {"2026-01-09T00:00:00Z", Verdict::kHolds, ""});
  known.Add("kondado x", "KO9", {"2026-01-09T00:00:00Z", Verdict::kHolds, ""});
  const auto order = OrderOf(known, {});
  EXPECT_EQ(order[0], "K12");
  EXPECT_EQ(order[1], "K9");
  EXPECT_EQ(order[2].substr(0, 2), "KO");
  EXPECT_EQ(order.back().substr(0, 2), "K1");
}

TEST(Order, HasOnlyWhatWasAskedForAndNoWrites) {
  EXPECT_EQ(OrderOf({}, {.rules = {"K12"}}), std::vector<std::string>{"K12"});
  for (const std::string& rule : OrderOf({}, {})) EXPECT_TRUE(rule != "K7" && rule != "W1");
  const auto all = OrderOf({}, {.writes = PlanOptions::Writes::kAllowed});
  EXPECT_NE(std::ranges::find(all, "K7"), all.end());
  EXPECT_NE(std::ranges::find(all, "W1"), all.end());
}

TEST(Plan, SaysWhatItCostsAtMost) {
  Target target;
  target.name = "kondado x";
  const PlanOptions options{.budget = 17, .refusals = 3};
  const Plan plan =
      MakePlan(LoadChecks(KondadoChecksText(), "kondado.json").value(), target, options, {});
  const std::string text = TextOf(plan, target, options, {});
  for (const char* words : {"17 calls on the wire", "at most 3 refusals", "read-only", "K12",
                            "never checked", "minutes"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  }
}

}  // namespace
}  // namespace kondor::live
