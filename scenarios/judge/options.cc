#include "scenarios/judge/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/empty_flag.h"

namespace kondor::judge {
namespace {

constexpr int kNotUnderstood = 2;
constexpr double kSpeedMax = 1'000;
constexpr int kJobsMax = 100'000;
constexpr int kDaySeconds = 86'400;

struct Flags {
  std::vector<std::string> trials, settings;
  std::string readings = "default";
  double time_limit_s = 0;
  int at_once = 4;
};

void Describe(CLI::App& app, Flags& flags, Options& options) {
  app.footer(
      "CMD is run with KONDADO_BASE_URL, KONDADO_KEY, KONDADO_TOKEN, QONDOR_BASE_URL,\n"
      "QONDOR_SUBSCRIPTION_KEY and QONDOR_SECONDARY_KEY in its environment, and asked for work by\n"
      "KONDOR_JOB_COUNT, KONDOR_QONDOR_JOB_COUNT, KONDOR_RUN_PIPELINE and KONDOR_OUTPUT\n"
      "(docs/JUDGE.md). Exit: 0 nothing found, 1 something found, 2 usage, 3 nothing to judge.");
  app.add_option("--trial", flags.trials, "Only this trial; repeatable (--list shows them)")
      ->allow_extra_args(false);
  app.add_option("--readings", flags.readings,
                 "default, each (every other reading alone) or all (every combination)")
      ->check(CLI::IsMember({"default", "each", "all"}));
  app.add_option("--set", flags.settings,
                 "A setting of the mock's: kondado.window=gcra; repeatable")
      ->allow_extra_args(false);
  app.add_option("--speed", options.play.speed,
                 "How fast the vendors' time runs (1); a program that waits for less than real "
                 "time must heed KONDOR_SPEED")
      ->check(CLI::Range(0.001, kSpeedMax));
  app.add_option("--job-count", options.play.jobs, "How much work to ask for (25)")
      ->check(CLI::Range(1, kJobsMax));
  app.add_option("--time-limit", flags.time_limit_s,
                 "Seconds a run may take by the machine's clock (180, and 8 more per job)")
      ->check(CLI::Range(0.1, static_cast<double>(kDaySeconds)));
  app.add_option("--jobs", flags.at_once, "Trials at once (4)")->check(CLI::Range(1, 64));
  app.add_option("--target", options.target,
                 "A running kondor-mock (default: one inside this program)");
  app.add_option("--control-token", options.control_token,
                 "The target's --control-token, if it has one")
      ->envname("KONDOR_CONTROL_TOKEN");
  app.add_option("--json", options.json, "Write a JSON report here");
  app.add_option("--colour,--color", options.colour, "auto, always or never (auto)")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag("--list", options.list, "List the trials, and end");
}

Parsed Fault(const std::string& message) {
  Parsed parsed;
  parsed.exit = Parsed::Exit{kNotUnderstood, "", "kondor-check client: " + message};
  return parsed;
}

std::string TakeTrials(const std::vector<std::string>& names, Options& options) {
  for (const Trial& trial : Trials()) {
    if (names.empty()) options.trials.push_back(&trial);
  }
  for (const std::string& name : names) {
    const Trial* const trial = FindTrial(name);
    if (trial == nullptr) return "there is no trial '" + name + "'; --list shows them";
    options.trials.push_back(trial);
  }
  return {};
}

std::string TakeSettings(const std::vector<std::string>& settings, Options& options) {
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || setting.find('.') > equals) {
      return "--set takes NAME=VALUE, such as kondado.window=gcra; got '" + setting + "'";
    }
    options.play.settings.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  return {};
}

}  // namespace

Parsed ParseOptions(std::vector<std::string> arguments) {
  // The command is taken off first: what it says is nothing of ours, however it looks.
  const auto mark = std::ranges::find(arguments, "--");
  Parsed parsed;
  Options& options = parsed.options;
  if (mark != arguments.end()) options.play.command.assign(mark + 1, arguments.end());
  arguments.erase(mark, arguments.end());
  if (const auto empty = FindEmptyFlag(arguments)) return Fault(*empty);

  CLI::App app(
      "Judges any program that calls Kondado or Qondor:\n"
      "kondor-check client [OPTIONS] -- CMD [ARGS...]",
      "kondor-check client");
  Flags flags;
  Describe(app, flags, options);
  try {
    std::ranges::reverse(arguments);  // CLI11 takes them from the back
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    parsed.exit = Parsed::Exit{0, app.help(), ""};
    return parsed;
  } catch (const CLI::ParseError& error) {
    return Fault(std::string(error.what()) + "; try --help, and put -- before the program");
  }
  if (const std::string why = TakeTrials(flags.trials, options); !why.empty()) return Fault(why);
  if (const std::string why = TakeSettings(flags.settings, options); !why.empty())
    return Fault(why);
  if (!options.list && (options.play.command.empty() || options.play.command[0].empty())) {
    return Fault("which program? write it and its arguments after --");
  }
  if (flags.readings == "each") options.readings = Readings::kEach;
  if (flags.readings == "all") options.readings = Readings::kAll;
  options.at_once = static_cast<std::size_t>(flags.at_once);
  options.play.time_limit =
      std::chrono::duration_cast<Duration>(std::chrono::duration<double>(flags.time_limit_s));
  return parsed;
}

}  // namespace kondor::judge
