// What support and a signed-in user do through the control API, and what a sandbox shows of it.
#include <regex>

#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {
namespace {

using nlohmann::json;

class QondorControl : public QondorWorld {};

TEST_F(QondorControl, ASandboxShowsItsKeysOnEveryRead) {
  const json sandbox = ControlJson("GET", "");
  EXPECT_EQ(sandbox["qondor"], json({{"production",
                                      {{"id", "production"},
                                       {"primary_key", prod_primary_},
                                       {"secondary_key", prod_secondary_}}},
                                     {"test",
                                      {{"id", "test"},
                                       {"primary_key", test_primary_},
                                       {"secondary_key", test_secondary_}}}}));
  const std::regex shape("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}");  // G9
  for (const std::string& key : {prod_primary_, prod_secondary_, test_primary_, test_secondary_}) {
    EXPECT_TRUE(std::regex_match(key, shape)) << key;
  }
  EXPECT_NE(sandbox["urls"]["qondor"].get<std::string>().find("/@w/qondor"), std::string::npos);
  EXPECT_NE(sandbox["urls"]["arm"].get<std::string>().find("/@w/arm"), std::string::npos);
  EXPECT_FALSE(sandbox["urls"].contains("directory")) << "nothing to call";
  EXPECT_EQ(sandbox["settings"]["qondor"]["per_second"], 10);
}

TEST_F(QondorControl, TheDefaultSandboxHasDemoKeysAndOthersHaveTheirOwn) {
  const auto& credentials = server_->credentials();
  EXPECT_EQ(credentials.qondor_primary_key, "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6");
  const auto status = [&](const std::string& target, const std::string& key) {
    return server_->Call("GET", target + kGetAll, "", {{kKeyHeader, key}}).status;
  };
  EXPECT_EQ(status("/qondor/Prod", credentials.qondor_primary_key), 200);
  EXPECT_EQ(status("/qondor/Prod", credentials.qondor_secondary_key), 200);
  EXPECT_EQ(status("/qondor/Test", credentials.qondor_test_primary_key), 200);
  EXPECT_EQ(status("/qondor/Dev", credentials.qondor_test_secondary_key), 200);
  EXPECT_EQ(status("/@w/qondor/Prod", credentials.qondor_primary_key), 401);
  EXPECT_EQ(status("/qondor/Prod", prod_primary_), 401);
}

TEST_F(QondorControl, AResetBringsBackTheSameKeys) {
  Regenerate("production", "primary");
  Control("DELETE", "/qondor/users/2");
  ControlJson("POST", "/qondor/subscriptions", R"({"user": "1", "product": "qondor-test"})");
  Advance(1000);
  ControlJson("POST", "/reset");
  EXPECT_EQ(ControlJson("GET", "")["qondor"]["production"]["primary_key"], prod_primary_);
  EXPECT_EQ(StatusOf("Prod", prod_primary_), 200);
  EXPECT_EQ(ControlJson("GET", "/qondor/users")["users"].size(), 2U);
  EXPECT_EQ(ControlJson("GET", "/qondor/subscriptions")["subscriptions"].size(), 2U);
  EXPECT_EQ(Subscription("production")["started_at"], "2026-01-01T08:00:00.000000Z");
  EXPECT_EQ(LastEntry()["id"], 1) << "a new life, a new journal";
}

TEST_F(QondorControl, SupportAddsUsersAndGrantsSubscriptions) {  // Q1
  const json user =
      ControlJson("POST", "/qondor/users", R"({"email": "new@example.com", "first_name": "N"})");
  EXPECT_EQ(user["id"], "3");
  EXPECT_EQ(user["state"], "active");
  EXPECT_EQ(user["registered_at"], "2026-01-01T08:00:00.000000Z");
  const json granted = ControlJson("POST", "/qondor/subscriptions",
                                   R"({"id": "theirs", "user": "3", "product": "qondor-test"})");
  EXPECT_EQ(granted["name"], "Qondor Test");
  EXPECT_EQ(granted["state"], "active");
  EXPECT_EQ(StatusOf("Dev", granted["secondary_key"]), 200);
  EXPECT_EQ(StatusOf("Prod", granted["primary_key"]), 401);
  EXPECT_EQ(Control("DELETE", "/qondor/users/3").status, 204);
  EXPECT_EQ(StatusOf("Dev", granted["secondary_key"]), 401);
  EXPECT_EQ(Control("GET", "/qondor/subscriptions/theirs").status, 404);
  EXPECT_EQ(Control("DELETE", "/qondor/users/3").status, 404);
}

TEST_F(QondorControl, SubscriptionsAreListedWithTheirKeys) {  // Q6
  const json list = ControlJson("GET", "/qondor/subscriptions")["subscriptions"];
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0], json({{"id", "production"},
                           {"user", "1"},
                           {"product", "qondor-production"},
                           {"name", "Qondor Production"},
                           {"state", "active"},
                           {"created_at", "2026-01-01T08:00:00.000000Z"},
                           {"started_at", "2026-01-01T08:00:00.000000Z"},
                           {"ended_at", nullptr},
                           {"primary_key", prod_primary_},
                           {"primary_key_works_from", nullptr},
                           {"secondary_key", prod_secondary_},
                           {"secondary_key_works_from", nullptr}}));
  const json products = ControlJson("GET", "/qondor/products")["products"];
  EXPECT_EQ(
      products[1],
      json({{"id", "qondor-test"}, {"name", "Qondor Test"}, {"environments", {"Test", "Dev"}}}));
}

