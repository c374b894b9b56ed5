// Request bodies: framing, codings, bounds, and what must never become the next request.
#include "tests/mock_server/http/compressed.h"
#include "tests/mock_server/http/server_fixture.h"

namespace kondor::http {
namespace {

using std::chrono::milliseconds;

std::string Post(const std::string& headers, const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}

std::string PostLength(const std::string& body, const std::string& more_headers = "") {
  return Post("Content-Length: " + std::to_string(body.size()) + "\r\n" + more_headers, body);
}

std::string Chunks(const std::string& body, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < body.size(); i += size) {
    const std::string piece = body.substr(i, size);
    char line[32];
    std::snprintf(line, sizeof(line), "%zx\r\n", piece.size());
    out += line + piece + "\r\n";
  }
  return out + "0\r\n\r\n";
}

std::string PostChunks(const std::string& body, const std::string& more_headers = "") {
  return Post("Transfer-Encoding: chunked\r\n" + more_headers, Chunks(body, 1000));
}

class BodyTest : public ServerTest {
 protected:
  void StartWithLimit(std::size_t body_bytes_max) {
    ServerOptions options;
    options.body_bytes_max = body_bytes_max;
    Start([](const Request& request) { return Text(request.body); }, options);
  }
  // After the request the connection must still be in step.
  void ExpectServed(const std::string& request, const std::string& body) {
    RawClient client = Client();
    ASSERT_TRUE(client.Send(request + Get("/next")));
    EXPECT_ANSWER(client.Receive(), 200, body);
    EXPECT_ANSWER(client.Receive(), 200, "");
  }
  void ExpectRefused(const std::string& request, int status, const std::string& code) {
    RawClient client = Client();
    const auto answer = client.Ask(request + Get("/smuggled"));
    EXPECT_ANSWER(answer, status, code);
    EXPECT_EQ(answer->Header("Connection"), "close");
    EXPECT_TRUE(client.Ended());
  }
};

TEST_F(BodyTest, BothFramingsAndAllCodings) {
  StartWithLimit(1 << 20);
  std::string body;
  for (int i = 0; i < 20'000; ++i) body += std::to_string(i);
  ExpectServed(PostLength(body), body);
  ExpectServed(PostChunks(body), body);
  for (const auto& [name, coding] :
       {std::pair("gzip", Coding::kGzip), std::pair("deflate", Coding::kDeflate)}) {
    const std::string header = std::string("Content-Encoding: ") + name + "\r\n";
    ExpectServed(PostLength(Compress(body, coding), header), body);
    ExpectServed(PostChunks(Compress(body, coding), header), body);
  }
}

TEST_F(BodyTest, BodiesOfEveryMethodAreRead) {
  Start();
  RawClient client = Client();
  for (const std::string method : {"GET", "DELETE", "OPTIONS"}) {
    EXPECT_ANSWER(client.Ask(method + " / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"), 200,
                  method + " / [x]");
  }
}

TEST_F(BodyTest, FormsAndMultipartComeAsTheyAre) {
  StartWithLimit(100'000);
  const std::string form(50'000, 'x');  // over the 8 KiB that the library allows a form
  ExpectServed(PostLength(form, "Content-Type: application/x-www-form-urlencoded\r\n"), form);
  ExpectServed(PostLength("not multipart", "Content-Type: multipart/form-data\r\n"),
               "not multipart");
}

TEST_F(BodyTest, TheBoundIsInclusiveAndHoldsForEveryForm) {
  StartWithLimit(5000);
  const std::string fits(5000, 'x');
  const std::string large(5001, 'x');
  const std::string gzip = "Content-Encoding: gzip\r\n";
  ExpectServed(PostLength(fits), fits);
  ExpectServed(PostChunks(fits), fits);
  ExpectServed(PostLength(Compress(fits, Coding::kGzip), gzip), fits);
  ExpectRefused(PostLength(large), 413, "BODY_TOO_LARGE");
  ExpectRefused(PostChunks(large), 413, "BODY_TOO_LARGE");
  ExpectRefused(PostLength(Compress(large, Coding::kGzip), gzip), 413, "BODY_TOO_LARGE");
  ExpectRefused(PostChunks(Compress(large, Coding::kGzip), gzip), 413, "BODY_TOO_LARGE");
}

TEST_F(BodyTest, ATooLargeLengthIsRefusedBeforeTheBodyIsSent) {
  StartWithLimit(5000);
  ExpectRefused(Post("Content-Length: 99999999999\r\n", ""), 413, "BODY_TOO_LARGE");
  ExpectRefused(Post("Content-Length: 5001\r\nExpect: 100-continue\r\n", ""), 413,
                "BODY_TOO_LARGE");
}

TEST_F(BodyTest, ARefusedUploadStillReadsItsAnswer) {
  StartWithLimit(5000);
  // Far more than the socket's buffers hold: without draining, the reset would eat the answer.
  ExpectRefused(PostLength(std::string(16 << 20, 'x')), 413, "BODY_TOO_LARGE");
}

TEST_F(BodyTest, MalformedBodies) {
  StartWithLimit(5000);
  ExpectRefused(Post("Transfer-Encoding: chunked\r\n", "zz\r\n"), 400, "MALFORMED_CHUNK");
  ExpectRefused(Post("Transfer-Encoding: chunked\r\n", "3\nabc"), 400, "MALFORMED_CHUNK");
  ExpectRefused(PostLength("no gzip", "Content-Encoding: gzip\r\n"), 400,
                "MALFORMED_CONTENT_ENCODING");
  const std::string cut = Compress("hello", Coding::kGzip).substr(0, 15);
  ExpectRefused(PostLength(cut, "Content-Encoding: gzip\r\n"), 400, "MALFORMED_CONTENT_ENCODING");
}

TEST_F(BodyTest, AnEmptyBodyMayClaimAnyCoding) {
  StartWithLimit(5000);
  ExpectServed(PostChunks("", "Content-Encoding: gzip\r\n"), "");
  ExpectServed(PostLength("", "Content-Encoding: gzip\r\n"), "");
}

TEST_F(BodyTest, ExpectContinueIsAnsweredBeforeTheBody) {
  Start();
  RawClient client = Client();
  const auto go_on = client.Ask(Post("Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
  ASSERT_TRUE(go_on.has_value());
  EXPECT_EQ(go_on->head, "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_ANSWER(client.Ask("hi"), 200, "POST / [hi]");
  EXPECT_ANSWER(client.Ask(Get("/next")), 200, "GET /next []");
}

TEST_F(BodyTest, ExpectContinueIsNotAnsweredWhenTheBodyIsThere) {
  Start();
  EXPECT_ANSWER(Client().Ask(PostLength("hi", "Expect: 100-continue\r\n")), 200, "POST / [hi]");
}

TEST_F(BodyTest, ADrippingBodyIsRefusedAfterItsTotalTime) {
  ServerOptions options;
  options.body_time_max = milliseconds(60);
  Start(Echo, options);
  RawClient client = Client();
  ASSERT_TRUE(client.Send(Post("Content-Length: 100000\r\n", "")));
  std::optional<Answer> answer;
  for (int i = 0; i < 2000 && !answer; ++i) {
    static_cast<void>(client.Send("x"));
    if (!client.SilentFor(milliseconds(5))) answer = client.Receive();
  }
  EXPECT_ANSWER(answer, 408, "BODY_TIMEOUT");
}

TEST_F(BodyTest, AClientThatGoesAwayMidBodyHarmsNobody) {
  Start();
  { static_cast<void>(Client().Send(Post("Content-Length: 100\r\n", "x"))); }
  EXPECT_ANSWER(Client().Ask(Get("/")), 200, "GET / []");
}

}  // namespace
}  // namespace kondor::http
