// Credentials from a file: which files are taken, which lines, and that errors say where and how to
// mend it but never what stands there.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "client/credentials/access.h"

namespace kondor::client {
namespace {

namespace fs = std::filesystem;

class FromFile : public testing::Test {
 protected:
  FromFile() {
    std::string pattern = (fs::temp_directory_path() / "kondor-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~FromFile() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string Write(const std::string& text, mode_t mode = 0600) const {
    std::string path = folder_ / "credentials";
    std::ofstream(path, std::ios::binary) << text;
    chmod(path.c_str(), mode);
    return path;
  }
  // The one line of the error.
  static std::string Refusal(const std::string& path, ErrorKind kind) {
    const auto access = AccessFromFile(path);
    if (access) return "it was taken";
    EXPECT_EQ(access.error().kind, kind) << access.error().message;
    EXPECT_EQ(access.error().message.find('\n'), std::string::npos) << access.error().message;
    return access.error().message;
  }
  void ExpectRefused(const std::string& text, const std::string& says) const {
    const std::string why = Refusal(Write(text), ErrorKind::kInvalidArgument);
    EXPECT_NE(why.find(says), std::string::npos) << why;
    EXPECT_EQ(why.find("sesame"), std::string::npos) << why;
  }

  fs::path folder_;
};

TEST_F(FromFile, TakesNamesCommentsAndBlankLines) {
  const auto access = AccessFromFile(
      Write("# of the demo account\n\nKONDADO_KEY=k-1\nKONDADO_TOKEN=sesame=\n  \n"
            "QONDOR_SUBSCRIPTION_KEY=p\nQONDOR_SECONDARY_KEY=s\nKONDADO_VIA_TOKEN=v\n"
            "KONDADO_BASE_URL=http://127.0.0.1:1/k2\nQONDOR_BASE_URL=http://127.0.0.1:1/q"));
  ASSERT_TRUE(access) << access.error().message;
  EXPECT_EQ(access->kondado.key, "k-1");
  EXPECT_EQ(access->kondado.token, "sesame=");
  EXPECT_EQ(access->qondor.primary_key, "p");
  EXPECT_EQ(access->qondor.secondary_key, "s");
  EXPECT_EQ(access->via_kondado_token, "v");
  EXPECT_EQ(access->kondado_base_url, "http://127.0.0.1:1/k2");
  EXPECT_EQ(access->qondor_base_url, "http://127.0.0.1:1/q");
}

TEST_F(FromFile, AnEmptyFileSaysNothing) {
  const auto access = AccessFromFile(Write(""));
  ASSERT_TRUE(access);
  EXPECT_EQ(access->kondado.token, "");
}

TEST_F(FromFile, AWrongLineIsNamedButNotShown) {
  ExpectRefused("KONDADO_KEY=k\nsesame\n", "line 2: has no '='");
  ExpectRefused("\n# c\nsesame=\n", "line 3: has an unknown name; allowed: KONDADO_KEY, ");
  ExpectRefused("export KONDADO_TOKEN=sesame\n", "line 1: has an unknown name");
  ExpectRefused(" KONDADO_TOKEN=sesame\n", "line 1: has an unknown name");
  ExpectRefused("kondado_token=sesame\n", "line 1: has an unknown name");
  ExpectRefused("\xef\xbb\xbfKONDADO_TOKEN=sesame\n", "line 1: has an unknown name");
  ExpectRefused("KONDADO_TOKEN=\n", "line 1: KONDADO_TOKEN has no value");
  ExpectRefused("KONDADO_TOKEN=\"sesame\"\n", "line 1: KONDADO_TOKEN is quoted");
  ExpectRefused("KONDADO_TOKEN='sesame'\n", "line 1: KONDADO_TOKEN is quoted");
  ExpectRefused("KONDADO_TOKEN=sesame\nKONDADO_TOKEN=sesame\n", "line 2: KONDADO_TOKEN is there");
}

TEST_F(FromFile, WhatCannotBeACredentialIsRefused) {
  for (const std::string& value :
       {std::string("sesame open"), std::string("sesame "), std::string(" sesame"),
        std::string("sesame\r"), std::string("sesame\0x", 8), std::string("\x1b[1msesame")}) {
    ExpectRefused("KONDADO_TOKEN=" + value + "\n", "line 1: KONDADO_TOKEN holds a blank");
  }
}

TEST_F(FromFile, AFileThatOthersMayReadOrWriteIsRefusedWithTheMend) {
  for (const mode_t mode : {0640U, 0620U, 0604U, 0602U, 0644U, 0666U}) {
    const std::string path = Write("KONDADO_KEY=k\n", mode);
    const std::string why = Refusal(path, ErrorKind::kInvalidArgument);
    EXPECT_NE(why.find("chmod 600 " + path), std::string::npos) << why;
  }
  EXPECT_TRUE(AccessFromFile(Write("KONDADO_KEY=k\n", 0400)));
}

TEST_F(FromFile, ALinkIsAsGoodAsWhatItLeadsTo) {
  const std::string link = folder_ / "link";
  fs::create_symlink(Write("KONDADO_KEY=k\n"), link);
  EXPECT_TRUE(AccessFromFile(link));
  Write("KONDADO_KEY=k\n", 0644);
  EXPECT_NE(Refusal(link, ErrorKind::kInvalidArgument).find("chmod 600"), std::string::npos);
}

TEST_F(FromFile, AFileOfSomebodyElseIsRefused) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  const std::string path = Write("KONDADO_KEY=k\n");
  ASSERT_EQ(chown(path.c_str(), 12345, 12345), 0);
  const std::string why = Refusal(path, ErrorKind::kInvalidArgument);
  EXPECT_NE(why.find("another user"), std::string::npos) << why;
}

TEST_F(FromFile, WhatIsNoFileIsRefusedAndNeverWaitedFor) {
  const std::string pipe = folder_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_NE(Refusal(pipe, ErrorKind::kInvalidArgument).find("no regular file"), std::string::npos);
  EXPECT_NE(Refusal(folder_, ErrorKind::kInvalidArgument).find("no regular file"),
            std::string::npos);
  EXPECT_NE(Refusal("/dev/null", ErrorKind::kInvalidArgument).find("no regular file"),
            std::string::npos);
  EXPECT_NE(Refusal(folder_ / "none", ErrorKind::kUnavailable).find("No such file"),
            std::string::npos);
}

TEST_F(FromFile, AnEndlessFileIsNotRead) {
  EXPECT_NE(Refusal(Write(std::string(65 * 1024, '#')), ErrorKind::kInvalidArgument).find("64 KiB"),
            std::string::npos);
  EXPECT_TRUE(AccessFromFile(Write(std::string(64 * 1024, '#'))));
}

}  // namespace
}  // namespace kondor::client
