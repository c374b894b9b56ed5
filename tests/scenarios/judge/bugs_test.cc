// The judge against small bad clients, one bug each: it finds that bug, and nothing else.
#include <gtest/gtest.h>

#include "tests/scenarios/judge/table.h"

namespace kondor::judge {
namespace {

// A minute that is soon full.
const Settings kThreeAMinute = {{"kondado.per_minute", "3"}};
const std::vector<std::string> kBelievesInThree = {"--per-minute", "3"};
// A reading that refuses whoever keeps to the words of K4, once in a while.
const Settings kStrict = {{"kondado.window", "gcra"}};
const Settings kSlowQondor = {{"qondor.per_second", "2"}};

TEST(JudgeFinds, CallsOverTheLimits) {
  ExpectJudgements({
      {.client = "no_pacing",
       .must = {"over_limit"},
       .may = {"retried_too_soon", "starved_worker"},
       .quick = true},
      {.client = "one_call_too_many_a_minute",
       .must = {"over_limit"},
       .settings = kThreeAMinute,
       .arguments = kBelievesInThree},
      {.client = "minute_of_40_seconds",
       .must = {"over_limit"},
       .settings = kThreeAMinute,
       .arguments = kBelievesInThree},
      {.client = "fixed_minutes",
       .must = {"over_limit"},
       .jobs = 6,
       .settings = kThreeAMinute,
       .arguments = kBelievesInThree},
      {.client = "minute_only", .must = {"over_limit"}, .jobs = 3, .speed = 12, .quick = true},
      {.client = "second_only", .must = {"over_limit"}, .settings = kThreeAMinute},
  });
}

TEST(JudgeFinds, WorkersInEachOthersWay) {
  ExpectJudgements({
      {.client = "workers_share_no_budget",
       .must = {"over_limit"},
       .may = {"retried_too_soon", "starved_worker"},
       .jobs = 3,
       .quick = true},
      {.client = "waits_in_the_wrong_order",
       .must = {"over_limit"},
       .may = {"retried_too_soon"},
       .jobs = 4,
       .settings = {{"kondado.per_minute", "2"}},
       .speed = 10,  // its workers wake at one instant, as near as the machine can
       .quick = true},
      {.client = "starves_a_worker",
       .must = {"starved_worker"},
       .may = {"over_limit", "retried_too_soon", "retry_storm"},
       .jobs = 6,
       .speed = 12,
       .quick = true},
  });
}

TEST(JudgeFinds, QondorCallsOverTheLimits) {
  ExpectJudgements({
      {.client = "good",
       .trial = "qondor_work",
       .must = {"over_limit"},
       .jobs = 8,
       .settings = kSlowQondor,
       .arguments = {"--per-second", "30", "--per-minute", "0"},
       .speed = 5,
       .quick = true},
  });
}

TEST(JudgeFinds, ImpatienceAfterARefusal) {
  ExpectJudgements({
      {.client = "waits_36_of_60_seconds", .must = {"retried_too_soon"}, .settings = kStrict},
      {.client = "waits_36_of_60_seconds", .trial = "refusal", .must = {"retried_too_soon"}},
      {.client = "backs_off_from_one_second", .must = {"retried_too_soon"}, .settings = kStrict},
      {.client = "backs_off_from_one_second", .trial = "refusal", .must = {"retried_too_soon"}},
      {.client = "retries_at_once",
       .must = {"retried_too_soon"},
       .may = {"over_limit", "retry_storm"},  // on a busy machine it is no storm
       .settings = kStrict},
      {.client = "waits_36_of_60_seconds",
       .trial = "qondor_refusal",
       .must = {"retried_too_soon"},
       .arguments = {"--per-second", "5", "--per-minute", "0"},
       .speed = 5},
      {.client = "hammers_at_a_fault", .trial = "outage", .must = {"retry_storm"}, .quick = true},
  });
}

TEST(JudgeFinds, ErrorsTakenForData) {
  ExpectJudgements({
      // It does not notice that it should wait, either.
      {.client = "takes_200_for_success",
       .must = {"error_taken_for_data"},
       .may = {"retried_too_soon"},
       .settings = kStrict},
      {.client = "takes_200_for_success", .trial = "refusal", .must = {"error_taken_for_data"}},
      {.client = "takes_200_for_success",
       .trial = "garbage_body",
       .must = {"error_taken_for_data"}},
      {.client = "takes_200_for_success", .trial = "html_body", .must = {"error_taken_for_data"}},
      {.client = "takes_200_for_success",
       .trial = "truncated_body",
       .must = {"error_taken_for_data"}},
      {.client = "takes_200_for_success",
       .trial = "token_deactivated",
       .must = {"error_taken_for_data"},
       .may = {"dead_credentials_reused", "ended_badly"},
       .jobs = 12},
      {.client = "takes_200_for_success_and_writes_nothing",
       .trial = "refusal",
       .must = {"error_taken_for_data"}},
      {.client = "mixes_up_ids", .must = {"error_taken_for_data"}},
  });
}

TEST(JudgeFinds, WorkLeftUndoneOrDoneTwice) {
  ExpectJudgements({
      {.client = "skips_what_is_refused", .trial = "refusal", .must = {"gave_up_early"}},
      {.client = "gives_up_when_refused", .trial = "refusal", .must = {"gave_up_early"}},
      {.client = "gives_up_at_a_fault", .trial = "connection_reset", .must = {"gave_up_early"}},
      {.client = "gives_up_at_a_fault", .trial = "empty_reply", .must = {"gave_up_early"}},
      {.client = "gives_up_at_a_fault", .trial = "server_error", .must = {"gave_up_early"}},
      {.client = "gives_up_at_a_fault", .trial = "wrong_length", .must = {"gave_up_early"}},
      {.client = "posts_again_when_unsure", .trial = "lost_run", .must = {"repeated_unsafe_call"}},
      {.client = "queues_twice", .trial = "lost_run", .must = {"repeated_unsafe_call"}},
  });
}

TEST(JudgeFinds, CredentialsOutOfPlace) {
  ExpectJudgements({
      {.client = "credentials_in_headers", .must = {"credentials_misplaced"}},
      {.client = "credentials_in_the_path", .must = {"credentials_misplaced"}},
      {.client = "no_credentials", .must = {"credentials_misplaced"}},
      {.client = "qondor_key_in_query",
       .trial = "qondor_work",
       .must = {"credentials_misplaced"},
       .arguments = {"--per-second", "5", "--per-minute", "0"}},
      {.client = "token_in_user_agent", .must = {"credentials_leaked"}},
      {.client = "token_in_referer", .must = {"credentials_leaked"}},
      {.client = "qondor_key_to_kondado", .must = {"credentials_leaked"}},
      {.client = "says_its_token", .must = {"credentials_leaked"}},
      {.client = "writes_its_token", .must = {"credentials_leaked"}},
  });
}

TEST(JudgeFinds, DeadCredentialsInUse) {
  const std::vector<std::string> five_a_second = {"--per-second", "5", "--per-minute", "0"};
  ExpectJudgements({
      {.client = "calls_on_with_a_dead_token",
       .trial = "token_deactivated",
       .must = {"dead_credentials_reused"},
       .jobs = 12},
      {.client = "dead_token_is_no_failure",
       .trial = "token_deactivated",
       .must = {"ended_badly"},
       .jobs = 12},
      {.client = "remembers_the_old_token",
       .trial = "token_replaced",
       .must = {"dead_credentials_reused"}},
      {.client = "qondor_keeps_the_old_key",
       .trial = "qondor_key_regenerated",
       .must = {"dead_credentials_reused", "no_secondary_key"},
       .jobs = 20,
       .arguments = five_a_second},
      {.client = "qondor_knows_no_second_key",
       .trial = "qondor_key_regenerated",
       .must = {"no_secondary_key"},
       .jobs = 20,
       .arguments = five_a_second},
  });
}

TEST(JudgeFinds, BadEndings) {
  ExpectJudgements({
      {.client = "never_ends", .must = {"ended_badly"}, .jobs = 2, .time_limit_s = 1},
      {.client = "never_ends_whatever_is_said",
       .must = {"ended_badly"},
       .jobs = 2,
       .time_limit_s = 1},
      {.client = "crashes", .must = {"ended_badly"}, .jobs = 2},
      {.client = "fails_after_success", .must = {"ended_badly"}, .jobs = 2},
      {.client = "leaves_a_child", .must = {"ended_badly"}, .jobs = 2},
      {.client = "leaves_a_daemon", .must = {"ended_badly"}, .jobs = 2},
      {.client = "waits_for_ever",
       .trial = "no_answer",
       .must = {"ended_badly"},
       .time_limit_s = 6},
  });
}

}  // namespace
}  // namespace kondor::judge
