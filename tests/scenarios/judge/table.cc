#include "tests/scenarios/judge/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "scenarios/judge/child.h"
#include "scenarios/judge/report.h"

namespace kondor::judge {
namespace {

// Mostly they wait.
constexpr std::size_t kAtOnce = 12;
constexpr int kTriesMax = 3;

Result<Played> Play(Control& control, const Row& row) {
  PlayOptions options;
  options.command = ClientCommand(row);
  options.settings = row.settings;
  options.speed = row.speed;
  options.jobs = row.jobs;
  options.time_limit =
      std::chrono::duration_cast<Duration>(std::chrono::duration<double>(row.time_limit_s));
  return PlayTrial(control, *FindTrial(row.trial), {}, options);
}

bool FoundWhatItMust(const Row& row, const Findings& findings) {
  return std::ranges::all_of(row.must, [&](const std::string& id) {
    return std::ranges::any_of(findings, [&](const Finding& f) { return ToText(f.id) == id; });
  });
}

Result<Played> PlayUntilItShows(Control& control, const Row& row) {
  Result<Played> played = Play(control, row);
  for (int tries = 1; row.quick && tries < kTriesMax; ++tries) {
    if (!played || FoundWhatItMust(row, played->findings)) break;
    played = Play(control, row);
  }
  return played;
}

std::string Story(const Row& row, const Played& played) {
  return row.client + " in " + row.trial + "\n" +
         TerminalReport({played}, {ClientCommand(row), row.settings, row.speed, false},
                        Colour::kNo);
}

void Check(const Row& row, const Result<Played>& played) {
  if (!played) {
    ADD_FAILURE() << row.client << ": " << played.error().message;
    return;
  }
  EXPECT_NE(played->verdict, Verdict::kSkip) << Story(row, *played);
  std::set<std::string> found;
  for (const Finding& finding : played->findings) found.emplace(ToText(finding.id));
  for (const std::string& id : row.must) {
    EXPECT_TRUE(found.contains(id)) << "not found: " << id << "\n" << Story(row, *played);
  }
  for (const std::string& id : found) {
    EXPECT_TRUE(row.must.contains(id) || row.may.contains(id)) << "a false alarm: " << id << "\n"
                                                               << Story(row, *played);
  }
}

}  // namespace

std::vector<std::string> ClientCommand(const Row& row) {
  std::vector<std::string> command = {KONDOR_JUDGE_CLIENT, row.client};
  command.insert(command.end(), row.arguments.begin(), row.arguments.end());
  return command;
}

void ExpectJudgements(const std::vector<Row>& rows) {
  AdoptOrphans();
  const Result<std::unique_ptr<Control>> mock = StartOwnMock();
  ASSERT_TRUE(mock) << mock.error().message;
  std::vector<std::optional<Result<Played>>> results(rows.size());
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(kAtOnce, rows.size()); ++i) {
      threads.emplace_back([&] {
        for (std::size_t mine = next++; mine < rows.size(); mine = next++) {
          results[mine].emplace(PlayUntilItShows(**mock, rows[mine]));
        }
      });
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) Check(rows[i], *results[i]);
}

Played PlayRow(const Row& row) {
  AdoptOrphans();
  const Result<std::unique_ptr<Control>> mock = StartOwnMock();
  EXPECT_TRUE(mock);
  Result<Played> played = Play(**mock, row);
  EXPECT_TRUE(played) << played.error().message;
  return std::move(played).value();
}

}  // namespace kondor::judge
