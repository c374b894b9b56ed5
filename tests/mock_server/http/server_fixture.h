// A started server with a handler of the test's own, and a way to say what a refusal was.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "mock_server/http/server.h"
#include "tests/mock_server/http/raw_client.h"

namespace kondor::http {

inline Response Text(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

// The edge's own answers carry their code as body.
inline Response RefusalText(int status, std::string_view code, std::string_view) {
  Response response = Text(std::string(code));
  response.status = status;
  return response;
}

// Tells what the handler was given.
inline Response Echo(const Request& request) {
  return Text(std::string(request.method) + " " + std::string(request.target) + " [" +
              request.body + "]");
}

class ServerTest : public testing::Test {
 protected:
  void Start(Handler handler = Echo, ServerOptions options = {}) {
    server_ = std::make_unique<Server>(std::move(options), std::move(handler), RefusalText);
    const Result<void> started = server_->Start();
    ASSERT_TRUE(started) << started.error().message;
    ASSERT_GT(server_->port(), 0);
  }
  RawClient Client() const { return RawClient(server_->port()); }

  std::unique_ptr<Server> server_;
};

// status and body of an answer, which must have come.
#define EXPECT_ANSWER(answer, expected_status, expected_body)           \
  do {                                                                  \
    const auto& got_answer = (answer);                                  \
    ASSERT_TRUE(got_answer.has_value()) << "no answer";                 \
    EXPECT_EQ(got_answer->status, expected_status) << got_answer->body; \
    EXPECT_EQ(got_answer->body, expected_body);                         \
  } while (false)

}  // namespace kondor::http
