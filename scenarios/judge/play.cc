#include "scenarios/judge/play.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <span>

#include "scenarios/judge/child.h"
#include "scenarios/judge/fields.h"
#include "scenarios/judge/optimum.h"
#include "scenarios/judge/sandbox.h"
#include "scenarios/judge/scratch.h"
#include "scenarios/judge/watch.h"

namespace kondor::judge {
namespace {

// Pacing by 3.2 s, two refusals that lock out, and some air.
constexpr Duration kLimitAtLeast = std::chrono::seconds(180);
constexpr Duration kLimitPerJob = std::chrono::seconds(8);

// 0 is a value, too: no such limit.
int LimitOf(const Json& settings, const char* vendor, const char* name, int otherwise) {
  const Json& of_vendor = ObjectIn(settings, vendor);
  return of_vendor.contains(name) ? static_cast<int>(NumberIn(of_vendor, name)) : otherwise;
}

std::string NumberText(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", number);
  return text;
}

std::string HostIn(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of(":/", begin) - begin);
}

// The names by which a program is told where to go and asked for work (docs/JUDGE.md).
Environment MakeEnvironment(const Sandbox& sandbox, const Evidence& evidence, bool renewed,
                            const std::string& output) {
  const Credentials& own = sandbox.credentials();
  const bool qondor = evidence.trial->vendor == Vendor::kQondor;
  const bool run = evidence.trial->work == Work::kOneRun;
  Environment environment = {
      {"KONDOR_OUTPUT", output},  // first: no two runs have the same
      {"KONDADO_BASE_URL", sandbox.k2_url()},
      {"KONDADO_KEY", renewed ? own.next_key : own.kondado_key},
      {"KONDADO_TOKEN", renewed ? own.next_token : own.kondado_token},
      {"QONDOR_BASE_URL", sandbox.qondor_url()},
      {"QONDOR_SUBSCRIPTION_KEY", own.qondor_primary},
      {"QONDOR_SECONDARY_KEY", own.qondor_secondary},
      {"KONDOR_JOB_COUNT", std::to_string(evidence.jobs)},
      {"KONDOR_QONDOR_JOB_COUNT", std::to_string(qondor ? evidence.qondor_jobs : 0)},
      {"KONDOR_RUN_PIPELINE", run ? "1" : ""},
      {"KONDOR_SPEED", NumberText(evidence.speed)},
      {"KONDOR_TRIAL", std::string(evidence.trial->name)},
  };
  // A proxy of the machine's would not find its way to a mock in here.
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    environment.emplace_back(name, HostIn(sandbox.k2_url()));
  }
  return environment;
}

// One trial on its way.
class Stage {
 public:
  Stage(Control& control, const Trial& trial, const Settings& reading, const PlayOptions& options)
      : control_(control), options_(options) {
    played_.evidence.trial = &trial;
    played_.evidence.reading = reading;
    played_.evidence.speed = options.speed;
  }

  Result<Played> Play() {
    Result<std::unique_ptr<Sandbox>> sandbox = MakeSandbox();
    if (!sandbox) {
      const bool no_faults =
          sandbox.error().kind == ErrorKind::kNotFound && !trial().faults.empty();
      if (!no_faults) return Unexpected(sandbox.error());
      return Skip("this mock plays no faults");
    }
    Result<Scratch> scratch = Scratch::Make();
    if (!scratch) return Unexpected(scratch.error());
    if (Result<void> ran = RunAll(**sandbox, scratch->path()); !ran) return Unexpected(ran.error());
    if (options_.stop.stop_requested()) return Skip("interrupted");
    if (const std::string why = WhyNothingToJudge(); !why.empty()) return Skip(why);
    MeasureGoodput();
    played_.findings = Judge(evidence());
    if (played_.findings.empty() && FoundNothingThere()) {
      return Skip("all its calls were answered with 404: does it build its addresses right?");
    }
    played_.verdict = played_.findings.empty() ? Verdict::kPass : Verdict::kFail;
    return std::move(played_);
  }

 private:
  Evidence& evidence() { return played_.evidence; }
  const Trial& trial() { return *played_.evidence.trial; }

  Played Skip(std::string why) {
    played_.verdict = Verdict::kSkip;
    played_.why = std::move(why);
    return std::move(played_);
  }

  Settings AllSettings() {
    Settings all = options_.settings;
    all.insert(all.end(), evidence().reading.begin(), evidence().reading.end());
    return all;
  }

  Result<std::unique_ptr<Sandbox>> MakeSandbox() {
    Evidence& e = evidence();
    const int jobs =
        trial().jobs_max == 0 ? options_.jobs : std::min(options_.jobs, trial().jobs_max);
    const bool statuses = trial().vendor == Vendor::kKondado && trial().work != Work::kOneRun;
    e.jobs = statuses ? jobs : 0;
    e.qondor_jobs = trial().vendor == Vendor::kQondor ? jobs : 0;
    for (int id = 1; id <= e.jobs; ++id) e.true_statuses.push_back(StatusOf(id));
    Result<std::unique_ptr<Sandbox>> sandbox =
        Sandbox::Make(control_, {.settings = AllSettings(),
                                 .speed = options_.speed,
                                 .begin_at = {},
                                 .pipelines = std::max(e.jobs, 1),
                                 .faults = trial().faults});
    if (!sandbox) return sandbox;
    const Json& settings = (*sandbox)->settings();
    e.limits.per_second = LimitOf(settings, "kondado", "per_second", e.limits.per_second);
    e.limits.per_minute = LimitOf(settings, "kondado", "per_minute", e.limits.per_minute);
    e.limits.qondor_per_second =
        LimitOf(settings, "qondor", "per_second", e.limits.qondor_per_second);
    return sandbox;
  }

