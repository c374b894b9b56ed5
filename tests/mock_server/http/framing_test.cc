// What headers say about the body and the connection; the ground of request smuggling.
#include "mock_server/http/framing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kondor::http {
namespace {

enum class Version { k10, k11 };

struct Checked {
  Framing framing;
  int status = 0;  // 0: accepted
};

Checked Check(std::vector<HeaderView> headers, Version version = Version::k11) {
  Request request;
  request.method = "POST";
  request.headers = std::move(headers);
  request.headers.push_back({"Host", "h"});
  Checked checked;
  checked.framing.http_1_0 = version == Version::k10;
  const auto refusal = CheckFraming(request, checked.framing);
  if (refusal) checked.status = refusal->status;
  return checked;
}

TEST(Framing, NoLengthIsAnEmptyBodyForEveryMethod) {
  const Checked checked = Check({});
  EXPECT_EQ(checked.status, 0);
  EXPECT_EQ(checked.framing.body, BodyKind::kNone);
}

TEST(Framing, OneLength) {
  EXPECT_EQ(Check({{"content-length", "12"}}).framing.length, 12u);
  EXPECT_EQ(Check({{"Content-Length", "12"}}).framing.body, BodyKind::kLength);
  EXPECT_EQ(Check({{"Content-Length", "0"}}).framing.body, BodyKind::kNone);
  EXPECT_EQ(Check({{"Content-Length", "007"}}).framing.length, 7u);
}

TEST(Framing, LengthsThatTwoProgramsMayReadInTwoWays) {
  for (const char* value : {"", "+5", "-1", "5 ", "5,5", "0x5", "5a", "99999999999999999999"}) {
    EXPECT_EQ(Check({{"Content-Length", value}}).status, 400) << value;
  }
  EXPECT_EQ(Check({{"Content-Length", "5"}, {"Content-Length", "6"}}).status, 400);
  EXPECT_EQ(Check({{"Content-Length", "5"}, {"Content-Length", "5"}}).status, 400);
  EXPECT_EQ(Check({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}).status, 400);
  EXPECT_EQ(Check({{"Content-Length", "0"}, {"Transfer-Encoding", "chunked"}}).status, 400);
  EXPECT_EQ(Check({{"Transfer-Encoding", "chunked"}}, Version::k10).status, 400);
}

TEST(Framing, TheOnlyTransferEncodingIsChunked) {
  EXPECT_EQ(Check({{"transfer-encoding", "Chunked"}}).framing.body, BodyKind::kChunked);
  for (const char* value : {"", "identity", "gzip, chunked", "chunked, chunked", "xchunked"}) {
    EXPECT_EQ(Check({{"Transfer-Encoding", value}}).status, 501) << value;
  }
  EXPECT_EQ(Check({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}).status,
            501);
}

TEST(Framing, Codings) {
  const HeaderView length{"Content-Length", "5"};
  EXPECT_EQ(Check({length, {"Content-Encoding", "GZIP"}}).framing.coding, Coding::kGzip);
  EXPECT_EQ(Check({length, {"Content-Encoding", "x-gzip"}}).framing.coding, Coding::kGzip);
  EXPECT_EQ(Check({length, {"Content-Encoding", "deflate"}}).framing.coding, Coding::kDeflate);
  EXPECT_EQ(Check({length, {"Content-Encoding", "identity"}}).framing.coding, Coding::kIdentity);
  EXPECT_EQ(Check({length, {"Content-Encoding", "br"}}).status, 415);
  EXPECT_EQ(Check({length, {"Content-Encoding", "gzip, gzip"}}).status, 415);
  EXPECT_EQ(Check({length, {"Content-Encoding", "gzip"}, {"Content-Encoding", "gzip"}}).status,
            415);
  EXPECT_EQ(Check({{"Content-Encoding", "br"}}).status, 0) << "without a body it means nothing";
}

TEST(Framing, ConnectionIsAListComparedWithoutCase) {
  const auto persistence = [](const char* value, Version version) {
    return Check({{"Connection", value}}, version).framing.persistence;
  };
  EXPECT_EQ(persistence("x", Version::k11), Persistence::kKeepAlive);
  EXPECT_EQ(persistence("Close", Version::k11), Persistence::kClose);
  EXPECT_EQ(persistence("keep-alive, CLOSE", Version::k11), Persistence::kClose);
  EXPECT_EQ(persistence("x,\tclose ,y", Version::k11), Persistence::kClose);
  EXPECT_EQ(persistence("closed", Version::k11), Persistence::kKeepAlive);
  EXPECT_EQ(persistence("x", Version::k10), Persistence::kClose);
  EXPECT_EQ(persistence("Keep-Alive", Version::k10), Persistence::kKeepAlive);
  EXPECT_EQ(persistence("keep-alive, close", Version::k10), Persistence::kClose);
  EXPECT_EQ(Check({{"Connection", "x"}, {"Connection", "close"}}).framing.persistence,
            Persistence::kClose);
}

TEST(Framing, Expectations) {
  const HeaderView expect{"Expect", "100-Continue"};
  EXPECT_TRUE(Check({{"Content-Length", "5"}, expect}).framing.expects_continue);
  EXPECT_FALSE(Check({expect}).framing.expects_continue);
  EXPECT_FALSE(Check({{"Content-Length", "5"}, expect}, Version::k10).framing.expects_continue);
  EXPECT_EQ(Check({{"Expect", "a-pony"}}).status, 417);
}

}  // namespace
}  // namespace kondor::http
