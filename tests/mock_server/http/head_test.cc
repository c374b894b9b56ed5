// Head checking, without a socket.
#include "mock_server/http/head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace kondor::http {
namespace {

using testing::SizeIs;
using HeadState = HeadScanner::State;

struct Parsed {
  Request request;
  Framing framing;
  int status = 0;  // 0: accepted
  std::string code;
};

Parsed Parse(const std::string& raw, const HeadLimits& limits = {}) {
  static std::string kept;  // the views of the result point into it
  kept = raw;
  HeadScanner scanner;
  EXPECT_EQ(scanner.Scan(kept), HeadState::kComplete) << raw;
  Parsed parsed;
  const auto refusal = ParseHead(kept, limits, parsed.request, parsed.framing);
  if (refusal) {
    parsed.status = refusal->status;
    parsed.code = refusal->code;
    EXPECT_FALSE(refusal->message.empty());
  }
  return parsed;
}

Parsed ParseLine(const std::string& line) { return Parse(line + "\r\nHost: h\r\n\r\n"); }
Parsed ParseHeaders(const std::string& headers) {
  return Parse("POST / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
}

TEST(HeadScanner, FindsTheEndWhereverTheBytesAreCut) {
  const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string bytes = head + "rest";
  for (std::size_t cut = 0; cut <= head.size(); ++cut) {
    HeadScanner scanner;
    const HeadState first = scanner.Scan(bytes.substr(0, cut));
    EXPECT_EQ(first, cut < head.size() ? HeadState::kMore : HeadState::kComplete) << cut;
    if (first == HeadState::kMore) {
      EXPECT_EQ(scanner.Scan(bytes), HeadState::kComplete) << cut;
    }
    EXPECT_EQ(scanner.size(), head.size()) << cut;
  }
}

TEST(HeadScanner, SkipsOneEmptyLineBeforeTheRequest) {
  HeadScanner one;
  EXPECT_EQ(one.Scan("\r\nGET / HTTP/1.1\r\n\r\n"), HeadState::kComplete);
  HeadScanner two;
  EXPECT_EQ(two.Scan("\r\n\r\n"), HeadState::kMalformed);
}

TEST(HeadScanner, BareLineFeedIsMalformedAtOnce) {
  for (const char* bytes : {"GET / HTTP/1.1\n", "\n", "GET / HTTP/1.1\r\nHost: h\n", "a\r\n\n"}) {
    HeadScanner scanner;
    EXPECT_EQ(scanner.Scan(bytes), HeadState::kMalformed) << bytes;
  }
}

TEST(HeadScanner, ATlsHelloIsMalformedAtItsFirstByte) {
  HeadScanner scanner;
  EXPECT_EQ(scanner.Scan("\x16"), HeadState::kMalformed);
}

TEST(ParseHead, NothingIsDecoded) {
  const Parsed p = Parse(
      "GET /a%2Fb%63?q=%41+b?c HTTP/1.1\r\nHost: h\r\nX-Key:  k%41%0d%0a \t\r\nx-key: two\r\n\r\n");
  EXPECT_EQ(p.status, 0) << p.code;
  EXPECT_EQ(p.request.method, "GET");
  EXPECT_EQ(p.request.target, "/a%2Fb%63?q=%41+b?c");
  EXPECT_EQ(p.request.path, "/a%2Fb%63");
  EXPECT_EQ(p.request.query, "q=%41+b?c");
  ASSERT_THAT(p.request.headers, SizeIs(3));
  ASSERT_NE(p.request.FindHeader("X-KEY"), nullptr);
  EXPECT_EQ(p.request.FindHeader("X-KEY")->value, "k%41%0d%0a");
  EXPECT_EQ(p.request.FindHeader("X-Ke"), nullptr);
}

TEST(ParseHead, AnyMethodButConnectIsTheHandlersBusiness) {
  for (const char* method : {"GET", "OPTIONS", "TRACE", "PROPFIND", "X-1", "get"}) {
    EXPECT_EQ(ParseLine(std::string(method) + " / HTTP/1.1").status, 0) << method;
  }
  EXPECT_EQ(ParseLine("CONNECT a:1 HTTP/1.1").status, 501);
}

TEST(ParseHead, AWholeUrlAsTargetHasItsPath) {
  const Parsed url = ParseLine("GET http://k2.kondado.com.br/p?q HTTP/1.1");
  EXPECT_EQ(url.request.authority, "k2.kondado.com.br");
  EXPECT_EQ(url.request.path, "/p");
  EXPECT_EQ(url.request.query, "q");
  EXPECT_EQ(ParseLine("GET https://me:word@[::1]:80?q HTTP/1.1").request.authority, "[::1]:80");
  EXPECT_EQ(ParseLine("GET /http://x HTTP/1.1").request.authority, "");
  for (const char* target :
       {"http://", "http:///p", "http://h:x/", "http://h:65536/", "http://:80/", "http://h\\p/",
        "http://h/p#f", "/p#f", "http://a b/"}) {
    EXPECT_EQ(ParseLine("GET " + std::string(target) + " HTTP/1.1").status, 400) << target;
  }
  EXPECT_EQ(ParseLine("GET HTTPS://h HTTP/1.1").request.path, "/");
  const Parsed bare = ParseLine("GET http://h?q=/x HTTP/1.1");
  EXPECT_EQ(bare.request.path, "/");
  EXPECT_EQ(bare.request.query, "q=/x");
  EXPECT_EQ(ParseLine("GET /http://x HTTP/1.1").request.path, "/http://x");
}

TEST(ParseHead, AsteriskIsForOptionsOnly) {
  EXPECT_EQ(ParseLine("OPTIONS * HTTP/1.1").request.path, "*");
  EXPECT_EQ(ParseLine("GET * HTTP/1.1").status, 400);
}

TEST(ParseHead, MalformedRequestLines) {
  for (const char* line :
       {"GET", "GET /", "GET / ", "GET  HTTP/1.1", "GET /a b HTTP/1.1", "GET  / HTTP/1.1",
        "G(T / HTTP/1.1", "GET / HTTP/1.1 ", "GET / http/1.1", "GET / HTTP/11", "GET x HTTP/1.1",
        "GET /\x01 HTTP/1.1", "GET /\x7f HTTP/1.1", "GET ftp://h/ HTTP/1.1", "GET /\t HTTP/1.1"}) {
    EXPECT_EQ(ParseLine(line).status, 400) << line;
  }
  EXPECT_EQ(ParseLine("GET /caf\xc3\xa9 HTTP/1.1").status, 0) << "raw UTF-8 harms nobody";
}

TEST(ParseHead, OtherVersionsAreNotSpoken) {
  EXPECT_EQ(ParseLine("GET / HTTP/2.0").status, 505);
  EXPECT_EQ(ParseLine("PRI * HTTP/2.0").status, 505);
  EXPECT_EQ(ParseLine("GET / HTTP/1.2").status, 505);
  EXPECT_EQ(ParseLine("GET / HTTP/0.9").status, 505);
}

TEST(ParseHead, MalformedHeaders) {
  for (const char* header : {"NoColon\r\n", ": empty\r\n", "Space : x\r\n", " folded\r\n",
                             "A: x\r\n folded\r\n", "B(d: x\r\n", "A: \x01\r\n", "A: x\ry\r\n"}) {
    EXPECT_EQ(ParseHeaders(header).code, "MALFORMED_HEADER") << header;
  }
  EXPECT_EQ(ParseHeaders(std::string("A: x\0y\r\n", 8)).status, 400);
  EXPECT_EQ(ParseHeaders("Empty:\r\n").status, 0);
}

TEST(ParseHead, ExactlyOneHost) {
  EXPECT_EQ(Parse("GET / HTTP/1.1\r\nA: b\r\n\r\n").code, "BAD_HOST");
  EXPECT_EQ(ParseHeaders("Host: h\r\n").code, "BAD_HOST");
  EXPECT_EQ(Parse("GET / HTTP/1.0\r\nA: b\r\n\r\n").status, 0);
  EXPECT_EQ(Parse("GET / HTTP/1.1\r\nHost: a b\r\n\r\n").code, "BAD_HOST");
  EXPECT_EQ(Parse("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n").code, "BAD_HOST");
  EXPECT_EQ(Parse("GET / HTTP/1.1\r\nHost: [::1]:70\r\n\r\n").status, 0);
}

TEST(ParseHead, LimitsAreInclusive) {
  const HeadLimits limits{5, 2};
  EXPECT_EQ(Parse("GET /1234 HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n", limits).status, 0);
  EXPECT_EQ(Parse("GET /12345 HTTP/1.1\r\nHost: h\r\n\r\n", limits).status, 414);
  EXPECT_EQ(Parse("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nC: d\r\n\r\n", limits).status, 431);
}

TEST(ParseHead, ARefusedHeadStillTellsItsMethod) {
  EXPECT_EQ(Parse("HEAD / HTTP/1.1\r\nbad\r\n\r\n").request.method, "HEAD");
}

TEST(HeadTooLarge, BlamesTheTargetOnlyWhenItIsTheTarget) {
  const HeadLimits limits{10, 2};
  EXPECT_EQ(HeadTooLarge("GET /12345678901234567890", limits).status, 414);
  EXPECT_EQ(HeadTooLarge("GET /\r\nA: 12345678901234567890", limits).status, 431);
}

}  // namespace
}  // namespace kondor::http
