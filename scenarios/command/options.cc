#include "scenarios/command/options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <map>
#include <sstream>
#include <thread>

#include "base/empty_flag.h"

namespace kondor::scenarios {
namespace {

constexpr int kWrongUsage = 2;

// As typed, before it is looked at.
struct Flags {
  std::string surface, colour = "auto", shard, seed;
  std::optional<std::uint64_t> jobs, repeat, timeout_ms;
  bool list = false, coverage = false, shuffle = false, allow_writes = false;
};

const std::map<std::string, Surface>& Surfaces() {
  static const std::map<std::string, Surface> surfaces = {
      {"k2", Surface::kK2},   {"k1", Surface::kK1},         {"hub", Surface::kHub},
      {"app", Surface::kApp}, {"qondor", Surface::kQondor}, {"portal", Surface::kPortal},
      {"arm", Surface::kArm}};
  return surfaces;
}

void DescribeSelection(CLI::App& app, Flags& flags, Options& options) {
  app.add_option("--filter", options.selection.filters,
                 "Only scenarios whose name, case or reading holds this; /.../ is a regular "
                 "expression; repeatable, any of them")
      ->allow_extra_args(false);
  app.add_option("--rule", options.selection.rules, "Only what proves this rule (K5); repeatable")
      ->allow_extra_args(false);
  app.add_option("--reading", options.selection.readings,
                 "Only under this reading (kondado.window=gcra); repeatable, all of them")
      ->allow_extra_args(false);
  app.add_option("--case", options.selection.cases,
                 "Only this case file (kondado_limits); repeatable")
      ->allow_extra_args(false);
  app.add_option("--shard", flags.shard, "Only one part of several: 1/4");
  app.add_option("--cases", options.cases_folder,
                 "Folder of case files to use instead of those inside this program");
}

void DescribeFlags(CLI::App& app, Flags& flags, Options& options) {
  app.add_option("--target", options.target.url,
                 "Server to check (default: a mock inside this program)");
  app.add_option("--surface", flags.surface,
                 "What is at the target's root (k2, qondor ...), when it is no Kondor");
  app.add_option("--control-token", options.target.control_token,
                 "The target's --control-token, if it has one")
      ->envname("KONDOR_CONTROL_TOKEN");
  app.add_option("--timeout-ms", flags.timeout_ms, "Longest wait for one answer (10000)");
  app.add_flag("--allow-writes", flags.allow_writes,
               "Let scenarios write on a target that is no Kondor");
  DescribeSelection(app, flags, options);
  app.add_flag("--list", flags.list, "List what would be played, and end");
  app.add_flag("--coverage", flags.coverage, "Print which scenarios prove which rule, and end");
  app.add_option("--jobs", flags.jobs, "Scenarios at once (twice the processors)");
  app.add_option("--seed", flags.seed, "Of chance: random timelines and --shuffle (1)");
  app.add_option("--repeat", flags.repeat, "Rounds, each with chance of its own (1)");
  app.add_flag("--shuffle", flags.shuffle, "Play in random order");
  app.add_option("--colour,--color", flags.colour, "auto, always or never (auto)")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_option("--junit", options.junit, "Write a JUnit XML report here");
  app.add_option("--tap", options.tap, "Write a TAP report here");
  app.add_option("--json", options.json, "Write a JSON report here");
  app.add_option("--html", options.html, "Write a report as one page here");
}

Unexpected WrongUsage(std::string message) {
  return Unexpected(ErrorKind::kInvalidArgument, std::move(message));
}

Result<void> ReadShard(const std::string& text, Selection& selection) {
  if (text.empty()) return {};
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, selection.shard);
  const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, selection.shards)
                            : std::from_chars_result{end, std::errc::invalid_argument};
  if (second.ec == std::errc() && second.ptr == end && selection.shard >= 1 &&
      selection.shard <= selection.shards) {
    return {};
  }
  return WrongUsage("--shard takes PART/PARTS, such as 1/4; got '" + text + "'");
}

