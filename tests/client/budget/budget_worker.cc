// A process that shares a budget and is killed at it: budget_worker file|redis WHERE hold|hammer.
// For each call it is let in for, it writes the instant (nanoseconds of the machine's clock, 8
// bytes) to its standard output: between being let in and settling, so as a server would see it.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

#include "tests/client/budget/worker_budget.h"

namespace kondor::limiter {
namespace {

bool Report(TimePoint now) {
  std::array<char, 8> bytes;
  const std::int64_t count = now.time_since_epoch().count();
  std::memcpy(bytes.data(), &count, sizeof count);
  return ::write(STDOUT_FILENO, bytes.data(), bytes.size()) == 8;
}

int Work(std::string_view kind, const std::string& where, bool holds) {
  const SystemClock clock;
  SystemSleeper sleeper(clock);
  const MachineClock machine_clock;
  auto budget = OpenWorkerBudget(kind, where, clock, sleeper);
  if (!budget) {
    std::fprintf(stderr, "%s\n", budget.error().message.c_str());
    return 1;
  }
  for (;;) {
    auto pass = (*budget)->Enter(TimePoint::max());
    if (!pass) {
      std::fprintf(stderr, "%s\n", pass.error().message.c_str());
      return 1;
    }
    if (!Report(machine_clock.Now())) return 1;
    // NOLINTNEXTLINE(bugprone-infinite-loop): until somebody kills it
    while (holds) ::pause();
    pass->Settle({});
  }
}

}  // namespace
}  // namespace kondor::limiter

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  return kondor::limiter::Work(argv[1], argv[2], std::string_view(argv[3]) == "hold");
}
