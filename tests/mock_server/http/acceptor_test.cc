#include "mock_server/http/acceptor.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <semaphore>
#include <thread>
#include <vector>

#include "tests/mock_server/http/raw_client.h"

namespace kondor::http {
namespace {

// Keeps the jobs for the test to run when it likes.
class AcceptorTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(acceptor_.Listen("127.0.0.1", 0)); }

  std::vector<std::function<void()>> jobs_;
  std::counting_semaphore<> hired_{0};
  int served_ = 0;
  Acceptor acceptor_{[this](std::function<void()> job) {
                       jobs_.push_back(std::move(job));
                       hired_.release();
                     },
                     [this](int socket) {
                       ++served_;
                       close(socket);
                     }};
};

TEST_F(AcceptorTest, AJobMayOutliveTheLoopThatMadeIt) {
  std::thread loop([this] { acceptor_.Run(); });
  RawClient client(acceptor_.port());
  hired_.acquire();
  acceptor_.Stop();
  loop.join();
  ASSERT_EQ(jobs_.size(), 1u);
  jobs_[0]();
  EXPECT_EQ(served_, 1);
  EXPECT_TRUE(client.Ended());
}

TEST_F(AcceptorTest, StopIsNotLostWhenItComesFirst) {
  acceptor_.Stop();
  acceptor_.Run();
  EXPECT_TRUE(jobs_.empty());
}

TEST_F(AcceptorTest, ClientsCanConnectBeforeTheLoopRuns) {
  RawClient client(acceptor_.port());
  EXPECT_TRUE(client.connected());
  std::thread loop([this] { acceptor_.Run(); });
  hired_.acquire();
  acceptor_.Stop();
  loop.join();
  jobs_[0]();
  EXPECT_EQ(served_, 1);
}

}  // namespace
}  // namespace kondor::http
