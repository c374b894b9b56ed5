// What a receiver may do to whoever posts to it, on real sockets.
#include "mock_server/http/post.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/mock_server/http/receiver.h"

namespace kondor::http {
namespace {

class PostTest : public testing::Test {
 protected:
  PostRequest RequestTo(int port) const {
    PostRequest request;
    request.address = "127.0.0.1";
    request.port = port;
    request.authority = "example.test";
    request.target = "/hook?x=1";
    request.headers = {{"X-Auth", "s3cret"}};
    request.body = R"({"a": 1})";
    return request;
  }
  PostAnswer Send(Act act, std::chrono::milliseconds time_max = std::chrono::seconds(20)) {
    receiver_.Script({act});
    PostRequest request = RequestTo(receiver_.port());
    request.time_max = time_max;
    return Post(request, stop_);
  }

  Receiver receiver_;
  StopButton stop_;
};

TEST_F(PostTest, SendsWhatItWasGiven) {
  const PostAnswer answer = Send(Act::kOk);
  EXPECT_EQ(answer.end, PostEnd::kAnswered);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "taken");
  ASSERT_EQ(receiver_.requests().size(), 1U);
  EXPECT_EQ(receiver_.requests()[0],
            "POST /hook?x=1 HTTP/1.1\r\nHost: example.test\r\nX-Auth: s3cret\r\n"
            "Content-Length: 8\r\nConnection: close\r\n\r\n{\"a\": 1}");
}

TEST_F(PostTest, ReadsEveryFraming) {
  for (const Act act : {Act::kChunked, Act::kNoLength, Act::kInterim}) {
    const PostAnswer answer = Send(act);
    EXPECT_EQ(answer.end, PostEnd::kAnswered) << static_cast<int>(act);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "taken");
  }
  const PostAnswer empty = Send(Act::kNoContent);
  EXPECT_EQ(empty.status, 204);
  EXPECT_EQ(empty.body, "");
}

TEST_F(PostTest, TellsHowItEnded) {
  EXPECT_EQ(Send(Act::kClose).end, PostEnd::kClosedEarly);
  EXPECT_EQ(Send(Act::kTruncate).end, PostEnd::kClosedEarly);
  EXPECT_EQ(Send(Act::kTruncate).status, 0) << "half an answer is none";
  EXPECT_EQ(Send(Act::kGarbage).end, PostEnd::kMalformed);
  const DeadPort nobody;
  EXPECT_EQ(Post(RequestTo(nobody.port()), stop_).end, PostEnd::kNotConnected);
}

TEST_F(PostTest, FollowsNoRedirect) {
  Receiver other;
  receiver_.RedirectTo(other.url());
  EXPECT_EQ(Send(Act::kRedirect).status, 302);
  EXPECT_TRUE(other.requests().empty());
}

TEST_F(PostTest, ReadsNoMoreOfABodyThanItKeeps) {
  const PostAnswer answer = Send(Act::kEndless);
  EXPECT_EQ(answer.end, PostEnd::kAnswered);
  EXPECT_EQ(answer.body.size(), kAnswerBodyMax);
}

TEST_F(PostTest, HasOneDeadlineForTheWholeExchange) {
  EXPECT_EQ(Send(Act::kHang, std::chrono::milliseconds(50)).end, PostEnd::kTimeout);
  EXPECT_EQ(Send(Act::kDrip, std::chrono::milliseconds(100)).end, PostEnd::kTimeout);
}

TEST_F(PostTest, EndsAHeadThatGrows) {
  const PostAnswer answer = Send(Act::kLongHead);
  EXPECT_EQ(answer.end, PostEnd::kMalformed);
}

TEST_F(PostTest, IsStoppedFromAnotherThread) {
  std::thread presser([this] {
    receiver_.AwaitRequests(1);
    stop_.Press();
  });
  EXPECT_EQ(Send(Act::kHang, std::chrono::minutes(5)).end, PostEnd::kStopped);
  presser.join();
  EXPECT_EQ(Send(Act::kOk).end, PostEnd::kStopped) << "it stays pressed";
}

}  // namespace
}  // namespace kondor::http
