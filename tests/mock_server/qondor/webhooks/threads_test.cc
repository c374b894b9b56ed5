// A sandbox's webhooks without a server around them: many threads at once, for the race detector.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "mock_server/qondor/webhooks/webhooks.h"
#include "mock_server/sandbox/advance.h"
#include "tests/mock_server/http/receiver.h"

namespace kondor::qondor {
namespace {

class WebhookThreads : public testing::Test {
 protected:
  WebhookThreads() { EXPECT_TRUE(clock_.Set({ClockMode::kManual, {}, {}})); }

  std::string Add(const Receiver& receiver) {
    struct Webhook webhook;
    webhook.url = receiver.url();
    webhook.topics = Topics();
    webhook.environments = {Environment::kDev};
    return webhooks_.Add(std::move(webhook)).value().webhook.id;
  }
  void Fire() {
    webhooks_.Fire(Environment::kDev, {kOfferSent, Json{{"offerId", 1}, {"heading", "x"}}},
                   clock_.Now(), how_);
  }
  Result<SandboxClock::State> Advance(Duration by) {
    return AdvanceWithStops(clock_, by,
                            {[this](TimePoint after) { return webhooks_.NextDue(after); },
                             [this](TimePoint through) { webhooks_.AwaitTried(through); }});
  }
  std::uint64_t Delivered() const {
    std::uint64_t delivered = 0;
    for (const WebhookState& state : webhooks_.List()) delivered += state.delivered;
    return delivered;
  }

  const SystemClock machine_;
  SandboxClock clock_{machine_};
  Journal journal_{16 * 1024 * 1024};
  QondorWebhookSettings how_;
  Webhooks webhooks_{std::make_shared<Outbound>(), clock_, journal_};
};

TEST_F(WebhookThreads, LoseNothingWhileTimeMovesAndOthersComeAndGo) {
  Receiver steady, fleeting;
  steady.Script({Act::kError, Act::kClose, Act::kError, Act::kGarbage});
  Add(steady);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < 25; ++n) Fire();
    });
  }
  threads.emplace_back([&] {
    for (int n = 0; n < 10; ++n) {
      const std::string id = Add(fleeting);
      Fire();
      EXPECT_TRUE(webhooks_.Remove(id));
    }
  });
  threads.emplace_back([this] {
    for (int n = 0; n < 20; ++n) {
      EXPECT_TRUE(Advance(std::chrono::milliseconds(10)));
      webhooks_.List();
      journal_.Read();
    }
  });
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(Advance(std::chrono::minutes(1)));
  EXPECT_EQ(Delivered(), 110U);
}

TEST_F(WebhookThreads, EndWhileReceiversHang) {
  how_.timeout_ms = 600'000;
  Receiver first, second;
  first.Script({Act::kHang});
  second.Script({Act::kDrip});
  Add(first);
  Add(second);
  Fire();
  std::thread waiter([this] { Advance(std::chrono::seconds(1)).value(); });
  EXPECT_TRUE(first.AwaitRequests(1));
  EXPECT_TRUE(second.AwaitRequests(1));
  std::thread clearer([this] { webhooks_.Clear(); });
  webhooks_.Clear();
  clearer.join();
  waiter.join();
  EXPECT_TRUE(webhooks_.List().empty());
  EXPECT_TRUE(journal_.Read().entries.empty()) << "what was ended did not end by itself";
}

TEST_F(WebhookThreads, GiveUpWhatTheyCannotKeep) {
  how_.timeout_ms = 600'000;
  Receiver slow;
  slow.Script({Act::kHang});
  Add(slow);
  Fire();
  ASSERT_TRUE(slow.AwaitRequests(1));
  for (std::size_t n = 0; n < Sender::kPendingMax; ++n) Fire();
  EXPECT_EQ(webhooks_.List()[0].abandoned, 0U);
  Fire();
  EXPECT_EQ(webhooks_.List()[0].abandoned, 1U);
  ASSERT_EQ(journal_.Read().entries.size(), 1U);
  EXPECT_EQ(journal_.Read().entries[0]->event, "webhook_abandoned");
}

TEST_F(WebhookThreads, RunOnAClockThatRuns) {
  ASSERT_TRUE(clock_.Set({ClockMode::kReal, {}, 1000}));
  Receiver receiver;
  receiver.Script({Act::kError});
  Add(receiver);
  Fire();
  EXPECT_TRUE(receiver.AwaitRequests(2));
}

}  // namespace
}  // namespace kondor::qondor
