// The inbound webhook (W1, KO10) and Via Kondado (H1, H2, KO10).
#include "tests/mock_server/kondado/world.h"

namespace kondor {
namespace {

class K1 : public World {
 protected:
  LocalReply Post(const std::string& query, const std::string& body) {
    return World::K1(query, body);
  }
};

TEST_F(K1, TakesJsonForAPipeline) {  // W1
  const LocalReply reply = Post("pipeline_id=2040&" + Credentials(), R"([{"order": 1}])");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"success": true})");
  EXPECT_EQ(server_->Call("POST", "/@w/k1/?pipeline_id=2040&" + Credentials(), "{}").status, 200);
}

TEST_F(K1, EveryFailureIs400AndJson) {  // W1, KO10
  const std::string good = "pipeline_id=2040&" + Credentials();
  const struct {
    std::string query;
    const char* body;
    const char* code;
  } cases[] = {{"pipeline_id=2040", "{}", "MISSING_CREDENTIALS"},
               {"pipeline_id=2040&key=a&token=b", "{}", "INVALID_CREDENTIALS"},
               {Credentials(), "{}", "INVALID_PARAMETERS"},
               {"pipeline_id=&" + Credentials(), "{}", "INVALID_PARAMETERS"},
               {"pipeline_id=9999&" + Credentials(), "{}", "NOT_FOUND"},
               {"pipeline_id=x&" + Credentials(), "{}", "NOT_FOUND"},
               {good, "", "INVALID_BODY"},
               {good, "{\"a\": ", "INVALID_BODY"},
               {good, "hello", "INVALID_BODY"},
               {good, "{} {}", "INVALID_BODY"}};
  for (const auto& c : cases) {
    const LocalReply reply = Post(c.query, c.body);
    EXPECT_EQ(reply.status, 400) << c.code;
    EXPECT_EQ(ErrorOf(reply), c.code) << reply.body;
  }
}

TEST_F(K1, HasOneRouteAndOneMethod) {
  EXPECT_EQ(server_->Call("POST", "/@w/k1/data?pipeline_id=2040&" + Credentials(), "{}").status,
            404);
  EXPECT_EQ(ErrorOf(World::K1("pipeline_id=2040&" + Credentials(), "", "GET")),
            "METHOD_NOT_ALLOWED");
}

TEST_F(K1, DeeplyNestedBodiesAreRefusedNotFollowed) {
  const LocalReply reply = Post("pipeline_id=2040&" + Credentials(), std::string(100'000, '['));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(ErrorOf(reply), "INVALID_BODY");
}

class HubTest : public World {};

TEST_F(HubTest, ShowsTablesAndTheirOrigins) {  // H1
  EXPECT_EQ(Hub("/metadata/show_tables?token=" + via_).body,
            R"([{"tbl_name": "google_ads_campaigns"}, {"tbl_name": "sales_by_month"}])");
  const auto origins = nlohmann::json::parse(Hub("/metadata/kdd_show_tables?token=" + via_).body);
  ASSERT_EQ(origins.size(), 2U);
  EXPECT_EQ(origins[0]["origin_object_type"], "pipeline");
  EXPECT_EQ(origins[0]["origin_object_id"], 2040);
  EXPECT_EQ(origins[1]["origin_object_type"], "kubo");
}

TEST_F(HubTest, ReadsATableWithEitherDecimalSeparator) {  // H1
  const auto rows = nlohmann::json::parse(Hub("/data/sales_by_month?token=" + via_).body);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["revenue"], 18240.9);
  const auto commas =
      nlohmann::json::parse(Hub("/data/sales_by_month?token=" + via_ + "&decimal_sep=comma").body);
  EXPECT_EQ(commas[0]["revenue"], "18240,9");
  EXPECT_EQ(commas[0]["orders"], 412);
}

TEST_F(HubTest, TakesOnlyItsOwnKindOfToken) {  // H1, KO10
  EXPECT_EQ(Hub("/metadata/show_tables").status, 401);
  EXPECT_EQ(ErrorOf(Hub("/metadata/show_tables")), "MISSING_CREDENTIALS");
  EXPECT_EQ(ErrorOf(Hub("/metadata/show_tables?token=" + token_)), "INVALID_CREDENTIALS");
  Set("hub_error_status", "200");
  EXPECT_EQ(Hub("/metadata/show_tables?token=x").status, 200);
  Set("hub_error_status", "403");
  EXPECT_EQ(Hub("/metadata/show_tables?token=x").status, 403);
}

TEST_F(HubTest, UnknownTablesAndRoutesAreToldApart) {
  EXPECT_EQ(ErrorOf(Hub("/data/nothing?token=" + via_)), "NOT_FOUND");
  for (const char* path : {"/data", "/data/", "/data/a/b", "/metadata", "/"}) {
    EXPECT_EQ(Hub(std::string(path) + "?token=" + via_).status, 404) << path;
  }
}

TEST_F(HubTest, ChangingTheTokenKillsTheOldOneAtOnce) {  // H2
  const auto tokens = ControlJson("GET", "/kondado/tokens")["tokens"];
  std::string handle;
  for (const auto& token : tokens) {
    if (token["kind"] == "via_kondado") handle = token["key"];
  }
  const auto changed = ControlJson("POST", "/kondado/tokens/" + handle + "/change");
  EXPECT_EQ(ErrorOf(Hub("/metadata/show_tables?token=" + via_)), "INVALID_CREDENTIALS");
  EXPECT_EQ(Hub("/metadata/show_tables?token=" + changed["token"].get<std::string>()).status, 200);
}

}  // namespace
}  // namespace kondor
