#include "mock_server/kondado/account.h"

#include <gtest/gtest.h>

#include <atomic>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "tests/mock_server/new_year.h"

namespace kondor::kondado {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

class AccountTest : public testing::Test {
 protected:
  PipelineStatus StatusAt(std::int64_t id, TimePoint now) const {
    return account_.FindPipeline(id, now).value().status;
  }
  Account account_{DefaultSeed(), kNewYear};
};

// --- runs: 2040 waits 2 s and works 5 s
TEST_F(AccountTest, ARunWaitsWorksAndEndsExactlyOnTime) {  // K7, K10
  EXPECT_EQ(StatusAt(2040, kNewYear), PipelineStatus::kActive);
  ASSERT_EQ(account_.RunPipeline(2040, kNewYear), RunResult::kQueued);
  EXPECT_EQ(StatusAt(2040, kNewYear), PipelineStatus::kScheduled);
  EXPECT_EQ(StatusAt(2040, kNewYear + seconds(2) - microseconds(1)), PipelineStatus::kScheduled);
  EXPECT_EQ(StatusAt(2040, kNewYear + seconds(2)), PipelineStatus::kRunning);
  EXPECT_EQ(StatusAt(2040, kNewYear + seconds(7) - microseconds(1)), PipelineStatus::kRunning);
  EXPECT_EQ(StatusAt(2040, kNewYear + seconds(7)), PipelineStatus::kActive);
  EXPECT_EQ(StatusAt(2040, kNewYear + std::chrono::hours(9)), PipelineStatus::kActive);
}

TEST_F(AccountTest, ARunStandsInTheListToo) {
  account_.RunPipeline(2040, kNewYear);
  EXPECT_EQ(account_.Pipelines(kNewYear + seconds(2)).front().status, PipelineStatus::kRunning);
}

TEST_F(AccountTest, APipelineAtWorkIsBusyAndAFinishedOneRunsAgain) {
  ASSERT_EQ(account_.RunPipeline(2040, kNewYear), RunResult::kQueued);
  EXPECT_EQ(account_.RunPipeline(2040, kNewYear), RunResult::kBusy);
  EXPECT_EQ(account_.RunPipeline(2040, kNewYear + seconds(7) - microseconds(1)), RunResult::kBusy);
  EXPECT_EQ(account_.RunPipeline(2040, kNewYear + seconds(7)), RunResult::kQueued);
  EXPECT_EQ(StatusAt(2040, kNewYear + seconds(8)), PipelineStatus::kScheduled)
      << "the second run counts from its own start";
  EXPECT_EQ(StatusAt(2040, kNewYear + seconds(14)), PipelineStatus::kActive);
}

TEST_F(AccountTest, ARunThatTakesNoTimeIsOverAtOnce) {
  Pipeline quick;
  quick.id = 1;
  quick.queue = quick.run = Duration(0);
  account_.PutPipeline(quick);
  EXPECT_EQ(account_.RunPipeline(1, kNewYear), RunResult::kQueued);
  EXPECT_EQ(StatusAt(1, kNewYear), PipelineStatus::kActive);
  EXPECT_EQ(account_.RunPipeline(1, kNewYear), RunResult::kQueued);
}

TEST_F(AccountTest, EachStatusDecidesWhetherARunMayStart) {  // KO7
  EXPECT_EQ(account_.RunPipeline(2040, kNewYear), RunResult::kQueued);
  EXPECT_EQ(account_.RunPipeline(2041, kNewYear), RunResult::kBusy);
  EXPECT_EQ(account_.RunPipeline(2042, kNewYear), RunResult::kBusy);
  EXPECT_EQ(account_.RunPipeline(2043, kNewYear), RunResult::kDisabled);
  EXPECT_EQ(account_.RunPipeline(2044, kNewYear), RunResult::kBusy);
  EXPECT_EQ(account_.RunPipeline(2045, kNewYear), RunResult::kQueued);
  EXPECT_EQ(account_.RunPipeline(2046, kNewYear), RunResult::kQueued);
  EXPECT_EQ(account_.RunPipeline(2047, kNewYear), RunResult::kBlocked);
  EXPECT_EQ(account_.RunPipeline(9999, kNewYear), RunResult::kUnknown);
  EXPECT_EQ(account_.RunPipeline(0, kNewYear), RunResult::kUnknown);
}

TEST_F(AccountTest, ARefusedRunChangesNothing) {
  for (const std::int64_t id : {2041, 2042, 2043, 2044, 2047}) {
    const PipelineStatus before = StatusAt(id, kNewYear);
    account_.RunPipeline(id, kNewYear);
    EXPECT_EQ(StatusAt(id, kNewYear + seconds(3)), before) << id;
  }
  EXPECT_TRUE(account_.FindPipeline(2047, kNewYear)->raw_msg);
}

TEST_F(AccountTest, ANewRunDropsTheMessageOfTheFailedOne) {
  ASSERT_TRUE(account_.FindPipeline(2045, kNewYear)->raw_msg);
  account_.RunPipeline(2045, kNewYear);
  EXPECT_FALSE(account_.FindPipeline(2045, kNewYear)->raw_msg);
  EXPECT_EQ(StatusAt(2045, kNewYear + seconds(7)), PipelineStatus::kActive);
}

// --- credentials
TEST_F(AccountTest, ATokenMayWhatItsUserMay) {  // K3
  const NewToken& full = account_.created()[0];
  const NewToken& reader = account_.created()[1];
  const Caller may_all = account_.CheckUser(full.token.key, full.secret);
  EXPECT_EQ(may_all.check, TokenCheck::kGood);
  EXPECT_TRUE(may_all.permissions.Has(Permission::kRunPipelines));
  const Caller may_read = account_.CheckUser(reader.token.key, reader.secret);
  EXPECT_EQ(may_read.check, TokenCheck::kGood);
  EXPECT_TRUE(may_read.permissions.Has(Permission::kReadPipelines));
  EXPECT_FALSE(may_read.permissions.Has(Permission::kRunPipelines));
  EXPECT_NE(may_all.serial, may_read.serial);
}

TEST_F(AccountTest, AStrangerMayNothing) {
  const NewToken& full = account_.created()[0];
  for (const Caller& caller :
       {account_.CheckUser(full.token.key, "wrong"), account_.CheckUser("", full.secret),
        account_.CheckViaKondado(full.secret),
        account_.CheckUser(account_.created()[2].token.key, account_.created()[2].secret)}) {
    EXPECT_EQ(caller.check, TokenCheck::kUnknown);
    EXPECT_TRUE(caller.permissions.Texts().empty());
  }
}

TEST_F(AccountTest, CreatesTokensThatWorkAtOnce) {  // T2, T3
  const NewToken made = account_.CreateToken({.description = "d", .user_id = 2}, kNewYear);
  EXPECT_EQ(account_.CheckUser(made.token.key, made.secret).check, TokenCheck::kGood);
  EXPECT_EQ(account_.Tokens().size(), 4U);
  EXPECT_EQ(account_.FindToken(made.token.key)->description, "d");
  EXPECT_FALSE(account_.FindToken("nobody"));
  account_.SetTokenActive(made.token.key, false);
  EXPECT_EQ(account_.CheckUser(made.token.key, made.secret).check, TokenCheck::kInactive);
  EXPECT_FALSE(account_.SetTokenActive("nobody", true));
}

TEST_F(AccountTest, KnowsItsUsers) {
  EXPECT_TRUE(account_.HasUser(1));
  EXPECT_TRUE(account_.HasUser(2));
  EXPECT_FALSE(account_.HasUser(3));
  EXPECT_EQ(account_.Users().size(), 2U);
}

TEST_F(AccountTest, ForgetsSecretsButNotTokens) {
  const NewToken full = account_.created()[0];
  account_.ForgetSecrets();
  EXPECT_TRUE(account_.created().empty());
  EXPECT_EQ(account_.CheckUser(full.token.key, full.secret).check, TokenCheck::kGood);
}

TEST(Accounts, OfOneSeedHaveCredentialsOfTheirOwn) {
  const Account one(DefaultSeed(), kNewYear), two(DefaultSeed(), kNewYear);
  const NewToken& token = one.created()[0];
  EXPECT_EQ(two.CheckUser(token.token.key, token.secret).check, TokenCheck::kUnknown);
}

// --- reset
TEST_F(AccountTest, ResetBringsTheSameCredentialsBack) {
  const NewToken full = account_.created()[0], via = account_.created()[2];
  account_.SetTokenActive(full.token.key, false);
  const std::optional<NewToken> changed = account_.ChangeTokenSecret(via.token.key);
  const NewToken later = account_.CreateToken({.description = "", .user_id = 1}, kNewYear);
  account_.Reset();
  EXPECT_EQ(account_.CheckUser(full.token.key, full.secret).check, TokenCheck::kGood);
  EXPECT_EQ(account_.CheckViaKondado(via.secret).check, TokenCheck::kGood);
  EXPECT_EQ(account_.CheckViaKondado(changed->secret).check, TokenCheck::kUnknown);
  EXPECT_EQ(account_.CheckUser(later.token.key, later.secret).check, TokenCheck::kUnknown);
  EXPECT_EQ(account_.Tokens().size(), 3U);
}

TEST_F(AccountTest, ResetBringsTheSeedsStateBack) {
  account_.RunPipeline(2040, kNewYear);
  account_.RunPipeline(2045, kNewYear);
  account_.PutPipeline({.id = 1});
  account_.PutModel({.id = 162, .status = ModelStatus::kNotActive});
  account_.CreateGuest({.parent_collection_id = 76, .direction = "src"});
  account_.Reset();
  EXPECT_EQ(StatusAt(2040, kNewYear), PipelineStatus::kActive);
  EXPECT_TRUE(account_.FindPipeline(2045, kNewYear)->raw_msg);
  EXPECT_FALSE(account_.FindPipeline(1, kNewYear));
  EXPECT_EQ(account_.FindModel(162)->status, ModelStatus::kActive);
  EXPECT_EQ(account_.guests(), 0);
}

// --- pipelines, models, guests
TEST_F(AccountTest, PutsAddAndReplaceInTheOrderOfIds) {
  account_.PutPipeline({.id = 3000, .name = "last"});
  account_.PutPipeline({.id = 1, .name = "first"});
  account_.PutPipeline({.id = 2040, .name = "replaced"});
  const std::vector<Pipeline> pipelines = account_.Pipelines(kNewYear);
  ASSERT_EQ(pipelines.size(), 10U);
  EXPECT_EQ(pipelines.front().name, "first");
  EXPECT_EQ(pipelines[1].name, "replaced");
  EXPECT_EQ(pipelines.back().name, "last");
  account_.PutModel({.id = 7});
  EXPECT_EQ(account_.Models().front().id, 7);
  EXPECT_EQ(account_.Models().size(), 5U);
  EXPECT_FALSE(account_.FindModel(2040)) << "models and pipelines have ids of their own";
}

TEST(Account, FindsPipelinesWhateverTheSeedsOrder) {
  Seed seed;
  seed.pipelines = {{.id = 9}, {.id = 3}, {.id = 5}};
  Account account(std::make_shared<const Seed>(seed), kNewYear);
  for (const std::int64_t id : {3, 5, 9}) EXPECT_TRUE(account.FindPipeline(id, kNewYear)) << id;
  EXPECT_FALSE(account.FindPipeline(4, kNewYear));
}

TEST_F(AccountTest, InvitesGuestsOnlyWhereTheCollectionIs) {  // K15
  const auto link = [&](std::int64_t id, std::string direction) {
    return account_.CreateGuest({.parent_collection_id = id, .direction = std::move(direction)});
  };
  const std::regex shape("/guests/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  EXPECT_TRUE(std::regex_match(link(76, "src").value(), shape));
  EXPECT_TRUE(link(20, "dest"));
  EXPECT_FALSE(link(76, "dest"));
  EXPECT_FALSE(link(20, "src"));
  EXPECT_FALSE(link(1, "src"));
  EXPECT_NE(link(92, "src"), link(92, "src"));
  EXPECT_EQ(account_.guests(), 4);
}

TEST_F(AccountTest, LetsOneOfManyThreadsRunAPipeline) {
  std::atomic<int> queued = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 100; ++j) {
          if (account_.RunPipeline(2040, kNewYear) == RunResult::kQueued) ++queued;
          account_.FindPipeline(2040, kNewYear);
          account_.CreateToken({.description = "", .user_id = 1}, kNewYear);
        }
      });
    }
  }
  EXPECT_EQ(queued, 1);
  EXPECT_EQ(account_.Tokens().size(), 403U);
}

}  // namespace
}  // namespace kondor::kondado
