#include "scenarios/live/plan.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <tuple>

namespace kondor::live {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool IsChosen(const std::string& rule, const PlanOptions& options) {
  return options.rules.empty() || std::ranges::find(options.rules, rule) != options.rules.end();
}

bool IsOpen(const std::string& rule) { return rule.find('O') == 1; }  // KO1, QO2

// When the check's oldest rule was last checked; empty for never, which sorts first.
std::string OldestOf(const Check& check, const std::string& target, const DriftFile& known) {
  std::string oldest = "~";
  for (const Part& part : check.parts) {
    const Remembered* const last = known.Last(target, part.rule);
    oldest = std::min(oldest, last == nullptr ? std::string() : last->at);
  }
  return oldest;
}

std::string WhyNot(const Check& check, const Target& target, const PlanOptions& options) {
  if (check.methods == scenarios::Methods::kWrites && options.writes == PlanOptions::Writes::kNo) {
    return "it writes: --allow-writes";
  }
  const auto closed = target.closed.find(check.host);
  return closed == target.closed.end() ? "" : closed->second;
}

void TakeOff(const Check& check, const std::string& why, Findings& findings) {
  for (const Part& part : check.parts) {
    Finding finding;
    finding.why = why;
    findings.Add(part.rule, std::move(finding));
  }
}

Duration MostFor(const Plan& plan, const PlanOptions& options) {
  // Each check at the pace that no reading refuses; and room for one refusal that nobody provoked.
  Duration most = static_cast<int>(plan.checks.size()) * milliseconds(3'300) + seconds(65);
  if (plan.probes) most += seconds(400 + 35 * options.refusals);
  return most;
}

std::string Padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

}  // namespace

bool IsOf(Vendor vendor, const std::string& rule) {
  const std::string_view initials = vendor == Vendor::kKondado ? "KWHT" : "QG";
  return !rule.empty() && initials.find(rule.front()) != std::string_view::npos;
}

const std::vector<std::string>& ProbedRules(Vendor vendor) {
  static const std::vector<std::string> kondado = {"KO1", "KO2", "KO3", "KO4",
                                                   "KO5", "K4",  "K5",  "K6"};
  static const std::vector<std::string> qondor = {"QO2", "Q7", "G6"};
  return vendor == Vendor::kKondado ? kondado : qondor;
}

Plan MakePlan(std::vector<Check> checks, const Target& target, const PlanOptions& options,
              const DriftFile& known) {
  Plan plan;
  for (Check& check : checks) {
    std::erase_if(check.parts, [&](const Part& part) {
      return !check.is_refusal && !IsChosen(part.rule, options);
    });
    if (check.parts.empty()) continue;
    if (const std::string why = WhyNot(check, target, options); !why.empty()) {
      TakeOff(check, why, plan.not_asked);
    } else {
      plan.checks.push_back(std::move(check));
    }
  }
  std::ranges::stable_sort(plan.checks, {}, [&](const Check& check) {
    return std::tuple(OldestOf(check, target.name, known), !IsOpen(check.parts.front().rule));
  });
  bool wanted = false;
  for (const std::string& rule : ProbedRules(target.vendor)) {
    if (!IsChosen(rule, options)) continue;
    wanted = true;
    Finding finding;
    finding.why = options.refusals > 0
                      ? "the budget of calls left none for it"
                      : "takes refusals, which are not provoked unasked: --provoke-refusals 10";
    plan.not_asked.Add(rule, std::move(finding));
  }
  plan.probes = wanted && options.refusals > 0;
  plan.most = MostFor(plan, options);
  return plan;
}

std::string TextOf(const Plan& plan, const Target& target, const PlanOptions& options,
                   const DriftFile& known) {
  std::string text = "Plan for " + target.name + "\n";
  const auto line = [&](const std::string& rules, const std::string& what, const std::string& calls,
                        const std::string& last) {
    text += "  " + Padded(rules, 12) + Padded(what, 56) + Padded(calls, 14) +
            (last.empty() ? "never checked" : last) + "\n";
  };
  if (plan.probes) {
    std::string rules;
    for (const std::string& rule : ProbedRules(target.vendor)) rules += " " + rule;
    line("limits", "probes of" + rules, "what is left", "");
    text += "  and at most " + std::to_string(options.refusals) + " refusals\n";
  }
  for (const Check& check : plan.checks) {
    if (check.is_refusal) continue;
    std::string rules;
    for (const Part& part : check.parts) rules += (rules.empty() ? "" : " ") + part.rule;
    line(rules, check.name, "1 call", OldestOf(check, target.name, known));
  }
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(plan.most).count();
  return text + "Budget: " + std::to_string(options.budget) +
         " calls on the wire, retries included; " +
         (options.refusals > 0 ? "at most " + std::to_string(options.refusals)
                               : std::string("no")) +
         " refusals provoked; " +
         (options.writes == PlanOptions::Writes::kAllowed ? "writes allowed" : "read-only") +
         "; it ends within " + std::to_string(minutes) + " minutes.\n";
}

}  // namespace kondor::live
