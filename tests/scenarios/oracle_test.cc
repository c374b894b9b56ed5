// The oracle against the worked examples of docs/VENDORS.md.
#include "scenarios/oracle/oracle.h"

#include <gtest/gtest.h>

namespace kondor::scenarios {
namespace {

std::string Decided(const LimitRules& rules, const std::vector<std::int64_t>& at_ms) {
  std::vector<ForetoldCall> calls;
  for (const std::int64_t at : at_ms) calls.push_back({at, "A", "K"});
  return Foretell(rules, calls);
}

std::string EachSecond(const std::string& window) {
  std::vector<std::int64_t> at_ms;
  for (int i = 0; i < 130; ++i) at_ms.push_back(i * 1000);
  LimitRules rules;
  rules.window = window;
  return Decided(rules, at_ms);
}

TEST(Oracle, KnowsTheWindowsExamples) {  // KO1
  const std::vector<std::array<std::string, 3>> rows = {
      {"sliding_log", "+-+", "+-+-+"},   {"fixed_from_first", "+-+", "+-+-+"},
      {"fixed_aligned", "+-+", "++-+-"}, {"sliding_counter", "+--", "++--+"},
      {"token_bucket", "+-+", "+-+-+"},  {"gcra", "+-+", "+-+-+"}};
  for (const auto& [window, three, five] : rows) {
    LimitRules rules;
    rules.window = window;
    rules.per_minute = 0;
    EXPECT_EQ(Decided(rules, {0, 500, 1000}), three) << window;
    EXPECT_EQ(Decided(rules, {900, 1200, 1900, 2000, 2900}), five) << window;
  }
}

TEST(Oracle, KnowsOneCallEachSecond) {  // KO1, K4
  std::string logs(130, '-'), counter(130, '-'), bucket(130, '-'), paced(130, '-');
  for (std::size_t i = 0; i < 130; ++i) {
    if (i % 60 < 20) logs[i] = '+';
    if ((i <= 38 && i % 2 == 0) || (i >= 61 && i <= 127 && (i - 61) % 3 == 0)) counter[i] = '+';
    if (i <= 28 || (i >= 30 && i % 3 == 0)) bucket[i] = '+';
    if (i % 3 == 0) paced[i] = '+';
  }
  EXPECT_EQ(EachSecond("sliding_log"), logs);
  EXPECT_EQ(EachSecond("fixed_from_first"), logs);
  EXPECT_EQ(EachSecond("fixed_aligned"), logs);
  EXPECT_EQ(EachSecond("sliding_counter"), counter);
  EXPECT_EQ(EachSecond("token_bucket"), bucket);
  EXPECT_EQ(EachSecond("gcra"), paced);
}

TEST(Oracle, KnowsLocksAndCountedRefusals) {  // KO2, KO3
  LimitRules rules;
  const std::vector<std::int64_t> at_ms = {0, 500, 1000, 60500, 61000, 121000};
  EXPECT_EQ(Decided(rules, at_ms), "+-++-+");
  rules.lockout = "from_breach";
  EXPECT_EQ(Decided(rules, at_ms), "+--+-+");
  rules.lockout = "from_last";
  EXPECT_EQ(Decided(rules, at_ms), "+----+");
  rules.lockout = "none";
  rules.refused_count = "yes";
  EXPECT_EQ(Decided(rules, {0, 500, 1000, 2000}), "+--+");
  rules.window = "fixed_from_first";
  EXPECT_EQ(Decided(rules, {0, 500, 1000, 2000}), "+-++");
}

TEST(Oracle, KnowsWhoseCountersTheyAre) {  // KO4, KO5, KO8
  LimitRules rules;
  EXPECT_EQ(Foretell(rules, {{0, "A", "K"}, {500, "A", "L"}}), "+-");
  EXPECT_EQ(Foretell(rules, {{0, "A", "K"}, {500, "B", "K"}}), "+-");
  EXPECT_EQ(Foretell(rules, {{0, "A", ""}, {500, "A", ""}, {700, "A", "K"}}), "!--");
  EXPECT_EQ(Foretell(rules, {{0, "A", "K"}, {500, "B", "K"}, {600, "B", "L"}}), "+-+");
  rules.charge = "in_order";
  EXPECT_EQ(Foretell(rules, {{0, "A", "K"}, {500, "B", "K"}, {600, "B", "L"}}), "+--");
  rules.scope = "pair";
  EXPECT_EQ(Foretell(rules, {{0, "A", "K"}, {500, "A", "L"}}), "++");
  EXPECT_EQ(Foretell(rules, {{0, "A", "K"}, {500, "B", "K"}}), "++");
  rules.count_unauthenticated = "no";
  EXPECT_EQ(Foretell(rules, {{0, "A", ""}, {500, "A", ""}, {700, "A", "K"}}), "!!+");
}

TEST(Oracle, TakesItsRulesFromSettings) {
  const LimitRules rules = LimitRulesOf({{"kondado.window", "gcra"},
                                         {"kondado.lockout", "from_last"},
                                         {"kondado.refused_count", "yes"},
                                         {"kondado.scope", "pair"},
                                         {"kondado.charge", "in_order"},
                                         {"kondado.count_unauthenticated", "no"},
                                         {"kondado.per_second", 3},
                                         {"kondado.per_minute", 7}});
  EXPECT_EQ(rules.window + rules.lockout + rules.refused_count + rules.scope + rules.charge +
                rules.count_unauthenticated,
            "gcrafrom_lastyespairin_orderno");
  EXPECT_EQ(rules.per_second, 3);
  EXPECT_EQ(rules.per_minute, 7);
}

}  // namespace
}  // namespace kondor::scenarios
