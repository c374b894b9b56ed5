// A script's steps are given out exactly as often as they say, whoever asks and however many at
// once.
#include <rapidcheck/gtest.h>

#include <latch>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "mock_server/faults/faults.h"
#include "mock_server/json/parse.h"

namespace kondor::faults {
namespace {

// What each thread was given, in its order.
using Drawn = std::vector<std::pair<std::size_t, std::uint64_t>>;

Script ScriptOf(const std::vector<std::uint64_t>& times, std::uint64_t nth) {
  Json play = Json::array();
  for (const std::uint64_t count : times) play.push_back({{"fault", "reset"}, {"times", count}});
  return ReadScript({{"match", {{"nth", nth}}}, {"play", std::move(play)}}, "").value();
}

Drawn TakeAll(Faults& faults, int calls) {
  http::Request request;
  request.method = "GET";
  const Call call{request, Surface::kK2, "/pipelines/1/status", http::Query(""), {}};
  Drawn drawn;
  for (int i = 0; i < calls; ++i) {
    if (const auto draw = faults.Take(call)) drawn.emplace_back(draw->step, draw->play);
  }
  return drawn;
}

RC_GTEST_PROP(FaultsOnce, EveryPlayIsGivenOutExactlyOnce, ()) {
  const auto times =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange(1, 40)));
  const auto nth = *rc::gen::inRange<std::uint64_t>(1, 20);
  const auto threads = *rc::gen::inRange(1, 5);
  const auto calls = *rc::gen::inRange(0, 300);

  Faults faults({});
  const std::uint64_t id = faults.Add(ScriptOf(times, nth)).value().id;
  std::vector<Drawn> drawn(static_cast<std::size_t>(threads));
  std::latch start(threads);
  std::vector<std::thread> running;
  for (Drawn& mine : drawn) {
    running.emplace_back([&] {
      start.arrive_and_wait();
      mine = TakeAll(faults, calls);
    });
  }
  for (std::thread& thread : running) thread.join();

  std::map<std::pair<std::size_t, std::uint64_t>, int> counted;
  for (const Drawn& mine : drawn) {
    RC_ASSERT(std::is_sorted(mine.begin(), mine.end()));  // nobody sees the steps out of order
    for (const auto& play : mine) ++counted[play];
  }
  const ScriptState state = faults.Find(id).value();
  const auto asked = static_cast<std::uint64_t>(threads) * static_cast<std::uint64_t>(calls);
  const std::uint64_t due = asked < nth ? 0 : asked - nth + 1;
  RC_ASSERT(counted.size() == std::min(due, state.script->times()));
  for (const auto& [play, count] : counted) RC_ASSERT(count == 1);
  // What was given out is a beginning of the script, without gaps.
  std::uint64_t expected = counted.size();
  for (std::size_t step = 0; step < times.size(); ++step) {
    const std::uint64_t played = std::min(expected, times[step]);
    RC_ASSERT(state.played[step] == played);
    expected -= played;
  }
  RC_ASSERT(state.left() == state.script->times() - counted.size());
}

TEST(FaultsOnce, AllScriptsTogetherHaveABoundInBytes) {
  Faults faults({});
  Script half = ScriptOf({1}, 1);
  half.bytes = Faults::kBytesOfAllMax / 2;
  EXPECT_TRUE(faults.Add(half));
  EXPECT_TRUE(faults.Add(half));
  const Result<ScriptState> more = faults.Add(ScriptOf({1}, 1));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, ErrorKind::kUnavailable);
  faults.Remove(1);
  EXPECT_TRUE(faults.Add(ScriptOf({1}, 1)));
}

// Scripts come and go while calls ask: a play is of a script that was there, and never too often.
TEST(FaultsOnce, ScriptsMayComeAndGoMeanwhile) {
  Faults faults({});
  std::atomic<bool> over{false};
  std::atomic<int> plays{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 3; ++i) {
    callers.emplace_back([&] {
      while (!over) plays += static_cast<int>(TakeAll(faults, 10).size());
    });
  }
  int added = 0, left = 0;
  for (int i = 0; i < 300; ++i) {
    const auto state = faults.Add(ScriptOf({3, 2}, 1));
    added += 5;
    if (i % 3 == 0) left += static_cast<int>(faults.Remove(state.value().id).value().left());
    if (i % 50 == 0) {
      for (const ScriptState& gone : faults.Clear()) left += static_cast<int>(gone.left());
    }
    if (i % 7 == 0) static_cast<void>(faults.List());
  }
  over = true;
  for (std::thread& thread : callers) thread.join();
  for (const ScriptState& gone : faults.Clear()) left += static_cast<int>(gone.left());
  EXPECT_EQ(plays, added - left);
}

}  // namespace
}  // namespace kondor::faults
