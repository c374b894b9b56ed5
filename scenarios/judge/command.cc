#include "scenarios/judge/command.h"

#include <unistd.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "scenarios/judge/interrupt.h"
#include "scenarios/judge/options.h"
#include "scenarios/judge/report.h"
#include "scenarios/report/report.h"

namespace kondor::judge {
namespace {

constexpr int kFound = 1;
constexpr int kUsage = 2;
constexpr int kNothingToJudge = 3;

void Print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int Complain(int code, const std::string& why) {
  std::fprintf(stderr, "kondor-check client: %s\n", why.c_str());
  return code;
}

int List() {
  for (const Trial& trial : Trials()) {
    std::printf("%-24s%s\n", std::string(trial.name).c_str(), std::string(trial.title).c_str());
  }
  return 0;
}

std::vector<Assignment> Assign(const Options& options) {
  std::vector<Assignment> assignments;
  for (const Trial* trial : options.trials) {
    for (Settings& reading : ReadingsOf(*trial, options.readings)) {
      assignments.push_back({trial, std::move(reading)});
    }
  }
  return assignments;
}

Colour ColourOf(const std::string& choice) {
  if (choice == "always") return Colour::kYes;
  return choice == "auto" && isatty(STDOUT_FILENO) != 0 ? Colour::kYes : Colour::kNo;
}

// An error that is no verdict: of the command line, or of what is out there.
int CodeOf(const Error& error) {
  const bool theirs = error.kind == ErrorKind::kTransport ||
                      error.kind == ErrorKind::kUnavailable || error.kind == ErrorKind::kMalformed;
  return theirs ? kNothingToJudge : kUsage;
}

// Where it went no further, what is known is still told.
int Tell(const std::vector<Played>& played, const Options& options, bool interrupted) {
  Circumstances circumstances{options.play.command, options.play.settings, options.play.speed,
                              interrupted};
  Print(TerminalReport(played, circumstances, ColourOf(options.colour)));
  if (!options.json.empty()) {
    const Result<void> written =
        scenarios::WriteReport(options.json, JsonReport(played, circumstances));
    if (!written) return Complain(kFound, written.error().message);
  }
  switch (Overall(played)) {
    case Verdict::kPass:
      return interrupted ? kFound : 0;
    case Verdict::kFail:
      return kFound;
    case Verdict::kSkip:
      break;
  }
  return interrupted ? kFound : kNothingToJudge;
}

int JudgeClient(Options options) {
  Interrupt interrupt;  // before the mock's threads
  options.play.stop = interrupt.token();
  Result<std::unique_ptr<Control>> control =
      options.target.empty() ? StartOwnMock() : ReachMock(options.target, options.control_token);
  if (!control) {
    const bool mistyped = control.error().kind == ErrorKind::kInvalidArgument;
    return Complain(mistyped ? kUsage : kNothingToJudge, control.error().message);
  }
  const auto show = [](const Played& played) {
    const char* const word = played.verdict == Verdict::kFail   ? "FAIL"
                             : played.verdict == Verdict::kPass ? "pass"
                                                                : "skip";
    std::fprintf(stderr, "%s  %s\n", word, NameOf(played).c_str());
  };
  const bool terminal = isatty(STDERR_FILENO) != 0;
  const Round round = PlayAll(**control, Assign(options), options.play, options.at_once,
                              terminal ? show : std::function<void(const Played&)>());
  if (!round.error) return Tell(round.played, options, interrupt.happened());
  const bool any = Overall(round.played) != Verdict::kSkip;
  const int told = any ? Tell(round.played, options, true) : 0;
  const bool failed = Overall(round.played) == Verdict::kFail;
  return Complain(failed ? told : CodeOf(*round.error), round.error->message);
}

}  // namespace

bool IsAskedFor(int argc, const char* const* argv) {
  return argc > 1 && std::string_view(argv[1]) == "client";
}

int RunClientCommand(int argc, const char* const* argv) {
  Parsed parsed = ParseOptions({argv + 2, argv + argc});
  if (parsed.exit) {
    Print(parsed.exit->out);
    if (!parsed.exit->error.empty()) std::fprintf(stderr, "%s\n", parsed.exit->error.c_str());
    return parsed.exit->code;
  }
  return parsed.options.list ? List() : JudgeClient(std::move(parsed.options));
}

}  // namespace kondor::judge
