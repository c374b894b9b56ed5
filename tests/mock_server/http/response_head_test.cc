#include "mock_server/http/response_head.h"

#include <gtest/gtest.h>

#include <string>

namespace kondor::http {
namespace {

std::string Head(const Response& response, Persistence persistence = Persistence::kKeepAlive,
                 const Framing& request = {}) {
  std::string out;
  AppendResponseHead(response, request, persistence, out);
  return out;
}

TEST(ResponseHead, SaysWhatItIsGivenAndNothingElse) {
  Response response;
  response.content_type = "application/json";
  response.headers = {{"Kondor-Request-Id", "1"}, {"b", "2"}, {"A", "3"}};
  response.body = "{}";
  EXPECT_EQ(Head(response),
            "HTTP/1.1 200 OK\r\nKondor-Request-Id: 1\r\nb: 2\r\nA: 3\r\n"
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n");
}

TEST(ResponseHead, StatusLines) {
  Response response;
  response.status = 429;
  EXPECT_EQ(Head(response), "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
  response.reason = "Quota Exceeded";
  EXPECT_EQ(Head(response), "HTTP/1.1 429 Quota Exceeded\r\nContent-Length: 0\r\n\r\n");
  response = Response();
  response.status = 799;
  EXPECT_EQ(Head(response), "HTTP/1.1 799 \r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(ReasonPhrase(422), "Unprocessable Content");
  EXPECT_EQ(ReasonPhrase(511), "Network Authentication Required");
  EXPECT_EQ(ReasonPhrase(512), "");
}

TEST(ResponseHead, SomeStatusesHaveNoBody) {
  for (const int status : {204, 304}) {
    Response response;
    response.status = status;
    response.body = "x";
    EXPECT_EQ(Head(response).find("Content-Length"), std::string::npos) << status;
    EXPECT_FALSE(MayHaveBody(status));
  }
  EXPECT_TRUE(MayHaveBody(200));
}

TEST(ResponseHead, NothingCanStartALineOfItsOwn) {
  Response response;
  response.reason = "OK\r\nEvil: 1";
  response.content_type = "text/plain\nEvil: 2";
  response.headers = {
      {"A", std::string("x\r\nEvil: 3\0y", 12)}, {"B\r\nEvil", "4"}, {"", "5"}, {"C D", "6"}};
  EXPECT_EQ(Head(response),
            "HTTP/1.1 200 OK  Evil: 1\r\nA: x  Evil: 3 y\r\n"
            "Content-Type: text/plain Evil: 2\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseHead, FramingIsTheEdgesToSay) {
  Response response;
  response.headers = {{"content-length", "9"},
                      {"Transfer-Encoding", "chunked"},
                      {"connection", "close"},
                      {"Keep-Alive", "timeout=1"}};
  EXPECT_EQ(Head(response), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseHead, ConnectionIsSaidWhereItIsNotTheDefault) {
  const Response response;
  Framing old;
  old.http_1_0 = true;
  const auto has = [](const std::string& head, const char* text) {
    return head.find(text) != std::string::npos;
  };
  EXPECT_FALSE(has(Head(response, Persistence::kKeepAlive), "Connection"));
  EXPECT_TRUE(has(Head(response, Persistence::kClose), "Connection: close\r\n"));
  EXPECT_TRUE(has(Head(response, Persistence::kKeepAlive, old), "Connection: keep-alive\r\n"));
}

}  // namespace
}  // namespace kondor::http
