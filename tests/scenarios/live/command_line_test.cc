// What may be typed, and where a run may go at all.
#include <gtest/gtest.h>

#include <cstdlib>

#include "scenarios/live/options.h"

namespace kondor::live {
namespace {

Parsed Typed(std::vector<const char*> words) {
  words.insert(words.begin(), "kondor-check");
  return ParseOptions(static_cast<int>(words.size()), words.data());
}

TEST(CommandLine, HasDefaultsThatHarmNobody) {
  const Parsed parsed = Typed({"--live", "kondado"});
  ASSERT_FALSE(parsed.exit);
  EXPECT_EQ(parsed.options.run.plan.budget, 40);
  EXPECT_EQ(parsed.options.run.plan.refusals, 0);
  EXPECT_EQ(parsed.options.run.plan.writes, PlanOptions::Writes::kNo);
  EXPECT_FALSE(parsed.options.yes);
  EXPECT_EQ(parsed.options.run.drift_file, "kondor-drift.json");
}

TEST(CommandLine, RefusesWhatItDoesNotUnderstandInOneLine) {
  for (const std::vector<const char*>& words : std::vector<std::vector<const char*>>{
           {"--live"},
           {"--live", "stripe"},
           {"--live", "kondado", "--budget", "0"},
           {"--live", "kondado", "--budget", "many"},
           {"--live", "kondado", "--provoke-refusals", "-1"},
           {"--live", "kondado", "--rule", "K99"},
           {"--live", "kondado", "--rule", "Q7"},
           {"--live", "qondor", "--rule", "OUR1"},
           {"--live", "kondado", "--pipeline", "../tokens"},
           {"--live", "kondado", "--pipeline", "abc"},
           {"--live", "kondado", "--drift-file", ""},
           {"--live", "kondado", "--drift-file=", "--rule", "K5"},
           {"--live", "kondado", "--target", "http://127.0.0.1:1"},
           {"--live", "kondado", "--unheard-of"}}) {
    const Parsed parsed = Typed(words);
    ASSERT_TRUE(parsed.exit) << words.back();
    EXPECT_EQ(parsed.exit->code, 2) << words.back();
    EXPECT_EQ(parsed.exit->error.find('\n'), std::string::npos) << parsed.exit->error;
  }
}

class ReachTest : public testing::Test {
 protected:
  void SetUp() override {
    Clear();
    setenv("KONDADO_KEY", "0-key", 1);
    setenv("KONDADO_TOKEN", "0token", 1);
    setenv("QONDOR_SUBSCRIPTION_KEY", "0key", 1);
  }
  // The next test in this process is to find nothing of it.
  void TearDown() override { Clear(); }

 private:
  static void Clear() {
    for (const char* name :
         {"KONDADO_KEY", "KONDADO_TOKEN", "QONDOR_SUBSCRIPTION_KEY", "KONDADO_BASE_URL",
          "QONDOR_BASE_URL", "KONDADO_VIA_TOKEN", "KONDADO_VIA_BASE_URL",
          "KONDADO_WEBHOOK_BASE_URL", "KONDADO_SECOND_KEY", "KONDADO_SECOND_TOKEN"}) {
      unsetenv(name);
    }
  }
};

TEST_F(ReachTest, IsThisMachineForEveryTest) {
  for (const Vendor vendor : {Vendor::kKondado, Vendor::kQondor}) {
    const auto target = TargetFromEnvironment(vendor);  // the vendor's own address
    ASSERT_FALSE(target);
    EXPECT_NE(target.error().message.find(kLoopbackOnly), std::string::npos);
  }
  for (const char* url : {"https://k2.kondado.com.br", "http://127.0.0.1.example.com/k2",
                          "http://192.0.2.1/k2", "http://localhost.example.com/k2"}) {
    setenv("KONDADO_BASE_URL", url, 1);
    EXPECT_FALSE(TargetFromEnvironment(Vendor::kKondado)) << url;
  }
  for (const char* url :
       {"http://127.0.0.1:7070/k2", "http://localhost:7070/k2", "http://[::1]:7070/k2"}) {
    setenv("KONDADO_BASE_URL", url, 1);
    EXPECT_TRUE(TargetFromEnvironment(Vendor::kKondado)) << url;
  }
  // A neighbour that is the vendor's own is outside, too.
  setenv("KONDADO_VIA_TOKEN", "0via", 1);
  setenv("KONDADO_VIA_BASE_URL", "https://hub.kondado.io", 1);
  EXPECT_FALSE(TargetFromEnvironment(Vendor::kKondado));
}

TEST_F(ReachTest, NeedsCredentials) {
  setenv("KONDADO_BASE_URL", "http://127.0.0.1:7070/k2", 1);
  unsetenv("KONDADO_TOKEN");
  const auto target = TargetFromEnvironment(Vendor::kKondado);
  ASSERT_FALSE(target);
  EXPECT_NE(target.error().message.find("KONDADO_TOKEN"), std::string::npos);
  setenv("KONDADO_TOKEN", "0token", 1);
  setenv("KONDADO_SECOND_KEY", "0-key", 1);
  EXPECT_FALSE(TargetFromEnvironment(Vendor::kKondado));
}

}  // namespace
}  // namespace kondor::live
