#include "client/call/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/kondado/dialect.h"
#include "client/limiter/windows.h"
#include "tests/client/call/fakes.h"

namespace kondor::client {
namespace {

using std::chrono::seconds;

class EndpointTest : public testing::Test {
 protected:
  EndpointOptions Options() {
    EndpointOptions options;
    options.clock = &clock_;
    options.sleeper = &sleeper_;
    options.transport = &transport_;
    return options;
  }
  ManualClock clock_{kBegin};
  ManualSleeper sleeper_{clock_};
  FakeTransport transport_;
  KondadoDialect dialect_{{"key-1", "token-1"}};
};

TEST_F(EndpointTest, KeepsToTheQuotasByItself) {  // K4
  transport_.Always([](const Request&) -> Delivery { return Ok(); });
  auto endpoint = Endpoint::Make(Options(), dialect_, {{1, seconds(1)}, {20, seconds(60)}});
  ASSERT_TRUE(endpoint);
  for (int i = 0; i < 21; ++i) ASSERT_TRUE((*endpoint)->Call({}, {}));
  EXPECT_GE(clock_.Now() - kBegin, seconds(60));
  EXPECT_LE(clock_.Now() - kBegin, seconds(61));
}

TEST_F(EndpointTest, WithoutQuotasNothingIsHeldBack) {
  transport_.Always([](const Request&) -> Delivery { return Ok(); });
  auto endpoint = Endpoint::Make(Options(), dialect_, {});
  ASSERT_TRUE(endpoint);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE((*endpoint)->Call({}, {}));
  EXPECT_EQ(clock_.Now(), kBegin);
}

TEST_F(EndpointTest, WithoutQuotasItIsCancelledToo) {
  auto endpoint = Endpoint::Make(Options(), dialect_, {});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ((*endpoint)->Call({}, {.stop = stop.get_token()}).error().kind, ErrorKind::kCancelled);
  EXPECT_TRUE(transport_.requests().empty());
}

TEST_F(EndpointTest, TakesAStrategyOrABudget) {
  EndpointOptions options = Options();
  options.strategy = [](const auto&) { return limiter::MakePace(seconds(7)); };
  transport_.Always([](const Request&) -> Delivery { return Ok(); });
  auto paced = Endpoint::Make(options, dialect_, {{1, seconds(1)}});
  ASSERT_TRUE((*paced)->Call({}, {}));
  ASSERT_TRUE((*paced)->Call({}, {}));
  EXPECT_EQ(clock_.Now() - kBegin, seconds(7));

  FakeBudget budget;
  options.budget = &budget;
  auto shared = Endpoint::Make(options, dialect_, {{1, seconds(1)}});
  ASSERT_TRUE((*shared)->Call({}, {}));
  EXPECT_EQ(budget.settled.size(), 1U);
}

TEST_F(EndpointTest, RefusesHalfAClock) {
  EndpointOptions options = Options();
  options.sleeper = nullptr;
  const auto endpoint = Endpoint::Make(std::move(options), dialect_, {});
  ASSERT_FALSE(endpoint);
  EXPECT_EQ(endpoint.error().kind, ErrorKind::kInvalidArgument);
}

TEST_F(EndpointTest, RefusesABaseUrlThatIsNone) {
  EndpointOptions options;
  options.http.base_url = "k2.kondado.com.br";
  EXPECT_EQ(Endpoint::Make(std::move(options), dialect_, {}).error().kind,
            ErrorKind::kInvalidArgument);
}

}  // namespace
}  // namespace kondor::client
