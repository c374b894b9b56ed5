// The control API: what it does, whom it refuses, and how it words a refusal.
#include "tests/mock_server/kondado/world.h"

namespace kondor {
namespace {

using nlohmann::json;

class ControlApi : public World {
 protected:
  json ErrorFrom(const LocalReply& reply) { return json::parse(reply.body); }
};

TEST_F(ControlApi, HealthTellsTheVersion) {
  const LocalReply reply = Control("GET", "/_kondor/health");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(json::parse(reply.body)["status"], "ok");
  EXPECT_EQ(Control("HEAD", "/_kondor/health").status, 200);
}

TEST_F(ControlApi, MetricsCountWhatWasAnswered) {
  World::K2("GET", "/pipelines/2040/status");
  World::K2("GET", "/pipelines/2040/status");
  const std::string text = Control("GET", "/_kondor/metrics").body;
  const std::string k2 = R"(kondor_calls_total{vendor="kondado",surface="k2",outcome=)";
  EXPECT_NE(text.find(k2 + R"("ok"} 1)"), std::string::npos) << text;
  EXPECT_NE(text.find(k2 + R"("rate_limited"} 1)"), std::string::npos) << text;
  EXPECT_NE(text.find("kondor_sandboxes 2\n"), std::string::npos) << text;
}

TEST_F(ControlApi, SandboxesAreMadeListedReadAndDropped) {
  const LocalReply made = Control("POST", "/_kondor/sandboxes");
  ASSERT_EQ(made.status, 201);
  const std::string name = json::parse(made.body)["name"];
  EXPECT_EQ(HeaderOf(made, "Location"), "/_kondor/sandboxes/" + name);
  const json listed = json::parse(Control("GET", "/_kondor/sandboxes").body)["sandboxes"];
  EXPECT_EQ(listed.size(), 3U);  // default, w and this one
  const json read = json::parse(Control("GET", "/_kondor/sandboxes/" + name).body);
  EXPECT_TRUE(read["kondado"].contains("key"));
  EXPECT_FALSE(read["kondado"].contains("token"));  // secrets are in the creating answer only
  EXPECT_EQ(Control("DELETE", "/_kondor/sandboxes/" + name).status, 204);
  EXPECT_EQ(Control("GET", "/_kondor/sandboxes/" + name).status, 404);
  EXPECT_EQ(server_->Call("GET", "/@" + name + "/k2/models/162/status").status, 404);
}

TEST_F(ControlApi, BadSandboxesAreRefusedWithThePlace) {
  const struct {
    const char* body;
    int status;
    const char* says;
  } cases[] = {
      {R"({"name": "w"})", 409, "already"},
      {R"({"name": "No Spaces"})", 400, "a-z"},
      {R"({"name": ""})", 400, "/name"},
      {R"({"name": 7})", 400, "/name"},
      {R"({"nam": "x"})", 400, "/nam: unknown field"},
      {R"({"name": "x", "name": "y"})", 400, "twice"},
      {R"({"settings": {"acme": {}}})", 400, "/settings/acme"},
      {R"({"clock": {"mode": "sundial"}})", 400, "/clock/mode"},
      {R"({"clock": {"now": "yesterday"}})", 400, "/clock/now"},
      {R"({"clock": {"mode": "manual", "speed": 2}})", 400, "no speed"},
      {R"({"settings": {"kondado": {"window": "x"}}})", 400, "sliding_log"},
      {R"({"settings": {"kondado": {"windo": "gcra"}}})", 400, "kondado.window"},
      {R"({"settings": {"kondado": {"window": true}}})", 400, "/settings/kondado/window"},
      {R"({"seed": {"kondado": {"pipelines": [{"id": 1, "status": "x"}]}}})", 400,
       "/seed/kondado/pipelines/0/status"},
      {R"([])", 400, "the body must be an object"},
      {R"({"name": )", 400, "line 1, column"},
  };
  for (const auto& c : cases) {
    const LocalReply reply = Control("POST", "/_kondor/sandboxes", c.body);
    EXPECT_EQ(reply.status, c.status) << c.body;
    EXPECT_NE(reply.body.find(c.says), std::string::npos) << c.body << "\n" << reply.body;
  }
  EXPECT_EQ(json::parse(Control("GET", "/_kondor/sandboxes").body)["sandboxes"].size(), 2U);
}

TEST_F(ControlApi, ErrorsDoNotRepeatSecrets) {
  const std::string seed = R"({"seed": {"kondado": {"tokens": [{"user_id": 1, "token": ")" + token_;
  const std::string field = R"({")" + token_ + R"(": 1})";
  for (const std::string& body : {seed, seed + "\" oops", field}) {
    const LocalReply reply = Control("POST", "/_kondor/sandboxes", body);
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.body.find(token_), std::string::npos) << reply.body;
  }
  EXPECT_EQ(K1("pipeline_id=2040&" + Credentials(), "[\"" + token_).body.find(token_),
            std::string::npos);
}

