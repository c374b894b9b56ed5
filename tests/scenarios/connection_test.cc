// The wire, against servers that speak well, badly, and not at all.
#include "scenarios/wire/connection.h"

#include <gtest/gtest.h>

#include "tests/scenarios/scripted_server.h"

namespace kondor::scenarios {
namespace {

const Request kAsk{"GET", "/", {{"Host", "test"}}, ""};

Connection To(const ScriptedServer& server, Duration patience = std::chrono::seconds(10)) {
  return Connection(ParseUrl(server.url()).value(), patience);
}

TEST(Wire, KeepsWhatItGets) {
  const ScriptedServer server({HttpAnswer("401 Access Denied", "A: 1\r\na:2\r\nB:\r\n", "x")},
                              Afterwards::kKeepOpen);
  Connection connection = To(server);
  const Result<Reply> reply = connection.Exchange(kAsk);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 401);
  EXPECT_EQ(reply->reason, "Access Denied");
  EXPECT_EQ(reply->body, "x");
  EXPECT_EQ(reply->Count("A"), 2U);
  EXPECT_EQ(*reply->Header("b"), "");
  EXPECT_EQ(reply->Header("C"), nullptr);
}

TEST(Wire, ReadsChunksAndBodiesThatEndWithTheConnection) {
  const ScriptedServer chunked({"HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                                "chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: "
                                "1\r\n\r\n"},
                               Afterwards::kKeepOpen);
  Connection one = To(chunked);
  EXPECT_EQ(one.Exchange(kAsk).value().body, "abc0123456789");
  const ScriptedServer closing({"HTTP/1.1 200 OK\r\n\r\nuntil the end"}, Afterwards::kClose);
  Connection other = To(closing);
  EXPECT_EQ(other.Exchange(kAsk).value().body, "until the end");
}

TEST(Wire, PassesOverContinueAndHasNoBodyWhereThereIsNone) {
  const ScriptedServer server(
      {"HTTP/1.1 100 Continue\r\n\r\n" + HttpAnswer("200 OK", "", "done"),
       "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"},
      Afterwards::kKeepOpen);
  Connection connection = To(server);
  EXPECT_EQ(connection.Exchange(kAsk).value().body, "done");
  EXPECT_EQ(connection.Exchange(kAsk).value().status, 204);
  EXPECT_EQ(connection.Exchange({"HEAD", "/", {}, ""}).value().body, "");
}

TEST(Wire, ConnectsAnewWhenTheServerHasClosed) {
  const ScriptedServer server(
      {HttpAnswer("200 OK", "Connection: close\r\n", "1"), HttpAnswer("200 OK", "", "2")},
      Afterwards::kClose);
  Connection connection = To(server);
  EXPECT_EQ(connection.Exchange(kAsk).value().body, "1");
  EXPECT_EQ(connection.Exchange(kAsk).value().body, "2");
}

TEST(Wire, TellsWhatIsNoAnswer) {
  for (const std::string answer :
       {"SSH-2.0-OpenSSH\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"}) {
    const ScriptedServer server({answer}, Afterwards::kClose);
    Connection connection = To(server);
    const Result<Reply> reply = connection.Exchange(kAsk);
    ASSERT_FALSE(reply) << answer;
    EXPECT_EQ(reply.error().kind, ErrorKind::kMalformed) << answer << reply.error().message;
  }
}

TEST(Wire, TellsAnAnswerThatEndsEarlyOrNeverComes) {
  const ScriptedServer early({"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"},
                             Afterwards::kClose);
  Connection cut = To(early);
  EXPECT_EQ(cut.Exchange(kAsk).error().message, "the connection ended in mid-answer");
  const ScriptedServer silent({}, Afterwards::kKeepOpen);
  Connection waiting = To(silent, std::chrono::milliseconds(20));
  EXPECT_EQ(waiting.Exchange(kAsk).error().kind, ErrorKind::kTransport);
}

TEST(Wire, TellsWhyNobodyCanBeReached) {
  Connection refused(ParseUrl("http://127.0.0.1:1").value(), std::chrono::seconds(10));
  EXPECT_NE(refused.Exchange(kAsk).error().message.find("127.0.0.1:1"), std::string::npos);
  const ScriptedServer plain({"HTTP/1.1 400 Bad Request\r\n\r\n"}, Afterwards::kClose);
  Connection secure(ParseUrl("https://127.0.0.1:" + std::to_string(plain.port())).value(),
                    std::chrono::milliseconds(20));
  EXPECT_EQ(secure.Exchange(kAsk).error().message.substr(0, 21), "no TLS with 127.0.0.1");
}

TEST(Wire, PercentEncodesWhatIsNotPlain) {
  EXPECT_EQ(PercentEncoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(PercentEncoded("a b&c=\xC3\xA5/?"), "a%20b%26c%3D%C3%A5%2F%3F");
}

}  // namespace
}  // namespace kondor::scenarios
