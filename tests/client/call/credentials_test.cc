// Calls whose credentials die under way, for both vendors (T5, Q5).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "client/call/caller.h"
#include "client/kondado/dialect.h"
#include "client/qondor/dialect.h"
#include "tests/client/call/fakes.h"

namespace kondor::client {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Key = QondorDialect::Key;

class CredentialsTest : public testing::Test {
 protected:
  CredentialsTest() {
    options_.on_step = [this](const Step& step) {
      if (step.what == Step::What::kOtherCredentials) moves_.push_back(step.text);
    };
  }
  Result<Response> Call(Dialect& dialect, const Request& request = {}) {
    Caller caller(transport_, dialect, budget_, clock_, sleeper_, options_);
    return caller.Call(request, {});
  }
  std::vector<std::string> KeysSent() const {
    std::vector<std::string> keys;
    for (const Request& request : transport_.requests()) {
      keys.push_back(HeaderValue(request, "Ocp-Apim-Subscription-Key"));
    }
    return keys;
  }

  ManualClock clock_{kBegin};
  ManualSleeper sleeper_{clock_};
  FakeTransport transport_;
  FakeBudget budget_;
  CallerOptions options_;
  std::vector<std::string> moves_;
  QondorDialect qondor_{{"primary-1", "secondary-1"}};
  KondadoDialect kondado_{{"key-1", "token-1"}};
};

TEST_F(CredentialsTest, QondorMovesToTheSecondaryOnceAndReportsIt) {
  transport_.Then(Status(401)).Then(Ok("[]")).Then(Ok("[]"));
  ASSERT_TRUE(Call(qondor_, {.method = Method::kPost})) << "a POST too: it was not carried out";
  ASSERT_TRUE(Call(qondor_));
  EXPECT_THAT(KeysSent(), ElementsAre("primary-1", "secondary-1", "secondary-1"));
  ASSERT_EQ(moves_.size(), 1U);
  EXPECT_THAT(moves_[0], HasSubstr("secondary"));
  EXPECT_THAT(moves_[0], Not(HasSubstr("secondary-1")));
  EXPECT_EQ(clock_.Now(), kBegin) << "at once";
  EXPECT_EQ(budget_.settled.size(), 3U) << "each try had its pass";
}

TEST_F(CredentialsTest, QondorWithBothDeadIsAnErrorOfCredentials) {
  transport_.Then(Status(401)).Then(Status(401));
  const auto response = Call(qondor_);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kCredentials);
  EXPECT_THAT(KeysSent(), ElementsAre("primary-1", "secondary-1"));
  EXPECT_EQ(moves_.size(), 1U);
}

TEST_F(CredentialsTest, QondorDoesNotMoveForOtherErrors) {
  for (const int status : {403, 404, 400, 422}) {
    transport_.Then(Status(status));
    EXPECT_FALSE(Call(qondor_));
  }
  EXPECT_EQ(qondor_.in_use(), Key::kPrimary);
}

TEST_F(CredentialsTest, QondorIsToldToMoveBack) {
  transport_.Then(Status(401)).Then(Ok("[]")).Then(Ok("[]"));
  ASSERT_TRUE(Call(qondor_));
  qondor_.SetKey(Key::kPrimary, "primary-2");
  qondor_.Use(Key::kPrimary);
  ASSERT_TRUE(Call(qondor_));
  EXPECT_THAT(KeysSent(), ElementsAre("primary-1", "secondary-1", "primary-2"));
}

TEST_F(CredentialsTest, QondorAKeyThatChangesUnderWay) {
  transport_.Then([this](const Request&) -> Delivery {
    qondor_.SetKey(Key::kPrimary, "primary-2");
    return Status(401);
  });
  transport_.Then(Ok("[]"));
  ASSERT_TRUE(Call(qondor_));
  EXPECT_THAT(KeysSent(), ElementsAre("primary-1", "primary-2"));
}

TEST_F(CredentialsTest, AMoveIsNoRetry) {
  options_.retry.tries_max = 1;
  transport_.Then(Status(401)).Then(Ok("[]"));
  EXPECT_TRUE(Call(qondor_)) << "with one try a rotation loses no call either";
}

TEST_F(CredentialsTest, MovesComeToAnEnd) {
  transport_.Always([this](const Request&) -> Delivery {
    kondado_.Swap({"key", "token"});  // somebody swaps, again and again, for dead ones
    return Envelope("INACTIVE_TOKEN");
  });
  const auto response = Call(kondado_);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kCredentials);
  EXPECT_LT(transport_.requests().size(), 20U);
}

TEST_F(CredentialsTest, KondadoACallUnderWaySurvivesASwap) {
  transport_.Then([this](const Request&) -> Delivery {
    kondado_.Swap({"key-2", "token-2"});
    return Envelope("INACTIVE_TOKEN");
  });
  transport_.Then(Ok());
  ASSERT_TRUE(Call(kondado_, {.method = Method::kPost}));
  const auto requests = transport_.requests();
  EXPECT_EQ(QueryValue(requests[0], "token"), "token-1");
  EXPECT_EQ(QueryValue(requests[1], "token"), "token-2");
  EXPECT_EQ(QueryValue(requests[1], "key"), "key-2");
  EXPECT_EQ(moves_.size(), 1U);
}

TEST_F(CredentialsTest, KondadoWithoutASwapIsAnErrorOfCredentials) {
  for (const char* code : {"MISSING_CREDENTIALS", "INVALID_CREDENTIALS", "INACTIVE_TOKEN"}) {
    transport_.Then(Envelope(code));
    EXPECT_EQ(Call(kondado_).error().kind, ErrorKind::kCredentials);
  }
  EXPECT_EQ(transport_.requests().size(), 3U);
}

TEST_F(CredentialsTest, AnOldTokenInALateAnswerIsConcealed) {
  transport_.Then([this](const Request&) -> Delivery {
    kondado_.Swap({"key-2", "token-2"});
    kondado_.Swap({"key-3", "token-3"});
    return Envelope("NOT_FOUND", "token-1 finds nothing");
  });
  EXPECT_EQ(Call(kondado_).error().message, "Kondado: [secret] finds nothing");
}

}  // namespace
}  // namespace kondor::client
