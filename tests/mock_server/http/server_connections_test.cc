// Many connections at once, slow ones, idle ones, and too many of them.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <latch>
#include <vector>

#include "base/clock.h"
#include "tests/mock_server/http/server_fixture.h"

namespace kondor::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ConnectionsTest : public ServerTest {
 protected:
  std::vector<RawClient> Clients(int count) const {
    std::vector<RawClient> clients;
    for (int i = 0; i < count; ++i) clients.push_back(Client());
    return clients;
  }
};

TEST_F(ConnectionsTest, EachOf256ConnectionsGetsEachAnswer) {
  Start();
  std::vector<RawClient> clients = Clients(256);
  std::vector<int> answers(clients.size());
  for (int round = 0; round < 4; ++round) {
    for (RawClient& client : clients) ASSERT_TRUE(client.Send(Get("/")));
    for (std::size_t i = 0; i < clients.size(); ++i) {
      if (clients[i].Receive()) ++answers[i];
    }
  }
  EXPECT_THAT(answers, testing::Each(4));
}

TEST_F(ConnectionsTest, KeepAliveHasNoCount) {
  Start();
  RawClient client = Client();
  for (int i = 0; i < 300; ++i) EXPECT_ANSWER(client.Ask(Get("/")), 200, "GET / []");
}

TEST_F(ConnectionsTest, IdleConnectionsHoldNobodyUp) {
  Start();
  std::vector<RawClient> idle = Clients(256);
  for (RawClient& client : idle) ASSERT_TRUE(client.Ask(Get("/")).has_value());
  RawClient worker = Client();
  for (int i = 0; i < 100; ++i) EXPECT_ANSWER(worker.Ask(Get("/w")), 200, "GET /w []");
  for (RawClient& client : idle) EXPECT_ANSWER(client.Ask(Get("/")), 200, "GET / []");
}

TEST_F(ConnectionsTest, IdleConnectionsEndAfterTheirTime) {
  ServerOptions options;
  options.idle_time_max = milliseconds(20);
  Start(Echo, options);
  const SystemClock clock;
  const TimePoint begin = clock.Now();
  RawClient silent = Client();
  RawClient served = Client();
  EXPECT_ANSWER(served.Ask(Get("/")), 200, "GET / []");
  EXPECT_TRUE(silent.Ended());
  EXPECT_TRUE(served.Ended());
  EXPECT_LT(clock.Now() - begin, seconds(3)) << "the library's own limit is 5 s";
}

TEST_F(ConnectionsTest, MoreConnectionsThanThreadsOneIdleConnectionGivesWay) {
  ServerOptions options;
  options.threads_max = 4;
  Start(Echo, options);
  std::vector<RawClient> clients = Clients(4);
  for (RawClient& client : clients) ASSERT_TRUE(client.Ask(Get("/")).has_value());
  EXPECT_ANSWER(Client().Ask(Get("/new")), 200, "GET /new []");
  int answers = 0;
  for (RawClient& client : clients) answers += client.Ask(Get("/")) ? 1 : 0;
  EXPECT_EQ(answers, 3);
}

TEST_F(ConnectionsTest, ACrowdFarLargerThanThePoolIsServed) {
  ServerOptions options;
  options.threads_max = 4;
  Start(Echo, options);
  std::vector<RawClient> clients = Clients(200);
  for (RawClient& client : clients) ASSERT_TRUE(client.Send(Get("/")));
  int answers = 0;
  for (RawClient& client : clients) answers += client.Receive() ? 1 : 0;
  EXPECT_EQ(answers, 200);
}

TEST_F(ConnectionsTest, BusyConnectionsAreNeverClosedToMakeRoom) {
  ServerOptions options;
  options.threads_max = 2;
  std::latch both(2);
  std::latch go_on(1);
  Start(
      [&](const Request& request) {
        if (request.path == "/slow") {
          both.count_down();
          go_on.wait();
        }
        return Echo(request);
      },
      options);
  std::vector<RawClient> slow = Clients(2);
  for (RawClient& client : slow) ASSERT_TRUE(client.Send(Get("/slow")));
  both.wait();
  RawClient next = Client();
  ASSERT_TRUE(next.Send(Get("/next")));
  EXPECT_TRUE(next.SilentFor(milliseconds(30)));
  go_on.count_down();
  for (RawClient& client : slow) EXPECT_ANSWER(client.Receive(), 200, "GET /slow []");
  EXPECT_ANSWER(next.Receive(), 200, "GET /next []");
}

