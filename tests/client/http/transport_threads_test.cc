// Many threads on one transport. Run under TSan too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "tests/client/http/transport_fixture.h"

namespace kondor::client {
namespace {

class ThreadedTransport : public TransportTest {};

void EchoTargets(RawConnection& connection, int) {
  while (const auto request = connection.ReadRequest()) {
    const std::size_t begin = request->find(' ') + 1;
    const std::string target = request->substr(begin, request->find(' ', begin) - begin);
    if (!connection.Send(Answer200(target))) return;
  }
}

TEST_F(ThreadedTransport, EverybodyGetsTheAnswerToWhatTheyAsked) {
  constexpr int kThreads = 8, kCalls = 100;
  RawServer server(EchoTargets);
  auto transport = To(server.url());
  std::atomic<int> right{0};
  {
    std::latch start(kThreads);
    std::vector<std::jthread> threads;
    for (int n = 0; n < kThreads; ++n) {
      threads.emplace_back([&, n] {
        start.arrive_and_wait();
        for (int i = 0; i < kCalls; ++i) {
          const std::string path = "/" + std::to_string(n) + "/" + std::to_string(i);
          if (BodyOf(transport->Send({.path = path}, kLong, {})) == path) ++right;
        }
      });
    }
  }
  EXPECT_EQ(right, kThreads * kCalls);
  EXPECT_LE(server.connections(), kThreads);
}

TEST_F(ThreadedTransport, SomeAreCancelledSomeTimeOutTheRestAreAnswered) {
  constexpr int kThreads = 9;
  RawServer server([](RawConnection& connection, int) {
    while (const auto request = connection.ReadRequest()) {
      if (request->starts_with("GET /stall")) {
        connection.AwaitEnd();
        return;
      }
      if (!connection.Send(Answer200("{}"))) return;
    }
  });
  auto transport = To(server.url());
  std::atomic<int> answered{0}, ended{0};
  std::stop_source stop;
  {
    std::vector<std::jthread> threads;
    for (int n = 0; n < kThreads; ++n) {
      threads.emplace_back([&, n] {
        for (int i = 0; i < 10; ++i) {
          Delivered delivered;
          if (n % 3 == 0) {
            delivered = transport->Send({.path = "/x"}, kLong, {});
          } else if (n % 3 == 1) {
            delivered = transport->Send({.path = "/stall"}, std::chrono::milliseconds(2), {});
          } else {
            std::stop_source own;
            std::jthread canceller([&own] { own.request_stop(); });
            delivered = transport->Send({.path = "/stall"}, kLong, own.get_token());
          }
          ++(std::holds_alternative<Response>(delivered) ? answered : ended);
        }
      });
    }
  }
  EXPECT_EQ(answered, kThreads / 3 * 10);
  EXPECT_EQ(ended, kThreads / 3 * 20);
}

}  // namespace
}  // namespace kondor::client