TEST_F(ControlApi, ResetBringsBackTheSeedWithTheSameCredentials) {
  LiftLimits();
  ControlJson("POST", "/kondado/tokens", R"({"description": "extra"})");
  ControlJson("PUT", "/kondado/pipelines/2040", R"({"status": "not_active"})");
  ControlJson("POST", "/kondado/tokens/" + key_ + "/deactivate");
  Advance(5000);
  ControlJson("POST", "/reset");
  EXPECT_EQ(ControlJson("GET", "/kondado/tokens")["tokens"].size(), 3U);
  EXPECT_EQ(ControlJson("GET", "/clock")["now"], "2026-01-01T00:00:00.000000Z");
  const LocalReply status = World::K2("GET", "/pipelines/2040/status");
  EXPECT_NE(status.body.find(R"("status": "active")"), std::string::npos) << status.body;
  EXPECT_EQ(HeaderOf(status, "Kondor-Request-Id"), "1");  // a new life, a new journal
  EXPECT_EQ(World::K2("GET", "/pipelines/2040/status").body, kTooManyRequests);  // limits are back
}

TEST_F(ControlApi, TheDefaultSandboxStays) {
  EXPECT_EQ(Control("DELETE", "/_kondor/sandboxes/default").status, 409);
  EXPECT_EQ(Control("POST", "/_kondor/sandboxes/default/reset").status, 200);
}

TEST_F(ControlApi, TheClockMovesForwardOnly) {
  EXPECT_EQ(ControlJson("POST", "/clock/advance", R"({"ms": 1500})")["now"],
            "2026-01-01T00:00:01.500000Z");
  const std::string clock = "/_kondor/sandboxes/w/clock";
  EXPECT_EQ(Control("PUT", clock, R"({"now": "2026-01-01T00:00:01Z"})").status, 400);
  EXPECT_EQ(Control("PUT", clock, R"({"now": "2027-01-01T00:00:00Z"})").status, 200);
  for (const char* body : {R"({"ms": -1})", R"({"ms": 1.5})", R"({"ms": "1"})", "{}", R"({"s": 1})",
                           R"({"ms": 99999999999999999999})", R"({"ms": 9000000000000})"}) {
    EXPECT_EQ(Control("POST", clock + "/advance", body).status, 400) << body;
  }
  EXPECT_EQ(ControlJson("GET", "/clock")["now"], "2027-01-01T00:00:00.000000Z");
}

TEST_F(ControlApi, SettingsChangeAllOrNone) {
  const std::string settings = "/_kondor/sandboxes/w/settings";
  EXPECT_EQ(
      Control("PATCH", settings, R"({"kondado": {"window": "gcra", "plan": "golden"}})").status,
      400);
  EXPECT_EQ(ControlJson("GET", "/settings")["kondado"]["window"], "sliding_log");
  EXPECT_EQ(ControlJson("PATCH", "/settings",
                        R"({"kondado": {"per_minute": 5}})")["kondado"]["per_minute"],
            5);
  for (const char* body :
       {R"({"kondado": {"per_minute": -1}})", R"({"kondado": {"per_minute": 1.5}})",
        R"({"kondado": 1})", R"({"qondor": {"window": "gcra"}})", "[]"}) {
    EXPECT_EQ(Control("PATCH", settings, body).status, 400) << body;
  }
}

