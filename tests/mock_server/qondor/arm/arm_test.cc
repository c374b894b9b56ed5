// The management REST as Azure's clients call it (ARM1-ARM5).
#include <regex>

#include "tests/mock_server/qondor/arm/arm_world.h"

namespace kondor {
namespace {

using nlohmann::json;

TEST_F(Arm, ListsSubscriptions) {  // ARM1, ARM3
  const json list = ArmJson("GET", "/subscriptions");
  EXPECT_EQ(list["count"], 2);
  EXPECT_EQ(list["nextLink"], nullptr);
  EXPECT_EQ(list["value"][0],
            json({{"id", std::string(kService) + "/subscriptions/production"},
                  {"type", "Microsoft.ApiManagement/service/subscriptions"},
                  {"name", "production"},
                  {"properties",
                   {{"ownerId", std::string(kService) + "/users/1"},
                    {"scope", std::string(kService) + "/products/qondor-production"},
                    {"displayName", "Qondor Production"},
                    {"state", "active"},
                    {"createdDate", "2026-01-01T08:00:00.000Z"},
                    {"startDate", "2026-01-01T08:00:00.000Z"},
                    {"expirationDate", nullptr},
                    {"endDate", nullptr},
                    {"notificationDate", nullptr},
                    {"stateComment", nullptr},
                    {"allowTracing", false}}}}));
}

TEST_F(Arm, PagesAList) {  // ARM1
  const auto page = [&](const std::string& query) {
    return json::parse(server_
                           ->Call("GET",
                                  "/@w/arm" + std::string(kService) +
                                      "/subscriptions?api-version=2024-05-01" + query,
                                  "", {{"Authorization", "Bearer x"}, {"Host", "127.0.0.1:7070"}})
                           .body);
  };
  const json first = page("&$top=1");
  EXPECT_EQ(first["count"], 2);
  ASSERT_EQ(first["value"].size(), 1U);
  EXPECT_EQ(first["value"][0]["name"], "production");
  EXPECT_EQ(first["nextLink"], "http://127.0.0.1:7070/@w/arm" + std::string(kService) +
                                   "/subscriptions?api-version=2024-05-01&$top=1&$skip=1");
  const json second = page("&$top=1&$skip=1");
  EXPECT_EQ(second["value"][0]["name"], "test");
  EXPECT_EQ(second["nextLink"], nullptr);
  EXPECT_EQ(page("&$top=0")["error"]["details"][0]["target"], "$top") << "or it would never end";
  EXPECT_EQ(page("&$skip=99")["value"].size(), 0U);
  EXPECT_EQ(page("&$top=x")["error"]["code"], "ValidationError");
  EXPECT_EQ(page("&$filter=name eq 'x'")["error"]["code"], "ValidationError");
}

TEST_F(Arm, ShowsOneSubscriptionWithItsTagAndWithoutKeys) {  // ARM1
  const LocalReply reply = ArmCall("GET", "/subscriptions/test");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(std::regex_match(HeaderOf(reply, "ETag"), std::regex("\"[A-Za-z0-9+/]{11}=\"")))
      << HeaderOf(reply, "ETag");
  EXPECT_EQ(reply.body.find("Key"), std::string::npos);
  EXPECT_EQ(reply.body.find(test_primary_), std::string::npos);
  const LocalReply head = ArmCall("HEAD", "/subscriptions/test");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(HeaderOf(head, "ETag"), HeaderOf(reply, "ETag"));
  const LocalReply missing = ArmCall("GET", "/subscriptions/nobody");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(json::parse(missing.body), ErrorBody("ResourceNotFound", "Subscription not found."));
}

TEST_F(Arm, ListsSecretsAndRegeneratesThem) {  // ARM2, Q5
  const LocalReply secrets = ArmCall("POST", "/subscriptions/test/listSecrets");
  EXPECT_EQ(secrets.status, 200);
  EXPECT_EQ(json::parse(secrets.body),
            json({{"primaryKey", test_primary_}, {"secondaryKey", test_secondary_}}));
  const std::string tag = HeaderOf(secrets, "ETag");
  EXPECT_EQ(tag, TagOf("/subscriptions/test"));

  const LocalReply regenerated = ArmCall("POST", "/subscriptions/test/regeneratePrimaryKey");
  EXPECT_EQ(regenerated.status, 204);
  EXPECT_EQ(regenerated.body, "");
  EXPECT_NE(TagOf("/subscriptions/test"), tag);
  const json after = ArmJson("POST", "/subscriptions/test/listSecrets");
  EXPECT_NE(after["primaryKey"], test_primary_);
  EXPECT_EQ(after["secondaryKey"], test_secondary_);
  EXPECT_EQ(StatusOf("Test", test_primary_), 401);
  EXPECT_EQ(StatusOf("Test", after["primaryKey"]), 200);
  EXPECT_EQ(ArmCall("POST", "/subscriptions/test/regenerateSecondaryKey").status, 204);
  EXPECT_EQ(StatusOf("Test", test_secondary_), 401);
  EXPECT_EQ(ArmCall("POST", "/subscriptions/nobody/regeneratePrimaryKey").status, 404);
  EXPECT_EQ(ArmCall("POST", "/subscriptions/nobody/listSecrets").status, 404);
}

TEST_F(Arm, RegenerationsSpreadAsTheSettingSays) {  // QO5
  Set("key_delay_ms", 1000);
  ArmCall("POST", "/subscriptions/test/regeneratePrimaryKey");
  const std::string fresh = ArmJson("POST", "/subscriptions/test/listSecrets")["primaryKey"];
  EXPECT_EQ(StatusOf("Test", test_primary_), 200);
  EXPECT_EQ(StatusOf("Test", fresh), 401);
  Advance(1000);
  EXPECT_EQ(StatusOf("Test", test_primary_), 401);
  EXPECT_EQ(StatusOf("Test", fresh), 200);
}

TEST_F(Arm, PutsANewSubscription) {  // ARM1, G9
  const std::string body = R"({"properties": {"displayName": "Mine", "scope": ")" +
                           std::string(kService) + R"(/products/qondor-test", "ownerId": ")" +
                           std::string(kService) + R"(/users/2"}})";
  const LocalReply made = ArmCall("PUT", "/subscriptions/mine", body);
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(HeaderOf(made, "ETag"), TagOf("/subscriptions/mine"));
  const json properties = json::parse(made.body)["properties"];
  EXPECT_EQ(properties["state"], "submitted");  // Azure's default
  EXPECT_EQ(properties["startDate"], nullptr);
  EXPECT_EQ(properties["displayName"], "Mine");
  const std::string key = ArmJson("POST", "/subscriptions/mine/listSecrets")["primaryKey"];
  EXPECT_EQ(StatusOf("Test", key), 401);
  const json active = ArmJson("PATCH", "/subscriptions/mine",
                              R"({"properties": {"state": "active"}})", {{"If-Match", "*"}});
  EXPECT_EQ(active["properties"]["state"], "active");
  EXPECT_EQ(active["properties"]["startDate"], "2026-01-01T08:00:00.000Z");
  EXPECT_EQ(StatusOf("Test", key), 200);
  const LocalReply again =
      ArmCall("PUT", "/subscriptions/mine",
              R"({"properties": {"displayName": "Ours", "scope": "/products/qondor-production"}})");
  EXPECT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(json::parse(again.body)["properties"]["displayName"], "Ours");
  EXPECT_EQ(json::parse(again.body)["properties"]["ownerId"], std::string(kService) + "/users/2");
  EXPECT_EQ(StatusOf("Test", key), 401) << "another product's";
  EXPECT_EQ(StatusOf("Prod", key), 200);
}

