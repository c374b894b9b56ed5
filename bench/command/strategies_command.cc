#include "bench/command/strategies_command.h"

#include <unistd.h>

#include <cstdio>

#include "bench/command/output_file.h"
#include "bench/strategies/agreement.h"
#include "bench/strategies/report.h"

namespace kondor::bench {
namespace {

// On a terminal only; redrawn each time a hundredth more is done.
void ShowProgress(std::size_t done, std::size_t all) {
  const std::size_t percent = done * 100 / all;
  if (percent == (done - 1) * 100 / all) return;
  std::fprintf(stderr, "\r%3zu %% of %zu runs%s", percent, all, done == all ? "\r\x1b[K" : "");
}

bool Good(const Result<void>& done) {
  if (!done) std::fprintf(stderr, "kondor-bench: %s\n", done.error().message.c_str());
  return done.has_value();
}

// Before a run that takes seconds, not at its end.
int CheckFiles(const StrategiesWish& wish) {
  const bool both = !wish.json.empty() && !wish.html.empty();
  if (both && AreOneFile(wish.json, wish.html)) {
    std::fputs("kondor-bench: --json and --html would write one file; name two\n", stderr);
    return 2;
  }
  for (const std::string& path : {wish.json, wish.html}) {
    if (!path.empty() && !Good(CheckWritable(path))) return 1;
  }
  return 0;
}

int Rank(const StrategiesWish& wish) {
  if (const int wrong = CheckFiles(wish); wrong != 0) return wrong;
  const std::vector<Row> rows = PlayMatrix(wish.matrix);
  std::fputs(WriteTable(rows).c_str(), stdout);
  std::fflush(stdout);  // whether it got anywhere is seen at the end
  bool written = true;
  if (!wish.json.empty()) {
    written = Good(WriteWhole(wish.json, WriteJson(rows, wish.matrix.seed))) && written;
  }
  if (!wish.html.empty()) {
    written = Good(WriteWhole(wish.html, WritePage(rows, wish.matrix.seed))) && written;
  }
  return written ? 0 : 1;
}

int CompareWithServer(const MatrixOptions& options) {
  const Result<Agreement> agreement = CompareOverHttp(options);
  if (!agreement) {
    std::fprintf(stderr, "kondor-bench: %s\n", agreement.error().message.c_str());
    return 1;
  }
  for (const std::string& line : agreement->differences) std::printf("%s\n", line.c_str());
  std::printf("%zu runs, %zu calls over HTTP, %zu differences\n", agreement->runs, agreement->calls,
              agreement->differences.size());
  return agreement->differences.empty() ? 0 : 1;
}

}  // namespace

int RunStrategies(StrategiesWish wish) {
  if (isatty(STDERR_FILENO) != 0) wish.matrix.on_progress = &ShowProgress;
  if (wish.server == StrategiesWish::Server::kNone) return Rank(wish);
  if (wish.server == StrategiesWish::Server::kQuick && wish.matrix.scenarios.empty()) {
    wish.matrix.scenarios = QuickScenarios();
  }
  return CompareWithServer(wish.matrix);
}

}  // namespace kondor::bench
