#include "scenarios/live/options.h"

#include <CLI/CLI.hpp>

#include "base/empty_flag.h"
#include "scenarios/data/suite.h"

namespace kondor::live {
namespace {

constexpr int kNotUnderstood = 2;
constexpr int kBudgetMax = 10'000;
constexpr int kRefusalsMax = 100;

struct Flags {
  std::string vendor;
  bool allow_writes = false;
  std::string pipeline, model, collection, table, project;
};

void Describe(CLI::App& app, Flags& flags, Options& options) {
  app.footer(
      "Credentials and addresses come from the environment, as kondor-call takes them:\n"
      "KONDADO_KEY, KONDADO_TOKEN, KONDADO_VIA_TOKEN, KONDADO_BASE_URL, QONDOR_SUBSCRIPTION_KEY,\n"
      "QONDOR_BASE_URL; KONDADO_SECOND_KEY and KONDADO_SECOND_TOKEN help to tell KO4.\n"
      "Exit: 0 all that was checked holds, 1 something differs, 2 usage, 3 nothing was checked.");
  app.add_option("--live", flags.vendor, "kondado or qondor")
      ->required()
      ->check(CLI::IsMember({"kondado", "qondor"}));
  PlanOptions& plan = options.run.plan;
  app.add_option("--budget", plan.budget, "Calls on the wire at most, retries included (40)")
      ->check(CLI::Range(1, kBudgetMax));
  app.add_option("--provoke-refusals", plan.refusals,
                 "How many refusals it may provoke to tell how the limits count (0)")
      ->check(CLI::Range(0, kRefusalsMax));
  app.add_flag("--allow-writes", flags.allow_writes, "Let it make calls that change something");
  app.add_flag("--yes", options.yes, "Do it without asking");
  app.add_flag("--plan", options.plan_only, "Print plan and budget, and end");
  app.add_option("--rule", plan.rules, "Only this rule (K9); repeatable")->allow_extra_args(false);
  app.add_option("--drift-file", options.run.drift_file,
                 "Where it remembers what was checked when (kondor-drift.json)");
  app.add_option("--pipeline", flags.pipeline, "Id of a pipeline of yours");
  app.add_option("--model", flags.model, "Id of a model");
  app.add_option("--collection", flags.collection, "Id of a parent collection");
  app.add_option("--table", flags.table, "Name of a table to read");
  app.add_option("--project", flags.project, "Id of a project");
  app.add_option("--junit", options.junit, "Write a JUnit XML report here");
  app.add_option("--tap", options.tap, "Write a TAP report here");
  app.add_option("--json", options.json, "Write a JSON report here");
  app.add_option("--html", options.html, "Write a report as one page here");
  app.add_option("--colour,--color", options.colour, "auto, always or never (auto)")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

// It becomes part of a path.
bool IsPlain(const std::string& id) {
  return id.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.") ==
         std::string::npos;
}

// Why not; empty when all is well.
std::string Resolve(const Flags& flags, Options& options) {
  options.vendor = flags.vendor == "qondor" ? Vendor::kQondor : Vendor::kKondado;
  if (flags.allow_writes) options.run.plan.writes = PlanOptions::Writes::kAllowed;
  const std::pair<const char*, const std::string&> ids[] = {{"pipeline", flags.pipeline},
                                                            {"model", flags.model},
                                                            {"collection", flags.collection},
                                                            {"table", flags.table},
                                                            {"project", flags.project}};
  for (const auto& [name, id] : ids) {
    if (id.empty()) continue;
    if (!IsPlain(id)) return "--" + std::string(name) + " takes letters, digits, '_', '-' and '.'";
    if (name != std::string_view("table") && name != std::string_view("project") &&
        id.find_first_not_of("0123456789") != std::string::npos) {
      return "--" + std::string(name) + " takes a number";
    }
    options.run.ids[name] = id;
  }
  const auto dictionary = scenarios::ReadDictionary(scenarios::EmbeddedDictionary(), "dictionary");
  for (const std::string& rule : options.run.plan.rules) {
    if (dictionary && dictionary->FindRule(rule) == nullptr) {
      return "there is no rule '" + rule + "'; docs/VENDORS.md has them";
    }
    if (!IsOf(options.vendor, rule)) {
      return rule + " is no rule of " + flags.vendor + "'s that a call could show";
    }
  }
  return options.run.drift_file.empty() ? "--drift-file takes a file's name" : "";
}

Parsed Fault(std::string message) {
  for (char& c : message) c = c == '\n' ? ' ' : c;
  Parsed parsed;
  parsed.exit = Parsed::Exit{kNotUnderstood, "", "kondor-check: " + message};
  return parsed;
}

}  // namespace

Parsed ParseOptions(int argc, const char* const* argv) {
  if (const auto empty = FindEmptyFlag({argv, argv + argc})) return Fault(*empty);
  Parsed parsed;
  Flags flags;
  CLI::App app("Does the real vendor still behave as documented? A drift report, rule by rule.",
               "kondor-check --live VENDOR");
  Describe(app, flags, parsed.options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    parsed.exit = Parsed::Exit{0, app.help(), ""};
    return parsed;
  } catch (const CLI::ParseError& fault) {
    return Fault(std::string(fault.what()) + "; --live kondado --help lists the flags");
  }
  if (const std::string why = Resolve(flags, parsed.options); !why.empty()) return Fault(why);
  return parsed;
}

}  // namespace kondor::live