TEST_F(Arm, TakesKeysOfTheRightShape) {  // G9
  const std::string start =
      R"({"properties": {"displayName": "x", "scope": "/products/qondor-test",)"
      R"("state": "active", "primaryKey": ")";
  const LocalReply bad = ArmCall("PUT", "/subscriptions/own", start + "my-own-key\"}}");
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(bad.body.find("my-own-key"), std::string::npos);
  EXPECT_EQ(ArmCall("PUT", "/subscriptions/own", start + test_primary_ + "\"}}").status, 400);
  const std::string good = "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6";
  const LocalReply made = ArmCall("PUT", "/subscriptions/own", start + good + "\"}}");
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.body.find(good), std::string::npos);
  EXPECT_EQ(StatusOf("Test", good), 200);
}

TEST_F(Arm, ChangesAndDeletesOnlyWhatTheCallerHasSeen) {  // ARM1
  const std::string patch = R"({"properties": {"state": "suspended", "stateComment": "late"}})";
  const LocalReply without = ArmCall("PATCH", "/subscriptions/test", patch);
  EXPECT_EQ(without.status, 400);
  EXPECT_EQ(json::parse(without.body)["error"]["code"], "ValidationError");
  EXPECT_EQ(json::parse(without.body)["error"]["details"][0]["target"], "If-Match");
  EXPECT_EQ(ArmCall("DELETE", "/subscriptions/test").status, 400);

  const std::string seen = TagOf("/subscriptions/test");
  ArmCall("POST", "/subscriptions/test/regeneratePrimaryKey");
  for (const char* method : {"PATCH", "DELETE"}) {
    const LocalReply stale = ArmCall(method, "/subscriptions/test", patch, {{"If-Match", seen}});
    EXPECT_EQ(stale.status, 412) << method;
    EXPECT_EQ(json::parse(stale.body),
              ErrorBody("PreconditionFailed", "Resource was modified since last retrieval."));
  }
  const LocalReply patched =
      ArmCall("PATCH", "/subscriptions/test", patch, {{"If-Match", TagOf("/subscriptions/test")}});
  EXPECT_EQ(patched.status, 200);
  EXPECT_EQ(json::parse(patched.body)["properties"]["stateComment"], "late");
  EXPECT_EQ(HeaderOf(patched, "ETag"), TagOf("/subscriptions/test"));
  EXPECT_EQ(StatusOf("Test", test_secondary_), 401);

  const std::string now = TagOf("/subscriptions/test");
  EXPECT_EQ(ArmCall("DELETE", "/subscriptions/test", "", {{"If-Match", "\"x\", " + now}}).status,
            200);
  EXPECT_EQ(ArmCall("DELETE", "/subscriptions/test", "", {{"If-Match", now}}).status, 204);
  EXPECT_EQ(ArmCall("DELETE", "/subscriptions/test", "", {{"If-Match", "*"}}).status, 204);
  EXPECT_EQ(ArmCall("PATCH", "/subscriptions/test", patch, {{"If-Match", "*"}}).status, 404);
  EXPECT_EQ(ArmCall("DELETE", "/subscriptions/production", "", {{"If-Match", "*"}}).status, 200);
}

