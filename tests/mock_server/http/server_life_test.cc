// Starting and stopping: ports, addresses, and what happens to those who are connected.
#include <dirent.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "tests/mock_server/http/server_fixture.h"

namespace kondor::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

class LifeTest : public ServerTest {
 protected:
  Duration TimeToStop() {
    const SystemClock clock;
    const TimePoint begin = clock.Now();
    server_->Stop();
    return clock.Now() - begin;
  }
};

TEST_F(LifeTest, APortTakenIsAnErrorThatNamesIt) {
  Start();
  ServerOptions options;
  options.port = server_->port();
  for (const char* host : {"127.0.0.1", "localhost", "0.0.0.0"}) {
    options.host = host;
    Server second(options, Echo, RefusalText);
    const Result<void> started = second.Start();
    ASSERT_FALSE(started) << host;
    EXPECT_EQ(started.error().kind, ErrorKind::kUnavailable);
    EXPECT_THAT(started.error().message, HasSubstr(std::to_string(options.port)));
    EXPECT_THAT(started.error().message, HasSubstr("taken"));
  }
  EXPECT_ANSWER(Client().Ask(Get("/")), 200, "GET / []");
}

TEST_F(LifeTest, APortIsFreeAgainAfterStop) {
  Start();
  { EXPECT_ANSWER(Client().Ask(Get("/", "Connection: close\r\n")), 200, "GET / []"); }
  ServerOptions options;
  options.port = server_->port();
  server_->Stop();
  Start(Echo, options);
  EXPECT_EQ(server_->port(), options.port);
  EXPECT_ANSWER(Client().Ask(Get("/")), 200, "GET / []");
}

TEST_F(LifeTest, AHostThatIsNotOursIsAnError) {
  for (const char* host : {"192.0.2.1", "no such host", ""}) {
    ServerOptions options;
    options.host = host;
    const Result<void> started = Server(options, Echo, RefusalText).Start();
    ASSERT_FALSE(started) << host;
    EXPECT_EQ(started.error().kind, ErrorKind::kUnavailable);
  }
}

TEST_F(LifeTest, APortThatIsNoneIsAnError) {
  for (const int port : {-1, 65536, 70000}) {
    ServerOptions options;
    options.port = port;
    const Result<void> started = Server(options, Echo, RefusalText).Start();
    ASSERT_FALSE(started) << port;
    EXPECT_EQ(started.error().kind, ErrorKind::kInvalidArgument);
  }
}

TEST_F(LifeTest, NamesAndIpv6) {
  const auto peer = [](const Request& request) { return Text(std::string(request.peer_address)); };
  ServerOptions options;
  options.host = "localhost";
  Start(peer, options);
  EXPECT_ANSWER(Client().Ask(Get("/")), 200, "127.0.0.1");
  options.host = "::1";
  Server v6(options, peer, RefusalText);
  if (!v6.Start()) GTEST_SKIP() << "no IPv6 here";
  EXPECT_ANSWER(RawClient(v6.port(), "::1").Ask(Get("/")), 200, "::1");
  options.host = "::";
  Server both(options, peer, RefusalText);
  ASSERT_TRUE(both.Start());
  EXPECT_ANSWER(RawClient(both.port(), "::1").Ask(Get("/")), 200, "::1");
  EXPECT_ANSWER(RawClient(both.port(), "127.0.0.1").Ask(Get("/")), 200, "127.0.0.1");
}

TEST_F(LifeTest, AServerCanBeStartedOnceOnly) {
  Start();
  EXPECT_FALSE(server_->Start());
  server_->Stop();
  EXPECT_FALSE(server_->Start());
}

TEST_F(LifeTest, StopRightAfterStartAndTwice) {
  for (int i = 0; i < 50; ++i) {
    Server server({}, Echo, RefusalText);
    ASSERT_TRUE(server.Start());
    server.Stop();
    server.Stop();
  }
  Server never_started({}, Echo, RefusalText);
  never_started.Stop();
}

TEST_F(LifeTest, StopClosesIdleConnectionsAtOnce) {
  Start();
  std::vector<RawClient> idle;
  for (int i = 0; i < 50; ++i) idle.push_back(Client());
  for (std::size_t i = 0; i < idle.size(); i += 2) {
    ASSERT_TRUE(idle[i].Ask(Get("/")).has_value());
  }
  EXPECT_LT(TimeToStop(), milliseconds(500));
  for (RawClient& client : idle) EXPECT_FALSE(client.Receive().has_value());
  EXPECT_FALSE(Client().connected());
}

TEST_F(LifeTest, StopLetsAnswersInFlightFinish) {
  std::latch asked(1);
  std::latch go_on(1);
  ServerOptions options;
  // A connect that meets the closing listener may take the system a second to refuse.
  options.drain_time_max = seconds(20);
  Start(
      [&](const Request& request) {
        asked.count_down();
        go_on.wait();
        return Echo(request);
      },
      options);
  RawClient client = Client();
  ASSERT_TRUE(client.Send(Get("/slow")));
  asked.wait();
  std::thread stopper([&] { server_->Stop(); });
  // New ones are refused from the moment Stop() has begun.
  while (Client().connected()) {
  }
  go_on.count_down();
  const auto answer = client.Receive();
  stopper.join();
  EXPECT_ANSWER(answer, 200, "GET /slow []");
  EXPECT_EQ(answer->Header("Connection"), "close");
}