  Result<void> RunAll(Sandbox& sandbox, const std::string& folder) {
    evidence().second_run = SIZE_MAX;
    if (Result<void> ran = RunOnce(sandbox, folder + "/output.jsonl", false); !ran) return ran;
    if (trial().event != Event::kStartedWithNewToken) return {};
    if (evidence().calls.empty() || options_.stop.stop_requested()) return {};
    evidence().old_key = sandbox.credentials().kondado_key;
    if (Result<void> off = sandbox.DeactivateToken(evidence().old_key); !off) return off;
    evidence().event_happened = true;
    evidence().second_run = evidence().calls.size();
    return RunOnce(sandbox, folder + "/output2.jsonl", true);
  }

  Result<void> RunOnce(Sandbox& sandbox, const std::string& output, bool renewed) {
    const std::size_t first = evidence().calls.size();
    Watch watch(sandbox, evidence());
    ChildOptions child;
    child.command = options_.command;
    child.environment = MakeEnvironment(sandbox, evidence(), renewed, output);
    child.secrets = sandbox.Secrets();
    child.time_limit = options_.time_limit > Duration::zero()
                           ? options_.time_limit
                           : kLimitAtLeast + options_.jobs * kLimitPerJob;
    child.stop = options_.stop;
    if (IsEventPending(evidence())) child.tick = std::chrono::milliseconds(5);
    const Result<Ending> ending = RunChild(child, [&] { return watch.Tick(); });
    if (!ending) return Unexpected(ending.error());
    watch.TakeCalls();
    if (watch.trouble()) return Unexpected(*watch.trouble());
    PutInOrder(std::span(evidence().calls).subspan(first));
    evidence().endings.push_back(*ending);
    evidence().output = ReadOutput(output, child.secrets);
    return {};
  }

  bool Called(Vendor vendor, std::size_t from) {
    const auto& calls = evidence().calls;
    return std::any_of(calls.begin() + static_cast<std::ptrdiff_t>(std::min(from, calls.size())),
                       calls.end(), [&](const Call& call) {
                         return vendor == Vendor::kQondor ? call.IsQondor() : call.IsKondado();
                       });
  }

  // A program that calls where nothing is has shown nothing, and least of all that it is right.
  bool FoundNothingThere() {
    const bool qondor = trial().vendor == Vendor::kQondor;
    return std::ranges::all_of(evidence().calls, [&](const Call& call) {
      const bool counts = qondor ? call.IsQondor() : call.IsKondado();
      return !counts || call.status == 404;
    });
  }

  // Empty when there is something.
  std::string WhyNothingToJudge() {
    const Evidence& e = evidence();
    const std::string vendor = trial().vendor == Vendor::kQondor ? "Qondor" : "Kondado";
    if (!Called(trial().vendor, 0) && e.output.lines.empty()) {
      return "it made no call to " + vendor + " (" + Describe(e.endings.back()) + ")";
    }
    if (trial().event != Event::kNone && !e.event_happened) {
      return "it had ended before anything could happen to it";
    }
    if (trial().event == Event::kStartedWithNewToken && !Called(trial().vendor, e.second_run)) {
      return "started again, it made no call";
    }
    const bool has_run = std::ranges::any_of(e.calls, [](const Call& call) {
      return call.method == "POST" && call.path.ends_with("/run");
    });
    if (trial().work == Work::kOneRun && !has_run) return "it queued no pipeline";
    const bool has_fault =
        std::ranges::any_of(e.calls, [](const Call& call) { return !call.fault.empty(); });
    if (!trial().faults.empty() && !has_fault) return "it made too few calls to meet the fault";
    return {};
  }

  // Of work that could go on as fast as the limits let it.
  void MeasureGoodput() {
    Evidence& e = evidence();
    if (trial().name != "work") return;
    std::set<std::string> done;
    const Call* first = nullptr;
    std::size_t count = 0;
    Duration makespan{};
    for (const Call& call : e.calls) {
      if (call.surface != "k2") continue;
      if (first == nullptr) first = &call;
      if (call.outcome != Outcome::kOk) continue;
      // Who was asked for statuses is paid for each once.
      if (!done.insert(call.path).second && KeepsOutput(e)) continue;
      ++count;
      makespan = call.at - first->at;
    }
    constexpr std::size_t kWorthMeasuring = 1'000;
    if (count == 0 || count > kWorthMeasuring) return;
    const Result<Duration> optimum =
        Optimum(control_, AllSettings(), first->at, first->ip, static_cast<int>(count));
    if (!optimum) return;
    e.optimum = *optimum;
    e.makespan = makespan;
    const double share = KeepsOutput(e) ? static_cast<double>(RightIds(e).size()) / e.jobs : 1;
    const double ratio = makespan > *optimum ? std::chrono::duration<double>(*optimum) /
                                                   std::chrono::duration<double>(makespan)
                                             : 1;
    played_.goodput_ratio = ratio * share;
  }

  Control& control_;
  const PlayOptions& options_;
  Played played_;
};

}  // namespace

Result<Played> PlayTrial(Control& control, const Trial& trial, const Settings& reading,
                         const PlayOptions& options) {
  return Stage(control, trial, reading, options).Play();
}

}  // namespace kondor::judge
