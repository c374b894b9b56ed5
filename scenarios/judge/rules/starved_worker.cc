// A request is refused every time it is its turn, while others that came later get through.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

// Once or twice is bad luck under a strict reading.
constexpr std::size_t kRefusalsMin = 3;
constexpr std::size_t kOvertakenMin = 3;

using Request = std::pair<std::string, std::string>;

struct Wait {
  std::size_t refusals = 0;
  std::set<Request> overtaken_by;  // first made after this one was first refused, and answered
};

}  // namespace

void FindStarvedWorkers(const Evidence& evidence, Findings& findings) {
  Finding finding{FindingId::kStarvedWorker, "K4", {}, 0};
  std::map<Request, Wait> waiting;
  std::set<Request> seen;
  std::map<Request, std::set<Request>> older;  // of a request: those that waited when it came
  for (const Call& call : evidence.calls) {
    if (call.surface != "k2") continue;
    const Request request{call.method, call.path};
    if (seen.insert(request).second) {
      for (const auto& [other, wait] : waiting) older[request].insert(other);
    }
    if (!call.IsRefused()) {
      waiting.erase(request);
      if (call.outcome != Outcome::kOk) continue;
      for (auto& [other, wait] : waiting) {
        if (older[request].contains(other)) wait.overtaken_by.insert(request);
      }
      continue;
    }
    Wait& wait = waiting[request];
    ++wait.refusals;
    if (wait.refusals < kRefusalsMin || wait.overtaken_by.size() < kOvertakenMin) continue;
    finding.Show(call, "refused for the " + std::to_string(wait.refusals) + "th time, while " +
                           Some(wait.overtaken_by.size(), "request") +
                           " that came later had been answered");
  }
  if (finding.count == 0) return;
  finding.text = "a request had to let others pass again and again";
  findings.push_back(std::move(finding));
}

}  // namespace kondor::judge
