// The management API: documented bodies byte for byte, and the order of its checks.
#include "tests/mock_server/kondado/world.h"

namespace kondor {
namespace {

class K2 : public World {
 protected:
  K2() { LiftLimits(); }
};

TEST_F(K2, PipelineStatusIsTheDocumentedBody) {  // K9
  const LocalReply reply = World::K2("GET", "/pipelines/2040/status");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"2040": {"status": "active", "is_running": false, "is_active": true, )"
                        R"("is_blocked": false, "raw_msg": null}})");
}

TEST_F(K2, EveryPipelineStatusHasItsFlags) {  // K10, KO9
  const struct {
    int id;
    const char* body;
  } cases[] = {
      {2041, R"("status": "running", "is_running": true, "is_active": true, "is_blocked": false)"},
      {2042,
       R"("status": "scheduled", "is_running": false, "is_active": true, "is_blocked": false)"},
      {2043,
       R"("status": "not_active", "is_running": false, "is_active": false, "is_blocked": false)"},
      {2044,
       R"("status": "building_tables", "is_running": false, "is_active": true, "is_blocked": false)"},
      {2045,
       R"("status": "error_building_tables", "is_running": false, "is_active": true, "is_blocked": false)"},
      {2046,
       R"("status": "too_many_consecutive_failed_builds", "is_running": false, "is_active": true, "is_blocked": false)"},
      {2047,
       R"("status": "too_many_consecutive_failed_builds__blocked", "is_running": false, "is_active": false, "is_blocked": true)"},
  };
  for (const auto& c : cases) {
    const std::string path = "/pipelines/" + std::to_string(c.id) + "/status";
    EXPECT_NE(World::K2("GET", path).body.find(c.body), std::string::npos) << c.body;
  }
  Set("error_is_active", "no");
  EXPECT_NE(World::K2("GET", "/pipelines/2045/status").body.find(R"("is_active": false)"),
            std::string::npos);
}

TEST_F(K2, ModelStatusIsTheDocumentedBody) {  // K11: wrapped, and without raw_msg
  EXPECT_EQ(World::K2("GET", "/models/162/status").body,
            R"({"success": true, "data": {"162": {"status": "active", "is_running": false, )"
            R"("is_active": true, "kubo_status_type": "operational"}}})");
}

TEST_F(K2, SourcesHaveTheDocumentedFieldsInOrder) {  // K12
  const std::string body = World::K2("GET", "/parent_collections/src").body;
  EXPECT_EQ(body.rfind(R"({"success": true, "data": [{"id": 76, "createdAt": )"
                       R"("2020-06-30T23:30:56.904Z", "updatedAt": )",
                       0),
            0U)
      << body;
  const auto data = nlohmann::json::parse(body)["data"];
  ASSERT_EQ(data.size(), 2U);
  EXPECT_EQ(data[1]["id"], 92);
  EXPECT_TRUE(data[0]["_links"]["src"].contains("tutorial"));
  EXPECT_FALSE(data[0]["_links"].contains("dest"));
}

TEST_F(K2, DestinationsHaveNoDates) {  // K13
  const auto data =
      nlohmann::json::parse(World::K2("GET", "/parent_collections/dest").body)["data"];
  ASSERT_EQ(data.size(), 1U);
  EXPECT_EQ(data[0]["id"], 20);
  EXPECT_FALSE(data[0].contains("createdAt"));
  EXPECT_TRUE(data[0]["_links"]["dest"].contains("tutorial"));
}

TEST_F(K2, ParentPipelinesComeInOneCollection) {  // K14
  const LocalReply reply = World::K2("GET", "/parent_collections/src/76/parent_pipelines");
  const auto data = nlohmann::json::parse(reply.body)["data"];
  ASSERT_EQ(data.size(), 1U);
  EXPECT_EQ(data[0]["id"], 76);
  ASSERT_EQ(data[0]["parent_pipelines"].size(), 3U);
  EXPECT_EQ(data[0]["parent_pipelines"][0]["id"], 290);
  EXPECT_EQ(data[0]["parent_pipelines"][2]["id"], 284);
  EXPECT_EQ(ErrorOf(World::K2("GET", "/parent_collections/src/20/parent_pipelines")), "NOT_FOUND");
}

TEST_F(K2, ARunPassesThroughItsStatusesOnTheSandboxClock) {  // K7, K10
  const LocalReply run = World::K2("POST", "/pipelines/2040/run");
  EXPECT_EQ(run.body, R"({"success": true})");
  const auto status = [this] {
    return nlohmann::json::parse(World::K2("GET", "/pipelines/2040/status").body)["2040"]["status"]
        .get<std::string>();
  };
  EXPECT_EQ(status(), "scheduled");
  Advance(1999);
  EXPECT_EQ(status(), "scheduled");
  Advance(1);
  EXPECT_EQ(status(), "running");
  EXPECT_EQ(ErrorOf(World::K2("POST", "/pipelines/2040/run")), "PIPELINE_ALREADY_RUNNING");
  Advance(4999);
  EXPECT_EQ(status(), "running");
  Advance(1);
  EXPECT_EQ(status(), "active");
  EXPECT_EQ(World::K2("POST", "/pipelines/2040/run").body, R"({"success": true})");
}

TEST_F(K2, RunsOfPipelinesThatCannotRunSayWhy) {  // KO7
  EXPECT_EQ(ErrorOf(World::K2("POST", "/pipelines/2043/run")), "PIPELINE_DISABLED");
  EXPECT_EQ(ErrorOf(World::K2("POST", "/pipelines/2047/run")), "PIPELINE_BLOCKED");
  EXPECT_EQ(ErrorOf(World::K2("POST", "/pipelines/2041/run")), "PIPELINE_ALREADY_RUNNING");
  EXPECT_EQ(ErrorOf(World::K2("POST", "/pipelines/9999/run")), "NOT_FOUND");
}

TEST_F(K2, FailuresAreHttp200UnlessTheSettingSaysOtherwise) {  // KO7
  const struct {
    const char* method;
    const char* path;
    int status_4xx;
  } cases[] = {{"GET", "/pipelines/9999/status", 404},
               {"GET", "/pipelines/2040/run", 405},
               {"POST", "/collection_guests", 403},
               {"POST", "/pipelines/2043/run", 409}};
  for (const auto& c : cases) EXPECT_EQ(World::K2(c.method, c.path).status, 200) << c.path;
  Set("failure_status", "4xx");
  for (const auto& c : cases) EXPECT_EQ(World::K2(c.method, c.path).status, c.status_4xx) << c.path;
}

TEST_F(K2, UnknownRoutesAre404AndNothingIsInvented) {  // K16, KO7
  for (const char* path : {"/", "", "/pipelines", "/pipelines/2040", "/pipelines/2040/status/",
                           "/sources", "/pipelines//status", "/PIPELINES/2040/status"}) {
    const LocalReply reply = World::K2("GET", path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(ErrorOf(reply), "UNKNOWN_ROUTE") << path;
  }
}

TEST_F(K2, IdsThatAreNoneAreUnknownIds) {
  for (const char* id :
       {"abc", "-1", "0", "99999999999999999999", "2040x", "%00", "%FF", "2040%20"}) {
    const LocalReply reply = World::K2("GET", "/pipelines/" + std::string(id) + "/status");
    EXPECT_EQ(ErrorOf(reply), "NOT_FOUND") << id;
  }
  // An encoded digit is the digit: paths are decoded once, segment by segment.
  EXPECT_EQ(ErrorOf(World::K2("GET", "/pipelines/204%30/status")), "");
}

TEST_F(K2, BadCredentialsHaveTheirOwnCodes) {  // KO6
  const std::string path = "/pipelines/2040/status";
  const std::string other = "00000000-0000-4000-8000-000000000000";
  EXPECT_EQ(ErrorOf(K2With("", "GET", path)), "MISSING_CREDENTIALS");
  EXPECT_EQ(ErrorOf(K2With("key=" + key_, "GET", path)), "MISSING_CREDENTIALS");
  EXPECT_EQ(ErrorOf(K2With("key=&token=" + token_, "GET", path)), "MISSING_CREDENTIALS");
  EXPECT_EQ(ErrorOf(K2With("key=" + other + "&token=" + token_, "GET", path)),
            "INVALID_CREDENTIALS");
  EXPECT_EQ(ErrorOf(K2With("key=" + key_ + "&token=" + token_ + "x", "GET", path)),
            "INVALID_CREDENTIALS");
  // The other kind of token opens nothing here.
  EXPECT_EQ(ErrorOf(K2With("key=" + key_ + "&token=" + via_, "GET", path)), "INVALID_CREDENTIALS");
  // Of a doubled parameter the first counts.
  EXPECT_EQ(ErrorOf(K2With("key=" + key_ + "&token=" + token_ + "&token=x", "GET", path)), "");
  EXPECT_EQ(ErrorOf(K2With("token=x&key=" + key_ + "&token=" + token_, "GET", path)),
            "INVALID_CREDENTIALS");
}

TEST_F(K2, CredentialErrorsHaveTheStatusOfTheSetting) {  // KO6
  const auto status = [this] {
    return K2With("key=a&token=b", "GET", "/models/162/status").status;
  };
  EXPECT_EQ(status(), 200);
  Set("auth_error", "401_envelope");
  EXPECT_EQ(status(), 401);
  Set("auth_error", "403_envelope");
  EXPECT_EQ(status(), 403);
}

TEST_F(K2, ATokenMayDoWhatItsUserMay) {  // K3
  const std::string reader = "key=" + reader_key_ + "&token=" + reader_token_;
  EXPECT_EQ(ErrorOf(K2With(reader, "GET", "/pipelines/2040/status")), "");
  EXPECT_EQ(ErrorOf(K2With(reader, "POST", "/pipelines/2040/run")), "PERMISSION_DENIED");
  const auto pipeline = nlohmann::json::parse(World::K2("GET", "/pipelines/2040/status").body);
  EXPECT_EQ(pipeline["2040"]["status"], "active");  // it was not queued
}

TEST_F(K2, DeactivationTakesEffectAtOnceAndTouchesNoOtherToken) {  // T4, T6
  const std::string reader = "key=" + reader_key_ + "&token=" + reader_token_;
  ControlJson("POST", "/kondado/tokens/" + key_ + "/deactivate");
  EXPECT_EQ(ErrorOf(World::K2("GET", "/models/162/status")), "INACTIVE_TOKEN");
  EXPECT_EQ(ErrorOf(K1("pipeline_id=2040&" + Credentials(), "{}")), "INACTIVE_TOKEN");
  EXPECT_EQ(ErrorOf(K2With(reader, "GET", "/models/162/status")), "");
  ControlJson("POST", "/kondado/tokens/" + key_ + "/activate");
  EXPECT_EQ(ErrorOf(World::K2("GET", "/models/162/status")), "");
}

TEST_F(K2, PlansThatLimitFrequencyMayNotRun) {  // K8
  Set("plan", "essentials");
  EXPECT_EQ(ErrorOf(World::K2("POST", "/pipelines/2040/run")), "PLAN_NOT_ALLOWED");
  EXPECT_EQ(ErrorOf(World::K2("GET", "/pipelines/2040/status")), "");
}

TEST_F(K2, GuestsAreInvitedByJsonOrByQueryOnEnterprisePlansOnly) {  // K15
  const std::string body =
      R"({"client_id": "17", "recipient_email": "ana@example.com", "parent_collection_id": 76, )"
      R"("parent_collection_direction": "src", "assigned_collection_name": "Ads"})";
  EXPECT_EQ(ErrorOf(K2With(Credentials(), "POST", "/collection_guests", body)), "PLAN_NOT_ALLOWED");
  Set("plan", "enterprise");
  const LocalReply made = K2With(Credentials(), "POST", "/collection_guests", body);
  const auto answer = nlohmann::json::parse(made.body);
  EXPECT_EQ(answer["success"], true);
  EXPECT_EQ(answer["data"]["access_link"].get<std::string>().rfind("https://", 0), 0U);
  const std::string query =
      Credentials() +
      "&client_id=17&recipient_email=ana%40example.com&parent_collection_id=20"
      "&parent_collection_direction=dest&assigned_collection_name=Warehouse";
  EXPECT_EQ(ErrorOf(K2With(query, "POST", "/collection_guests")), "");
  // 20 is a destination only.
  const std::string wrong_way = Credentials() +
                                "&client_id=17&recipient_email=a%40b&parent_collection_id=20"
                                "&parent_collection_direction=src&assigned_collection_name=W";
  EXPECT_EQ(ErrorOf(K2With(wrong_way, "POST", "/collection_guests")), "NOT_FOUND");
}

TEST_F(K2, GuestsWithBadParametersAreToldWhichOnes) {  // K15
  Set("plan", "enterprise");
  const auto post = [this](const std::string& body) {
    return K2With(Credentials(), "POST", "/collection_guests", body);
  };
  const LocalReply empty = post("{}");
  EXPECT_EQ(ErrorOf(empty), "INVALID_PARAMETERS");
  for (const char* name : {"client_id", "recipient_email", "parent_collection_id",
                           "parent_collection_direction", "assigned_collection_name"}) {
    EXPECT_NE(empty.body.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(ErrorOf(post("{")), "INVALID_BODY");
  EXPECT_EQ(ErrorOf(post("[]")), "INVALID_PARAMETERS");
  EXPECT_EQ(ErrorOf(post(R"({"client_id": {"a": 1}})")), "INVALID_PARAMETERS");
}

TEST_F(K2, HeadIsGetAndOtherMethodsAreWrong) {
  EXPECT_EQ(World::K2("HEAD", "/pipelines/2040/status").status, 200);
  for (const char* method : {"PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"}) {
    EXPECT_EQ(ErrorOf(World::K2(method, "/pipelines/2040/status")), "METHOD_NOT_ALLOWED") << method;
  }
}

TEST_F(K2, NothingButDateAndRequestIdIsAdded) {
  const LocalReply reply = World::K2("GET", "/pipelines/2040/status");
  ASSERT_EQ(reply.headers.size(), 2U);
  EXPECT_EQ(HeaderOf(reply, "Date"), "Thu, 01 Jan 2026 00:00:00 GMT");  // the sandbox's clock
  EXPECT_FALSE(HeaderOf(reply, "Kondor-Request-Id").empty());
  Advance(1000);
  EXPECT_EQ(HeaderOf(World::K2("GET", "/pipelines/2040/status"), "Date"),
            "Thu, 01 Jan 2026 00:00:01 GMT");
}

}  // namespace
}  // namespace kondor
