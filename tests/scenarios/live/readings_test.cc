// The probe over HTTP against the mock, whose ledger shares nothing with the oracle it reasons by:
// each reading by itself, and some at random together.
#include <gtest/gtest.h>

#include <string>

#include "base/rng.h"
#include "scenarios/live/limits.h"
#include "tests/scenarios/live/live_run.h"

namespace kondor::live {
namespace {

using nlohmann::json;

LiveCase Probing(const json& kondado, LiveCase::Tokens tokens) {
  LiveCase live{Vendor::kKondado, {{"kondado", kondado}}};
  live.tokens = tokens;
  live.options.plan = {.budget = kProbeCallsMax, .refusals = kProbeRefusalsMax};
  live.options.plan.rules = {"KO1", "KO2", "KO3", "KO4", "KO5", "K4", "K5", "K6"};
  return live;
}

// "kondado.window=gcra", or with '|' what could not be told apart.
std::string Found(const LiveResult& result, const std::string& rule) {
  return result.outcome.findings.all().at(rule).reading;
}

void ExpectNamed(const json& settings, LiveCase::Tokens tokens) {
  const LiveResult result = RunLive(Probing(settings, tokens));
  const std::string shown =
      settings.dump() + DriftReport(result.prepared, result.outcome, scenarios::Colour::kNo);
  const auto value = [&](const char* name, const char* usual) {
    return settings.value(name, std::string(usual));
  };
  const std::string window = value("window", "sliding_log"), lockout = value("lockout", "none");
  EXPECT_EQ(Found(result, "KO1"), "kondado.window=" + window) << shown;
  EXPECT_EQ(Found(result, "KO2"), "kondado.lockout=" + lockout) << shown;
  EXPECT_EQ(Found(result, "KO5"),
            "kondado.count_unauthenticated=" + value("count_unauthenticated", "yes"))
      << shown;
  if (lockout != "from_last" && window != "token_bucket" && window != "gcra") {
    EXPECT_EQ(Found(result, "KO3"), "kondado.refused_count=" + value("refused_count", "no"))
        << shown;
  }
  if (tokens == LiveCase::Tokens::kTwo || value("count_unauthenticated", "yes") == "yes") {
    EXPECT_EQ(Found(result, "KO4"), "kondado.scope=" + value("scope", "independent")) << shown;
  }
  EXPECT_LE(result.refused, kProbeRefusalsMax) << shown;
  EXPECT_LE(result.seen, kProbeCallsMax) << shown;
  EXPECT_LE(result.took, result.prepared.plan.most) << shown;
}

class OneReadingTest : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(OneReadingTest, IsNamed) {
  ExpectNamed({{GetParam().first, GetParam().second}}, LiveCase::Tokens::kOne);
}

INSTANTIATE_TEST_SUITE_P(
    Alone, OneReadingTest,
    testing::Values(std::pair{"window", "sliding_log"}, std::pair{"window", "fixed_from_first"},
                    std::pair{"window", "fixed_aligned"}, std::pair{"window", "sliding_counter"},
                    std::pair{"window", "token_bucket"}, std::pair{"window", "gcra"},
                    std::pair{"lockout", "from_breach"}, std::pair{"lockout", "from_last"},
                    std::pair{"refused_count", "yes"}, std::pair{"scope", "pair"},
                    std::pair{"count_unauthenticated", "no"}, std::pair{"charge", "in_order"}),
    [](const auto& reading) {
      return std::string(reading.param.first) + "_" + reading.param.second;
    });

class ManyReadingsTest : public testing::TestWithParam<int> {};

TEST_P(ManyReadingsTest, AreNamedTogether) {
  Rng rng(static_cast<std::uint64_t>(GetParam()));
  const auto one_of = [&](std::initializer_list<const char*> values) {
    return *(values.begin() + static_cast<std::ptrdiff_t>(rng.Below(values.size())));
  };
  const json settings = {{"window", one_of({"sliding_log", "fixed_from_first", "fixed_aligned",
                                            "sliding_counter", "token_bucket", "gcra"})},
                         {"lockout", one_of({"none", "from_breach", "from_last"})},
                         {"refused_count", one_of({"no", "yes"})},
                         {"scope", one_of({"independent", "pair"})},
                         {"count_unauthenticated", one_of({"yes", "no"})},
                         {"charge", one_of({"all_or_none", "in_order"})}};
  ExpectNamed(settings, LiveCase::Tokens::kTwo);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManyReadingsTest, testing::Range(1, 13));

TEST(Readings, AreNotTakenForOthersBecauseOfWhatWasCalledBefore) {
  for (const char* lockout : {"none", "from_last"}) {
    LiveCase live =
        Probing({{"refused_count", "yes"}, {"lockout", lockout}}, LiveCase::Tokens::kOne);
    live.calls_before = 25;
    const LiveResult result = RunLive(live);
    EXPECT_EQ(Found(result, "KO1"), "kondado.window=sliding_log") << lockout;
    EXPECT_EQ(result.outcome.findings.Of("K4"), Verdict::kHolds) << lockout;
  }
}

}  // namespace
}  // namespace kondor::live