TEST_F(LifeTest, StopCutsThoseWhoDoNotFinish) {
  ServerOptions options;
  options.drain_time_max = milliseconds(30);
  Start([](const Request&) { return Text(std::string(32 << 20, 'x')); }, options);
  RawClient half = Client();
  ASSERT_TRUE(half.Send("GET / HT"));
  RawClient deaf = Client();
  deaf.ShrinkReceiveBuffer();
  ASSERT_TRUE(deaf.Send(Get("/")));
  while (deaf.SilentFor(milliseconds(1))) {
  }
  EXPECT_LT(TimeToStop(), milliseconds(700));
}

TEST_F(LifeTest, StopUnderLoadIsQuickAndCutsNoAnswer) {
  Start();
  std::atomic<bool> broken = false;
  std::latch busy(8);
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      RawClient client = Client();
      bool told = false;
      for (bool open = true; open;) {
        const auto answer = client.Ask(Get("/"));
        open = answer.has_value() && answer->Header("Connection").empty();
        if (answer && answer->body != "GET / []") broken = true;
        if (!told) busy.count_down();
        told = true;
      }
    });
  }
  busy.wait();
  EXPECT_LT(TimeToStop(), milliseconds(700));
  for (std::thread& client : clients) client.join();
  EXPECT_FALSE(broken);
}

std::size_t EntriesOf(const char* folder) {
  std::size_t count = 0;
  DIR* const entries = opendir(folder);
  while (const dirent* entry = readdir(entries)) count += entry->d_name[0] != '.' ? 1 : 0;
  closedir(entries);
  return count;
}

std::size_t ThreadsOfThisProcess() { return EntriesOf("/proc/self/task"); }
std::size_t DescriptorsOfThisProcess() { return EntriesOf("/proc/self/fd"); }

TEST_F(LifeTest, NoDescriptorIsLeftOpen) {
  const std::size_t before = DescriptorsOfThisProcess();
  Start();
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(Client().Ask(Get("/")).has_value());
    ASSERT_TRUE(Client().Ask("garbage\r\n\r\n").has_value());
    ASSERT_TRUE(Client().Send("GET / HT"));
  }
  server_->Stop();
  server_.reset();
  EXPECT_EQ(DescriptorsOfThisProcess(), before);
}

// A thread that was joined may stand in the system's list for a moment longer.
template <class Condition>
bool ComesTrue(const Condition& condition) {
  const SystemClock clock;
  const TimePoint deadline = clock.Now() + seconds(10);
  while (!condition()) {
    if (clock.Now() > deadline) return false;
  }
  return true;
}

// How many there are before a server starts. The first thread of a process may bring a companion
// (TSan's own) that stays, so that one is started and over before anything is counted.
std::size_t ThreadsBeforeTheServer() {
  std::string first;
  std::thread([&] { first = "/proc/self/task/" + std::to_string(::gettid()); }).join();
  EXPECT_TRUE(ComesTrue([&] { return ::access(first.c_str(), F_OK) != 0; }));
  return ThreadsOfThisProcess();
}

bool ThreadsComeDownTo(std::size_t expected) {
  return ComesTrue([&] { return ThreadsOfThisProcess() <= expected; });
}

TEST_F(LifeTest, FewThreadsAtStartAndNoneLeftAfterStop) {
  const std::size_t before = ThreadsBeforeTheServer();
  Start();
  EXPECT_LE(ThreadsOfThisProcess(), before + 1);
  std::vector<RawClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(Client());
    ASSERT_TRUE(clients.back().Ask(Get("/")).has_value());
  }
  EXPECT_GT(ThreadsOfThisProcess(), before + 1);
  server_->Stop();
  EXPECT_TRUE(ThreadsComeDownTo(before)) << ThreadsOfThisProcess() << " instead of " << before;
  EXPECT_EQ(ThreadsOfThisProcess(), before);
}

TEST_F(LifeTest, ThreadsWithoutConnectionsEnd) {
  ServerOptions options;
  options.thread_idle_time_max = milliseconds(1);
  const std::size_t before = ThreadsBeforeTheServer();
  Start(Echo, options);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(Client().Ask(Get("/")).has_value());
  EXPECT_TRUE(ThreadsComeDownTo(before + 1)) << ThreadsOfThisProcess();
  EXPECT_EQ(ThreadsOfThisProcess(), before + 1) << "the one that accepts must stay";
}

TEST_F(LifeTest, HundredsMayWaitToBeAccepted) {
  std::latch go_on(1);
  ServerOptions options;
  options.threads_max = 1;
  Start(
      [&](const Request& request) {
        go_on.wait();
        return Echo(request);
      },
      options);
  // Each connects at once although nobody is accepted: the library's own queue has 5 places, the
  // rest would try again after a second.
  const SystemClock clock;
  const TimePoint begin = clock.Now();
  std::vector<RawClient> clients;
  for (int i = 0; i < 300; ++i) {
    clients.push_back(Client());
    ASSERT_TRUE(clients.back().Send(Get("/")));
  }
  EXPECT_LT(clock.Now() - begin, milliseconds(900));
  go_on.count_down();
  for (RawClient& client : clients) EXPECT_TRUE(client.Receive().has_value());
}

}  // namespace
}  // namespace kondor::http