TEST_F(QondorControl, StatesChangeAndSubscriptionsGo) {  // G9
  const json cancelled =
      ControlJson("PATCH", "/qondor/subscriptions/test", R"({"state": "cancelled"})");
  EXPECT_EQ(cancelled["state"], "cancelled");
  EXPECT_EQ(cancelled["ended_at"], "2026-01-01T08:00:00.000000Z");
  EXPECT_EQ(ControlJson("GET", "/journal?event=subscription_changed")["entries"].size(), 1U);
  EXPECT_EQ(Control("DELETE", "/qondor/subscriptions/test").status, 204);
  EXPECT_EQ(Control("DELETE", "/qondor/subscriptions/test").status, 404);
  EXPECT_FALSE(ControlJson("GET", "")["qondor"].contains("test"));
}

TEST_F(QondorControl, AnEventTellsWhatChangedAndAChangeOfNothingIsNone) {
  const std::string path = "/qondor/subscriptions/test";
  ControlJson("PATCH", path, R"({"name": "Renamed"})");
  const json event = LastEntry();
  EXPECT_EQ(event["event"], "subscription_changed");
  EXPECT_EQ(json::parse(event["body"].get<std::string>()), json({{"by", "control"},
                                                                 {"subscription", "test"},
                                                                 {"user", "1"},
                                                                 {"changed", {"name"}},
                                                                 {"product", "qondor-test"},
                                                                 {"state_before", "active"},
                                                                 {"state", "active"}}));
  for (const char* nothing : {"{}", R"({"name": "Renamed"})", R"({"state": "active"})"}) {
    ControlJson("PATCH", path, nothing);
  }
  EXPECT_EQ(LastEntry(), event);
}