// The library's own reading takes what is too large for the largest.
Result<void> ReadSeed(const std::string& text, std::uint64_t& seed) {
  if (text.empty()) return {};
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, seed);
  if (read.ec == std::errc() && read.ptr == end) return {};
  return WrongUsage("--seed takes a whole number from 0 to 18446744073709551615; got '" + text +
                    "'");
}

Result<void> Resolve(const Flags& flags, Options& options) {
  if (!flags.surface.empty()) {
    const auto found = Surfaces().find(flags.surface);
    if (found == Surfaces().end()) {
      return WrongUsage("--surface is one of k2, k1, hub, app, qondor, portal, arm; got '" +
                        flags.surface + "'");
    }
    if (options.target.url.empty()) return WrongUsage("--surface goes with --target");
    options.target.surface = found->second;
  }
  if (!options.target.url.empty()) {
    if (const Result<Url> url = ParseUrl(options.target.url); !url) {
      return WrongUsage("--target: " + url.error().message);
    }
  }
  const std::size_t usual_jobs = 2 * std::max(1U, std::thread::hardware_concurrency());
  options.crew.jobs = flags.jobs.value_or(usual_jobs);
  options.crew.repeat = flags.repeat.value_or(1);
  const std::uint64_t timeout_ms = flags.timeout_ms.value_or(10'000);
  if (options.crew.jobs < 1 || options.crew.jobs > 256)
    return WrongUsage("--jobs must be 1 to 256");
  if (options.crew.repeat < 1 || options.crew.repeat > 10'000) {
    return WrongUsage("--repeat must be 1 to 10000");
  }
  if (timeout_ms < 1 || timeout_ms > 600'000) return WrongUsage("--timeout-ms must be 1 to 600000");
  options.target.patience = std::chrono::milliseconds(timeout_ms);
  options.crew.order = flags.shuffle ? Order::kShuffled : Order::kAsWritten;
  options.crew.writes = flags.allow_writes ? Writes::kAllowed : Writes::kSkipped;
  options.colour = flags.colour == "always"  ? ColourChoice::kAlways
                   : flags.colour == "never" ? ColourChoice::kNever
                                             : ColourChoice::kAuto;
  if (flags.list && flags.coverage) return WrongUsage("--list and --coverage do not go together");
  if (flags.list) options.task = Task::kList;
  if (flags.coverage) options.task = Task::kCoverage;
  if (Result<void> read = ReadSeed(flags.seed, options.crew.seed); !read) return read;
  return ReadShard(flags.shard, options.selection);
}

std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

}  // namespace

Parsed ParseOptions(int argc, const char* const* argv) {
  Parsed parsed;
  if (const auto empty = FindEmptyFlag({argv, argv + argc})) {
    parsed.exit = Exit{kWrongUsage, "", OneLine("kondor-check: " + *empty)};
    return parsed;
  }
  Flags flags;
  CLI::App app("kondor-check: does a server behave as Kondado and Qondor document it?",
               "kondor-check");
  app.set_version_flag("--version", "kondor-check " KONDOR_VERSION);
  app.footer(
      "Ends with 0 when all holds, 1 when something fell short, 2 for wrong usage, and 3 when "
      "nothing could be checked. The real vendors: --live kondado --help. Anyone's client: client "
      "--help.");
  DescribeFlags(app, flags, parsed.options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {  // --help, --version
    std::ostringstream out, error;
    app.exit(done, out, error);
    parsed.exit = Exit{0, out.str(), ""};
    return parsed;
  } catch (const CLI::ParseError& fault) {
    parsed.exit =
        Exit{kWrongUsage, "",
             OneLine("kondor-check: " + std::string(fault.what()) + "; --help lists the flags")};
    return parsed;
  }
  if (Result<void> resolved = Resolve(flags, parsed.options); !resolved) {
    parsed.exit = Exit{kWrongUsage, "", OneLine("kondor-check: " + resolved.error().message)};
  }
  return parsed;
}

}  // namespace kondor::scenarios
