#include "scenarios/judge/child.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>

#include "base/sleeper.h"
#include "scenarios/judge/heard.h"
#include "scenarios/judge/orphans.h"
#include "scenarios/judge/spawn.h"

namespace kondor::judge {
namespace {

// Between SIGTERM and SIGKILL.
constexpr Duration kLastChance = std::chrono::seconds(1);
// What a program started may end a moment after it: the rest of a pipeline, say.
constexpr Duration kAfterglow = std::chrono::milliseconds(300);
constexpr Duration kBetweenLooks = std::chrono::milliseconds(200);
constexpr Duration kShort = std::chrono::milliseconds(10);

// Credentials of whoever runs the judge are none of the judged program's business.
bool IsCredential(std::string_view variable) {
  const std::string_view name = variable.substr(0, variable.find('='));
  if (name == "KONDOR_CONTROL_TOKEN") return true;
  if (!name.starts_with("KONDADO_") && !name.starts_with("QONDOR_")) return false;
  return name.find("TOKEN") != name.npos || name.find("KEY") != name.npos;
}

std::vector<std::string> MergedEnvironment(const Environment& ours) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const bool replaced = std::ranges::any_of(
        ours, [&](const auto& variable) { return text.starts_with(variable.first + "="); });
    if (!replaced && !IsCredential(text)) merged.push_back(text);
  }
  for (const auto& [name, value] : ours) merged.push_back(std::string(name).append("=") += value);
  return merged;
}

// Who ended with others still running cannot know whose an orphan without a mark is.
std::atomic<int> runs_in_progress = 0;

class InProgress {
 public:
  InProgress() { ++runs_in_progress; }
  InProgress(const InProgress&) = delete;
  InProgress& operator=(const InProgress&) = delete;
  ~InProgress() { --runs_in_progress; }
  bool alone() const { return runs_in_progress == 1; }
};

class Run {
 public:
  Run(const ChildOptions& options, const InProgress& in_progress, Spawned spawned)
      : options_(options),
        in_progress_(in_progress),
        spawned_(std::move(spawned)),
        descendants_(spawned_.pid),
        out_(options.secrets),
        err_(options.secrets) {}

  Ending WaitFor(const std::function<GoOn()>& on_tick) {
    const TimePoint deadline = clock_.Now() + options_.time_limit;
    while (!HasEnded()) {
      Listen(options_.tick);
      LookAtDescendants();
      const bool stopped = on_tick() == GoOn::kNo || options_.stop.stop_requested();
      const bool late = clock_.Now() >= deadline;
      if (HasEnded() || (!stopped && !late)) continue;
      ending_.how = stopped ? Ending::How::kStopped : Ending::How::kOutOfTime;
      EndGroup();
    }
    EndWhatIsLeft();
    Listen(Duration::zero());
    ending_.secrets_out = out_.secrets_found();
    ending_.secrets_err = err_.secrets_found();
    ending_.last_words = err_.LastWords();
    return ending_;
  }

 private:
  bool HasEnded() {
    if (ended_) return true;
    int status = 0;
    if (::waitpid(spawned_.pid, &status, WNOHANG) != spawned_.pid) return false;
    ended_ = true;
    if (ending_.how == Ending::How::kExited) {
      const bool signalled = WIFSIGNALED(status);
      ending_.how = signalled ? Ending::How::kSignalled : Ending::How::kExited;
      ending_.code = signalled ? WTERMSIG(status) : WEXITSTATUS(status);
    }
    return true;
  }

  // Waits for bytes, but no longer than that, and takes those there are.
  void Listen(Duration at_most) {
    std::array<pollfd, 2> streams = {
        {{spawned_.out.number(), POLLIN, 0}, {spawned_.err.number(), POLLIN, 0}}};
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(at_most).count();
    if (!spawned_.out.is_open() && !spawned_.err.is_open()) {
      Pause(at_most);
      return;
    }
    if (::poll(streams.data(), streams.size(), static_cast<int>(ms)) <= 0) return;
    if (streams[0].revents != 0) Take(spawned_.out, out_);
    if (streams[1].revents != 0) Take(spawned_.err, err_);
  }

