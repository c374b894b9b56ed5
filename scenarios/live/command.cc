#include "scenarios/live/command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>

#include "scenarios/judge/interrupt.h"
#include "scenarios/live/options.h"
#include "scenarios/live/report.h"

namespace kondor::live {
namespace {

constexpr int kDiffers = 1;
constexpr int kUsage = 2;
constexpr int kNothingChecked = 3;

void Print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

int Complain(int code, const std::string& why) {
  std::fprintf(stderr, "kondor-check: %s\n", why.c_str());
  return code;
}

// The word itself: nobody types it by accident.
bool SaysYes() {
  Print("Type yes to make these calls: ");
  std::string line;
  return std::getline(std::cin, line) && line == "yes";
}

bool WriteReports(const Options& options, const Reported& reported) {
  using Writer = std::string (*)(const scenarios::Results&, const scenarios::Summary&);
  const std::pair<const std::string&, Writer> reports[] = {{options.junit, &scenarios::JunitReport},
                                                           {options.tap, &scenarios::TapReport},
                                                           {options.json, &scenarios::JsonReport},
                                                           {options.html, &scenarios::HtmlReport}};
  bool all = true;
  for (const auto& [path, writer] : reports) {
    if (path.empty()) continue;
    const auto written = scenarios::WriteReport(path, writer(reported.results, reported.summary));
    if (written) continue;
    Complain(0, written.error().message);
    all = false;
  }
  return all;
}

scenarios::Colour ColourOf(const std::string& choice) {
  const bool is_terminal = isatty(STDOUT_FILENO) != 0;
  return choice == "always" || (choice == "auto" && is_terminal) ? scenarios::Colour::kYes
                                                                 : scenarios::Colour::kNo;
}

int Report(const Options& options, const Prepared& prepared, const Outcome& outcome,
           double seconds) {
  Print(DriftReport(prepared, outcome, ColourOf(options.colour)));
  Reported reported;
  Fill(prepared, outcome, seconds, reported);
  bool written = WriteReports(options, reported);
  if (outcome.not_remembered) {
    Complain(0, outcome.not_remembered->message);
    written = false;
  }
  const Findings& findings = outcome.findings;
  if (findings.Count(Verdict::kDiffers) > 0 || !written) return kDiffers;
  if (findings.Count(Verdict::kHolds) > 0) return 0;
  return Complain(kNothingChecked, "nothing was checked: the report says why");
}

int RunIt(const Options& options) {
  const Result<Prepared> prepared = Prepare(options.vendor, options.run);
  if (!prepared) return Complain(kUsage, prepared.error().message);
  Print(TextOf(prepared->plan, prepared->target, options.run.plan, prepared->known));
  if (options.plan_only) return 0;
  if (!options.yes && isatty(STDIN_FILENO) == 0) {
    return Complain(kUsage, "nothing was called: say --yes, or run it on a terminal and type yes");
  }
  if (!options.yes && !SaysYes()) return Complain(kUsage, "nothing was called: that was no yes");
  // Calls whose outcome cannot be kept would be wasted.
  if (const auto kept = Remember(options.run.drift_file, prepared->target.name, {}, ""); !kept) {
    return Complain(kUsage, kept.error().message);
  }
  const judge::Interrupt interrupt;
  const SystemClock clock;
  SystemSleeper sleeper(clock);
  const TimePoint begun = clock.Now();
  const Result<Outcome> outcome =
      Run(*prepared, options.run, {clock, sleeper, {}, interrupt.token()});
  if (!outcome) return Complain(kUsage, outcome.error().message);
  const double seconds = std::chrono::duration<double>(clock.Now() - begun).count();
  return Report(options, *prepared, *outcome, seconds);
}

}  // namespace

bool IsAskedFor(int argc, const char* const* argv) {
  return std::any_of(argv + 1, argv + argc, [](const char* word) {
    return std::string_view(word) == "--live" || std::string_view(word).starts_with("--live=");
  });
}

int RunLiveCommand(int argc, const char* const* argv) {
  const Parsed parsed = ParseOptions(argc, argv);
  if (!parsed.exit) return RunIt(parsed.options);
  Print(parsed.exit->out);
  if (!parsed.exit->error.empty()) std::fprintf(stderr, "%s\n", parsed.exit->error.c_str());
  return parsed.exit->code;
}

}  // namespace kondor::live