TEST_F(ConnectionsTest, SlowDripsGiveWayWhenThereIsNoRoom) {
  ServerOptions options;
  options.threads_max = 3;
  options.head_time_max = milliseconds(500);  // a tenth of it is fair
  options.body_time_max = seconds(60);
  Start(Echo, options);
  std::vector<RawClient> drips = Clients(3);
  ASSERT_TRUE(drips[0].Send("GET / HT"));
  ASSERT_TRUE(drips[1].Send("GET / HT"));
  ASSERT_TRUE(drips[2].Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx"));
  for (int i = 0; i < 10; ++i) EXPECT_ANSWER(Client().Ask(Get("/")), 200, "GET / []");
}

// Restores the limit when it goes.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t at_most) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit lowered = before_;
    lowered.rlim_cur = at_most;
    setrlimit(RLIMIT_NOFILE, &lowered);
  }
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  DescriptorLimit(const DescriptorLimit&) = delete;
  DescriptorLimit& operator=(const DescriptorLimit&) = delete;

 private:
  rlimit before_{};
};

// A descriptor number that leaves room for `more` beyond those that are open.
rlim_t DescriptorsUsedAnd(rlim_t more) {
  const int next = dup(STDERR_FILENO);
  close(next);
  return static_cast<rlim_t>(next) + more;
}

TEST_F(ConnectionsTest, WithoutDescriptorsIdleConnectionsGiveWay) {
  Start();
  std::vector<UnconnectedSocket> sockets(40);
  const DescriptorLimit limit(DescriptorsUsedAnd(8));
  std::vector<RawClient> clients;
  for (UnconnectedSocket& socket : sockets) {
    clients.emplace_back(std::move(socket), server_->port());
    ASSERT_TRUE(clients.back().Send(Get("/")));
  }
  int answers = 0;
  for (RawClient& client : clients) answers += client.Receive() ? 1 : 0;
  EXPECT_EQ(answers, 40);
}

Duration ProcessorTime() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

TEST_F(ConnectionsTest, WithoutDescriptorsAndWithoutIdleConnectionsTheServerWaitsQuietly) {
  std::latch go_on(1);
  Start([&](const Request& request) {
    if (request.path == "/slow") go_on.wait();
    return Echo(request);
  });
  std::vector<UnconnectedSocket> sockets(20);
  {
    const DescriptorLimit limit(DescriptorsUsedAnd(8));
    std::vector<RawClient> clients;
    for (UnconnectedSocket& socket : sockets) {
      clients.emplace_back(std::move(socket), server_->port());
      ASSERT_TRUE(clients.back().Send(Get("/slow")));
    }
    const Duration before = ProcessorTime();
    EXPECT_TRUE(clients.back().SilentFor(milliseconds(200)));
    EXPECT_LT(ProcessorTime() - before, milliseconds(60));
    go_on.count_down();
    for (RawClient& client : clients) EXPECT_ANSWER(client.Receive(), 200, "GET /slow []");
  }
  EXPECT_ANSWER(Client().Ask(Get("/")), 200, "GET / []");
}

TEST_F(ConnectionsTest, AClientThatVanishesBeforeItsAnswerHarmsNobody) {
  std::latch gone(1);
  Start([&](const Request& request) {
    if (request.path == "/large") {
      gone.wait();
      // The library ignores the signal for the whole process; a program may want it otherwise.
      std::signal(SIGPIPE, SIG_DFL);
    }
    return Text(std::string(request.path == "/large" ? 16 << 20 : 1, 'x'));
  });
  // Writing to it raises SIGPIPE unless that is prevented.
  { ASSERT_TRUE(Client().Send(Get("/large"))); }
  gone.count_down();
  for (int i = 0; i < 20; ++i) EXPECT_ANSWER(Client().Ask(Get("/")), 200, "x");
}

TEST_F(ConnectionsTest, SmallAnswersDoNotWaitForNagle) {
  Start();
  RawClient client = Client();
  const SystemClock clock;
  const TimePoint begin = clock.Now();
  // The second answer of a pair goes out while the first is not acknowledged yet: with Nagle's
  // algorithm it would wait for the client's delayed acknowledgement, 40 ms a pair.
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(client.Send(Get("/") + Get("/")));
    ASSERT_TRUE(client.Receive() && client.Receive());
  }
  EXPECT_LT(clock.Now() - begin, seconds(2));
}

}  // namespace
}  // namespace kondor::http
