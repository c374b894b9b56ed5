// Answers that are late, in pieces, cut short, of a wrong length, or none: as they look on the
// wire.
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "tests/mock_server/http/server_fixture.h"

namespace kondor::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A pace that moves when the test says so.
class TestPace final : public Pace {
 public:
  TestPace() : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  ~TestPace() override { close(wake_); }

  Word Ask(std::optional<std::size_t> body_sent) override {
    std::uint64_t count = 0;
    static_cast<void>(!read(wake_, &count, sizeof(count)));
    ++asked;
    const MutexLock lock(mutex_);
    if (dropped_) return {};
    if (!allowed_ || (body_sent && *allowed_ <= *body_sent)) return {Says::kWait, 0, look_again_};
    return {Says::kGo, *allowed_, {}};
  }
  int wake_descriptor() const override { return wake_; }

  void Allow(std::size_t body_bytes) {
    const MutexLock lock(mutex_);
    allowed_ = body_bytes;
    Wake();
  }
  void Drop() {
    const MutexLock lock(mutex_);
    dropped_ = true;
    Wake();
  }
  void LookAgainEvery(milliseconds time) {
    const MutexLock lock(mutex_);
    look_again_ = time;
  }

  std::atomic<int> asked{0};

 private:
  void Wake() KONDOR_REQUIRES(mutex_) {
    const std::uint64_t one = 1;
    static_cast<void>(!write(wake_, &one, sizeof(one)));
  }

  const int wake_;
  Mutex mutex_;
  std::optional<std::size_t> allowed_ KONDOR_GUARDED_BY(mutex_);
  std::optional<std::chrono::nanoseconds> look_again_ KONDOR_GUARDED_BY(mutex_);
  bool dropped_ KONDOR_GUARDED_BY(mutex_) = false;
};

Response Delivered(std::string body, Delivery delivery) {
  Response response = Text(std::move(body));
  response.delivery = std::make_shared<const Delivery>(std::move(delivery));
  return response;
}

class DeliveryTest : public ServerTest {
 protected:
  // "/plain" is answered as usual, anything else by `delivery`.
  void StartWith(Delivery delivery, std::string body = "0123456789", ServerOptions options = {}) {
    Start(
        [delivery = std::move(delivery), body = std::move(body)](const Request& request) {
          return request.path == "/plain" ? Text("plain") : Delivered(body, delivery);
        },
        std::move(options));
  }
};

TEST_F(DeliveryTest, NothingAtAllIsAProperEnd) {
  StartWith({.end = Delivery::End::kNothing});
  RawClient client = Client();
  client.Send(Get("/"));
  EXPECT_TRUE(client.Ended());
}

TEST_F(DeliveryTest, AResetIsNoProperEnd) {
  StartWith({.end = Delivery::End::kReset});
  RawClient client = Client();
  client.Send(Get("/"));
  EXPECT_TRUE(client.WasReset());
}

TEST_F(DeliveryTest, ACutBodyPromisesMoreThanComes) {
  StartWith({.end = Delivery::End::kClose, .body_bytes_max = 4});
  RawClient client = Client();
  client.Send(Get("/"));
  const std::string all = client.Rest();
  EXPECT_THAT(all, testing::HasSubstr("Content-Length: 10\r\n"));
  EXPECT_THAT(all, testing::EndsWith("\r\n\r\n0123"));
  EXPECT_THAT(all, testing::Not(testing::HasSubstr("Connection: close")));
}

TEST_F(DeliveryTest, ACutBeyondTheBodyCutsNothing) {
  StartWith({.end = Delivery::End::kClose, .body_bytes_max = 99});
  RawClient client = Client();
  EXPECT_ANSWER(client.Ask(Get("/")), 200, "0123456789");
  EXPECT_TRUE(client.Ended());
}

TEST_F(DeliveryTest, ALengthTooLargeEndsBeforeItIsReached) {
  StartWith({.end = Delivery::End::kClose, .claimed_length = 12});
  RawClient client = Client();
  client.Send(Get("/"));
  const std::string all = client.Rest();
  EXPECT_THAT(all, testing::HasSubstr("Content-Length: 12\r\n"));
  EXPECT_THAT(all, testing::EndsWith("\r\n\r\n0123456789"));
}

TEST_F(DeliveryTest, ALengthTooSmallLeavesBytesForTheNextAnswer) {
  StartWith({.claimed_length = 7});
  RawClient client = Client();
  EXPECT_ANSWER(client.Ask(Get("/")), 200, "0123456");
  client.Send(Get("/plain", "Connection: close\r\n"));
  EXPECT_THAT(client.Rest(), testing::StartsWith("789HTTP/1.1 200 OK\r\n"));
}

TEST_F(DeliveryTest, ABodyThatMayNotBeThereHasALengthOnlyWhenItIsClaimed) {
  Start([](const Request&) {
    Response response = Delivered("", {.claimed_length = 7});
    response.status = 204;
    return response;
  });
  RawClient client = Client();
  const auto answer = client.Ask(Get("/"), BodyComes::kNo);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->Header("Content-Length"), "7");
}