TEST_F(QondorControl, BadInputIsRefusedWithThePlace) {
  const struct {
    const char *method, *path, *body;
    int status;
    const char* says;
  } cases[] = {
      {"POST", "/qondor/users", "{}", 400, "/email: required"},
      {"POST", "/qondor/users", R"({"email": ""})", 400, "/email"},
      {"POST", "/qondor/users", R"({"email": "x", "id": "a/b"})", 400, "/id: expected"},
      {"POST", "/qondor/users", R"({"email": "x", "mail": "y"})", 400, "/mail: unknown field"},
      {"POST", "/qondor/users", R"({"email": "x", "state": "new"})", 400, "active, blocked"},
      {"POST", "/qondor/users", R"({"email": "x", "id": "1"})", 409, "already"},
      {"POST", "/qondor/users", R"({"email": "integration@example.com"})", 409, "/email: another"},
      {"POST", "/qondor/users", R"({"email": "Integration@EXAMPLE.com"})", 409, "/email: another"},
      {"POST", "/qondor/users", R"({"email": "a\tb"})", 400, "/email: expected 1 to 254"},
      {"POST", "/qondor/users", R"({"email": "x", "id": ".."})", 400, "/id: expected 1 to 80"},
      {"POST", "/qondor/users", R"({"email": "x", "first_name": ""})", 400,
       "/first_name: expected"},
      {"POST", "/qondor/users", R"({"email": "x", "last_name": ""})", 400, "/last_name: expected"},
      {"POST", "/qondor/subscriptions", R"({"user": "1", "product": "qondor-test", "id": "."})",
       400, "/id: expected 1 to 256"},
      {"POST", "/qondor/subscriptions", R"({"user": "1", "product": "qondor-test", "name": ""})",
       400, "/name: expected 1 to 100"},
      {"PATCH", "/qondor/subscriptions/test", R"({"name": ""})", 400, "/name: expected 1 to 100"},
      {"POST", "/qondor/users", "[]", 400, "\"the body must be an object"},
      {"POST", "/qondor/subscriptions", "7", 400, "\"the body must be an object"},
      {"PATCH", "/qondor/subscriptions/test", "null", 400, "\"the body must be an object"},
      {"PATCH", "/settings", "[]", 400, "\"the body must be an object"},
      {"POST", "/verify", "\"x\"", 400, "\"the body must be an object"},
      {"POST", "/qondor/subscriptions", R"({"product": "qondor-test"})", 400, "/user: required"},
      {"POST", "/qondor/subscriptions", R"({"user": "1"})", 400, "/product: required"},
      {"POST", "/qondor/subscriptions", R"({"user": "", "product": "qondor-test"})", 400, "/user"},
      {"POST", "/qondor/subscriptions", R"({"user": "9", "product": "qondor-test"})", 400,
       "/user: there is no user 9"},
      {"POST", "/qondor/subscriptions", R"({"user": "1", "product": "gold"})", 400,
       "/product: there is no product gold"},
      {"POST", "/qondor/subscriptions", R"({"user": "1", "product": "qondor-test", "id": "test"})",
       409, "already"},
      {"PATCH", "/qondor/subscriptions/test", R"({"state": "on"})", 400, "submitted, active"},
      {"PATCH", "/qondor/subscriptions/test", R"({"state": 1})", 400, "/state: expected text"},
      {"PATCH", "/qondor/subscriptions/nobody", R"({"state": "active"})", 404, "nobody"},
      {"POST", "/qondor/subscriptions/nobody/regeneratePrimaryKey", "", 404, "nobody"},
      {"DELETE", "/qondor/users/9", "", 404, "9"},
  };
  for (const auto& c : cases) {
    const LocalReply reply = Control(c.method, c.path, c.body);
    EXPECT_EQ(reply.status, c.status) << c.path << c.body;
    EXPECT_NE(reply.body.find(c.says), std::string::npos) << reply.body;
  }
  EXPECT_TRUE(ControlJson("GET", "/journal")["entries"].empty()) << "nothing has changed";
}

TEST_F(QondorControl, ARefusedUserUsesNoIdUp) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Control("POST", "/qondor/users", R"({"email": "integration@example.com"})").status,
              409);
  }
  EXPECT_EQ(ControlJson("POST", "/qondor/users", R"({"email": "new@example.com"})")["id"], "3");
}

TEST_F(QondorControl, LengthsAreThoseOfTheManagementRest) {  // OUR17
  const auto user = [&](const std::string& field, std::size_t length) {
    json body = {{"email", "new" + std::to_string(length) + field + "@example.com"}};
    body[field] = std::string(length, 'x');
    return Control("POST", "/qondor/users", body.dump()).status;
  };
  const auto subscription = [&](const std::string& field, std::size_t length) {
    json body = {{"user", "1"}, {"product", "qondor-test"}};
    body[field] = std::string(length, 'x');
    return Control("POST", "/qondor/subscriptions", body.dump()).status;
  };
  for (const auto& [field, most] : {std::pair("id", 80U), std::pair("first_name", 100U),
                                    std::pair("last_name", 100U), std::pair("email", 254U)}) {
    EXPECT_EQ(user(field, most), 201) << field;
    EXPECT_EQ(user(field, most + 1), 400) << field;
  }
  for (const auto& [field, most] : {std::pair("id", 256U), std::pair("name", 100U)}) {
    EXPECT_EQ(subscription(field, most), 201) << field;
    EXPECT_EQ(subscription(field, most + 1), 400) << field;
  }
}

