#include "scenarios/command/check.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <string>
#include <utility>

#include "scenarios/data/suite.h"
#include "scenarios/report/coverage.h"

namespace kondor::scenarios {
namespace {

constexpr int kFellShort = 1;
constexpr int kUsage = 2;
constexpr int kNothingChecked = 3;

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

// The first ends it in order, with its reports; the second ends it at once.
void OnSignal(int number) {
  interrupted = true;
  std::signal(number, SIG_DFL);
}

// Some of it may be what a server has said: line by line, so that only line ends are obeyed.
void Complain(std::string_view text) {
  std::string out = "kondor-check: ";
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    out += Printable(text.substr(0, end)) + "\n";
    text.remove_prefix(end + 1);
  }
  std::fprintf(stderr, "%s\n", (out + Printable(text)).c_str());
}

Result<Suite> LoadAll(const Options& options) {
  if (options.cases_folder.empty()) return LoadSuite(EmbeddedDictionary(), EmbeddedCases());
  const Result<std::vector<CaseFile>> files = CasesOfFolder(options.cases_folder);
  if (!files) return Unexpected(files.error());
  return LoadSuite(EmbeddedDictionary(), *files);
}

void Print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int List(const std::vector<Instance>& instances) {
  std::string out;
  for (const Instance& instance : instances) {
    std::string rules;
    for (const std::string& rule : instance.rules) rules += (rules.empty() ? "" : ",") + rule;
    out += instance.CaseName() + "\t" + instance.scenario + "\t" + rules + "\t" +
           instance.ReadingName() + "\n";
  }
  Print(out);
  return instances.empty() ? kNothingChecked : 0;
}

void ShowProgress(std::size_t done, std::size_t all, std::size_t failed) {
  if (done != all && done % 16 != 0) return;
  std::fprintf(stderr, "\r\x1b[K%zu of %zu, %zu failed%s", done, all, failed,
               done == all ? "\r\x1b[K" : "");
}

// All that are wanted, even if one cannot be written. Whether all could.
bool WriteReports(const Options& options, const Results& results, const Summary& summary) {
  using Writer = std::string (*)(const Results&, const Summary&);
  const std::pair<const std::string&, Writer> reports[] = {{options.junit, &JunitReport},
                                                           {options.tap, &TapReport},
                                                           {options.json, &JsonReport},
                                                           {options.html, &HtmlReport}};
  bool all = true;
  for (const auto& [path, writer] : reports) {
    if (path.empty()) continue;
    if (Result<void> written = WriteReport(path, writer(results, summary)); !written) {
      Complain(written.error().message);
      all = false;
    }
  }
  return all;
}

Colour ColourOf(ColourChoice choice) {
  if (choice == ColourChoice::kAlways) return Colour::kYes;
  if (choice == ColourChoice::kNever) return Colour::kNo;
  return isatty(STDOUT_FILENO) != 0 ? Colour::kYes : Colour::kNo;
}

int Check(const Options& options, const std::vector<Instance>& instances) {
  if (instances.empty()) {
    Complain("no scenario is left by these filters; --list shows what there is");
    return kNothingChecked;
  }
  const SystemClock clock;
  const Result<Target> target = Target::Make(options.target);
  if (!target) {
    Complain(target.error().message + "; nothing could be checked");
    return kNothingChecked;
  }
  CrewOptions crew = options.crew;
  if (isatty(STDERR_FILENO) != 0) crew.on_progress = &ShowProgress;
  // A server without sandboxes has one state, and its limits: one call after the other.
  if (!target->has_control()) crew.jobs = 1;
  std::signal(SIGINT, &OnSignal);
  std::signal(SIGTERM, &OnSignal);
  std::signal(SIGPIPE, SIG_IGN);
  const TimePoint begin = clock.Now();
  const Results results = PlayAll(instances, *target, crew, interrupted);
  Summary summary;
  summary.seed = options.crew.seed;
  summary.seconds = std::chrono::duration<double>(clock.Now() - begin).count();
  summary.target = target->is_own() ? "the mock inside" : target->url().Text();
  Print(TerminalReport(results, summary, ColourOf(options.colour)));
  const bool written = WriteReports(options, results, summary);
  if (results.gone) Complain("the target does not answer any more: " + results.gone->message);
  const std::size_t failed = results.Count(Verdict::kFail);
  if (failed > 0 || !written || results.not_played > 0) return kFellShort;
  if (results.Count(Verdict::kPass) == 0) {
    Complain("nothing was checked: all was skipped");
    return kNothingChecked;
  }
  return 0;
}

}  // namespace

int Run(const Options& options) {
  Result<Suite> suite = LoadAll(options);
  if (!suite) {
    Complain(suite.error().message);
    return kUsage;
  }
  if (options.task == Task::kCoverage) {
    Print(CoveragePage(*suite));
    return 0;
  }
  const Result<std::vector<Instance>> chosen =
      Select(std::move(suite->instances), options.selection, suite->dictionary);
  if (!chosen) {
    Complain(chosen.error().message);
    return kUsage;
  }
  return options.task == Task::kList ? List(*chosen) : Check(options, *chosen);
}

}  // namespace kondor::scenarios
