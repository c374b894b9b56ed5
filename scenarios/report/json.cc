#include "scenarios/report/report.h"

namespace kondor::scenarios {
namespace {

std::string_view WordOf(Verdict verdict) {
  return verdict == Verdict::kPass ? "pass" : verdict == Verdict::kFail ? "fail" : "skip";
}

Json ResultOf(const Played& one) {
  const Outcome& outcome = one.outcome;
  Json result = {{"scenario", one.instance->scenario},
                 {"case", one.instance->CaseName()},
                 {"rules", one.instance->rules},
                 {"reading", one.instance->ReadingName()},
                 {"verdict", WordOf(outcome.verdict)},
                 {"why", outcome.why},
                 {"curl", outcome.curl},
                 {"round", one.round},
                 {"seed", one.seed}};
  if (outcome.verdict != Verdict::kFail) return result;
  result["step"] = outcome.step;
  result["differs"] = Json::array();
  for (const Mismatch& mismatch : outcome.mismatches) {
    result["differs"].push_back(
        {{"what", mismatch.what}, {"expected", mismatch.expected}, {"got", mismatch.got}});
  }
  result["script"] = outcome.script;
  return result;
}

}  // namespace

std::string JsonReport(const Results& results, const Summary& summary) {
  Json report = {{"passed", results.Count(Verdict::kPass)},
                 {"failed", results.Count(Verdict::kFail)},
                 {"skipped", results.Count(Verdict::kSkip)},
                 {"not_played", results.not_played},
                 {"seed", summary.seed},
                 {"seconds", summary.seconds},
                 {"target", summary.target},
                 {"results", Json::array()}};
  for (const Played& one : results.played) report["results"].push_back(ResultOf(one));
  // What a server answered need not be UTF-8.
  return report.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kondor::scenarios
