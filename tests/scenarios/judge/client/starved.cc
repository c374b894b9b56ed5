#include "tests/scenarios/judge/client/starved.h"

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "tests/scenarios/judge/client/worker.h"

namespace kondor::judge_client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool Fetch(const Assignment& a, int pipeline) {
  const std::string path = "/pipelines/" + std::to_string(pipeline) + "/status";
  const Answer answer = Exchange(
      {.url = a.k2 + path + "?key=" + a.key + "&token=" + a.token, .timeout = seconds(20)});
  const Reading reading = Read(answer, pipeline);
  if (reading.kind != Kind::kData) return false;
  std::ofstream(a.output, std::ios::app)
      << R"({"pipeline_id": )" << pipeline << R"(, "status": ")" << reading.status << "\"}\n";
  return true;
}

}  // namespace

bool StarveTheLast(const Assignment& assignment, VendorTime& time) {
  for (int pipeline = 1; pipeline < assignment.jobs; ++pipeline) {
    Fetch(assignment, pipeline);
    Fetch(assignment, assignment.jobs);
    time.Sleep(milliseconds(1'100));
  }
  time.Sleep(seconds(61));
  return Fetch(assignment, assignment.jobs);
}

bool WaitInTheWrongOrder(const Assignment& assignment, VendorTime& time) {
  constexpr int kPerMinute = 2;
  Mutex second;
  Duration free_at{};
  std::atomic<int> granted = 0, next = 1;
  const auto work = [&] {
    for (int pipeline = next++; pipeline <= assignment.jobs; pipeline = next++) {
      Duration turn{};
      {
        const MutexLock lock(second);
        turn = std::max(free_at, time.Now());
        free_at = turn + milliseconds(1'100);
      }
      time.SleepUntil(turn);
      const int minute = granted++ / kPerMinute;
      time.SleepUntil(minute * milliseconds(61'500));
      for (int tries = 0; tries < 6 && !Fetch(assignment, pipeline); ++tries) {
        time.Sleep(seconds(61) + tries * seconds(7));
      }
    }
  };
  std::jthread other(work);
  work();
  return true;
}

}  // namespace kondor::judge_client