TEST_F(ControlApi, TokensAreMadeShownOnceAndListed) {  // T1-T3
  const json made =
      ControlJson("POST", "/kondado/tokens", R"({"description": "ours", "user_id": 2})");
  EXPECT_EQ(made["token"].get<std::string>().size(), 64U);
  EXPECT_EQ(made["key"].get<std::string>().size(), 36U);
  const std::string credentials =
      "key=" + made["key"].get<std::string>() + "&token=" + made["token"].get<std::string>();
  EXPECT_EQ(ErrorOf(K2With(credentials, "GET", "/models/162/status")), "");
  const std::string listed = Control("GET", "/_kondor/sandboxes/w/kondado/tokens").body;
  EXPECT_EQ(listed.find(made["token"].get<std::string>()), std::string::npos);
  EXPECT_NE(listed.find(made["key"].get<std::string>()), std::string::npos);
  EXPECT_NE(listed.find("via_kondado"), std::string::npos);
  const std::string tokens = "/_kondor/sandboxes/w/kondado/tokens";
  EXPECT_EQ(Control("POST", tokens, R"({"description": "x", "user_id": 99})").status, 400);
  EXPECT_EQ(Control("POST", tokens, R"({"user_id": 1})").status, 400);
  EXPECT_EQ(Control("POST", tokens, R"({"description": "x", "kind": "golden"})").status, 400);
  EXPECT_EQ(Control("POST", tokens + "/nobody/activate").status, 404);
  EXPECT_EQ(Control("POST", tokens + "/" + key_ + "/change").status, 409);
}

TEST_F(ControlApi, ThereIsNoLimitToTheNumberOfTokens) {  // T3
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(
        Control("POST", "/_kondor/sandboxes/w/kondado/tokens", R"({"description": "n"})").status,
        201);
  }
  EXPECT_EQ(ControlJson("GET", "/kondado/tokens")["tokens"].size(), 503U);
}

TEST_F(ControlApi, PipelinesAndModelsAreReadAndPut) {
  EXPECT_EQ(ControlJson("GET", "/kondado/pipelines")["pipelines"].size(), 8U);
  EXPECT_EQ(
      ControlJson("PUT", "/kondado/pipelines/3000", R"({"name": "new", "run_ms": 0})")["status"],
      "active");
  ControlJson("PUT", "/kondado/pipelines/2040",
              R"({"status": "error_building_tables", "raw_msg": "no"})");
  EXPECT_NE(World::K2("GET", "/pipelines/2040/status").body.find(R"("raw_msg": "no")"),
            std::string::npos);
  ControlJson("PUT", "/kondado/models/162",
              R"({"kubo_status_type": "rebuilding", "raw_msg": "hm"})");
  Advance(1000);
  EXPECT_NE(World::K2("GET", "/models/162/status").body.find(R"("rebuilding", "raw_msg": "hm")"),
            std::string::npos);
  const std::string pipelines = "/_kondor/sandboxes/w/kondado/pipelines/";
  EXPECT_EQ(Control("PUT", pipelines + "x", "{}").status, 404);
  EXPECT_EQ(Control("PUT", pipelines + "2040", R"({"id": 7})").status, 400);
  EXPECT_EQ(Control("PUT", pipelines + "2040", R"({"status": "x"})").status, 400);
  EXPECT_EQ(Control("GET", pipelines + "1").status, 404);
}

TEST_F(ControlApi, LimitsNeedToKnowWhose) {
  const std::string limits = "/_kondor/sandboxes/w/limits";
  EXPECT_EQ(Control("GET", limits).status, 400);
  EXPECT_EQ(Control("GET", limits + "?ip=here").status, 400);
  EXPECT_EQ(Control("GET", limits + "?key=nobody").status, 404);
  EXPECT_EQ(Control("GET", limits + "?ip=2001:db8::1").status, 200);
}

