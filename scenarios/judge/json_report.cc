#include <algorithm>

#include "scenarios/judge/report.h"

namespace kondor::judge {
namespace {

std::string_view Word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "fail";
    case Verdict::kSkip:
      return "skip";
  }
  return {};
}

double InSeconds(Duration d) { return std::chrono::duration<double>(d).count(); }

template <typename Number>
Json OrNull(const std::optional<Number>& number) {
  return number ? Json(*number) : Json();
}

Json OrNull(const std::optional<Duration>& duration) {
  return duration ? Json(InSeconds(*duration)) : Json();
}

Json SettingsView(const Settings& settings) {
  Json object = Json::object();
  for (const auto& [name, value] : settings) object[name] = value;
  return object;
}

TimePoint Begin(const Played& played) {
  return played.evidence.calls.empty() ? TimePoint() : played.evidence.calls.front().at;
}

Json FindingView(const Played& played, const Finding& finding) {
  Json ids = Json::array(), exhibits = Json::array();
  for (const Exhibit& exhibit : finding.calls) {
    const Call& call = exhibit.call;
    ids.push_back(std::to_string(call.id));
    exhibits.push_back({{"id", std::to_string(call.id)},
                        {"at_s", InSeconds(call.at - Begin(played))},
                        {"method", call.method},
                        {"surface", call.surface},
                        {"path", call.path},
                        {"status", call.status},
                        {"outcome", ToText(call.outcome)},
                        {"text", exhibit.text}});
  }
  return {{"id", ToText(finding.id)},
          {"rule", finding.rule},
          {"title", TitleOf(finding.id)},
          {"text", finding.text},
          {"count", finding.count},
          {"calls", std::move(ids)},
          {"exhibits", std::move(exhibits)},
          {"trial", played.evidence.trial->name},
          {"reading", NameOf(played.evidence.reading)}};
}

Json TrialView(const Played& played) {
  const Evidence& evidence = played.evidence;
  const auto refused = std::ranges::count_if(evidence.calls, &Call::IsRefused);
  Json found = Json::array(), endings = Json::array();
  for (const Finding& finding : played.findings) found.push_back(ToText(finding.id));
  for (const Ending& ending : evidence.endings) endings.push_back(Describe(ending));
  return {{"trial", evidence.trial->name},
          {"reading", NameOf(evidence.reading)},
          {"settings", SettingsView(evidence.reading)},
          {"verdict", Word(played.verdict)},
          {"why", played.why},
          {"calls", evidence.calls.size()},
          {"refused", refused},
          {"jobs", evidence.jobs},
          {"right", RightIds(evidence).size()},
          {"goodput_ratio", OrNull(played.goodput_ratio)},
          {"optimum_s", OrNull(evidence.optimum)},
          {"makespan_s", OrNull(evidence.makespan)},
          {"endings", std::move(endings)},
          {"findings", std::move(found)}};
}

}  // namespace

std::string JsonReport(const std::vector<Played>& played, const Circumstances& circumstances) {
  Json findings = Json::array(), trials = Json::array();
  for (const Played& one : played) {
    trials.push_back(TrialView(one));
    for (const Finding& finding : one.findings) findings.push_back(FindingView(one, finding));
  }
  const Verdict overall = Overall(played);
  const bool unfinished = circumstances.interrupted && overall == Verdict::kPass;
  const Json report = {{"verdict", unfinished ? "interrupted" : Word(overall)},
                       {"goodput_ratio", OrNull(WorstGoodput(played))},
                       {"interrupted", circumstances.interrupted},
                       {"command", circumstances.command},
                       {"settings", SettingsView(circumstances.settings)},
                       {"speed", circumstances.speed},
                       {"findings", std::move(findings)},
                       {"trials", std::move(trials)}};
  // Arguments and paths may hold anything.
  return report.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace kondor::judge
