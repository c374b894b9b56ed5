// What the handler gets, and what the edge refuses before the handler is asked.
#include "tests/mock_server/http/server_fixture.h"

namespace kondor::http {
namespace {

using std::chrono::milliseconds;

class RequestTest : public ServerTest {};

TEST_F(RequestTest, PostWithoutABodyIsAnsweredAtOnceAndSoIsTheNext) {
  Start();
  RawClient client = Client();
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    const std::string line = std::string(method) + " /run HTTP/1.1\r\nHost: h\r\n\r\n";
    EXPECT_ANSWER(client.Ask(line), 200, std::string(method) + " /run []");
    EXPECT_ANSWER(client.Ask(Get("/next")), 200, "GET /next []");
  }
}

TEST_F(RequestTest, NothingIsDecodedOnTheWayToTheHandler) {
  Start([](const Request& request) {
    const HeaderView* key = request.FindHeader("x-key");
    return Text(std::string(request.path) + "|" + std::string(request.query) + "|" +
                std::string(key != nullptr ? key->value : "none"));
  });
  EXPECT_ANSWER(Client().Ask(Get("/a%2Fb%63?k=%41", "X-Key: k%41%0d%0aEvil: 1\r\n")), 200,
                "/a%2Fb%63|k=%41|k%41%0d%0aEvil: 1");
}

TEST_F(RequestTest, TheAddressIsTheSocketsWhateverTheClientClaims) {
  Start([](const Request& request) { return Text(std::string(request.peer_address)); });
  EXPECT_ANSWER(Client().Ask(Get("/", "REMOTE_ADDR: 8.8.8.8\r\n")), 200, "127.0.0.1");
}

TEST_F(RequestTest, OnlyHeadersThatWereSentAreThere) {
  Start([](const Request& request) {
    std::string names;
    for (const HeaderView& header : request.headers) names += std::string(header.name) + " ";
    return Text(names);
  });
  EXPECT_ANSWER(Client().Ask(Get("/", "LOCAL_ADDR: x\r\na: b\r\n")), 200, "Host LOCAL_ADDR a ");
}

TEST_F(RequestTest, EveryMethodReachesTheHandler) {
  Start();
  RawClient client = Client();
  for (const std::string method : {"OPTIONS", "TRACE", "PROPFIND", "X"}) {
    EXPECT_ANSWER(client.Ask(method + " /p HTTP/1.1\r\nHost: h\r\n\r\n"), 200, method + " /p []");
  }
}

TEST_F(RequestTest, HeadersThatTheLibraryWouldInterpretMeanNothingHere) {
  Start();
  RawClient client = Client();
  EXPECT_ANSWER(client.Ask(Get("/", "Range: bytes=5-1\r\n")), 200, "GET / []");
  EXPECT_ANSWER(client.Ask(Get("/", "Range: bytes=0-0\r\n")), 200, "GET / []");
  EXPECT_ANSWER(client.Ask(Get("/", "Accept: ;;q=7\r\n")), 200, "GET / []");
  EXPECT_ANSWER(client.Ask(Get("/",
                               "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                               "Sec-WebSocket-Version: 13\r\n")),
                200, "GET / []");
}

TEST_F(RequestTest, PipelinedRequestsAreAnsweredInOrder) {
  Start();
  RawClient client = Client();
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";
    all += Get("/g" + std::to_string(i));
  }
  ASSERT_TRUE(client.Send(all));
  for (int i = 0; i < 50; ++i) {
    EXPECT_ANSWER(client.Receive(), 200, "POST /" + std::to_string(i) + " [hi]");
    EXPECT_ANSWER(client.Receive(), 200, "GET /g" + std::to_string(i) + " []");
  }
}

TEST_F(RequestTest, ARequestMayComeByteByByte) {
  Start();
  RawClient client = Client();
  const std::string request = "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
  for (const char byte : request) ASSERT_TRUE(client.Send(std::string_view(&byte, 1)));
  EXPECT_ANSWER(client.Receive(), 200, "POST /p [abc]");
}

TEST_F(RequestTest, AClientThatFinishedSendingStillGetsItsAnswer) {
  Start();
  RawClient client = Client();
  ASSERT_TRUE(client.Send(Get("/")));
  client.FinishSending();
  EXPECT_ANSWER(client.Receive(), 200, "GET / []");
  EXPECT_TRUE(client.Ended());
}

struct Refused {
  const char* name;
  std::string bytes;
  int status;
  const char* code;
};
void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.name; }

class RefusalTest : public ServerTest, public testing::WithParamInterface<Refused> {};

TEST_P(RefusalTest, IsAnsweredThenTheConnectionEnds) {
  ServerOptions options;
  options.head_bytes_max = 2000;
  options.target_bytes_max = 1000;
  options.header_count_max = 10;
  std::atomic<int> handled = 0;
  Start(
      [&](const Request& request) {
        ++handled;
        return Echo(request);
      },
      options);
  RawClient client = Client();
  // What follows a refused request must never be taken for a request of its own.
  const auto answer = client.Ask(GetParam().bytes + Get("/smuggled"));
  EXPECT_ANSWER(answer, GetParam().status, GetParam().code);
  EXPECT_EQ(answer->Header("Connection"), "close");
  EXPECT_TRUE(client.Ended());
  EXPECT_EQ(handled, 0);
}

std::string Post(const std::string& headers) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusalTest,
    testing::Values(
        Refused{"TwoLengths", Post("Content-Length: 5\r\nContent-Length: 6\r\n") + "hello", 400,
                "BAD_CONTENT_LENGTH"},
        Refused{"SameLengthTwice", Post("Content-Length: 5\r\nContent-Length: 5\r\n") + "hello",
                400, "BAD_CONTENT_LENGTH"},
        Refused{"LengthAndChunked",
                Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400,
                "AMBIGUOUS_BODY_LENGTH"},
        Refused{"UnknownTransferEncoding", Post("Transfer-Encoding: gzip\r\n"), 501,
                "TRANSFER_ENCODING_NOT_SUPPORTED"},
        Refused{"UnknownContentEncoding",
                Post("Content-Length: 5\r\nContent-Encoding: br\r\n") + "hello", 415,
                "CONTENT_ENCODING_NOT_SUPPORTED"},
        Refused{"BareLineFeed", "GET / HTTP/1.1\nHost: h\n\n", 400, "MALFORMED_HEAD"},
        Refused{"TlsHello", "\x16\x03\x01", 400, "MALFORMED_HEAD"},
        Refused{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400, "BAD_HOST"},
        Refused{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "BAD_HOST"},
        Refused{"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP_VERSION_NOT_SUPPORTED"},
        Refused{"Http09", "GET /\r\n\r\n", 400, "MALFORMED_REQUEST_LINE"},
        Refused{"Connect", "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n", 501, "CONNECT_NOT_SUPPORTED"},
        Refused{"SpaceBeforeColon", Post("Content-Length : 5\r\n"), 400, "MALFORMED_HEADER"},
        Refused{"FoldedHeader", Post("A: b\r\n c\r\n"), 400, "MALFORMED_HEADER"},
        Refused{"LongTarget", Get("/" + std::string(1000, 'x')), 414, "TARGET_TOO_LONG"},
        Refused{"EndlessTarget", "GET /" + std::string(9000, 'x'), 414, "TARGET_TOO_LONG"},
        Refused{"ManyHeaders",
                Get("/", "A:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\n"), 431,
                "TOO_MANY_HEADERS"},
        Refused{"LargeHead", Get("/", "A: " + std::string(2000, 'x') + "\r\n"), 431,
                "HEAD_TOO_LARGE"},
        Refused{"EndlessHead", "GET / HTTP/1.1\r\nA: " + std::string(9000, 'x'), 431,
                "HEAD_TOO_LARGE"},
        Refused{"UnknownExpectation", Post("Expect: a-pony\r\n"), 417, "EXPECTATION_FAILED"}),
    [](const auto& refused) { return refused.param.name; });

