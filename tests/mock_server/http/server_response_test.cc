// Answers leave the edge exactly as the handler made them.
#include <stdexcept>

#include "tests/mock_server/http/server_fixture.h"

namespace kondor::http {
namespace {

using testing::HasSubstr;
using testing::Not;

class ResponseTest : public ServerTest {};

TEST_F(ResponseTest, BytesAndHeadersAreTheHandlersAlone) {
  const std::string body = R"({"success": true})" + std::string(5000, ' ');
  Start([&](const Request&) {
    Response response = Text(body);
    response.content_type = "application/json";
    response.headers = {{"X-B", "1"}, {"X-A", "2"}};
    return response;
  });
  RawClient client = Client();
  for (const char* accepts : {"", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip, br\r\n"}) {
    const auto answer = client.Ask(Get("/", accepts));
    EXPECT_ANSWER(answer, 200, body);
    EXPECT_EQ(answer->head,
              "HTTP/1.1 200 OK\r\nX-B: 1\r\nX-A: 2\r\nContent-Type: application/json\r\n"
              "Content-Length: 5017\r\n\r\n");
  }
}

TEST_F(ResponseTest, EmptyBodiesHaveALengthAndNoType) {
  Start([](const Request&) { return Response(); });
  const auto answer = Client().Ask(Get("/"));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->head, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

TEST_F(ResponseTest, AnyStatusAndReason) {
  Start([](const Request& request) {
    Response response = Text("x");
    response.status = std::stoi(std::string(request.path.substr(1)));
    response.reason = request.query;
    return response;
  });
  RawClient client = Client();
  const auto reason = [&](const char* target) {
    const auto answer = client.Ask(Get(target));
    return answer ? std::to_string(answer->status) + " " + answer->reason : "none";
  };
  EXPECT_EQ(reason("/201"), "201 Created");
  EXPECT_EQ(reason("/422"), "422 Unprocessable Content");
  EXPECT_EQ(reason("/429"), "429 Too Many Requests");
  EXPECT_EQ(reason("/403?Quota-Exceeded"), "403 Quota-Exceeded");
}

TEST_F(ResponseTest, ARefusalOfTheHandlerCostsNoReconnect) {
  Start([](const Request&) {
    Response response = Text("no");
    response.status = 429;
    return response;
  });
  RawClient client = Client();
  for (int i = 0; i < 20; ++i) {
    const auto answer = client.Ask(Get("/"));
    EXPECT_ANSWER(answer, 429, "no");
    EXPECT_EQ(answer->Header("Connection"), "");
  }
}

TEST_F(ResponseTest, StatusesWithoutBodyKeepTheConnectionInStep) {
  Start([](const Request& request) {
    Response response = Text("must not be sent");
    if (request.path == "/204") response.status = 204;
    if (request.path == "/304") response.status = 304;
    return response;
  });
  RawClient client = Client();
  for (const char* target : {"/204", "/304"}) {
    const auto answer = client.Ask(Get(target));
    ASSERT_TRUE(answer.has_value());
    EXPECT_THAT(answer->head, Not(HasSubstr("Content-Length")));
  }
  EXPECT_ANSWER(client.Ask(Get("/")), 200, "must not be sent");
}

TEST_F(ResponseTest, HeadHasTheLengthAndNoBody) {
  Start([](const Request&) { return Text("12345"); });
  RawClient client = Client();
  const auto answer = client.Ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", BodyComes::kNo);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->head,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
  EXPECT_ANSWER(client.Ask(Get("/")), 200, "12345");
}

TEST_F(ResponseTest, AHeaderCannotBecomeTwo) {
  Start([](const Request&) {
    Response response = Text("x");
    response.headers = {{"A", "1\r\nEvil: 2\r\n\r\nbody"}, {"B\r\nEvil", "3"}};
    return response;
  });
  const auto answer = Client().Ask(Get("/"));
  EXPECT_ANSWER(answer, 200, "x");
  EXPECT_EQ(answer->Header("Evil"), "");
  EXPECT_EQ(answer->Header("A"), "1  Evil: 2    body");
}

TEST_F(ResponseTest, CloseIsUnderstoodInEveryCaseAndInLists) {
  Start();
  for (const char* value : {"close", "Close", "CLOSE", "keep-alive, close", "Upgrade,Close"}) {
    RawClient client = Client();
    const auto answer = client.Ask(Get("/", std::string("Connection: ") + value + "\r\n"));
    EXPECT_ANSWER(answer, 200, "GET / []");
    EXPECT_EQ(answer->Header("Connection"), "close") << value;
    EXPECT_TRUE(client.Ended()) << value;
  }
}

TEST_F(ResponseTest, TheHandlerMayEndTheConnection) {
  Start([](const Request& request) {
    Response response = Echo(request);
    response.close = true;
    return response;
  });
  RawClient client = Client();
  const auto answer = client.Ask(Get("/a") + Get("/b"));
  EXPECT_ANSWER(answer, 200, "GET /a []");
  EXPECT_EQ(answer->Header("Connection"), "close");
  EXPECT_TRUE(client.Ended());
}

TEST_F(ResponseTest, Http10ClosesUnlessAskedToKeep) {
  Start();
  RawClient once = Client();
  EXPECT_ANSWER(once.Ask("GET /a HTTP/1.0\r\n\r\n"), 200, "GET /a []");
  EXPECT_TRUE(once.Ended());
  RawClient keeps = Client();
  const auto answer = keeps.Ask("GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
  EXPECT_ANSWER(answer, 200, "GET /a []");
  EXPECT_EQ(answer->Header("Connection"), "keep-alive");
  EXPECT_ANSWER(keeps.Ask("GET /b HTTP/1.0\r\n\r\n"), 200, "GET /b []");
}

TEST_F(ResponseTest, WhatAHandlerThrowsStaysInside) {
  Start([](const Request& request) -> Response {
    if (request.path == "/std") throw std::runtime_error("a secret");
    if (request.path == "/int") throw 42;
    Response impossible;
    impossible.status = 7;
    return impossible;
  });
  RawClient client = Client();
  for (const char* target : {"/std", "/int", "/impossible"}) {
    const auto answer = client.Ask(Get(target));
    EXPECT_ANSWER(answer, 500, "INTERNAL_ERROR");
    EXPECT_THAT(answer->head, Not(HasSubstr("secret")));
    EXPECT_THAT(answer->head, Not(HasSubstr("EXCEPTION")));
  }
}

TEST_F(ResponseTest, EvenTheErrorBodyMayThrow) {
  Server server(
      {}, [](const Request&) -> Response { throw 1; },
      [](int, std::string_view, std::string_view) -> Response { throw 2; });
  ASSERT_TRUE(server.Start());
  RawClient client(server.port());
  EXPECT_ANSWER(client.Ask(Get("/")), 500, "");
}

TEST_F(ResponseTest, LargeAnswersArriveWhole) {
  const std::string body(5 << 20, 'x');
  Start([&](const Request&) { return Text(body); });
  RawClient client = Client();
  const auto answer = client.Ask(Get("/"));
  ASSERT_TRUE(answer.has_value());
  EXPECT_TRUE(answer->body == body);
  EXPECT_TRUE(client.Ask(Get("/")).has_value());
}

TEST_F(ResponseTest, AClientThatDoesNotReadIsGivenUp) {
  ServerOptions options;
  options.write_time_max = std::chrono::milliseconds(30);
  options.threads_max = 1;
  Start(
      [](const Request& request) {
        return Text(request.path == "/large" ? std::string(32 << 20, 'x') : "small");
      },
      options);
  RawClient deaf = Client();
  deaf.ShrinkReceiveBuffer();
  ASSERT_TRUE(deaf.Send(Get("/large")));
  // There is one thread: an answer to anybody else proves that it has been freed.
  EXPECT_ANSWER(Client().Ask(Get("/")), 200, "small");
}

}  // namespace
}  // namespace kondor::http
