// Programs that are hard to start, hard to end, or leave something behind.
#include "scenarios/judge/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include "scenarios/judge/scratch.h"

namespace kondor::judge {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using How = Ending::How;

Result<Ending> Run(const std::string& script, Duration limit = std::chrono::seconds(20),
                   const Environment& environment = {}) {
  AdoptOrphans();
  ChildOptions options;
  options.command = {"/bin/sh", "-c", script};
  options.environment = environment;
  options.secrets = {{"KONDADO_TOKEN", "TopSecret"}};
  options.time_limit = limit;
  return RunChild(options, [] { return GoOn::kYes; });
}

Ending MustRun(const std::string& script, Duration limit = std::chrono::seconds(20),
               const Environment& environment = {}) {
  const Result<Ending> ending = Run(script, limit, environment);
  EXPECT_TRUE(ending) << ending.error().message;
  return ending ? *ending : Ending();
}

bool IsAlive(const std::string& pid_file) {
  pid_t pid = 0;
  std::ifstream(pid_file) >> pid;
  EXPECT_GT(pid, 1);
  return pid > 1 && ::kill(pid, 0) == 0;
}

TEST(Child, EndsWithItsCodeOrSignal) {
  EXPECT_TRUE(MustRun("exit 0").IsSuccess());
  EXPECT_EQ(MustRun("exit 7").code, 7);
  const Ending killed = MustRun("kill -9 $$");
  EXPECT_EQ(killed.how, How::kSignalled);
  EXPECT_EQ(Describe(killed), "killed by SIGKILL");
}

TEST(Child, ThatDoesNotExistIsAnErrorInOneLine) {
  for (const std::string program : {"/nowhere/at/all", "no-such-program-anywhere", "/", ""}) {
    ChildOptions options;
    options.command = {program};
    const Result<Ending> ending = RunChild(options, [] { return GoOn::kYes; });
    ASSERT_FALSE(ending) << program;
    EXPECT_EQ(ending.error().message.find('\n'), std::string::npos);
  }
}

TEST(Child, GetsItsEnvironmentAndNoStdin) {
  const Ending ending =
      MustRun("[ \"$A\" = 'x y=z' ] && ! read line", std::chrono::seconds(20), {{"A", "x y=z"}});
  EXPECT_TRUE(ending.IsSuccess());
}

TEST(Child, IsEndedAtTheTimeLimit) {
  const Ending ending = MustRun("exec sleep 600", std::chrono::milliseconds(100));
  EXPECT_EQ(ending.how, How::kOutOfTime);
  EXPECT_FALSE(ending.ignored_sigterm);
}

TEST(Child, ThatIgnoresSigtermIsKilled) {
  const Ending ending =
      MustRun("trap '' TERM; while :; do sleep 1; done", std::chrono::milliseconds(200));
  EXPECT_EQ(ending.how, How::kOutOfTime);
  EXPECT_TRUE(ending.ignored_sigterm);
}

TEST(Child, IsStoppedWhenSomebodyAsks) {
  ChildOptions options;
  options.command = {"sleep", "600"};
  options.time_limit = std::chrono::seconds(60);
  const Result<Ending> ending = RunChild(options, [] { return GoOn::kNo; });
  ASSERT_TRUE(ending);
  EXPECT_EQ(ending->how, How::kStopped);
}

TEST(Child, LeavesNobodyBehind) {
  const Result<Scratch> scratch = Scratch::Make();
  ASSERT_TRUE(scratch);
  const std::string file = scratch->path() + "/pid";
  const Environment mark = {{"KONDOR_OUTPUT", scratch->path()}};
  const Ending child = MustRun("sleep 600 & echo $! > " + file, std::chrono::seconds(20), mark);
  EXPECT_TRUE(child.IsSuccess());
  EXPECT_EQ(child.left_behind, 1);
  EXPECT_FALSE(IsAlive(file));
  const Ending daemon = MustRun("setsid sh -c 'echo $$ > " + file + "; exec sleep 600' & sleep 0.2",
                                std::chrono::seconds(20), mark);
  EXPECT_EQ(daemon.left_behind, 1);
  EXPECT_FALSE(IsAlive(file));
  // Nor who has thrown away all that it was given.
  const Ending stranger =
      MustRun("env -i setsid sh -c 'echo $$ > " + file + "; exec sleep 600' & sleep 0.2",
              std::chrono::seconds(20), mark);
  EXPECT_EQ(stranger.left_behind, 1);
  EXPECT_FALSE(IsAlive(file));
  // Nor the children of those left behind, which nobody knows of until their parent is dead.
  const Ending family =
      MustRun("setsid sh -c 'sleep 600 & echo $! > " + file + "; wait' & sleep 0.2",
              std::chrono::seconds(20), mark);
  EXPECT_GE(family.left_behind, 1);
  EXPECT_FALSE(IsAlive(file));
}

TEST(Child, LeavesNobodyBehindBesideOthers) {
  const Result<Scratch> scratch = Scratch::Make();
  ASSERT_TRUE(scratch);
  const std::string bell = scratch->path() + "/bell";
  ASSERT_EQ(::mkfifo(bell.c_str(), 0600), 0);
  std::jthread other([&] { MustRun("read line < " + bell); });
  // Seen while it had a parent: without a mark, that is all that tells whose it is.
  const Ending ending = MustRun("env -i setsid sleep 600 & sleep 0.5");
  EXPECT_EQ(ending.left_behind, 1);
  std::ofstream(bell) << "end\n";
}

TEST(Child, LeavesNobodyBehindWhoIsJustOnItsWayOut) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(MustRun("setsid sleep 600 &", std::chrono::seconds(20), {{"A", "x"}}).left_behind, 1);
  }
}

TEST(Child, MayHaveAPipelineThatEndsAMomentLater) {
  EXPECT_EQ(MustRun("sleep 0.05 & exit 0").left_behind, 0);
}

TEST(Child, IsListenedToWhateverItSays) {
  const Ending flood = MustRun("head -c 3000000 /dev/zero; echo TopSecret; echo oops >&2");
  EXPECT_TRUE(flood.IsSuccess());
  EXPECT_THAT(flood.secrets_out, ElementsAre("KONDADO_TOKEN"));
  EXPECT_THAT(flood.secrets_err, IsEmpty());
  EXPECT_EQ(flood.last_words, "oops");
  EXPECT_TRUE(MustRun("exec >&- 2>&-; exit 0").IsSuccess());
}

}  // namespace
}  // namespace kondor::judge
