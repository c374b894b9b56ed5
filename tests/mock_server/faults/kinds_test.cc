// Each kind of fault, as it looks on the wire.
#include <chrono>

#include "tests/mock_server/faults/fault_world.h"

namespace kondor {
namespace {

using http::RawClient;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kRunBody[] = R"({"success": true})";

class FaultKinds : public FaultWorld {
 protected:
  // Plays one step to a run call and gives all that comes back on its connection.
  std::string WireOf(const std::string& step, const std::string& method = "POST") {
    Play(step);
    RawClient client = Client();
    client.Send(Request(method, K2Target(kRunCall)));
    return client.Rest();
  }
  LocalReply Played(const std::string& step) {
    Play(step);
    return K2("POST", kRunCall);
  }
};

TEST_F(FaultKinds, ResetAndEmptyReply) {
  Play(R"({"fault": "reset"}, {"fault": "empty_reply"})");
  RawClient first = Client();
  first.Send(Request("POST", K2Target(kRunCall)));
  EXPECT_TRUE(first.WasReset());
  RawClient second = Client();
  second.Send(Request("POST", K2Target(kRunCall)));
  EXPECT_TRUE(second.Ended());
  EXPECT_EQ(LastEntry()["status"], 0);
  EXPECT_EQ(LastEntry()["response_body"], "");
}

TEST_F(FaultKinds, TruncatedBody) {
  const std::string wire = WireOf(R"({"fault": "truncated_body", "bytes": 5})");
  EXPECT_THAT(wire, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(wire, HasSubstr("Content-Length: 17\r\n"));
  EXPECT_THAT(wire, EndsWith("\r\n\r\n{\"suc"));
  EXPECT_THAT(wire, HasSubstr("Kondor-Request-Id: 1\r\n"));
  EXPECT_THAT(WireOf(R"({"fault": "truncated_body", "bytes": 0})"), EndsWith("\r\n\r\n"));
  EXPECT_THAT(WireOf(R"({"fault": "truncated_body", "bytes": 9, "when": "before"})"),
              EndsWith("\r\n\r\n<html><he"));
}

TEST_F(FaultKinds, WrongContentLength) {
  const std::string more = WireOf(R"({"fault": "wrong_content_length", "by": 3})");
  EXPECT_THAT(more, HasSubstr("Content-Length: 20\r\n"));
  EXPECT_THAT(more, EndsWith(std::string("\r\n\r\n") + kRunBody));

  ControlJson("POST", "/reset");
  LiftLimits();
  Play(R"({"fault": "wrong_content_length", "by": -7})");
  RawClient client = Client();
  const auto answer = client.Ask(Request("POST", K2Target(kRunCall)));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, std::string(kRunBody).substr(0, 10));
  client.Send("GET /_kondor/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.Rest(), StartsWith(std::string(kRunBody).substr(10) + "HTTP/1.1 200 OK"));

  ControlJson("POST", "/reset");
  LiftLimits();
  Play(R"({"fault": "wrong_content_length", "by": -1000})");
  EXPECT_EQ(Client().Ask(Request("POST", K2Target(kRunCall)))->Header("Content-Length"), "0");
}

TEST_F(FaultKinds, GarbageBody) {
  const LocalReply before = Played(R"({"fault": "garbage_body"})");
  EXPECT_EQ(before.status, 200);
  EXPECT_EQ(before.body.size(), 64U);
  EXPECT_FALSE(json::accept(before.body));
  const LocalReply again = Played(R"({"fault": "garbage_body", "bytes": 64})");
  EXPECT_EQ(again.body, before.body);
  Play(R"({"fault": "garbage_body", "bytes": 1, "when": "after_commit"})");
  const LocalReply regenerated = Arm("POST", "/subscriptions/test/regeneratePrimaryKey");
  EXPECT_EQ(regenerated.status, 200);  // a 204 cannot have a body
  EXPECT_EQ(regenerated.body.size(), 1U);
  EXPECT_EQ(Control("GET", "/journal").status, 200);  // bytes that are no UTF-8 are no trouble
}

TEST_F(FaultKinds, Status) {
  const LocalReply page = Played(R"({"fault": "status", "status": 502})");
  EXPECT_EQ(page.status, 502);
  EXPECT_EQ(page.body,
            "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body>"
            "</html>\n");
}

TEST_F(FaultKinds, StatusWithBodyAndHeaders) {
  Play(R"({"fault": "status", "status": 503, "body": {"a": [1, null]},
      "headers": {"Retry-After": "120", "X-Two": "2", "Date": "Thu, 01 Jan 1970 00:00:00 GMT"}},
      {"fault": "status", "status": 302, "body": "over there", "headers": {"Location": "/x"}},
      {"fault": "status", "status": 500, "body": "{", "headers": {"content-type": "x/y"}},
      {"fault": "status", "status": 204})");
  RawClient client = Client();
  const auto own = client.Ask(Request("POST", K2Target(kRunCall)));
  ASSERT_TRUE(own);
  EXPECT_EQ(own->status, 503);
  EXPECT_EQ(own->body, R"({"a":[1,null]})");
  EXPECT_EQ(own->Header("Content-Type"), "application/json");
  EXPECT_EQ(own->Header("Retry-After"), "120");
  EXPECT_EQ(own->Header("Date"), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(own->head.find("Date:"), own->head.rfind("Date:"));
  const auto redirect = client.Ask(Request("POST", K2Target(kRunCall)));
  ASSERT_TRUE(redirect);
  EXPECT_EQ(redirect->status, 302);
  EXPECT_EQ(redirect->Header("Content-Type"), "text/plain");
  EXPECT_EQ(redirect->Header("Location"), "/x");
  const auto typed = client.Ask(Request("POST", K2Target(kRunCall)));
  ASSERT_TRUE(typed);
  EXPECT_EQ(typed->Header("content-type"), "x/y");
  EXPECT_EQ(typed->Header("Content-Type"), "");
  const auto empty = client.Ask(Request("POST", K2Target(kRunCall)), http::BodyComes::kNo);
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->status, 204);
  EXPECT_EQ(empty->Header("Content-Length"), "");
}

TEST_F(FaultKinds, RefusalsAreTheVendorsOwn) {
  Play(R"({"fault": "refuse", "retry_after_s": 57, "times": 5})");
  const std::string kondado = R"({"success": false, "error": "RATE_LIMIT_EXCEEDED", )"
                              R"("message": "Too many requests. Please try again in 60 seconds."})";
  const LocalReply k2 = K2("GET", kStatusCall);
  EXPECT_EQ(k2.status, 200);  // K5
  EXPECT_EQ(k2.body, kondado);
  EXPECT_EQ(server_->Call("POST", "/@w/k1?pipeline_id=2040&" + credentials_, "{}").body, kondado);
  EXPECT_EQ(server_->Call("GET", "/@w/hub/metadata/show_tables?token=" + via_).body, kondado);
  const LocalReply gateway = Qondor("GET", "/Prod/Customer/v1/Customer/GetAll");
  EXPECT_EQ(gateway.status, 429);  // G6
  EXPECT_EQ(HeaderOf(gateway, "Retry-After"), "57");
  EXPECT_EQ(
      gateway.body,
      R"({ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." })");
  const LocalReply arm = Arm("GET", "/subscriptions");
  EXPECT_EQ(arm.status, 429);  // OUR19
  EXPECT_EQ(HeaderOf(arm, "Retry-After"), "57");
  EXPECT_EQ(json::parse(arm.body)["error"]["code"], "TooManyRequests");
  EXPECT_EQ(Faults()["left"], 0);
}

}  // namespace
}  // namespace kondor
