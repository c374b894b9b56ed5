#include "tests/scenarios/judge/client/manners.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace kondor::judge_client {
namespace {

using std::chrono::seconds;
using Change = void (*)(Manners&);

const std::map<std::string, Change>& LimitBugs() {
  static const std::map<std::string, Change> bugs = {
      {"no_pacing",
       [](Manners& m) {
         m.pacing = Pacing::kNone;
         m.budget = Budget::kOnePerWorker;
         m.workers = 5;
       }},
      {"one_call_too_many_a_minute", [](Manners& m) { m.per_minute_bonus = 1; }},
      {"minute_of_40_seconds", [](Manners& m) { m.minute = seconds(40); }},
      {"fixed_minutes",
       [](Manners& m) {
         m.pacing = Pacing::kFixedMinute;
         m.idle_after_first = seconds(50);
       }},
      {"minute_only", [](Manners& m) { m.per_second = 0; }},
      {"second_only", [](Manners& m) { m.per_minute = 0; }},
      {"workers_share_no_budget",
       [](Manners& m) {
         m.workers = 3;
         m.budget = Budget::kOnePerWorker;
       }},
      {"waits_36_of_60_seconds", [](Manners& m) { m.wait_share = 0.6; }},
      {"retries_at_once", [](Manners& m) { m.on_refusal = OnRefusal::kAtOnce; }},
      {"backs_off_from_one_second", [](Manners& m) { m.on_refusal = OnRefusal::kBackOff; }},

  };
  return bugs;
}

const std::map<std::string, Change>& WorkBugs() {
  static const std::map<std::string, Change> bugs = {
      {"takes_200_for_success",
       [](Manners& m) {
         m.on_refusal = OnRefusal::kTakeForData;
         m.on_fault = OnFault::kTakeForData;
         m.on_dead = OnDead::kTakeForData;
       }},
      {"takes_200_for_success_and_writes_nothing",
       [](Manners& m) {
         m.on_refusal = OnRefusal::kSkip;
         m.writes_output = false;
       }},
      {"skips_what_is_refused", [](Manners& m) { m.on_refusal = OnRefusal::kSkip; }},
      {"gives_up_when_refused", [](Manners& m) { m.on_refusal = OnRefusal::kGiveUp; }},
      {"gives_up_at_a_fault", [](Manners& m) { m.on_fault = OnFault::kGiveUp; }},
      {"hammers_at_a_fault", [](Manners& m) { m.on_fault = OnFault::kAtOnce; }},
      {"waits_for_ever", [](Manners& m) { m.timeout = Duration::zero(); }},
      {"mixes_up_ids", [](Manners& m) { m.mixes_up_ids = true; }},
      {"posts_again_when_unsure", [](Manners& m) { m.reposts = true; }},
      {"queues_twice", [](Manners& m) { m.queues_twice = true; }},
  };
  return bugs;
}

const std::map<std::string, Change>& CredentialBugs() {
  static const std::map<std::string, Change> bugs = {
      {"credentials_in_headers", [](Manners& m) { m.place = Place::kHeaders; }},
      {"credentials_in_the_path", [](Manners& m) { m.place = Place::kPath; }},
      {"no_credentials", [](Manners& m) { m.place = Place::kNowhere; }},
      {"token_in_user_agent", [](Manners& m) { m.extra_header = "User-Agent: job/$TOKEN"; }},
      {"token_in_referer",
       [](Manners& m) { m.extra_header = "Referer: https://example.com/?debug=$TOKEN"; }},
      {"qondor_key_to_kondado",
       [](Manners& m) { m.extra_header = "Ocp-Apim-Subscription-Key: $QONDOR"; }},
      {"says_its_token", [](Manners& m) { m.say = "GET /status?key=$KEY&token=$TOKEN"; }},
      {"writes_its_token", [](Manners& m) { m.note = "$TOKEN"; }},
      {"calls_on_with_a_dead_token", [](Manners& m) { m.on_dead = OnDead::kGoOn; }},
      {"dead_token_is_no_failure", [](Manners& m) { m.on_dead = OnDead::kStopAsIfWell; }},
      {"remembers_the_old_token", [](Manners& m) { m.remembers_credentials = true; }},
      {"qondor_keeps_the_old_key",
       [](Manners& m) {
         m.knows_second_key = false;
         m.on_dead = OnDead::kGoOn;
       }},
      {"qondor_knows_no_second_key", [](Manners& m) { m.knows_second_key = false; }},
      {"qondor_key_in_query", [](Manners& m) { m.key_in_query = true; }},
  };
  return bugs;
}

const std::map<std::string, Change>& EndingBugs() {
  static const std::map<std::string, Change> bugs = {
      {"never_ends", [](Manners& m) { m.ending = Ending::kNever; }},
      {"never_ends_whatever_is_said", [](Manners& m) { m.ending = Ending::kNeverWhateverIsSaid; }},
      {"crashes", [](Manners& m) { m.ending = Ending::kCrash; }},
      {"fails_after_success", [](Manners& m) { m.ending = Ending::kFailure; }},
      {"leaves_a_child", [](Manners& m) { m.leaves = LeftBehind::kChild; }},
      {"leaves_a_daemon", [](Manners& m) { m.leaves = LeftBehind::kDaemon; }},
  };
  return bugs;
}

const std::map<std::string, Change>& Right() {
  static const std::map<std::string, Change> right = {
      {"good", [](Manners&) {}},
      {"good_with_workers", [](Manners& m) { m.workers = 3; }},
      {"good_and_slow", [](Manners& m) { m.pacing = Pacing::kSlow; }},
      {"good_in_real_time",
       [](Manners& m) {
         m.heeds_speed = false;
         m.margin = Duration::zero();
       }},
      {"good_without_output", [](Manners& m) { m.writes_output = false; }},
      {"good_with_a_helper", [](Manners& m) { m.starts_a_helper = true; }},
      {"good_with_a_trace",
       [](Manners& m) {
         m.extra_header = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
       }},
  };
  return right;
}

}  // namespace

Manners MannersOf(const std::string& name) {
  for (const auto* table :
       {&LimitBugs(), &WorkBugs(), &CredentialBugs(), &EndingBugs(), &Right()}) {
    const auto it = table->find(name);
    if (it == table->end()) continue;
    Manners manners;
    it->second(manners);
    return manners;
  }
  std::fprintf(stderr, "judge_client: nobody behaves like '%s'\n", name.c_str());
  std::exit(2);  // NOLINT(concurrency-mt-unsafe): no thread has started
}

}  // namespace kondor::judge_client
