// Who may be called, what stays secret, what ends with what, and that nobody waits for anybody.
#include <thread>

#include "tests/mock_server/qondor/webhooks/webhook_world.h"

namespace kondor {
namespace {

using nlohmann::json;
using Webhooks = WebhookWorld;

constexpr char kPatient[] = R"({"qondor": {"webhook_timeout_ms": 600000}})";

TEST_F(Webhooks, AreMadeListedAndRemoved) {
  const LocalReply made =
      Control("POST", "/qondor/webhooks", R"({"url": ")" + receiver_.url() + R"("})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(json::parse(made.body),
            json({{"id", "1"},
                  {"url", receiver_.url()},
                  {"topics", {"OfferSentV1", "OfferAnsweredV1", "OfferCommentToCustomerCreatedV1"}},
                  {"environments", {"Prod", "Test", "Dev"}},
                  {"header", nullptr},
                  {"pending", 0},
                  {"delivered", 0},
                  {"abandoned", 0}}));
  EXPECT_EQ(Webhook(), json::parse(made.body));
  EXPECT_EQ(Control("DELETE", "/qondor/webhooks/1").status, 204);
  EXPECT_EQ(Control("DELETE", "/qondor/webhooks/1").status, 404);
  Comment();
  Advance(0);
  EXPECT_TRUE(receiver_.requests().empty());
}

TEST_F(Webhooks, CallThisMachineOnly) {
  const std::string refused[] = {"http://192.0.2.1/hook",
                                 "http://example.com/hook",
                                 "http://localhost.example.com/",
                                 "http://127.0.0.1.example.com/",
                                 "http://2130706433/",
                                 "http://0x7f.1/",
                                 "http://127.1/",
                                 "http://0.0.0.0/",
                                 "http://[::]/",
                                 "http://[2001:db8::1]/",
                                 "http://169.254.169.254/latest"};
  for (const std::string& url : refused) {
    const LocalReply reply = Control("POST", "/qondor/webhooks", json({{"url", url}}).dump());
    EXPECT_EQ(reply.status, 400) << url;
    const std::string message = json::parse(reply.body)["message"];
    EXPECT_NE(message.find("--webhook-allow"), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
  for (const char* url : {"http://localhost:1/", "http://LOCALHOST:1", "http://127.9.9.9:1/",
                          "http://[::1]:1/", "http://[::ffff:127.0.0.1]:1/"}) {
    EXPECT_EQ(Control("POST", "/qondor/webhooks", json({{"url", url}}).dump()).status, 201) << url;
  }
}

TEST_F(Webhooks, CallHostsThatTheServerWasTold) {
  MockServerOptions options;
  options.webhook_hosts = {"Hooks.Example", "192.0.2.7"};
  server_ = MockServer::Create(options).value();
  MakeSandbox(R"({"name": "w"})");
  for (const char* url :
       {"http://hooks.example/x", "http://HOOKS.example:8080", "http://192.0.2.7"}) {
    EXPECT_EQ(Control("POST", "/qondor/webhooks", json({{"url", url}}).dump()).status, 201) << url;
  }
  EXPECT_EQ(Control("POST", "/qondor/webhooks", R"({"url": "http://192.0.2.8"})").status, 400);
  options.webhook_hosts = {"http://hooks.example"};
  const auto bad = MockServer::Create(options);
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().message.find("--webhook-allow"), std::string::npos);
}

TEST_F(Webhooks, RefuseBadInputWithThePlace) {
  const struct {
    const char *body, *says;
  } cases[] = {
      {"{}", "/url: required"},
      {"[]", "the body must be an object"},
      {R"({"url": 1})", "/url: expected text"},
      {R"({"url": "https://127.0.0.1/"})", "plain http"},
      {R"({"url": "ftp://127.0.0.1/"})", "plain http"},
      {R"({"url": "http://user:pass@127.0.0.1/"})", "user name"},
      {R"({"url": "http://127.0.0.1/#x"})", "fragment"},
      {R"({"url": "http://127.0.0.1:0/"})", "port"},
      {R"({"url": "http://127.0.0.1:65536/"})", "port"},
      {R"({"url": "http://127.0.0.1:x/"})", "port"},
      {R"({"url": "http://"})", "host"},
      {R"({"url": "http://127.0.0.1/ x"})", "percent-encode"},
      {R"({"url": "http://127.0.0.1/\r\nX: y"})", "percent-encode"},
      {R"({"url": "http://127.0.0.1/", "topics": ["OfferSent"]})", "/topics/0"},
      {R"({"url": "http://127.0.0.1/", "topics": []})", "/topics"},
      {R"({"url": "http://127.0.0.1/", "topics": [1]})", "OfferAnsweredV1"},
      {R"({"url": "http://127.0.0.1/", "environments": ["Live"]})", "Prod, Test, Dev"},
      {R"({"url": "http://127.0.0.1/", "secret": "x"})", "/secret: unknown field"},
      {R"({"url": "http://127.0.0.1/", "header": {"name": "X-A"}})", "/header/value: required"},
      {R"({"url": "http://127.0.0.1/", "header": {"name": "X A", "value": "v"}})", "/header/name"},
      {R"({"url": "http://127.0.0.1/", "header": {"name": "Host", "value": "v"}})", "/header/name"},
      {R"({"url": "http://127.0.0.1/", "header": {"name": "X-A", "value": "a\r\nB: c"}})",
       "/header/value"},
      {R"({"url": "http://127.0.0.1/", "header": {"name": "X-A", "value": ""}})", "/header/value"},
  };
  for (const auto& c : cases) {
    const LocalReply reply = Control("POST", "/qondor/webhooks", c.body);
    EXPECT_EQ(reply.status, 400) << c.body;
    EXPECT_NE(reply.body.find(c.says), std::string::npos) << c.body << "\n" << reply.body;
  }
  EXPECT_TRUE(ControlJson("GET", "/qondor/webhooks")["webhooks"].empty());
}

TEST_F(Webhooks, SendTheHeaderAndShowItsValueToNobody) {
  const std::string secret = "very-secret/value 7";
  receiver_.Script({Act::kEcho});
  const LocalReply made = Control("POST", "/qondor/webhooks",
                                  json({{"url", receiver_.url("/hook?token=abc")},
                                        {"header", {{"name", "X-Hook-Auth"}, {"value", secret}}}})
                                      .dump());
  EXPECT_EQ(json::parse(made.body)["header"],
            json({{"name", "X-Hook-Auth"}, {"value", "[redacted]"}}));
  EXPECT_EQ(json::parse(made.body)["url"], receiver_.url("/hook?token=[redacted]"));
  Comment("Dev", "they say it is " + secret);
  Advance(1000);
  ASSERT_EQ(receiver_.requests().size(), 2U);
  EXPECT_NE(receiver_.requests()[1].find("\r\nX-Hook-Auth: " + secret + "\r\n"), std::string::npos);
  const auto tries = Tries();
  EXPECT_EQ(tries[0]["header"], "X-Hook-Auth: [redacted]");
  for (const char* path : {"/qondor/webhooks", "/journal?limit=10000", "", "/settings"}) {
    EXPECT_EQ(Control("GET", path).body.find(secret), std::string::npos) << path;
  }
  EXPECT_EQ(made.body.find(secret), std::string::npos);
}

TEST_F(Webhooks, OfTwoSandboxesNeverMeet) {
  Receiver other;
  Subscribe(receiver_.url());
  server_->Call("POST", "/_kondor/sandboxes",
                R"({"name": "other", "clock": {"mode": "manual", "now": "2026-01-01T08:00:00Z"}})");
  server_->Call("POST", "/_kondor/sandboxes/other/qondor/webhooks",
                json({{"url", other.url()}}).dump());
  Comment();
  Advance(0);
  server_->Call("POST", "/_kondor/sandboxes/other/clock/advance", R"({"ms": 60000})");
  EXPECT_EQ(receiver_.requests().size(), 1U);
  EXPECT_TRUE(other.requests().empty());
  const LocalReply journal = server_->Call("GET", "/_kondor/sandboxes/other/journal");
  EXPECT_TRUE(json::parse(journal.body)["entries"].empty());
}

TEST_F(Webhooks, WithASlowReceiverHoldUpNobody) {
  ControlJson("PATCH", "/settings", kPatient);
  Receiver slow;
  slow.Script({Act::kHang});
  Subscribe(slow.url());
  Subscribe(receiver_.url());
  EXPECT_EQ(MakeOfferSent(), 200) << "no vendor call waits for a receiver";
  EXPECT_TRUE(receiver_.AwaitRequests(1)) << "nor does another receiver";
  EXPECT_TRUE(slow.AwaitRequests(1));
  EXPECT_EQ(Webhook(0)["pending"], 1);
  // Dropping the sandbox in MakeSandbox ends what is under way: else this would take ten minutes.
  MakeSandbox(R"({"name": "w"})");
}

TEST_F(Webhooks, EndWithTheirRemovalAResetAndTheServer) {
  ControlJson("PATCH", "/settings", kPatient);
  receiver_.Script({Act::kHang, Act::kHang, Act::kHang});
  const std::string id = Subscribe(receiver_.url());
  Comment();
  ASSERT_TRUE(receiver_.AwaitRequests(1));
  EXPECT_EQ(Control("DELETE", "/qondor/webhooks/" + id).status, 204);

  Subscribe(receiver_.url());
  Comment();
  ASSERT_TRUE(receiver_.AwaitRequests(2));
  ControlJson("POST", "/reset");
  EXPECT_TRUE(ControlJson("GET", "/qondor/webhooks")["webhooks"].empty());
  EXPECT_TRUE(ControlJson("GET", "/journal")["entries"].empty());

  ControlJson("PATCH", "/settings", kPatient);
  EXPECT_EQ(Subscribe(receiver_.url()), "1") << "as at the start";
  Comment();
  ASSERT_TRUE(receiver_.AwaitRequests(3));
  server_->Stop();
}

TEST_F(Webhooks, StoppingEndsAnAdvanceThatWaitsForAReceiver) {
  ControlJson("PATCH", "/settings", kPatient);
  receiver_.Script({Act::kHang});
  Subscribe(receiver_.url());
  Comment();
  std::thread stopper([this] {
    receiver_.AwaitRequests(1);
    server_->Stop();
  });
  Advance(1000);
  stopper.join();
}

TEST_F(Webhooks, AreBoundedForTheWholeServer) {
  const std::string body = json({{"url", receiver_.url()}}).dump();
  for (int i = 0; i < 64; ++i) {
    ASSERT_EQ(Control("POST", "/qondor/webhooks", body).status, 201) << i;
  }
  const LocalReply refused =
      server_->Call("POST", "/_kondor/sandboxes/default/qondor/webhooks", body);
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.body.find("64 webhooks already"), std::string::npos);
  EXPECT_EQ(Control("DELETE", "/qondor/webhooks/9").status, 204);
  EXPECT_EQ(Control("POST", "/qondor/webhooks", body).status, 201);
  MakeSandbox(R"({"name": "w"})");
  EXPECT_EQ(Control("POST", "/qondor/webhooks", body).status, 201) << "dropped with their sandbox";
}

TEST_F(Webhooks, HaveSettingsWithBounds) {
  for (const char* body :
       {R"({"qondor": {"webhook_tries": 0}})", R"({"qondor": {"webhook_tries": 101}})",
        R"({"qondor": {"webhook_timeout_ms": 0}})", R"({"qondor": {"webhook_backoff_ms": -1}})"}) {
    EXPECT_EQ(Control("PATCH", "/settings", body).status, 400) << body;
  }
  const LocalReply reply = Control("PATCH", "/settings", R"({"qondor": {"webhook_tries": 0}})");
  EXPECT_NE(reply.body.find("1 to 100"), std::string::npos) << reply.body;
}

TEST_F(Webhooks, CommentsNeedAnOffer) {
  const struct {
    const char *id, *body;
    int status;
  } cases[] = {{"101", R"({"environment": "Dev", "text": "x"})", 200},
               {"999", R"({"environment": "Dev", "text": "x"})", 404},
               {"x", R"({"environment": "Dev", "text": "x"})", 404},
               {"99999999999", R"({"environment": "Dev", "text": "x"})", 404},
               {"101", R"({"text": "x"})", 400},
               {"101", R"({"environment": "Live", "text": "x"})", 400},
               {"101", R"({"environment": "Dev", "text": ""})", 400},
               {"101", R"({"environment": "Dev"})", 400}};
  for (const auto& c : cases) {
    EXPECT_EQ(Control("POST", std::string("/qondor/offers/") + c.id + "/comment", c.body).status,
              c.status)
        << c.id << c.body;
  }
  const json said = Comment("Dev", "Hello")["event"];
  EXPECT_EQ(said["commentText"], "Hello");
  EXPECT_FALSE(said.contains("offerValidUntil")) << "Q17";
}

TEST_F(Webhooks, OfManyThreadsAreAllDelivered) {
  ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 0, "per_day": 0}})");
  Subscribe(receiver_.url());
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([this] {
      for (int n = 0; n < 25; ++n) MakeOfferSent();
    });
  }
  for (int n = 0; n < 20; ++n) Advance(10);
  for (std::thread& caller : callers) caller.join();
  Advance(0);
  EXPECT_EQ(receiver_.requests().size(), 100U);
  EXPECT_EQ(Webhook()["delivered"], 100);
}

}  // namespace
}  // namespace kondor