TEST_F(DeliveryTest, HeadHasNoBodyHoweverItIsDelivered) {
  const auto pace = std::make_shared<TestPace>();
  StartWith({.body_bytes_max = 4, .pace = pace});
  pace->Allow(0);
  RawClient client = Client();
  const auto answer = client.Ask("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n", BodyComes::kNo);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->Header("Content-Length"), "10");
  EXPECT_ANSWER(client.Ask(Get("/plain")), 200, "plain");
}

TEST_F(DeliveryTest, ALateAnswerComesWhenItsPaceSaysSoAndTheConnectionGoesOn) {
  const auto pace = std::make_shared<TestPace>();
  StartWith({.pace = pace});
  RawClient client = Client();
  client.Send(Get("/"));
  EXPECT_TRUE(client.SilentFor(milliseconds(50)));
  pace->Allow(10);
  EXPECT_ANSWER(client.Receive(), 200, "0123456789");
  EXPECT_ANSWER(client.Ask(Get("/plain")), 200, "plain");
}

TEST_F(DeliveryTest, ABodyComesInThePiecesItsPaceAllows) {
  const auto pace = std::make_shared<TestPace>();
  StartWith({.pace = pace});
  RawClient client = Client();
  pace->Allow(0);
  client.Send(Get("/"));
  EXPECT_THAT(client.Take(4096), testing::EndsWith("\r\n\r\n"));
  EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  pace->Allow(3);
  EXPECT_EQ(client.Take(4096), "012");
  EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  pace->Allow(99);
  EXPECT_EQ(client.Take(4096), "3456789");
  EXPECT_ANSWER(client.Ask(Get("/plain")), 200, "plain");
}

TEST_F(DeliveryTest, APaceIsAskedAgainWhenItsTimeIsOver) {
  const auto pace = std::make_shared<TestPace>();
  pace->LookAgainEvery(milliseconds(1));
  StartWith({.pace = pace});
  RawClient client = Client();
  client.Send(Get("/"));
  while (pace->asked < 3) std::this_thread::yield();
  pace->Allow(10);
  EXPECT_ANSWER(client.Receive(), 200, "0123456789");
}

TEST_F(DeliveryTest, ADroppedAnswerEndsTheConnectionWithoutAByte) {
  const auto pace = std::make_shared<TestPace>();
  StartWith({.pace = pace});
  RawClient client = Client();
  client.Send(Get("/"));
  EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  pace->Drop();
  EXPECT_TRUE(client.Ended());
}

TEST_F(DeliveryTest, AResetMayComeLate) {
  const auto pace = std::make_shared<TestPace>();
  StartWith({.end = Delivery::End::kReset, .pace = pace});
  RawClient client = Client();
  client.Send(Get("/"));
  EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  pace->Allow(0);
  EXPECT_TRUE(client.WasReset());
}

TEST_F(DeliveryTest, AWaitEndsWithItsClient) {
  auto pace = std::make_shared<TestPace>();
  const std::weak_ptr<Pace> waiting = pace;
  // The one answer that there is takes its pace along.
  const auto answer = std::make_shared<Response>(Delivered("never", {.pace = std::move(pace)}));
  Start([answer](const Request&) { return std::exchange(*answer, {}); });
  {
    RawClient client = Client();
    client.Send(Get("/"));
    EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  }
  while (!waiting.expired()) std::this_thread::yield();
}

TEST_F(DeliveryTest, StoppingCutsWhatStillWaits) {
  const auto pace = std::make_shared<TestPace>();
  ServerOptions options;
  options.drain_time_max = milliseconds(50);
  StartWith({.pace = pace}, "0123456789", options);
  RawClient client = Client();
  client.Send(Get("/"));
  EXPECT_TRUE(client.SilentFor(milliseconds(20)));
  const SystemClock clock;
  const TimePoint begin = clock.Now();
  server_->Stop();
  EXPECT_LT(clock.Now() - begin, seconds(5));
  EXPECT_TRUE(client.Ended());
}

// One thread a connection: were waiting answers to hold all of them for good, not even the call
// that moves the clock would come through.
TEST_F(DeliveryTest, AnswersThatWaitMakeRoomForNewConnections) {
  const auto pace = std::make_shared<TestPace>();
  pace->LookAgainEvery(milliseconds(5));  // one descriptor cannot wake all three
  ServerOptions options;
  options.threads_max = 3;
  options.head_time_max = milliseconds(100);  // a tenth of it may be waited in peace
  StartWith({.pace = pace}, "0123456789", options);
  std::vector<RawClient> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.push_back(Client());
    waiting.back().Send(Get("/"));
    EXPECT_TRUE(waiting.back().SilentFor(milliseconds(20)));
  }
  EXPECT_ANSWER(Client().Ask(Get("/plain", "Connection: close\r\n")), 200, "plain");
  EXPECT_TRUE(waiting[0].Ended());
  pace->Allow(10);
  EXPECT_ANSWER(waiting[2].Receive(), 200, "0123456789");
}

}  // namespace
}  // namespace kondor::http
