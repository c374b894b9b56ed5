// Answers that wait for the sandbox's clock: when they come, and what ends them.
#include <chrono>
#include <future>
#include <thread>

#include "base/clock.h"
#include "tests/mock_server/faults/fault_world.h"

namespace kondor {
namespace {

using http::RawClient;
using std::chrono::milliseconds;
using testing::EndsWith;

class FaultWaiting : public FaultWorld {
 protected:
  RawClient Ask(const std::string& path = kStatusCall, const std::string& method = "GET") {
    RawClient client = Client();
    client.Send(Request(method, K2Target(path)));
    return client;
  }
};

TEST_F(FaultWaiting, ALateAnswerIsThereWhenTheClockWasMovedFarEnough) {
  Play(R"({"fault": "latency", "ms": 1500})");
  RawClient client = Ask();
  AwaitWaiting(1);
  Advance(1499);
  EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  Advance(1);
  // Handed to the socket by the time that Advance() is back: nothing more has to be waited for.
  EXPECT_FALSE(client.SilentFor(milliseconds(0)));
  const auto answer = client.Receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(Faults()["waiting"], 0);
  // The connection lives on.
  EXPECT_EQ(client.Ask(Request("GET", K2Target(kStatusCall)))->status, 200);
}

TEST_F(FaultWaiting, AfterCommitTheVendorIsDoneWhileTheAnswerWaits) {
  Play(R"({"fault": "latency", "ms": 1000}, {"fault": "latency", "ms": 1000, "when": "before"})");
  RawClient first = Ask(kRunCall, "POST");
  AwaitWaiting(1);
  EXPECT_EQ(StatusOfPipeline(2040), "scheduled");
  EXPECT_EQ(LastEntry()["at"], "2026-01-01T00:00:00.000000Z");
  RawClient second = Ask(kRunCall, "POST");
  AwaitWaiting(2);
  Advance(1000);
  EXPECT_EQ(first.Receive()->status, 200);
  EXPECT_EQ(second.Receive()->status, 503);  // what stands in front of a vendor that never saw it
}

TEST_F(FaultWaiting, AnswersGoOutInTheOrderInWhichTheyFallDue) {
  Play(R"({"fault": "latency", "ms": 3000}, {"fault": "latency", "ms": 1000},
          {"fault": "latency", "ms": 2000})");
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(Ask());
    AwaitWaiting(static_cast<std::size_t>(i + 1));
  }
  Advance(2000);
  EXPECT_TRUE(clients[0].SilentFor(milliseconds(0)));
  EXPECT_FALSE(clients[1].SilentFor(milliseconds(0)));
  EXPECT_FALSE(clients[2].SilentFor(milliseconds(0)));
  Advance(100000);
  EXPECT_FALSE(clients[0].SilentFor(milliseconds(0)));
}

TEST_F(FaultWaiting, SettingTheClockLetsThemGoToo) {
  Play(R"({"fault": "latency", "ms": 60000, "times": 2})");
  RawClient first = Ask();
  AwaitWaiting(1);
  ControlJson("PUT", "/clock", R"({"now": "2026-01-01T00:01:00Z"})");
  EXPECT_FALSE(first.SilentFor(milliseconds(0)));
  // A clock that begins to run fast enough brings the next one by itself.
  RawClient second = Ask();
  AwaitWaiting(1);
  ControlJson("PUT", "/clock", R"({"mode": "real", "speed": 1000000})");
  EXPECT_EQ(second.Receive()->status, 200);
}

TEST_F(FaultWaiting, OnARunningClockNobodyHasToMoveIt) {
  MakeSandbox(R"({"name": "w", "clock": {"mode": "real", "speed": 1000}})");
  Play(R"({"fault": "latency", "ms": 30000})");
  const SystemClock machine;
  const TimePoint begin = machine.Now();
  EXPECT_EQ(Ask().Receive()->status, 200);
  EXPECT_GE(machine.Now() - begin, milliseconds(30));
}

TEST_F(FaultWaiting, ADripComesBitByBit) {
  Play(R"({"fault": "slow_drip", "bytes": 4, "ms": 10})");
  RawClient client = Ask(kRunCall, "POST");
  EXPECT_THAT(client.Take(4096), EndsWith("\r\n\r\n"));
  Advance(9);
  EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  Advance(1);
  EXPECT_EQ(client.Take(4096), R"({"su)");
  Advance(25);  // two periods, and half of the next
  EXPECT_EQ(client.Take(4096), R"(ccess": )");
  Advance(5);
  EXPECT_EQ(client.Take(4096), "true");
  EXPECT_EQ(Faults()["waiting"], 1);
  Advance(1000000);
  EXPECT_EQ(client.Take(4096), "}");
  EXPECT_EQ(client.Ask(Request("GET", K2Target(kStatusCall)))->status, 200);
}

TEST_F(FaultWaiting, ADripMayBeginLateAndMayBeLong) {
  Play(R"({"fault": "slow_drip", "bytes": 1, "ms": 1, "delay_ms": 500})");
  RawClient client = Client();
  client.Send(
      "GET /@w/qondor/Prod/Customer/v1/Customer/GetAll HTTP/1.1\r\nHost: a\r\n"
      "Ocp-Apim-Subscription-Key: " +
      prod_key_ + "\r\nConnection: close\r\n\r\n");
  AwaitWaiting(1);
  Advance(499);
  EXPECT_TRUE(client.SilentFor(milliseconds(10)));
  Advance(1'000'000);
  const std::string all = client.Rest();
  EXPECT_TRUE(json::accept(all.substr(all.find("\r\n\r\n") + 4))) << all;
}

TEST_F(FaultWaiting, AnyFaultMayComeLate) {
  Play(R"({"fault": "reset", "delay_ms": 10}, {"fault": "empty_reply", "delay_ms": 10},
          {"fault": "status", "status": 504, "delay_ms": 10})");
  RawClient reset = Ask();
  AwaitWaiting(1);
  RawClient empty = Ask();
  AwaitWaiting(2);
  RawClient timeout = Ask();
  AwaitWaiting(3);
  EXPECT_THAT(LastEntry()["fault"]["text"].get<std::string>(),
              EndsWith("status 504 was answered by the script, 10 ms after the call on the "
                       "sandbox's clock."));
  Advance(10);
  EXPECT_TRUE(reset.WasReset());
  EXPECT_TRUE(empty.Ended());
  EXPECT_EQ(timeout.Receive()->status, 504);
}

TEST_F(FaultWaiting, AResetOrADroppedSandboxEndsThemWithoutAByte) {
  Play(R"({"fault": "latency", "ms": 1000})");
  RawClient first = Ask();
  AwaitWaiting(1);
  ControlJson("POST", "/reset");
  EXPECT_TRUE(first.Ended());
  Play(R"({"fault": "slow_drip", "bytes": 1, "ms": 1000})");
  RawClient second = Ask();
  AwaitWaiting(1);
  second.Take(4096);
  EXPECT_EQ(Control("DELETE", "").status, 204);
  EXPECT_TRUE(second.Ended());
}

TEST_F(FaultWaiting, AClientThatGivesUpWaitsNoLonger) {
  Play(R"({"fault": "latency", "ms": 1000, "times": 3})");
  for (int i = 0; i < 3; ++i) {
    const RawClient client = Ask();
    AwaitWaiting(1);
  }
  AwaitWaiting(0);
  EXPECT_EQ(ControlJson("GET", "/journal?fault=latency")["entries"].size(), 3U);
}

TEST_F(FaultWaiting, AdvanceWaitsForNobodyWhoHasGone) {
  Play(R"({"fault": "latency", "ms": 1000, "times": 50})");
  for (int i = 0; i < 50; ++i) Ask();
  Advance(1000);  // some of them have hung up, some have not yet been heard of
  AwaitWaiting(0);
}

TEST_F(FaultWaiting, StoppingTheServerWaitsForNoClock) {
  Play(R"({"fault": "latency", "ms": 1000, "times": 20})");
  std::vector<RawClient> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(Ask());
  AwaitWaiting(20);
  const SystemClock machine;
  const TimePoint begin = machine.Now();
  server_->Stop();
  EXPECT_LT(machine.Now() - begin, milliseconds(700));  // less than the time to drain
  for (RawClient& client : clients) EXPECT_TRUE(client.Ended());
}

TEST_F(FaultWaiting, WithoutASocketNothingIsWaitedFor) {
  Play(R"({"fault": "latency", "ms": 1000}, {"fault": "slow_drip", "bytes": 1, "ms": 1000})");
  EXPECT_EQ(K2("GET", kStatusCall).status, 200);
  EXPECT_EQ(K2("GET", kStatusCall).status, 200);
  EXPECT_EQ(Faults()["waiting"], 0);
  Advance(10);
}

// Many wait while others move the clock, drop and reset: whoever advances comes back, and every
// client gets its answer or an end.
TEST_F(FaultWaiting, AdvancingFromManyThreadsLosesNobody) {
  Play(R"({"fault": "latency", "ms": 7, "times": 1000000})");
  Client();  // starts the server before there are threads
  constexpr int kClients = 8, kCalls = 15;
  std::atomic<int> answered{0}, done{0};
  std::vector<std::thread> threads;
  for (int c = 0; c < kClients; ++c) {
    threads.emplace_back([&] {
      RawClient client = Client();
      for (int i = 0; i < kCalls; ++i) {
        const auto answer = client.Ask(Request("GET", K2Target(kStatusCall)));
        answered += answer && answer->status == 200 ? 1 : 0;
      }
      ++done;
    });
  }
  for (int a = 0; a < 2; ++a) {
    threads.emplace_back([&] {
      while (done < kClients) {
        server_->Call("POST", "/_kondor/sandboxes/w/clock/advance", R"({"ms": 3})");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, kClients * kCalls);
}

}  // namespace
}  // namespace kondor
