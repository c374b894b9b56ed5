// A budget file that cannot be had: one clear line, and nobody is let in.
#include <grp.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "client/budget/file_budget.h"
#include "client/limiter/windows.h"
#include "tests/client/budget/temp_dir.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;

constexpr Quota kMany{1'000, milliseconds(1)};

class FileRefusals : public testing::Test {
 protected:
  Result<std::unique_ptr<Budget>> Open(const std::string& path) {
    return OpenFileBudget(
        {.path = path,
         .terms = MakeTerms("window", {kMany}, [] { return MakeFixedWindow(kMany); })},
        clock_, sleeper_);
  }
  void ExpectRefused(const std::string& path, ErrorKind kind, const std::string& said) {
    const auto budget = Open(path);
    ASSERT_FALSE(budget);
    EXPECT_EQ(budget.error().kind, kind) << budget.error().message;
    EXPECT_NE(budget.error().message.find(said), std::string::npos) << budget.error().message;
    EXPECT_NE(budget.error().message.find(path), std::string::npos) << budget.error().message;
  }

  TempDir dir_;
  SystemClock clock_;
  SystemSleeper sleeper_{clock_};
};

// What `child` says is what it exits with.
template <typename Child>
int ExitOf(Child child) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(child());
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(FileRefusals, ItIsMadeForItsOwnerOnly) {
  const std::string path = dir_.File("budget");
  const mode_t usual = ::umask(0);
  EXPECT_TRUE(Open(path));
  ::umask(usual);
  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_TRUE(Open(path)) << "and can be opened again";
}

TEST_F(FileRefusals, NamesThatCannotBe) {
  ExpectRefused(dir_.File("missing/budget"), ErrorKind::kUnavailable, "create its directory first");
  ExpectRefused(dir_.File("."), ErrorKind::kUnavailable, "name a file");
  ASSERT_EQ(::mkfifo(dir_.File("pipe").c_str(), 0600), 0);
  ExpectRefused(dir_.File("pipe"), ErrorKind::kInvalidArgument, "no regular file");
  ASSERT_EQ(::symlink(dir_.File("budget").c_str(), dir_.File("link").c_str()), 0);
  ExpectRefused(dir_.File("link"), ErrorKind::kUnavailable, "not a link");
}

TEST_F(FileRefusals, WhatUsersOutsideMayReadOrWrite) {
  const std::string path = dir_.File("budget");
  ASSERT_TRUE(Open(path));
  for (const mode_t mode : {0602U, 0604U, 0666U, 0777U}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    ExpectRefused(path, ErrorKind::kInvalidArgument, "chmod 600 " + path);
  }
  for (const mode_t mode : {0600U, 0640U, 0660U}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    EXPECT_TRUE(Open(path)) << std::oct << mode << ": its owner says who is in its group";
  }
}

// Who may be others: only root, in a process of its own.
class FileOfOthers : public FileRefusals {
 protected:
  static constexpr uid_t kOther = 65533, kUs = 65534;
  static constexpr gid_t kTeam = 65532;

  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can play two users";
    ASSERT_TRUE(Open(path_));
    ASSERT_EQ(::chmod(dir_.File(".").c_str(), 0755), 0);
  }
  // What `Open` says to a user with these groups, "" when it opens.
  enum class In { kTeam, kNone };
  int ExitOfUser(In in, const std::string& said) {
    return ExitOf([&] {
      const gid_t team = kTeam;
      if (::setgroups(in == In::kTeam ? 1 : 0, &team) != 0) return 9;
      if (::setegid(kUs) != 0 || ::seteuid(kUs) != 0) return 8;
      const auto budget = Open(path_);
      if (budget) return said.empty() ? 0 : 1;
      if (said.empty()) return 2;
      return budget.error().message.find(said) == std::string::npos ? 3 : 0;
    });
  }

  const std::string path_ = dir_.File("budget");
};

