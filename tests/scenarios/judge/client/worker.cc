#include "tests/scenarios/judge/client/worker.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

namespace kondor::judge_client {
namespace {

using Json = nlohmann::json;

constexpr int kTriesMax = 7;
// Of somebody who does not wait between them: enough until the vendor lets it in again.
constexpr int kHastyTriesMax = 5'000;
// Or while a server is down.
constexpr int kHastyFaultsMax = 30;
constexpr Duration kRetryWindow = std::chrono::seconds(60);  // K6

void Replace(std::string& text, const std::string& name, const std::string& by) {
  const std::size_t at = text.find(name);
  if (at != std::string::npos) text.replace(at, name.size(), by);
}

}  // namespace

Reading Read(const Answer& answer, int pipeline) {
  if (!answer.whole) return {};
  const Json json = Json::parse(answer.body, nullptr, false);
  if (!json.is_object()) return {};
  if (json.contains("error")) {
    const std::string code = json["error"].is_string() ? json["error"].get<std::string>() : "";
    if (code == "RATE_LIMIT_EXCEEDED") return {Kind::kRefused, {}};
    return {Kind::kDead, {}};
  }
  const auto entry = json.find(std::to_string(pipeline));
  if (answer.status != 200 || entry == json.end() || !entry->is_object()) return {};
  return {Kind::kData, entry->value("status", "")};
}

bool Worker::FetchAll() {
  Gate shared(manners_, time_);
  const int workers = manners_.workers;
  std::vector<std::jthread> threads;
  for (int i = 0; i < workers; ++i) {
    threads.emplace_back([&, i] {
      Gate own(manners_, time_);
      FetchSome(i + 1, workers, manners_.budget == Budget::kShared ? shared : own);
    });
  }
  threads.clear();
  return !failed_;
}

void Worker::FetchSome(int first, int step, Gate& gate) {
  for (int pipeline = first; pipeline <= assignment_.jobs && !stopped_; pipeline += step) {
    // What does not come after a minute of trying will not for the next one either.
    if (!FetchOne(pipeline, gate)) Fail();
    if (pipeline == 1) time_.Sleep(manners_.idle_after_first);
  }
}

void Worker::Fail() {
  failed_ = true;
  if (manners_.on_dead != OnDead::kGoOn) stopped_ = true;
}

bool Worker::FetchOne(int pipeline, Gate& gate) {
  int tries_max = kTriesMax;
  if (manners_.on_refusal == OnRefusal::kAtOnce) tries_max = kHastyTriesMax;
  if (manners_.on_fault == OnFault::kAtOnce) tries_max = kHastyFaultsMax;
  const bool hasty = tries_max != kTriesMax;
  for (int tries = 1; tries <= tries_max && !stopped_; ++tries) {
    Reading reading;
    bool again = false;
    const auto turn = hasty && tries > 1 ? Gate::Turn::kNotAwaited : Gate::Turn::kAwaited;
    gate.Pass(
        [&]() -> Duration {
          const Answer answer =
              Exchange(Ask("GET", "/pipelines/" + std::to_string(pipeline) + "/status"));
          reading = Read(answer, pipeline);
          const Duration wait = After(reading, tries, answer);
          again = wait >= Duration::zero();
          return std::max(wait, Duration::zero());
        },
        turn);
    if (reading.kind == Kind::kData) {
      Write(manners_.mixes_up_ids ? pipeline % assignment_.jobs + 1 : pipeline, reading.status);
      return true;
    }
    const bool taken =
        (reading.kind == Kind::kRefused && manners_.on_refusal == OnRefusal::kTakeForData) ||
        (reading.kind == Kind::kFault && manners_.on_fault == OnFault::kTakeForData) ||
        (reading.kind == Kind::kDead && manners_.on_dead == OnDead::kTakeForData);
    if (taken) {
      Write(pipeline, "");
      return true;
    }
    if (reading.kind == Kind::kRefused && manners_.on_refusal == OnRefusal::kSkip) return true;
    if (!again) return manners_.on_dead == OnDead::kStopAsIfWell && reading.kind == Kind::kDead;
  }
  return false;
}

// How long everybody holds back; less than nothing: this request is not tried again.
Duration Worker::After(const Reading& reading, int tries, Answer answer) {
  constexpr Duration kNever = std::chrono::seconds(-1);
  const Duration back_off = std::chrono::seconds(1) * (1 << std::min(tries - 1, 5));
  switch (reading.kind) {
    case Kind::kData:
      return Duration::zero();
    case Kind::kDead:
      if (manners_.on_dead != OnDead::kGoOn && manners_.on_dead != OnDead::kTakeForData) {
        stopped_ = true;
      }
      return kNever;
    case Kind::kRefused:
      if (manners_.on_refusal == OnRefusal::kGiveUp) stopped_ = true;
      if (manners_.on_refusal == OnRefusal::kGiveUp) return kNever;
      if (manners_.on_refusal == OnRefusal::kBackOff) return back_off;
      if (manners_.on_refusal != OnRefusal::kWait) return Duration::zero();
      return std::chrono::duration_cast<Duration>(kRetryWindow * manners_.wait_share);
    case Kind::kFault:
      if (manners_.on_fault == OnFault::kGiveUp) return kNever;
      return manners_.on_fault == OnFault::kBackOff ? back_off : Duration::zero();
  }
  return std::chrono::seconds(answer.retry_after_s);
}

bool Worker::QueueRun() {
  Gate gate(manners_, time_);
  const std::string path = "/pipelines/" + assignment_.run_pipeline;
  Answer answer;
  const auto call = [&](const std::string& method, const std::string& what) {
    gate.Pass([&] {
      answer = Exchange(Ask(method, path + what));
      return Duration::zero();
    });
  };
  call("POST", "/run");
  if (answer.whole && !manners_.queues_twice) return true;
  if (manners_.reposts || manners_.queues_twice) {
    call("POST", "/run");
    return answer.whole;
  }
  // Was it carried out? Its status tells.
  call("GET", "/status");
  const Reading reading = Read(answer, std::atoi(assignment_.run_pipeline.c_str()));
  return reading.status == "scheduled" || reading.status == "running";
}

Question Worker::Ask(const std::string& method, const std::string& path) const {
  const Assignment& a = assignment_;
  Question question;
  question.method = method;
  question.timeout = time_.Real(manners_.timeout);
  question.url = a.k2 + path;
  switch (manners_.place) {
    case Place::kQuery:
      question.url += "?key=" + a.key + "&token=" + a.token;
      break;
    case Place::kHeaders:
      question.headers = {"X-Key: " + a.key, "X-Token: " + a.token};
      break;
    case Place::kPath:
      question.url = a.k2 + "/" + a.token + path;
      break;
    case Place::kNowhere:
      break;
  }
  if (!manners_.extra_header.empty()) question.headers.push_back(Filled(manners_.extra_header));
  return question;
}

std::string Worker::Filled(std::string text) const {
  Replace(text, "$TOKEN", assignment_.token);
  Replace(text, "$KEY", assignment_.key);
  Replace(text, "$QONDOR", assignment_.qondor_key);
  return text;
}

void Worker::Write(int pipeline, const std::string& status) {
  if (!manners_.writes_output) return;
  Json line = {{"pipeline_id", pipeline}, {"status", status.empty() ? Json() : Json(status)}};
  if (!manners_.note.empty()) line["note"] = Filled(manners_.note);
  const MutexLock lock(mutex_);
  std::ofstream(assignment_.output, std::ios::app) << line.dump() << '\n';
}

}  // namespace kondor::judge_client
