// Servers that take their time, and callers who do not wait. The timeout itself is the subject:
// these wait for as long as it is, some hundredths of a second.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/sleeper.h"
#include "tests/client/http/transport_fixture.h"

namespace kondor::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

class TimedTransport : public TransportTest {
 protected:
  // What became of a call that has to end after `timeout`, whatever the server does.
  TransportFault TimesOut(Transport& transport, Duration timeout) {
    const TimePoint begun = clock_.Now();
    TransportFault fault = FaultOf(Get(transport, timeout));
    const Duration took = clock_.Now() - begun;
    EXPECT_GE(took, timeout);
    EXPECT_LT(took, timeout + seconds(5)) << "much longer than a busy machine explains";
    EXPECT_THAT(fault.message, HasSubstr("no whole answer came in time"));
    return fault;
  }
  const SystemClock clock_;
};

TEST_F(TimedTransport, AStallIsEnded) {
  RawServer server([](RawConnection& connection, int) { connection.AwaitEnd(); });
  auto transport = To(server.url());
  EXPECT_EQ(TimesOut(*transport, milliseconds(40)).reach, Reach::kMaybeCarriedOut);
}

TEST_F(TimedTransport, ADripIsEndedWhereverItDrips) {
  // Each byte comes well within any timeout of a single read.
  const std::string answer = "HTTP/1.1 200 OK\r\nX-Slow: " + std::string(2000, 'x');
  for (const std::string& before :
       {std::string(), std::string("HTTP/1.1 200 OK\r\n"),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n")}) {
    RawServer server([&](RawConnection& connection, int) {
      SystemClock clock;
      SystemSleeper sleeper(clock);
      connection.ReadRequest();
      connection.Send(before);
      for (std::size_t i = 0; i < answer.size(); ++i) {
        if (!connection.Send(answer.substr(i, 1))) return;
        sleeper.SleepUntil(clock.Now() + milliseconds(3), {});
      }
    });
    auto transport = To(server.url());
    TimesOut(*transport, milliseconds(60));
  }
}

TEST_F(TimedTransport, AServerThatReadsNothingIsEnded) {
  std::latch done(1);
  RawServer server([&](RawConnection&, int) { done.wait(); });
  auto transport = To(server.url());
  const std::string body(32 << 20, 'x');
  const auto delivered =
      transport->Send({.method = Method::kPost, .body = body}, milliseconds(40), {});
  EXPECT_EQ(FaultOf(delivered).reach, Reach::kMaybeCarriedOut);
  done.count_down();
}

TEST_F(TimedTransport, AfterATimeoutTheNextCallHasAConnectionOfItsOwn) {
  RawServer server([](RawConnection& connection, int number) {
    if (number == 0) {
      connection.AwaitEnd();
    } else {
      AlwaysSend(Answer200("{}"))(connection, number);
    }
  });
  auto transport = To(server.url());
  TimesOut(*transport, milliseconds(30));
  EXPECT_EQ(BodyOf(Get(*transport)), "{}");
  EXPECT_EQ(BodyOf(Get(*transport)), "{}");
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(TimedTransport, WithoutTimeNothingIsSent) {
  RawServer server(AlwaysSend(Answer200("{}")));
  auto transport = To(server.url());
  for (const Duration none : {Duration::zero(), Duration(-1), Duration::min()}) {
    EXPECT_EQ(FaultOf(Get(*transport, none)).reach, Reach::kNotSent);
  }
  EXPECT_EQ(server.connections(), 0);
  EXPECT_EQ(BodyOf(Get(*transport, Duration::max())), "{}") << "nor is any time too much";
}

TEST_F(TimedTransport, CancelledInTheMiddleOfAnAnswer) {
  std::latch half(1);
  RawServer server([&](RawConnection& connection, int) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
    half.count_down();
    connection.AwaitEnd();
  });
  auto transport = To(server.url());
  std::stop_source stop;
  std::jthread canceller([&] {
    half.wait();
    stop.request_stop();
  });
  const TransportFault fault = FaultOf(transport->Send({}, kLong, stop.get_token()));
  EXPECT_EQ(fault.reach, Reach::kMaybeCarriedOut);
  EXPECT_THAT(fault.message, HasSubstr("cancelled"));
}

TEST_F(TimedTransport, CancelledBeforeItBegins) {
  RawServer server(AlwaysSend(Answer200("{}")));
  auto transport = To(server.url());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(FaultOf(transport->Send({}, kLong, stop.get_token())).reach, Reach::kNotSent);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(TimedTransport, ConnectingTakesNoLongerThanTheTimeout) {
  FullPort full;
  auto transport = To(full.url());
  EXPECT_EQ(TimesOut(*transport, milliseconds(40)).reach, Reach::kNotSent);
}

TEST_F(TimedTransport, CancelledWhileItConnects) {
  FullPort full;
  auto transport = To(full.url());
  std::stop_source stop;
  SystemClock clock;
  SystemSleeper sleeper(clock);
  std::jthread canceller([&] {
    sleeper.SleepUntil(clock.Now() + milliseconds(20), {});
    stop.request_stop();
  });
  const TimePoint begun = clock.Now();
  EXPECT_EQ(FaultOf(transport->Send({}, kLong, stop.get_token())).reach, Reach::kNotSent);
  EXPECT_LT(clock.Now() - begun, seconds(5)) << "the connecting itself would take ten";
}

}  // namespace
}  // namespace kondor::client