TEST_F(Arm, APutIsCheckedAgainstATagThatIsSent) {
  const std::string body =
      R"({"properties": {"displayName": "x", "scope": "/products/qondor-test"}})";
  const std::string seen = TagOf("/subscriptions/test");
  EXPECT_EQ(ArmCall("PUT", "/subscriptions/test", body, {{"If-Match", seen}}).status, 200);
  EXPECT_EQ(ArmCall("PUT", "/subscriptions/test", body, {{"If-Match", seen}}).status, 412);
  EXPECT_EQ(ArmCall("PUT", "/subscriptions/test", body, {{"If-Match", "*"}}).status, 200);
}

TEST_F(Arm, WrongFieldsAreNamed) {  // ARM4
  const struct {
    const char *method, *path, *body, *target;
  } cases[] = {
      {"PUT", "/subscriptions/x", R"({})", "scope"},
      {"PUT", "/subscriptions/x", R"({"properties": null})", "scope"},
      {"PUT", "/subscriptions/x", R"({"properties": []})", "properties"},
      {"PUT", "/subscriptions/x", R"({"properties": {"scope": "/products/qondor-test"}})",
       "displayName"},
      {"PUT", "/subscriptions/x", R"({"properties": {"scope": 7, "displayName": "x"}})", "scope"},
      {"PUT", "/subscriptions/x", R"({"properties": {"scope": "/apis", "displayName": "x"}})",
       "scope"},
      {"PUT", "/subscriptions/x", R"({"properties": {"scope": "/products/", "displayName": "x"}})",
       "scope"},
      {"PUT", "/subscriptions/x",
       R"({"properties": {"scope": "/products/qondor-test", "displayName": "x", "state": "on"}})",
       "state"},
      {"PUT", "/subscriptions/x",
       R"({"properties": {"scope": "/products/qondor-test", "displayName": "x", "ownerId": "1"}})",
       "ownerId"},
      {"PUT", "/subscriptions/x",
       R"({"properties": {"scope": "/products/gold", "displayName": "x"}})", "scope"},
      {"PUT", "/subscriptions/a%2Fb",
       R"({"properties": {"scope": "/products/qondor-test", "displayName": "x"}})", "sid"},
      {"PATCH", "/subscriptions/test", R"({"properties": {"allowTracing": "yes"}})",
       "allowTracing"},
      {"PUT", "/users/9", R"({"properties": {"firstName": "a", "lastName": "b"}})", "email"},
      {"PUT", "/users/9",
       R"({"properties": {"firstName": "a", "lastName": "b", "email": "integration@example.com"}})",
       "email"},
      {"PATCH", "/users/1", R"({"properties": {"state": "away"}})", "state"},
  };
  for (const auto& c : cases) {
    const LocalReply reply = ArmCall(c.method, c.path, c.body, {{"If-Match", "*"}});
    EXPECT_EQ(reply.status, 400) << c.path << c.body;
    const json error = json::parse(reply.body)["error"];
    EXPECT_EQ(error["code"], "ValidationError");
    EXPECT_EQ(error["message"], "One or more fields contain incorrect values:");
    EXPECT_EQ(error["details"][0]["target"], c.target) << reply.body;
    EXPECT_FALSE(error["details"][0]["message"].get<std::string>().empty());
  }
  for (const char* body : {"", "[]", "{", "7"}) {
    EXPECT_EQ(ArmCall("PUT", "/subscriptions/x", body).status, 400) << body;
  }
}

