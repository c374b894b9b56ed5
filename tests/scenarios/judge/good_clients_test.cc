// The judge against clients that are right, in every trial that concerns them: it finds nothing.
#include <gtest/gtest.h>

#include "tests/scenarios/judge/table.h"

namespace kondor::judge {
namespace {

TEST(JudgePasses, ClientsThatKeepToTheLimits) {
  const Settings three_a_minute = {{"kondado.per_minute", "3"}};
  const std::vector<std::string> believes_in_three = {"--per-minute", "3"};
  ExpectJudgements({
      {.client = "good"},
      {.client = "good", .settings = three_a_minute, .arguments = believes_in_three},
      {.client = "good_with_workers", .jobs = 8},
      {.client = "good_with_workers", .settings = three_a_minute, .arguments = believes_in_three},
      {.client = "good_and_slow", .jobs = 8},
      {.client = "good_in_real_time", .jobs = 3},
      {.client = "good_without_output"},
      {.client = "good_with_a_helper", .jobs = 2},
      {.client = "good_with_a_trace", .jobs = 3},
      {.client = "good",
       .trial = "qondor_work",
       .jobs = 30,
       .arguments = {"--per-second", "10", "--per-minute", "0"},
       .speed = 5},
  });
}

TEST(JudgePasses, ClientsThatObeyStricterReadings) {
  ExpectJudgements({
      {.client = "good", .jobs = 3, .settings = {{"kondado.window", "gcra"}}},
      {.client = "good_with_workers", .jobs = 4, .settings = {{"kondado.window", "gcra"}}},
      {.client = "good",
       .jobs = 3,
       .settings = {{"kondado.window", "gcra"}, {"kondado.lockout", "from_last"}}},
      {.client = "good_without_output", .jobs = 3, .settings = {{"kondado.window", "gcra"}}},
      {.client = "good", .jobs = 4, .settings = {{"kondado.window", "sliding_counter"}}},
  });
}

TEST(JudgePasses, ClientsThatSurviveFaults) {
  std::vector<Row> rows;
  for (const char* trial :
       {"refusal", "connection_reset", "empty_reply", "truncated_body", "garbage_body", "html_body",
        "wrong_length", "server_error", "outage", "slow_answer", "no_answer", "lost_run",
        "token_deactivated", "token_replaced"}) {
    rows.push_back({.client = "good", .trial = trial});
  }
  for (const char* trial : {"refusal", "server_error", "token_deactivated"}) {
    rows.push_back({.client = "good_with_workers", .trial = trial, .jobs = 12});
  }
  ExpectJudgements(rows);
}

TEST(JudgePasses, ClientsThatSurviveAtQondor) {
  const std::vector<std::string> five_a_second = {"--per-second", "5", "--per-minute", "0"};
  ExpectJudgements({
      {.client = "good", .trial = "qondor_key_regenerated", .jobs = 20, .arguments = five_a_second},
      {.client = "good", .trial = "qondor_refusal", .arguments = five_a_second},
  });
}

}  // namespace
}  // namespace kondor::judge