TEST_F(QondorControl, ASeedSaysWhoMayCall) {
  MakeSandbox(R"({"name": "w", "clock": {"mode": "manual", "now": "2026-01-01T08:00:00Z"},
    "seed": {"qondor": {
      "users": [{"id": "u", "email": "u@example.com"}],
      "products": [{"id": "all", "environments": ["Prod", "Test", "Dev"]}],
      "subscriptions": [{"id": "s", "user": "u", "product": "all", "start": "2025-12-31T07:00:00Z",
                         "primary_key": "a1a1a1a1a1a14a1a8a1a1a1a1a1a1a1a"}]}}})");
  const std::string key = "a1a1a1a1a1a14a1a8a1a1a1a1a1a1a1a";
  for (const char* environment : {"Prod", "Test", "Dev"})
    EXPECT_EQ(StatusOf(environment, key), 200);
  EXPECT_EQ(ControlJson("GET", "")["qondor"]["production"]["id"], "s");
  EXPECT_EQ(ControlJson("GET", "")["qondor"]["test"]["primary_key"], key);
  ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 0, "per_day": 1}})");
  StatusOf("Prod", key);
  EXPECT_EQ(EntryOf(Get(std::string("/Prod") + kGetAll, key))["refusal"]["retry_at"],
            "2026-01-02T07:00:00.000000Z")
      << "counted from the seed's start";
}

TEST_F(QondorControl, ABadSeedIsRefusedWithThePlace) {
  const auto message = [&](const std::string& seed) {
    const LocalReply reply =
        server_->Call("POST", "/_kondor/sandboxes", R"({"seed": )" + seed + "}");
    EXPECT_EQ(reply.status, 400);
    return json::parse(reply.body)["message"].get<std::string>();
  };
  EXPECT_NE(message(R"({"qondor": {"users": [{}]}})").find("/seed/qondor/users/0/id"),
            std::string::npos);
  EXPECT_NE(message(R"({"qondor": {"tokens": []}})").find("/seed/qondor/tokens: unknown field"),
            std::string::npos);
  EXPECT_NE(message(R"({"qondor": []})").find("/seed/qondor: expected an object"),
            std::string::npos);
}

TEST_F(QondorControl, TheBuiltInSeedCanBeReadAndSentBack) {
  const LocalReply seed = server_->Call("GET", "/_kondor/seed");
  EXPECT_TRUE(json::parse(seed.body)["qondor"].contains("subscriptions"));
  EXPECT_EQ(server_->Call("POST", "/_kondor/sandboxes", R"({"seed": )" + seed.body + "}").status,
            201);
}

TEST_F(QondorControl, MetricsCountByHostAndOutcome) {
  StatusOf("Prod", prod_primary_);
  StatusOf("Prod", "bad");
  const std::string text = server_->Call("GET", "/_kondor/metrics").body;
  for (const char* line : {R"(vendor="qondor",surface="qondor",outcome="ok"} 1)",
                           R"(vendor="qondor",surface="qondor",outcome="auth_error"} 1)",
                           R"(vendor="qondor",surface="arm",outcome="ok"} 0)"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
  EXPECT_EQ(text.find("directory"), std::string::npos);
}

TEST_F(QondorControl, ControlIsReachedUnderQondorsHostNames) {
  for (const char* host : {"qondor.azure-api.net", "management.azure.com"}) {
    EXPECT_EQ(server_->Call("GET", "/_kondor/sandboxes", "", {{"Host", host}}).status, 200);
  }
}

TEST_F(QondorControl, TheIndexAndTheUnknownAddressNameTheGateway) {
  EXPECT_NE(server_->Call("GET", "/").body.find("/qondor/Prod"), std::string::npos);
  const LocalReply unknown = server_->Call("GET", "/directory");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_NE(unknown.body.find("/qondor, /arm"), std::string::npos);
}

}  // namespace
}  // namespace kondor
