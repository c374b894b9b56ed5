// Requests and answers as they should be, on connections that are used again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <semaphore>
#include <string>
#include <vector>

#include "tests/client/http/transport_fixture.h"

namespace kondor::client {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Tells what it was sent.
void EchoRequests(RawConnection& connection, int) {
  while (const auto request = connection.ReadRequest()) {
    if (!connection.Send(Answer200(*request))) return;
  }
}

class GoodTransport : public TransportTest {
 protected:
  std::string Echo(const Request& request, const std::string& prefix = "") {
    return BodyOf(To(server_.url() + prefix)->Send(request, kLong, {}));
  }
  RawServer server_{EchoRequests};
};

TEST_F(GoodTransport, SendsMethodPathAndQuery) {
  EXPECT_THAT(Echo({.path = "/a%20b", .query = {{"k", "a&b"}, {"k", "\xc3\xa3"}}}, "/@mine/k2/"),
              StartsWith("GET /@mine/k2/a%20b?k=a%26b&k=%C3%A3 HTTP/1.1\r\n"));
  for (const Method method :
       {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete}) {
    EXPECT_THAT(Echo({.method = method, .path = "/x"}),
                StartsWith(std::string(ToText(method)) + " /x "));
  }
}

TEST_F(GoodTransport, APostWithoutABodySaysSo) {  // K7; or a server may wait for one
  EXPECT_THAT(Echo({.method = Method::kPost}), HasSubstr("Content-Length: 0\r\n"));
}

TEST_F(GoodTransport, SendsHeadersAndBody) {
  const std::string seen = Echo({.method = Method::kPost,
                                 .headers = {{"X-OnBehalfOf-Token", "a.b.c"}},
                                 .body = R"({"a": 1})"});
  EXPECT_THAT(seen, HasSubstr("X-OnBehalfOf-Token: a.b.c\r\n"));
  EXPECT_THAT(seen, HasSubstr("Content-Type: application/json\r\n")) << "bodies are JSON";
  EXPECT_THAT(seen, HasSubstr("\r\n\r\n{\"a\": 1}"));
  EXPECT_THAT(seen, Not(HasSubstr("cpp-httplib")));
  EXPECT_THAT(
      Echo({.method = Method::kPost, .headers = {{"content-type", "text/csv"}}, .body = "a"}),
      Not(HasSubstr("application/json")));
}

TEST_F(GoodTransport, GivesStatusHeadersAndBody) {
  RawServer server(
      AlwaysSend("HTTP/1.1 429 Too Many\r\nRetry-After: 57\r\nContent-Length: 2\r\n\r\n{}"));
  const auto delivered = Get(*To(server.url()));
  const auto* response = std::get_if<Response>(&delivered);
  ASSERT_NE(response, nullptr);
  EXPECT_EQ(response->status, 429);
  EXPECT_EQ(response->body, "{}");
  ASSERT_NE(response->FindHeader("retry-after"), nullptr);
  EXPECT_EQ(*response->FindHeader("RETRY-AFTER"), "57");
  EXPECT_EQ(response->FindHeader("Retry"), nullptr);
}

TEST_F(GoodTransport, UsesOneConnectionForCallAfterCall) {
  auto transport = To(server_.url());
  for (int i = 0; i < 50; ++i) EXPECT_THAT(BodyOf(Get(*transport)), StartsWith("GET /x"));
  EXPECT_EQ(server_.connections(), 1);
}

TEST_F(GoodTransport, GoesOnAfterAServerThatClosesAfterFiveRequests) {
  std::counting_semaphore<8> closed(0);
  RawServer server([&](RawConnection& connection, int) {
    for (int i = 0; i < 5 && connection.ReadRequest(); ++i) connection.Send(Answer200("{}"));
    connection.FinishSending();
    closed.release();
  });
  auto transport = To(server.url());
  for (int i = 1; i <= 23; ++i) {
    ASSERT_EQ(BodyOf(Get(*transport)), "{}") << i;
    if (i % 5 == 0) closed.acquire();  // or the next request might meet the end on its way
  }
  EXPECT_EQ(server.connections(), 5);
  transport.reset();  // which ends the last connection
}

TEST_F(GoodTransport, KeepsToConnectionClose) {
  RawServer server(AlwaysSend(Answer200("{}", "Connection: close\r\n")));
  auto transport = To(server.url());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(BodyOf(Get(*transport)), "{}");
  EXPECT_EQ(server.connections(), 3);
}

TEST_F(GoodTransport, DoesNotFollowRedirects) {  // credentials follow nobody
  RawServer elsewhere(AlwaysSend(Answer200("{}")));
  for (const char* status : {"301 Moved", "302 Found", "307 Temporary", "308 Permanent"}) {
    RawServer server(AlwaysSend("HTTP/1.1 " + std::string(status) + "\r\nLocation: " +
                                elsewhere.url() + "/\r\nContent-Length: 0\r\n\r\n"));
    const auto delivered = Get(*To(server.url()));
    ASSERT_TRUE(std::holds_alternative<Response>(delivered));
    EXPECT_EQ(std::get<Response>(delivered).status / 100, 3);
  }
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST_F(GoodTransport, ReadsChunksAndBodiesThatEndWithTheConnection) {
  RawServer chunked(AlwaysSend(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n"));
  auto transport = To(chunked.url());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(BodyOf(Get(*transport)), "[1,2]");
  RawServer endless([](RawConnection& connection, int) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\n\r\n[1]");
  });
  EXPECT_EQ(BodyOf(Get(*To(endless.url()))), "[1]");
}

TEST_F(GoodTransport, ReadsABodyUpToItsMostAndNoFurther) {
  const std::string most(1 << 20, 'x');
  RawServer server([&](RawConnection& connection, int number) {
    while (connection.ReadRequest()) connection.Send(Answer200(number == 0 ? most : most + "y"));
  });
  auto transport = To(server.url(), {.body_bytes_max = most.size()});
  EXPECT_EQ(BodyOf(Get(*transport)).size(), most.size());
  auto other = To(server.url(), {.body_bytes_max = most.size()});
  const TransportFault fault = FaultOf(Get(*other));
  EXPECT_THAT(fault.message, HasSubstr("too long"));
  EXPECT_EQ(fault.reach, Reach::kMaybeCarriedOut);
}

TEST_F(GoodTransport, SaysWhatCannotBeUsed) {
  for (const HttpOptions& bad :
       {HttpOptions{.base_url = "nonsense"},
        HttpOptions{.base_url = "https://a", .ca_file = "no/such/file.pem"}}) {
    const auto made = MakeHttpTransport(bad);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::kInvalidArgument);
  }
  EXPECT_EQ(FaultOf(To(server_.url())->Send({.path = "x"}, kLong, {})).reach, Reach::kNotSent);
  EXPECT_EQ(server_.connections(), 0);
}

}  // namespace
}  // namespace kondor::client
