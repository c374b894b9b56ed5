// Where kondor-bench strategies writes: refused before the run if it cannot be, and what was there
// stays until all of the new is.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/process/process.h"

namespace kondor::bench {
namespace {

namespace fs = std::filesystem;

class BenchOutput : public testing::Test {
 protected:
  BenchOutput() {
    std::string pattern = (fs::temp_directory_path() / "kondor-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~BenchOutput() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string File(const std::string& name) const { return (folder_ / name).string(); }
  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return File(name);
  }
  static std::string Read(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  std::ptrdiff_t Files() const { return std::distance(fs::directory_iterator(folder_), {}); }

  // The quickest run there is, and these flags.
  static std::vector<std::string> Run(const std::vector<std::string>& flags) {
    std::vector<std::string> words = {"strategies", "--strategy", "pace_3.2", "--scenario",
                                      "saturated"};
    words.insert(words.end(), flags.begin(), flags.end());
    return words;
  }
  static void ExpectRefused(const std::vector<std::string>& flags, int code,
                            const std::string& says) {
    Process bench(KONDOR_BENCH_PATH, Run(flags), {});
    EXPECT_EQ(bench.ExitCode(), code) << says;
    EXPECT_EQ(bench.out(), "") << "it was said before the run";
    EXPECT_NE(bench.err().find(says), std::string::npos) << bench.err();
    EXPECT_EQ(bench.err().find('\n'), bench.err().size() - 1) << bench.err();
  }

  fs::path folder_;
};

TEST_F(BenchOutput, BothFilesAreWritten) {
  const std::string json = Write("r.json", "of the last run"), html = File("r.html");
  ASSERT_EQ(chmod(json.c_str(), 0640), 0);
  Process bench(KONDOR_BENCH_PATH, Run({"--json", json, "--html", html}), {});
  EXPECT_EQ(bench.ExitCode(), 0) << bench.err();
  EXPECT_EQ(Read(json).find("{"), 0U);
  EXPECT_NE(Read(html).find("<html"), std::string::npos);
  EXPECT_EQ(Files(), 2) << "nothing is left beside them";
  struct stat about {};
  ASSERT_EQ(stat(json.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0640U) << "who may read it stays";
}

TEST_F(BenchOutput, BothInOneFileIsAUsageError) {
  const std::string file = File("r");
  ExpectRefused({"--json", file, "--html", file}, 2, "name two");
  ExpectRefused({"--json", file, "--html", (folder_ / "." / "r").string()}, 2, "name two");
  const std::string there = Write("there", "x");
  fs::create_hard_link(there, File("other"));
  fs::create_symlink(there, File("link"));
  ExpectRefused({"--json", there, "--html", File("other")}, 2, "name two");
  ExpectRefused({"--json", there, "--html", File("link")}, 2, "name two");
  EXPECT_EQ(Read(there), "x");
}

TEST_F(BenchOutput, NoNameIsAUsageError) {
  ExpectRefused({"--json", ""}, 2, "--json");
  ExpectRefused({"--html", ""}, 2, "--html");
  ExpectRefused({"--json=", "--html", File("r.html")}, 2, "--json is empty");
  ExpectRefused({"--json", "-"}, 2, "/dev/stdout");
  ExpectRefused({"--html", "-"}, 2, "/dev/stdout");
}

TEST_F(BenchOutput, ASeedIsAWholeNumberOf64Bits) {
  for (const char* seed : {"18446744073709551616", "-1", "abc", "1.5", "1e3", "0x10"}) {
    ExpectRefused({"--seed", seed}, 2, "from 0 to 18446744073709551615");
  }
  Process bench(KONDOR_BENCH_PATH, Run({"--seed", "18446744073709551615"}), {});
  EXPECT_EQ(bench.ExitCode(), 0) << bench.err();
}

TEST_F(BenchOutput, AClosedStdoutIsToldOf) {
  for (const char* words : {"strategies --strategy pace_3.2 --scenario saturated", "--help"}) {
    Process bench("/bin/sh", {"-c", std::string(KONDOR_BENCH_PATH) + " " + words + " >&-"}, {});
    EXPECT_EQ(bench.ExitCode(), 1) << words;
    EXPECT_NE(bench.err().find("stdout cannot be written to"), std::string::npos) << bench.err();
  }
}

TEST_F(BenchOutput, WhatCannotBeWrittenIsSaidBeforeTheRun) {
  ExpectRefused({"--json", File("missing/r")}, 1, File("missing/r"));
  ExpectRefused({"--html", folder_.string()}, 1, "name a file");
  const std::string good = Write("good", "of the last run");
  ExpectRefused({"--json", good, "--html", File("missing/r")}, 1, File("missing/r"));
  EXPECT_EQ(Read(good), "of the last run");
  EXPECT_EQ(Files(), 1);
}

TEST_F(BenchOutput, AFullDiskIsToldOf) {
  Process bench(KONDOR_BENCH_PATH, Run({"--json", "/dev/full"}), {});
  EXPECT_EQ(bench.ExitCode(), 1);
  EXPECT_NE(bench.err().find("/dev/full"), std::string::npos) << bench.err();
}

TEST_F(BenchOutput, ALinkIsFollowedAndStays) {
  const std::string file = Write("r.json", "of the last run");
  fs::create_symlink("r.json", File("latest"));
  Process bench(KONDOR_BENCH_PATH, Run({"--json", File("latest")}), {});
  EXPECT_EQ(bench.ExitCode(), 0) << bench.err();
  EXPECT_TRUE(fs::is_symlink(File("latest")));
  EXPECT_EQ(Read(file).find("{"), 0U);
}

TEST_F(BenchOutput, WhatWasThereSurvivesARunThatIsInterrupted) {
  const std::string json = Write("r.json", "of the last run");
  Process bench(KONDOR_BENCH_PATH, {"strategies", "--json", json, "--html", File("r.html")},
                {.err = Stderr::kTerminal});
  ASSERT_TRUE(bench.SaysOnErr(" % of")) << bench.err();
  bench.Signal(SIGINT);
  EXPECT_EQ(bench.ExitCode(), std::nullopt);
  EXPECT_EQ(Read(json), "of the last run");
  EXPECT_EQ(Files(), 1) << "and nothing is left beside it";
}

}  // namespace
}  // namespace kondor::bench
