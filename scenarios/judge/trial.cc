#include "scenarios/judge/trial.h"

#include <algorithm>
#include <array>

namespace kondor::judge {
namespace {

constexpr std::array<std::string_view, 4> kLimits = {"kondado.window", "kondado.lockout",
                                                     "kondado.refused_count", "kondado.scope"};
constexpr std::array<std::string_view, 1> kCredentials = {"kondado.auth_error"};
constexpr std::array<std::string_view, 1> kLockout = {"kondado.lockout"};
constexpr std::array<std::string_view, 2> kQondorLimits = {"qondor.window", "qondor.refused_count"};

// A few are enough to see what a program makes of a failure, and it is over sooner.
constexpr int kFew = 5;
constexpr int kManyEnoughToStop = 12;

// The second call for a status, so that the program has seen a good answer before.
#define KONDOR_ON_STATUS(play)                                                                    \
  R"({"match": {"surface": "k2", "method": "GET", "path": "*/status", "nth": 2}, "play": [)" play \
  "]}"

constexpr std::string_view kLostRun =
    R"({"match": {"surface": "k2", "method": "POST", "path": "*/run"},
        "play": [{"fault": "reset", "when": "after_commit"}]})";
constexpr std::string_view kQondorRefusal =
    R"({"match": {"surface": "qondor", "nth": 3}, "play": [{"fault": "refuse", "retry_after_s": 7}]})";

constexpr Trial kTrials[] = {
    {.name = "work", .title = "fetches statuses as fast as the limits allow", .varies = kLimits},
    {.name = "token_deactivated",
     .title = "its token is deactivated while it works",
     .event = Event::kTokenDeactivated,
     .work = Work::kSomeOfIt,
     .jobs_max = kManyEnoughToStop,
     .varies = kCredentials},
    {.name = "token_replaced",
     .title = "is started again with a new token, the old one deactivated",
     .event = Event::kStartedWithNewToken,
     .jobs_max = kFew,
     .varies = kCredentials},
    {.name = "refusal",
     .title = "is refused although it kept to the limits",
     .faults = KONDOR_ON_STATUS(R"({"fault": "refuse"})"),
     .jobs_max = kFew,
     .varies = kLockout},
    {.name = "connection_reset",
     .title = "a connection is reset instead of an answer",
     .faults = KONDOR_ON_STATUS(R"({"fault": "reset"})"),
     .jobs_max = kFew},
    {.name = "empty_reply",
     .title = "a connection is closed instead of an answer",
     .faults = KONDOR_ON_STATUS(R"({"fault": "empty_reply"})"),
     .jobs_max = kFew},
    {.name = "truncated_body",
     .title = "an answer breaks off",
     .faults = KONDOR_ON_STATUS(R"({"fault": "truncated_body", "bytes": 20})"),
     .jobs_max = kFew},
    {.name = "garbage_body",
     .title = "an answer is garbage with a good status",
     .faults = KONDOR_ON_STATUS(R"({"fault": "garbage_body"})"),
     .jobs_max = kFew},
    {.name = "html_body",
     .title = "an answer is somebody's web page with a good status",
     .faults = KONDOR_ON_STATUS(
         R"({"fault": "status", "status": 200, "body": "<html>Down for maintenance</html>"})"),
     .jobs_max = kFew},
    {.name = "wrong_length",
     .title = "an answer has a wrong Content-Length",
     .faults = KONDOR_ON_STATUS(R"({"fault": "wrong_content_length", "by": 10},
                                   {"fault": "wrong_content_length", "by": -10})"),
     .jobs_max = kFew},
    {.name = "server_error",
     .title = "the vendor fails twice with status 503",
     .faults = KONDOR_ON_STATUS(R"({"fault": "status", "status": 503, "times": 2})"),
     .jobs_max = kFew},
    {.name = "outage",
     .title = "the vendor fails with status 503 for good",
     .work = Work::kSomeOfIt,
     .faults = KONDOR_ON_STATUS(R"({"fault": "status", "status": 503, "times": 1000000})"),
     .jobs_max = kFew},
    {.name = "slow_answer",
     .title = "an answer comes byte by byte",
     .faults = KONDOR_ON_STATUS(R"({"fault": "slow_drip", "bytes": 10, "ms": 500})"),
     .jobs_max = kFew},
    {.name = "no_answer",
     .title = "an answer does not come",
     .faults = KONDOR_ON_STATUS(R"({"fault": "latency", "ms": 86400000})"),
     .jobs_max = kFew},
    {.name = "lost_run",
     .title = "queues a pipeline, and the answer is lost",
     .work = Work::kOneRun,
     .faults = kLostRun},
    {.name = "qondor_work",
     .title = "calls Qondor as fast as the limits allow",
     .vendor = Vendor::kQondor,
     .varies = kQondorLimits},
    {.name = "qondor_refusal",
     .title = "is refused by Qondor, with a Retry-After",
     .vendor = Vendor::kQondor,
     .faults = kQondorRefusal,
     .jobs_max = kManyEnoughToStop},
    {.name = "qondor_key_regenerated",
     .title = "its primary key is regenerated while it calls Qondor",
     .vendor = Vendor::kQondor,
     .event = Event::kKeyRegenerated},
};