  // A flood must not keep us from looking at the time: so many bytes, then back.
  static void Take(Descriptor& stream, Heard& heard) {
    std::array<char, 64 * 1024> bytes{};
    for (int round = 0; round < 16; ++round) {
      const ssize_t got = ::read(stream.number(), bytes.data(), bytes.size());
      if (got > 0) {
        heard.Add({bytes.data(), static_cast<std::size_t>(got)});
        continue;
      }
      if (got == 0 || (errno != EAGAIN && errno != EINTR)) stream.Close();
      return;
    }
  }

  void Pause(Duration d) {
    if (d > Duration::zero()) SystemSleeper(clock_).SleepUntil(clock_.Now() + d, {});
  }

  void EndGroup() {
    ::kill(-spawned_.pid, SIGTERM);
    for (const TimePoint until = clock_.Now() + kLastChance; clock_.Now() < until;) {
      Listen(kShort);
      if (HasEnded()) return;
    }
    ending_.ignored_sigterm = true;
    ::kill(-spawned_.pid, SIGKILL);
    while (!HasEnded()) Listen(kShort);
  }

  std::vector<pid_t> Orphans() const {
    return FindAdopted({MarkOfThisRun(), spawned_.pid, descendants_,
                        in_progress_.alone() ? Unmarked::kOurs : Unmarked::kSomebodys});
  }

  void LookAtDescendants() {
    const TimePoint now = clock_.Now();
    if (now < looked_ + kBetweenLooks) return;
    looked_ = now;
    descendants_.Look();
  }

  // Looks twice: whoever is just becoming another program is in no group of ours any more, and
  // bears no mark yet.
  bool IsNobodyLeft() {
    for (int look = 0; look < 2; ++look) {
      if (look > 0) Listen(kShort);
      if (IsGroupAlive(spawned_.pid) || !Orphans().empty()) return false;
    }
    return true;
  }

  void EndWhatIsLeft() {
    for (const TimePoint until = clock_.Now() + kAfterglow; clock_.Now() < until;) {
      if (IsNobodyLeft()) return;
      Listen(kShort);
    }
    // Who was told to end and left others behind is not blamed for them: it had no chance.
    const bool blamed =
        ending_.how == Ending::How::kExited || ending_.how == Ending::How::kSignalled;
    if (IsGroupAlive(spawned_.pid)) {
      if (blamed) ++ending_.left_behind;
      ::kill(-spawned_.pid, SIGKILL);
      // Whoever of them is not our child yet will be, when its parent is dead.
      while (::waitpid(-spawned_.pid, nullptr, 0) > 0) {
      }
    }
    // Again and again, within reason: the children of those killed come to be ours.
    for (const TimePoint until = clock_.Now() + kLastChance; clock_.Now() < until;) {
      const std::vector<pid_t> left = Orphans();
      if (left.empty()) break;
      for (const pid_t pid : left) {
        if (blamed) ++ending_.left_behind;
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
      }
    }
  }

  // Its first variable is its own: no other child has the same.
  std::string MarkOfThisRun() const {
    if (options_.environment.empty()) return {};
    return options_.environment.front().first + "=" + options_.environment.front().second;
  }

  const ChildOptions& options_;
  const InProgress& in_progress_;
  Spawned spawned_;
  const SystemClock clock_;
  Descendants descendants_;
  TimePoint looked_ = TimePoint::min() + kBetweenLooks;
  Heard out_, err_;
  Ending ending_;
  bool ended_ = false;
};

}  // namespace

Result<Ending> RunChild(const ChildOptions& options, const std::function<GoOn()>& on_tick) {
  const InProgress in_progress;  // from before the first process there is
  Result<Spawned> spawned = Spawn(options.command, MergedEnvironment(options.environment));
  if (!spawned) return Unexpected(spawned.error());
  return Run(options, in_progress, std::move(spawned).value()).WaitFor(on_tick);
}

}  // namespace kondor::judge
