// What is written: the same bytes every time, and a page that is small and asks for nothing.
#include "bench/strategies/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "tests/bench/strategies/named.h"

namespace kondor::bench {
namespace {

using testing::HasSubstr;
using testing::Not;

// Those that throw dice or compute with fractions, where machines might come to differ.
MatrixOptions Delicate(unsigned threads) {
  return {.strategies = {"full_jitter", "aimd", "aws_adaptive", "sre_adaptive"},
          .scenarios = {"burst_then_poisson_jitter"},
          .threads = threads};
}

TEST(Report, IsTheSameOnAnyNumberOfThreads) {
  const std::vector<Row> alone = PlayMatrix(Delicate(1));
  const std::vector<Row> together = PlayMatrix(Delicate(3));
  EXPECT_EQ(WriteJson(alone, 1), WriteJson(together, 1));
  EXPECT_EQ(WritePage(alone, 1), WritePage(together, 1));
  EXPECT_EQ(WriteTable(alone), WriteTable(together));
}

TEST(Report, HangsOnTheSeed) {
  const auto play = [](std::uint64_t seed) {
    return WriteJson(
        PlayMatrix(
            {.seed = seed, .strategies = {"sre_adaptive"}, .scenarios = {"burst_then_poisson"}}),
        1);
  };
  EXPECT_NE(play(1), play(2));
}

std::uint64_t Fnv1a(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

// Every preset runs this: two compilers, with optimisation and without. Whoever changes one of
// these strategies or scenarios on purpose puts the new number here.
TEST(Report, IsTheSameOnEveryMachine) {
  EXPECT_EQ(Fnv1a(WriteJson(PlayMatrix(Delicate(0)), 1)), 15524689691653965072U);
}

// Enough rows to be three times too large, no two alike, and no pattern in any.
std::vector<Row> Unruly() {
  Rng rng(kSeed);
  std::vector<Row> rows;
  for (int strategy = 0; strategy < 6; ++strategy) {
    for (const Scenario& scenario : AllScenarios(kSeed)) {
      for (const NamedReading& reading : AllReadings()) {
        Row row{"strategy_" + std::to_string(strategy), reading, scenario.name, 1, {}, {}};
        row.score.ratio = rng.Unit() * 60;
        row.score.refused = static_cast<std::uint32_t>(rng.Unit() * 1000);
        std::int64_t tenths = 0;
        for (std::size_t i = 0; i < kMarksMax; ++i) {
          tenths += static_cast<std::int64_t>(rng.Unit() * 100);
          row.marks.push_back({tenths, static_cast<std::uint32_t>(i % 4), rng.Unit() < 0.5});
        }
        rows.push_back(std::move(row));
      }
    }
  }
  return rows;
}

TEST(Page, IsSmallHoweverUnrulyTheRunsAre) {
  const std::string page = WritePage(Unruly(), kSeed);
  EXPECT_LE(page.size(), 400'000U);
  EXPECT_THAT(page, HasSubstr("strategy_5"));
}

TEST(Page, AsksForNothingOutside) {
  const std::string page =
      WritePage(PlayMatrix({.strategies = {"default"}, .scenarios = {"saturated"}}), kSeed);
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* asking : {"<link", "src=", "url(", "@import", "fetch(", "XMLHttp", "import("}) {
    EXPECT_THAT(page, Not(HasSubstr(asking)));
  }
}

TEST(Page, HasNoPlaceLeftOpenAndNoNameEndsItsScript) {
  std::vector<Row> rows = PlayMatrix({.strategies = {"hint"}, .scenarios = {"saturated"}});
  for (Row& row : rows) row.strategy = "</script><b>";
  const std::string page = WritePage(rows, kSeed);
  EXPECT_THAT(page, Not(HasSubstr("KONDOR_")));
  EXPECT_THAT(page, Not(HasSubstr("</script><b>")));
  EXPECT_THAT(page, HasSubstr("\"<\\/script><b>\""));
}

std::vector<Mark> Even(std::size_t count, std::int64_t every) {
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < count; ++i) {
    marks.push_back({static_cast<std::int64_t>(i) * every, 0, true});
  }
  return marks;
}

TEST(Timeline, SaysRepetitionsOnce) {
  EXPECT_EQ(Encode(Even(1, 10), kMarksMax), "1:A");
  EXPECT_EQ(Encode(Even(3, 10), kMarksMax), "1:AaAaA");
  EXPECT_EQ(Encode(Even(90, 10), kMarksMax), "1:AaA1*2g;");
  EXPECT_EQ(Encode({}, kMarksMax), "1:");
}

TEST(Timeline, TellsRefusalsAndWorkersExactly) {
  EXPECT_EQ(Encode({{0, 0, true}, {0, 0, false}, {3, 1, true}, {39, 2, false}}, kMarksMax),
            "1:AB3C10F");
  const std::vector<Mark> in_turn = {{0, 0, true},   {10, 0, false}, {20, 0, true},
                                     {30, 0, false}, {40, 0, true},  {50, 0, false}};
  EXPECT_EQ(Encode(in_turn, kMarksMax), "1:AaBaA2*1;aB");
}

TEST(Timeline, IsCoarserWhereARunIsLong) {
  EXPECT_EQ(Encode({{0, 0, true}, {36'000, 0, true}}, kMarksMax), "10:ArsA");
}

TEST(Timeline, HasNoMoreMarksThanAskedFor) { EXPECT_EQ(Encode(Even(90, 10), 2), "1:AaA"); }

class NeverWaits final : public limiter::Strategy {
 public:
  TimePoint Check(TimePoint now) const override { return now; }
  void Take(TimePoint, limiter::CallId) override {}
  void Settle(TimePoint, limiter::CallId, const limiter::Answer&) override {}
};

TEST(Simulation, EndsForAStrategyThatNeverWaits) {
  const NamedStrategy strategy{"never_waits",
                               [](auto&, auto) { return std::make_unique<NeverWaits>(); }};
  EXPECT_EQ(Simulate(strategy, {}, ScenarioNamed("saturated"), kSeed).size(), kTriesMax);
}

// It waits, but never as long as until anything could change.
class AlwaysSoon final : public limiter::Strategy {
 public:
  TimePoint Check(TimePoint now) const override { return now + Duration(1); }
  void Take(TimePoint, limiter::CallId) override {}
  void Settle(TimePoint, limiter::CallId, const limiter::Answer&) override {}
};

TEST(Simulation, EndsForAStrategyThatIsAlwaysAboutToGo) {
  const NamedStrategy strategy{"always_soon",
                               [](auto&, auto) { return std::make_unique<AlwaysSoon>(); }};
  EXPECT_TRUE(Simulate(strategy, {}, ScenarioNamed("saturated"), kSeed).empty());
}

}  // namespace
}  // namespace kondor::bench
