#include "mock_server/sandbox/sandbox.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mock_server/sandbox/time_text.h"
#include "tests/mock_server/new_year.h"

namespace kondor {
namespace {

using std::chrono::seconds;

const ledger::IpIdentity kIp{ledger::IpIdentity::Family::kV4, 1};

class SandboxTest : public testing::Test {
 protected:
  std::shared_ptr<Sandbox> Make(SandboxClock::Change clock = {}, Settings settings = {}) {
    SandboxConfig config;
    config.name = "one";
    config.clock = clock;
    config.settings = settings;
    config.kondado_seed = kondado::WithDemoCredentials(*kondado::DefaultSeed());
    config.qondor_seed = qondor::WithDemoKeys(*qondor::DefaultSeed());
    return Sandbox::Create(std::move(config), machine_).value();
  }

  static bool Admits(Sandbox& sandbox) {
    return sandbox.regime()->books->Decide(sandbox.clock().Now(), kIp, {}).admitted();
  }

  ManualClock machine_{kNewYear};
};

TEST_F(SandboxTest, StartsAsItsConfigSays) {
  Settings settings;
  settings.kondado.plan = Plan::kEnterprise;
  settings.kondado.limits.per_second = 7;
  const auto sandbox = Make({.mode = ClockMode::kManual, .now = FromUnixMicros(0)}, settings);
  EXPECT_EQ(sandbox->name(), "one");
  EXPECT_EQ(sandbox->clock().Now(), FromUnixMicros(0));
  EXPECT_EQ(sandbox->regime()->settings, settings);
  EXPECT_EQ(sandbox->regime()->books->reading(), settings.kondado.limits);
  EXPECT_TRUE(sandbox->journal().Read().entries.empty());
  EXPECT_EQ(sandbox->kondado().Tokens().front().created_at, FromUnixMicros(0));
}

TEST_F(SandboxTest, RefusesAClockThatCannotBeHad) {
  for (const SandboxClock::Change& change :
       {SandboxClock::Change{.now = kTimeMax + seconds(1)},
        SandboxClock::Change{.mode = ClockMode::kManual, .speed = 2},
        SandboxClock::Change{.speed = 0}}) {
    SandboxConfig config;
    config.clock = change;
    config.kondado_seed = kondado::DefaultSeed();
    config.qondor_seed = qondor::DefaultSeed();
    EXPECT_FALSE(Sandbox::Create(std::move(config), machine_));
  }
}

TEST_F(SandboxTest, SharesNothingWithAnother) {
  const auto one = Make(), two = Make();
  EXPECT_TRUE(Admits(*one));
  EXPECT_TRUE(Admits(*two)) << "one's calls are not two's";
  one->journal().Append({});
  EXPECT_TRUE(two->journal().Read().entries.empty());
  ASSERT_TRUE(one->Patch({{"kondado.plan", "essentials"}}));
  EXPECT_EQ(two->regime()->settings, Settings{});
  ASSERT_TRUE(one->clock().Advance(seconds(9)));
  EXPECT_EQ(two->clock().Now(), kNewYear);
  one->kondado().RunPipeline(2040, kNewYear);
  EXPECT_EQ(two->kondado().FindPipeline(2040, kNewYear)->status, kondado::PipelineStatus::kActive);
}

TEST_F(SandboxTest, PatchIsAllOrNothing) {
  const auto sandbox = Make();
  const auto before = sandbox->regime();
  const Result<Settings> patched = sandbox->Patch(
      {{"kondado.plan", "enterprise"}, {"kondado.window", "gcra"}, {"kondado.per_minute", "-1"}});
  ASSERT_FALSE(patched);
  EXPECT_NE(patched.error().message.find("kondado.per_minute"), std::string::npos);
  EXPECT_EQ(sandbox->regime(), before);
}

TEST_F(SandboxTest, PatchAppliesEveryChangeInOrder) {
  const auto sandbox = Make();
  const Result<Settings> patched = sandbox->Patch(
      {{"kondado.plan", "enterprise"}, {"kondado.per_minute", "5"}, {"kondado.per_minute", "6"}});
  ASSERT_TRUE(patched);
  EXPECT_EQ(patched->kondado.plan, Plan::kEnterprise);
  EXPECT_EQ(patched->kondado.limits.per_minute, 6U);
  EXPECT_EQ(sandbox->regime()->settings, *patched);
}

TEST_F(SandboxTest, ChangingHowCallsCountOpensNewBooks) {
  for (const std::pair<std::string, std::string>& change :
       {std::pair<std::string, std::string>{"kondado.window", "fixed_from_first"},
        {"kondado.lockout", "from_breach"},
        {"kondado.refused_count", "yes"},
        {"kondado.scope", "pair"},
        {"kondado.charge", "in_order"},
        {"kondado.per_second", "2"},
        {"kondado.per_minute", "21"}}) {
    const auto sandbox = Make();
    ASSERT_TRUE(Admits(*sandbox));
    ASSERT_FALSE(Admits(*sandbox));
    ASSERT_TRUE(sandbox->Patch({change}));
    EXPECT_TRUE(Admits(*sandbox)) << change.first;
    EXPECT_EQ(sandbox->regime()->books->reading(), sandbox->regime()->settings.kondado.limits);
  }
}

TEST_F(SandboxTest, AnyOtherChangeKeepsTheBooks) {
  const auto sandbox = Make();
  ASSERT_TRUE(Admits(*sandbox));
  const auto books = sandbox->regime()->books;
  for (const std::pair<std::string, std::string>& change :
       {std::pair<std::string, std::string>{"kondado.count_unauthenticated", "no"},
        {"kondado.auth_error", "401_envelope"},
        {"kondado.failure_status", "4xx"},
        {"kondado.error_is_active", "no"},
        {"kondado.hub_error_status", "200"},
        {"kondado.limited_hosts", "all"},
        {"kondado.plan", "essentials"},
        {"kondado.window", "sliding_log"}}) {  // set to what it was
    ASSERT_TRUE(sandbox->Patch({change}));
    EXPECT_EQ(sandbox->regime()->books, books) << change.first;
  }
  ASSERT_TRUE(sandbox->Patch({}));
  EXPECT_EQ(sandbox->regime()->books, books);
  EXPECT_FALSE(Admits(*sandbox));
}

TEST_F(SandboxTest, ACallKeepsTheRegimeItBeganWith) {
  const auto sandbox = Make();
  const auto regime = sandbox->regime();
  ASSERT_TRUE(sandbox->Patch({{"kondado.window", "gcra"}}));
  EXPECT_EQ(regime->settings, Settings{});
  EXPECT_TRUE(regime->books->Decide(kNewYear, kIp, {}).admitted());
}

class SandboxReset : public SandboxTest {
 protected:
  SandboxReset() {
    Settings settings;
    settings.kondado.plan = Plan::kEnterprise;
    sandbox_ = Make({.mode = ClockMode::kManual, .now = kNewYear}, settings);
  }
  kondado::TokenCheck Check(const kondado::NewToken& token) {
    return sandbox_->kondado().CheckUser(token.token.key, token.secret).check;
  }
  std::shared_ptr<Sandbox> sandbox_;
};

TEST_F(SandboxReset, BringsSettingsAndBooksBack) {
  ASSERT_TRUE(Admits(*sandbox_));
  ASSERT_TRUE(sandbox_->Patch({{"kondado.plan", "standard"}, {"kondado.per_second", "0"}}));
  sandbox_->Reset();
  EXPECT_EQ(sandbox_->regime()->settings.kondado.plan, Plan::kEnterprise);
  EXPECT_EQ(sandbox_->regime()->settings.kondado.limits, ledger::Reading{});
  EXPECT_TRUE(Admits(*sandbox_));
  EXPECT_FALSE(Admits(*sandbox_));
}

TEST_F(SandboxReset, BringsTheClockBack) {
  ASSERT_TRUE(sandbox_->clock().Set({.mode = ClockMode::kReal, .now = kNewYear + seconds(500)}));
  sandbox_->Reset();
  EXPECT_EQ(sandbox_->clock().Now(), kNewYear);
  EXPECT_EQ(sandbox_->clock().Read().mode, ClockMode::kManual);
}

TEST_F(SandboxReset, BringsTheSameCredentialsBackAndDropsLaterOnes) {
  const kondado::NewToken seeded = sandbox_->kondado().created().front();
  const kondado::NewToken later =
      sandbox_->kondado().CreateToken({.description = "later", .user_id = 1}, kNewYear);
  sandbox_->kondado().SetTokenActive(seeded.token.key, false);
  ASSERT_EQ(Check(seeded), kondado::TokenCheck::kInactive);
  ASSERT_EQ(Check(later), kondado::TokenCheck::kGood);
  sandbox_->Reset();
  EXPECT_EQ(Check(seeded), kondado::TokenCheck::kGood);
  EXPECT_EQ(Check(later), kondado::TokenCheck::kUnknown);
}

TEST_F(SandboxReset, BringsPipelinesBack) {
  sandbox_->kondado().RunPipeline(2040, kNewYear);
  sandbox_->Reset();
  const auto pipeline = sandbox_->kondado().FindPipeline(2040, kNewYear);
  EXPECT_EQ(pipeline->status, kondado::PipelineStatus::kActive);
  EXPECT_EQ(pipeline->run_requested_at, std::nullopt);
}

TEST_F(SandboxReset, EmptiesTheJournal) {
  sandbox_->journal().Append({});
  sandbox_->Reset();
  EXPECT_TRUE(sandbox_->journal().Read().entries.empty());
  EXPECT_EQ(sandbox_->journal().Append({}), 1U) << "a new life counts anew";
}

}  // namespace
}  // namespace kondor
