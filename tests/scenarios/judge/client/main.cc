// A small client with a bug of one's choice: `judge_client BUG [--per-minute N] [--per-second N]`.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/scenarios/judge/client/assignment.h"
#include "tests/scenarios/judge/client/manners.h"
#include "tests/scenarios/judge/client/qondor_worker.h"
#include "tests/scenarios/judge/client/starved.h"
#include "tests/scenarios/judge/client/worker.h"

namespace kondor::judge_client {
namespace {

// The credentials of the first start, whatever later ones are given.
void Remember(Assignment& assignment) {
  const std::string file = assignment.output.substr(0, assignment.output.rfind('/')) + "/memory";
  std::string key, token;
  if (std::ifstream(file) >> key >> token) {
    assignment.key = key;
    assignment.token = token;
  } else {
    std::ofstream(file) << assignment.key << ' ' << assignment.token;
  }
}

void Idle() {
  while (true) ::pause();
}

void Leave(LeftBehind what) {
  if (what == LeftBehind::kNothing || ::fork() != 0) return;
  if (what == LeftBehind::kDaemon) {
    ::setsid();
    if (::fork() != 0) ::_exit(0);
  }
  Idle();
}

void UseAHelper() {
  const pid_t helper = ::fork();
  if (helper == 0) ::_exit(0);
  ::waitpid(helper, nullptr, 0);
}

int End(Ending ending, bool well) {
  switch (ending) {
    case Ending::kNormal:
      return well ? 0 : 1;
    case Ending::kFailure:
      return 1;
    case Ending::kCrash:
      std::abort();
    case Ending::kNeverWhateverIsSaid:
      std::signal(SIGTERM, SIG_IGN);
      Idle();
      break;
    case Ending::kNever:
      Idle();
      break;
  }
  return 0;
}

int Run(const std::string& name, const Manners& manners) {
  Assignment assignment = ReadAssignment();
  if (manners.remembers_credentials) Remember(assignment);
  VendorTime time(manners.heeds_speed ? assignment.speed : 1);
  if (!manners.say.empty()) {
    std::fprintf(stderr, "%s token=%s\n", manners.say.c_str(), assignment.token.c_str());
  }
  if (name == "starves_a_worker") return StarveTheLast(assignment, time) ? 0 : 1;
  if (name == "waits_in_the_wrong_order") return WaitInTheWrongOrder(assignment, time) ? 0 : 1;
  if (manners.starts_a_helper) UseAHelper();
  Leave(manners.leaves);
  Worker worker(assignment, manners, time);
  bool well = true;
  if (!assignment.run_pipeline.empty()) well = worker.QueueRun();
  if (assignment.jobs > 0) well = worker.FetchAll() && well;
  if (assignment.qondor_jobs > 0) {
    well = QondorWorker(assignment, manners, time).CallAll() && well;
  }
  return End(manners.ending, well);
}

}  // namespace
}  // namespace kondor::judge_client

int main(int argc, char** argv) {
  using namespace kondor::judge_client;
  const std::string name = argc > 1 ? argv[1] : "good";
  const bool special = name == "starves_a_worker" || name == "waits_in_the_wrong_order";
  Manners manners = MannersOf(special ? "good" : name);
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string flag = argv[i];
    if (flag == "--per-minute" && manners.per_minute > 0)
      manners.per_minute = std::atoi(argv[i + 1]);
    if (flag == "--per-second" && manners.per_second > 0)
      manners.per_second = std::atoi(argv[i + 1]);
  }
  return Run(name, manners);
}