TEST_F(FileOfOthers, IsRefusedUnlessATeamSharesIt) {
  ASSERT_EQ(::chown(path_.c_str(), kOther, kTeam), 0);
  ExpectRefused(path_, ErrorKind::kInvalidArgument, "belongs to another user");  // even to root
  ASSERT_EQ(::chmod(path_.c_str(), 0660), 0);
  EXPECT_EQ(ExitOfUser(In::kTeam, ""), 0);
  EXPECT_EQ(ExitOfUser(In::kNone, "must be allowed to write"), 0);
  ASSERT_EQ(::chmod(path_.c_str(), 0606), 0);
  EXPECT_EQ(ExitOfUser(In::kNone, "chmod 600"), 0);
}

TEST_F(FileOfOthers, IsTakenFromRoot) {
  ASSERT_EQ(::chown(path_.c_str(), 0, kTeam), 0);
  ASSERT_EQ(::chmod(path_.c_str(), 0660), 0);
  EXPECT_EQ(ExitOfUser(In::kTeam, ""), 0);
}

TEST_F(FileRefusals, WhatMayNotBeWritten) {
  const std::string path = dir_.File("budget");
  ASSERT_TRUE(Open(path));
  ASSERT_EQ(::chmod(path.c_str(), 0444), 0);
  ASSERT_EQ(::chmod(dir_.File(".").c_str(), 0755), 0);
  EXPECT_EQ(
      0, ExitOf([&] {
        if (::geteuid() == 0 && ::seteuid(65534) != 0) return 9;
        const auto budget = Open(path);
        if (budget || budget.error().kind != ErrorKind::kUnavailable) return 1;
        return budget.error().message.find("must be allowed to write") == std::string::npos ? 2 : 0;
      }));
}

int WithFilesNoLongerThan(rlim_t bytes, const std::function<int()>& then) {
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{bytes, bytes};
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 9;
  return then();
}

TEST_F(FileRefusals, ThereIsNoRoomToMakeIt) {
  EXPECT_EQ(0, ExitOf([&] {
              return WithFilesNoLongerThan(10'000, [&] {
                const auto budget = Open(dir_.File("budget"));
                if (budget || budget.error().kind != ErrorKind::kUnavailable) return 1;
                return budget.error().message.find("make room") == std::string::npos ? 2 : 0;
              });
            }));
  EXPECT_FALSE(std::filesystem::exists(dir_.File("budget"))) << "nothing half-made is left";
}

TEST_F(FileRefusals, WhatCannotBeWrittenDownIsNotLetThrough) {
  const std::string path = dir_.File("budget");
  EXPECT_EQ(0, ExitOf([&] {
              auto budget = Open(path);
              if (!budget) return 1;
              auto first = (*budget)->Enter(TimePoint::max());
              if (!first) return 2;
              return WithFilesNoLongerThan(4'096, [&] {  // commits can be written, records cannot
                const auto refused = (*budget)->Enter(TimePoint::max());
                if (refused || refused.error().kind != ErrorKind::kUnavailable) return 3;
                first->Settle({});
                return refused.error().message.find("make room") == std::string::npos ? 4 : 0;
              });
            }));
  EXPECT_TRUE(Open(path)) << "it is in order all the same";
}

TEST_F(FileRefusals, AForkMayNotUseItsParents) {
  const auto budget = Open(dir_.File("budget"));
  ASSERT_TRUE(budget);
  EXPECT_EQ(0, ExitOf([&] {
              const auto pass = (*budget)->Enter(TimePoint::max());
              if (pass || pass.error().kind != ErrorKind::kInvalidArgument) return 1;
              return pass.error().message.find("open it in each process") == std::string::npos ? 2
                                                                                               : 0;
            }));
  EXPECT_TRUE((*budget)->Enter(TimePoint::max())) << "the parent still may";
}

TEST_F(FileRefusals, AStrategyThatRemembersTooMuch) {
  constexpr Quota kHuge{1'100'000, milliseconds(1)};
  const auto budget = OpenFileBudget(
      {.path = dir_.File("budget"),
       .terms = MakeTerms("log", {kHuge}, [=] { return MakeSlidingLog(kHuge, Stamp::kAtSend); })},
      clock_, sleeper_);
  ASSERT_FALSE(budget);
  EXPECT_EQ(budget.error().kind, ErrorKind::kInvalidArgument);
}

}  // namespace
}  // namespace kondor::limiter