TEST_F(ControlApi, WrongRoutesMethodsAndBodiesAreToldApart) {
  EXPECT_EQ(Control("GET", "/_kondor").status, 404);
  EXPECT_EQ(Control("GET", "/_kondor/").status, 404);
  EXPECT_EQ(Control("GET", "/_kondor/nothing").status, 404);
  EXPECT_EQ(Control("GET", "/_kondor/sandboxes/nobody/clock").status, 404);
  const LocalReply wrong = Control("POST", "/_kondor/health");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(HeaderOf(wrong, "Allow"), "GET, HEAD, OPTIONS");
  const LocalReply options = Control("OPTIONS", "/_kondor/sandboxes/w/clock");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(HeaderOf(options, "Allow"), "GET, HEAD, PUT, OPTIONS");
  EXPECT_EQ(Control("PUT", "/_kondor/sandboxes/w/clock").status, 411);
  EXPECT_EQ(Control("PUT", "/_kondor/sandboxes/w/clock", "{").status, 400);
  EXPECT_EQ(Control("PUT", "/_kondor/sandboxes/w/clock", std::string(1000, '[')).status, 400);
  EXPECT_EQ(
      server_->Call("PUT", "/_kondor/sandboxes/w/clock", "", {{"Content-Length", "0"}}).status,
      400);
}

TEST_F(ControlApi, PagesOfOtherOriginsAreRefusedAndOurOwnAreNot) {
  const auto status = [this](const Headers& headers) {
    return server_->Call("POST", "/_kondor/sandboxes", "", headers).status;
  };
  EXPECT_EQ(status({{"Host", "127.0.0.1:7070"}, {"Origin", "https://evil.example"}}), 403);
  EXPECT_EQ(status({{"Host", "127.0.0.1:7070"}, {"Origin", "null"}}), 403);
  EXPECT_EQ(status({{"Host", "127.0.0.1:7070"}, {"Origin", "http://127.0.0.1:8080"}}), 403);
  EXPECT_EQ(status({{"Host", "127.0.0.1:7070"}, {"Sec-Fetch-Site", "cross-site"}}), 403);
  EXPECT_EQ(status({{"Host", "127.0.0.1:7070"}, {"Origin", "http://127.0.0.1:7070"}}), 201);
  EXPECT_EQ(status({{"Host", "127.0.0.1:7070"}, {"Sec-Fetch-Site", "same-origin"}}), 201);
}

TEST_F(ControlApi, HostNamesThatCouldBeReboundAreRefused) {
  const auto status = [this](const std::string& host) {
    return server_->Call("GET", "/_kondor/sandboxes", "", {{"Host", host}}).status;
  };
  for (const char* host : {"evil.example", "evil.example:7070", "127.0.0.1.evil.example",
                           "localhost.evil.example", "xn--localhost"}) {
    EXPECT_EQ(status(host), 403) << host;
  }
  for (const char* host : {"127.0.0.1:7070", "localhost", "LOCALHOST:1", "[::1]:7070",
                           "kondor.localhost", "10.1.2.3", "k2.kondado.com.br"}) {
    EXPECT_EQ(status(host), 200) << host;
  }
}

TEST(ControlToken, IsAskedForOffLoopbackAndOfEveryCallButHealth) {
  MockServerOptions open;
  open.host = "0.0.0.0";
  EXPECT_FALSE(MockServer::Create(open));
  open.control_token = "a-good-long-token";
  const auto server = MockServer::Create(open).value();
  const auto status = [&](const Headers& headers) {
    return server->Call("GET", "/_kondor/sandboxes", "", headers).status;
  };
  EXPECT_EQ(status({}), 401);
  EXPECT_EQ(status({{"Authorization", "Bearer wrong"}}), 401);
  EXPECT_EQ(status({{"Authorization", "Basic a-good-long-token"}}), 401);
  EXPECT_EQ(status({{"Authorization", "Bearer a-good-long-token"}}), 200);
  EXPECT_EQ(status({{"Kondor-Control-Token", "a-good-long-token"}}), 200);
  // With the token the name in Host does not matter: a page that was rebound does not have it.
  EXPECT_EQ(status({{"Kondor-Control-Token", "a-good-long-token"}, {"Host", "kondor"}}), 200);
  EXPECT_EQ(server->Call("GET", "/_kondor/health").status, 200);
}

}  // namespace
}  // namespace kondor
