#include "scenarios/live/run.h"

#include <algorithm>
#include <utility>

#include "client/kondado/kondado.h"
#include "client/kondado/read.h"
#include "client/qondor/qondor.h"
#include "client/qondor/read.h"
#include "scenarios/data/suite.h"
#include "scenarios/live/checks/load.h"
#include "scenarios/live/limits.h"

namespace kondor::live {
namespace {

using std::chrono::milliseconds;

// No reading of the published limits refuses calls that far apart: docs/STRATEGIES.md.
constexpr Duration kKondadoPace = milliseconds(3'200);
constexpr Duration kQondorPace = milliseconds(250);

LinesOptions LinesOf(const Target& target, const Surroundings& surroundings) {
  const bool kondado = target.vendor == Vendor::kKondado;
  LinesOptions options;
  options.base_urls = target.base_urls;
  options.read = kondado ? &client::ReadKondado : &client::ReadQondor;
  options.quotas = kondado ? client::KondadoQuotas() : client::QondorQuotas();
  options.interval = kondado ? kKondadoPace : kQondorPace;
  options.wallet = target.wallet;
  options.transport = surroundings.transport;
  return options;
}

// What an open question was found to be the last time; a set that could not be told apart is none.
Expected ExpectedOf(const Prepared& prepared) {
  return [&prepared](const std::string& rule, const std::string& setting) -> std::string {
    const Remembered* const last = prepared.known.Last(prepared.target.name, rule);
    if (last == nullptr || !last->reading.starts_with(setting + "=")) return {};
    const std::string value = last->reading.substr(setting.size() + 1);
    return value.find('|') == std::string::npos ? value : std::string();
  };
}

Ids IdsOf(const Prepared& prepared, const RunOptions& options) {
  Ids ids = options.ids;
  if (!prepared.target.environment.empty()) ids["environment"] = prepared.target.environment;
  return ids;
}

void Merge(const Findings& from, Findings& into) {
  for (const auto& [rule, finding] : from.all()) into.Add(rule, finding);
}

// Every rule of the vendor's has a finding, if only why there is none.
void AddTheOthers(Vendor vendor, const PlanOptions& options, Findings& findings) {
  const auto dictionary = scenarios::ReadDictionary(scenarios::EmbeddedDictionary(), "dictionary");
  if (!dictionary) return;
  for (const scenarios::Rule& rule : dictionary->rules) {
    if (!IsOf(vendor, rule.id)) continue;
    const bool chosen =
        options.rules.empty() || std::ranges::find(options.rules, rule.id) != options.rules.end();
    Finding finding;
    finding.why = !chosen                  ? "not asked for"
                  : rule.uncovered.empty() ? "no call of a live run shows it"
                                           : rule.uncovered;
    findings.Add(rule.id, std::move(finding));
  }
}

}  // namespace

Result<Prepared> Prepare(Vendor vendor, const RunOptions& options) {
  Result<Target> target = TargetFromEnvironment(vendor);
  if (!target) return Unexpected(target.error());
  Result<DriftFile> known = DriftFile::Read(options.drift_file);
  if (!known) return Unexpected(known.error());
  const bool kondado = vendor == Vendor::kKondado;
  Result<std::vector<Check>> checks = LoadChecks(kondado ? KondadoChecksText() : QondorChecksText(),
                                                 kondado ? "kondado.json" : "qondor.json");
  if (!checks) return Unexpected(checks.error());
  std::erase_if(*checks, [&](const Check& check) {  // nobody asked for a table
    return check.request.path.find("{$table}") != std::string::npos &&
           !options.ids.contains("table");
  });
  Plan plan = MakePlan(std::move(*checks), *target, options.plan, *known);
  return Prepared{std::move(*target), std::move(plan), std::move(*known)};
}

Result<Outcome> Run(const Prepared& prepared, const RunOptions& options,
                    const Surroundings& surroundings) {
  const Clock& clock = surroundings.clock;
  Meter meter(options.plan.budget, clock);
  const std::stop_callback on_stop(surroundings.stop, [&meter] { meter.Stop(); });
  auto lines =
      Lines::Make(LinesOf(prepared.target, surroundings), meter, clock, surroundings.sleeper);
  if (!lines) return Unexpected(lines.error());
  Inquiry inquiry(**lines, prepared.plan.checks, IdsOf(prepared, options), ExpectedOf(prepared));
  const TimePoint until = clock.Now() + prepared.plan.most;
  // The vendor remembers the run before this one.
  if (const auto last = prepared.known.LastAt(prepared.target.name); last && *last < clock.Now()) {
    constexpr Duration kADate = std::chrono::seconds(1);  // is no finer
    (*lines)->RestUntil(*last + kADate + LinesOf(prepared.target, surroundings).interval);
  }
  if (prepared.plan.probes) {
    const ProbeOptions probe{options.plan.refusals, prepared.target.second, until};
    prepared.target.vendor == Vendor::kKondado ? ProbeKondado(inquiry, probe)
                                               : ProbeQondor(inquiry, probe);
  }
  inquiry.AskAll(until);
  Outcome outcome;
  outcome.findings = inquiry.findings();
  Merge(prepared.plan.not_asked, outcome.findings);
  AddTheOthers(prepared.target.vendor, options.plan, outcome.findings);
  outcome.calls = meter.used();
  outcome.refusals = (*lines)->refused();
  outcome.at = DateOf(clock.Now());
  const auto remembered =
      Remember(options.drift_file, prepared.target.name, outcome.findings, outcome.at);
  if (!remembered) outcome.not_remembered = remembered.error();
  return outcome;
}

}  // namespace kondor::live
