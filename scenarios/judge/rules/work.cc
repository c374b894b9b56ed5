// Was the work done, and is it true?
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

std::string StatusPath(std::int64_t id) { return "/pipelines/" + std::to_string(id) + "/status"; }

// The last call for a pipeline's status, and whether one was ever answered.
struct Asked {
  const Call* last = nullptr;
  const Call* last_failed = nullptr;
  bool answered = false;
};

std::map<std::string, Asked> AskedFor(const Evidence& evidence) {
  std::map<std::string, Asked> asked;
  for (const Call& call : evidence.calls) {
    if (call.surface != "k2" || call.method != "GET") continue;
    Asked& about = asked[call.path];
    about.last = &call;
    about.answered = about.answered || call.outcome == Outcome::kOk;
    if (!call.IsAnswered()) about.last_failed = &call;
  }
  return asked;
}

std::string AnswerOf(const Call& call) {
  std::string answer = "status " + std::to_string(call.status);
  if (call.status == 0) answer = "no answer";
  answer.append(" ").append(ToText(call.outcome));
  if (!call.code.empty()) answer.append(" ").append(call.code);
  if (!call.fault.empty()) answer.append(", ").append(call.fault);
  return answer;
}

// The last calls that failed for a reason that passes, and were never made again. Of a program that
// writes no output, this is all there is to see.
std::vector<const Call*> Abandoned(const Evidence& evidence) {
  std::map<std::pair<std::string, std::string>, const Call*> last;
  for (const Call& call : evidence.calls) {
    if (call.method == "GET") last[{call.surface, call.path}] = &call;
  }
  std::vector<const Call*> abandoned;
  for (const auto& [request, call] : last) {
    if (call->IsTransientFailure()) abandoned.push_back(call);
  }
  std::ranges::sort(abandoned, {}, &Call::id);
  return abandoned;
}

// A refusal looks like a success to whoever looks at the status alone (K5).
bool LooksGood(const Call& call) { return call.status >= 200 && call.status < 300; }

bool EndedBySelf(const Evidence& evidence) {
  return std::ranges::all_of(
      evidence.endings, [](const Ending& ending) { return ending.how == Ending::How::kExited; });
}

// Every call had its credentials in the wrong place, or went to a wrong address.
bool WasNeverLetIn(const Evidence& evidence) {
  return !evidence.calls.empty() && std::ranges::all_of(evidence.calls, [](const Call& call) {
    return call.outcome == Outcome::kAuthError || call.outcome == Outcome::kUnknownRoute;
  });
}

bool ClaimsSuccess(const Evidence& evidence) {
  return std::ranges::all_of(evidence.endings, &Ending::IsSuccess);
}

}  // namespace

void FindErrorsTakenForData(const Evidence& evidence, Findings& findings) {
  Finding finding{FindingId::kErrorTakenForData, "K5", {}, 0};
  if (!KeepsOutput(evidence)) {
    if (evidence.trial->work == Work::kOneRun || !ClaimsSuccess(evidence)) return;
    for (const Call* call : Abandoned(evidence)) {
      if (LooksGood(*call)) finding.Show(*call, AnswerOf(*call) + ", and never asked for again");
    }
    finding.text = Some(finding.count, "error") + " with a good status went unnoticed";
  } else {
    const std::vector<std::int64_t> right = RightIds(evidence);
    std::map<std::string, Asked> asked = AskedFor(evidence);
    for (const OutputLine& line : evidence.output.lines) {
      const bool is_right =
          std::ranges::binary_search(right, line.pipeline_id) &&
          line.status == evidence.true_statuses[static_cast<std::size_t>(line.pipeline_id - 1)];
      const Asked about = asked[StatusPath(line.pipeline_id)];
      if (is_right && (about.answered || evidence.calls_lost)) continue;
      const Call* const shown = about.last_failed != nullptr ? about.last_failed : about.last;
      ++finding.count;
      if (shown == nullptr || finding.calls.size() >= Finding::kExhibitsMax) continue;
      finding.calls.push_back({*shown, AnswerOf(*shown) + ", written down as status \"" +
                                           line.status.substr(0, 60) + "\""});
    }
    finding.text = std::to_string(finding.count) + " of " +
                   Some(evidence.output.lines.size(), "line") +
                   " in KONDOR_OUTPUT hold what was never answered";
  }
  if (finding.count > 0) findings.push_back(std::move(finding));
}

void FindWorkLeftUndone(const Evidence& evidence, Findings& findings) {
  // Who had to be ended, or fell over, is reported for that; who was never let in, for what he
  // lacked; and what cannot be read is said to be so.
  const bool told_elsewhere =
      !EndedBySelf(evidence) || WasNeverLetIn(evidence) || !evidence.output.trouble.empty();
  if (evidence.trial->work != Work::kAll || told_elsewhere) return;
  Finding finding{FindingId::kGaveUpEarly, "K6", {}, 0};
  if (KeepsOutput(evidence)) {
    std::set<std::int64_t> written;
    for (const OutputLine& line : evidence.output.lines) written.insert(line.pipeline_id);
    std::map<std::string, Asked> asked = AskedFor(evidence);
    for (std::int64_t id = 1; id <= evidence.jobs; ++id) {
      if (written.contains(id)) continue;
      const Call* const last = asked[StatusPath(id)].last;
      // Told that its credentials are bad, it was right to stop; why they are, is found elsewhere.
      if (last != nullptr && last->outcome == Outcome::kAuthError) continue;
      ++finding.count;
      if (last == nullptr || finding.calls.size() >= Finding::kExhibitsMax) continue;
      finding.calls.push_back({*last, "pipeline " + std::to_string(id) +
                                          " was given up after this: " + AnswerOf(*last)});
    }
    finding.text = Some(finding.count, "pipeline") + " of " + std::to_string(evidence.jobs) +
                   " are missing in KONDOR_OUTPUT, and there was time";
  } else {
    for (const Call* call : Abandoned(evidence)) {
      if (LooksGood(*call) && ClaimsSuccess(evidence)) continue;  // an error taken for data
      finding.Show(*call, AnswerOf(*call) + ", and never tried again");
    }
    finding.text =
        Some(finding.count, "request") + " failed for a reason that passes, and were given up";
  }
  if (finding.count > 0) findings.push_back(std::move(finding));
}

}  // namespace kondor::judge