#undef KONDOR_ON_STATUS

// The values of a setting; its default is the first.
struct Question {
  std::string_view setting;
  std::vector<std::string_view> values;
};

const std::vector<Question>& Questions() {
  static const std::vector<Question> questions = {
      {"kondado.window",
       {"sliding_log", "fixed_from_first", "fixed_aligned", "sliding_counter", "token_bucket",
        "gcra"}},
      {"kondado.lockout", {"none", "from_breach", "from_last"}},
      {"kondado.refused_count", {"no", "yes"}},
      {"kondado.scope", {"independent", "pair"}},
      {"kondado.auth_error", {"200_envelope", "401_envelope", "403_envelope"}},
      {"qondor.window", {"sliding", "token_bucket"}},
      {"qondor.refused_count", {"no", "yes"}},
  };
  return questions;
}

std::vector<Question> QuestionsOf(const Trial& trial) {
  std::vector<Question> asked;
  for (const Question& question : Questions()) {
    if (std::ranges::find(trial.varies, question.setting) != trial.varies.end()) {
      asked.push_back(question);
    }
  }
  return asked;
}

// `reading`, and `reading` with each value of `question` but the default.
void Multiply(const Settings& reading, const Question& question, std::vector<Settings>& out) {
  out.push_back(reading);
  for (std::size_t i = 1; i < question.values.size(); ++i) {
    out.push_back(reading);
    out.back().emplace_back(question.setting, question.values[i]);
  }
}

}  // namespace

std::span<const Trial> Trials() { return kTrials; }

const Trial* FindTrial(std::string_view name) {
  const auto it = std::ranges::find(kTrials, name, &Trial::name);
  return it == std::end(kTrials) ? nullptr : &*it;
}

std::vector<Settings> ReadingsOf(const Trial& trial, Readings readings) {
  std::vector<Settings> list = {{}};
  if (readings == Readings::kDefault) return list;
  for (const Question& question : QuestionsOf(trial)) {
    if (readings == Readings::kEach) {
      std::vector<Settings> alone;
      Multiply({}, question, alone);
      list.insert(list.end(), alone.begin() + 1, alone.end());
      continue;
    }
    std::vector<Settings> more;
    for (const Settings& reading : list) Multiply(reading, question, more);
    list = std::move(more);
  }
  return list;
}

std::string NameOf(const Settings& reading) {
  if (reading.empty()) return "default";
  std::string name;
  for (const auto& [setting, value] : reading) {
    name.append(name.empty() ? "" : " ").append(setting).append("=").append(value);
  }
  return name;
}

}  // namespace kondor::judge