TEST_F(RequestTest, ARefusedHeadRequestGetsNoBody) {
  Start();
  RawClient client = Client();
  const auto answer = client.Ask("HEAD / HTTP/1.1\r\nbad\r\n\r\n", BodyComes::kNo);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 400);
  EXPECT_TRUE(client.Ended());
}

TEST_F(RequestTest, LargeHeadsWithinTheLimitsAreServed) {
  Start([](const Request& request) {
    return Text(std::to_string(request.target.size() + request.headers.back().value.size()));
  });
  // Both over the 8 KiB that are compiled into the library.
  EXPECT_ANSWER(
      Client().Ask(Get("/" + std::string(29'999, 'x'), "A: " + std::string(30'000, 'y') + "\r\n")),
      200, "60000");
}

TEST_F(RequestTest, ADrippingHeadIsRefusedAfterItsTotalTime) {
  ServerOptions options;
  options.head_time_max = milliseconds(60);
  Start(Echo, options);
  RawClient client = Client();
  ASSERT_TRUE(client.Send("GET / HTTP/1.1\r\n"));
  // Each byte comes in time for a limit per read; only a limit for the whole can end this.
  std::optional<Answer> answer;
  for (int i = 0; i < 2000 && !answer; ++i) {
    static_cast<void>(client.Send("A"));
    if (!client.SilentFor(milliseconds(5))) answer = client.Receive();
  }
  EXPECT_ANSWER(answer, 408, "HEAD_TIMEOUT");
}

TEST_F(RequestTest, AnUnfinishedHeadIsRefused) {
  ServerOptions options;
  options.head_time_max = milliseconds(20);
  Start(Echo, options);
  EXPECT_ANSWER(Client().Ask("GET / HTTP/1.1\r\nHost: "), 408, "HEAD_TIMEOUT");
}

}  // namespace
}  // namespace kondor::http
