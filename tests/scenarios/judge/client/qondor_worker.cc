#include "tests/scenarios/judge/client/qondor_worker.h"

namespace kondor::judge_client {
namespace {

constexpr int kQondorTriesMax = 10;

}  // namespace

bool QondorWorker::CallAll() {
  bool well = true;
  for (int call = 0; call < assignment_.qondor_jobs; ++call) {
    Done done = Done::kNo;
    for (int tries = 0; tries < kQondorTriesMax && done == Done::kNo; ++tries) done = CallOnce();
    if (done == Done::kStop) return false;
    well = well && done == Done::kYes;
  }
  return well;
}

QondorWorker::Done QondorWorker::CallOnce() {
  Answer answer;
  gate_.Pass([&]() -> Duration {
    answer = Send();
    if (answer.status != 429) return Duration::zero();
    return std::chrono::duration_cast<Duration>(std::chrono::seconds(answer.retry_after_s) *
                                                manners_.wait_share);
  });
  if (answer.whole && answer.status == 200) return Done::kYes;
  if (answer.status != 401) return Done::kNo;
  if (manners_.knows_second_key && !on_second_key_) {
    on_second_key_ = true;
    return Done::kNo;
  }
  return manners_.on_dead == OnDead::kGoOn ? Done::kYes : Done::kStop;
}

Answer QondorWorker::Send() {
  const std::string& key = on_second_key_ ? assignment_.qondor_second_key : assignment_.qondor_key;
  Question question;
  question.url = assignment_.qondor + "/Prod/Customer/v1/Customer/GetAll";
  question.timeout = time_.Real(manners_.timeout);
  if (manners_.key_in_query) {
    question.url += "?subscription-key=" + key;
  } else {
    question.headers = {"Ocp-Apim-Subscription-Key: " + key};
  }
  return Exchange(question);
}

}  // namespace kondor::judge_client