TEST_F(Arm, AnyBearerTokenWillDoAndNoneIsRefused) {
  const std::string target =
      "/@w/arm" + std::string(kService) + "/subscriptions?api-version=2024-05-01";
  const auto call = [&](const Headers& headers) {
    return server_->Call("GET", target, "", headers);
  };
  const LocalReply without = call({});
  EXPECT_EQ(without.status, 401);
  EXPECT_EQ(json::parse(without.body),
            ErrorBody("AuthenticationFailed",
                      "Authentication failed. The 'Authorization' header is missing."));
  EXPECT_EQ(HeaderOf(without, "WWW-Authenticate"), "Bearer");
  for (const char* bad : {"", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "token"}) {
    EXPECT_EQ(call({{"Authorization", bad}}).status, 401) << bad;
  }
  for (const char* good : {"Bearer x", "bearer eyJ.eyJ.x", "BEARER 1"}) {
    EXPECT_EQ(call({{"Authorization", good}}).status, 200) << good;
  }
  EXPECT_EQ(LastEntry()["outcome"], "ok");
  EXPECT_EQ(LastEntry()["headers"], "Authorization: [redacted]\n");
}

TEST_F(Arm, TheVersionIsAskedFor) {
  const std::string target = "/@w/arm" + std::string(kService) + "/subscriptions";
  for (const char* query : {"", "?api-version=", "?Api-Version2=1"}) {
    const LocalReply reply =
        server_->Call("GET", target + query, "", {{"Authorization", "Bearer x"}});
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(json::parse(reply.body)["error"]["code"], "MissingApiVersionParameter");
  }
}

TEST_F(Arm, PathsAreWithoutRegardToCase) {
  const LocalReply reply = server_->Call(
      "GET",
      "/@w/arm/SUBSCRIPTIONS/u/resourcegroups/RG/PROVIDERS/microsoft.apimanagement/Service/s/"
      "Subscriptions/test?api-version=x",
      "", {{"Authorization", "Bearer x"}});
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(json::parse(reply.body)["id"],
            "/subscriptions/u/resourceGroups/RG/providers/Microsoft.ApiManagement/service/s/"
            "subscriptions/test");
}

TEST_F(Arm, UnknownPathsAreNotFound) {
  const auto status = [&](const std::string& path) {
    const LocalReply reply = server_->Call("GET", "/@w/arm" + path + "?api-version=1", "",
                                           {{"Authorization", "Bearer x"}});
    EXPECT_EQ(json::parse(reply.body)["error"]["code"], "InvalidResourceType") << path;
    return reply.status;
  };
  for (const std::string& path :
       {std::string(), std::string("/"), std::string("/subscriptions"),
        std::string("/subscriptions//resourceGroups/rg/providers/Microsoft.ApiManagement/service/"
                    "s/subscriptions"),
        std::string(kService), kService + std::string("/apis"), kService + std::string("/"),
        kService + std::string("/subscriptions/"), kService + std::string("/subscriptions/test/x"),
        kService + std::string("/subscriptions/test/listSecrets/x")}) {
    EXPECT_EQ(status(path), 404) << path;
  }
  EXPECT_EQ(LastEntry()["outcome"], "unknown_route");
  EXPECT_EQ(ArmCall("GET", "/subscriptions/test/listSecrets").status, 405);
}

TEST_F(Arm, IsReachedByItsHostName) {
  const LocalReply reply =
      server_->Call("GET", "/@w" + std::string(kService) + "/users?api-version=1&$top=1", "",
                    {{"Host", "management.azure.com"}, {"Authorization", "Bearer x"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(json::parse(reply.body)["nextLink"], "https://management.azure.com/@w" +
                                                     std::string(kService) +
                                                     "/users?api-version=1&$top=1&$skip=1");
}

TEST_F(Arm, IsInTheJournalAsCallsAndAsChangesWithoutAKey) {
  ArmCall("POST", "/subscriptions/test/listSecrets");
  ArmCall("POST", "/subscriptions/test/regeneratePrimaryKey");
  const std::string text = Control("GET", "/journal").body;
  EXPECT_EQ(text.find(test_primary_), std::string::npos);
  EXPECT_EQ(text.find(test_secondary_), std::string::npos);
  const json entries = json::parse(text)["entries"];
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0]["surface"], "arm");
  EXPECT_EQ(entries[0]["outcome"], "ok");
  EXPECT_EQ(entries[1]["event"], "key_regenerated");
  EXPECT_EQ(json::parse(entries[1]["body"].get<std::string>())["by"], "arm");
  EXPECT_EQ(entries[2]["status"], 204);
}

}  // namespace
}  // namespace kondor
