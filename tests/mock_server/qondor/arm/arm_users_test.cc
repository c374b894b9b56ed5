// Users, products and groups through the management REST (ARM5).
#include "tests/mock_server/qondor/arm/arm_world.h"

namespace kondor {
namespace {

using nlohmann::json;

TEST_F(Arm, UsersAreMadeReadChangedAndRemoved) {  // ARM5, Q1
  const std::string body =
      R"({"properties": {"firstName": "A", "lastName": "B", "email": "a@example.com"}})";
  const LocalReply made = ArmCall("PUT", "/users/anna", body);
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(HeaderOf(made, "ETag"), TagOf("/users/anna"));
  const json user = json::parse(made.body);
  EXPECT_EQ(user["id"], std::string(kService) + "/users/anna");
  EXPECT_EQ(user["type"], "Microsoft.ApiManagement/service/users");
  EXPECT_EQ(user["properties"]["email"], "a@example.com");
  EXPECT_EQ(user["properties"]["state"], "active");
  EXPECT_EQ(user["properties"]["registrationDate"], "2026-01-01T08:00:00.000Z");
  EXPECT_EQ(ArmJson("GET", "/users")["count"], 3);
  EXPECT_EQ(ArmCall("HEAD", "/users/anna").status, 200);
  EXPECT_EQ(ArmCall("PUT", "/users/anna", body).status, 200);
  const json patched = ArmJson("PATCH", "/users/anna", R"({"properties": {"note": "hello"}})",
                               {{"If-Match", TagOf("/users/anna")}});
  EXPECT_EQ(patched["properties"]["note"], "hello");
  EXPECT_EQ(ArmCall("PATCH", "/users/anna", "{}").status, 400);
  EXPECT_EQ(ArmCall("DELETE", "/users/anna", "", {{"If-Match", "\"old\""}}).status, 412);
  EXPECT_EQ(ArmCall("DELETE", "/users/anna", "", {{"If-Match", "*"}}).status, 200);
  EXPECT_EQ(ArmCall("DELETE", "/users/anna", "", {{"If-Match", "*"}}).status, 204);
  EXPECT_EQ(json::parse(ArmCall("GET", "/users/anna").body),
            ErrorBody("ResourceNotFound", "User not found."));

  EXPECT_EQ(ArmJson("GET", "/users/1/subscriptions")["count"], 2);
  EXPECT_EQ(ArmJson("GET", "/users/1/groups")["value"][0]["name"], "developers");
  ArmJson("PATCH", "/users/1", R"({"properties": {"state": "blocked"}})", {{"If-Match", "*"}});
  EXPECT_EQ(StatusOf("Test", test_primary_), 401);
  ArmJson("PATCH", "/users/1", R"({"properties": {"state": "active"}})", {{"If-Match", "*"}});
  EXPECT_EQ(StatusOf("Test", test_primary_), 200);
  EXPECT_EQ(ArmCall("DELETE", "/users/1", "", {{"If-Match", "*"}}).status, 200);
  EXPECT_EQ(StatusOf("Test", test_primary_), 401);
  EXPECT_EQ(ArmJson("GET", "/subscriptions")["count"], 0);
}

TEST_F(Arm, ProductsAndGroupsAreRead) {  // ARM5, Q4
  const json products = ArmJson("GET", "/products");
  EXPECT_EQ(products["count"], 2);
  EXPECT_EQ(products["value"][0]["properties"]["displayName"], "Qondor Production");
  EXPECT_EQ(ArmJson("GET", "/products/qondor-test")["type"],
            "Microsoft.ApiManagement/service/products");
  EXPECT_EQ(ArmJson("GET", "/products/qondor-test/subscriptions")["value"][0]["name"], "test");
  EXPECT_EQ(ArmCall("GET", "/products/gold").status, 404);
  EXPECT_EQ(ArmJson("GET", "/groups")["count"], 3);
  EXPECT_EQ(ArmJson("GET", "/groups/developers")["properties"]["builtIn"], true);
  EXPECT_EQ(ArmCall("GET", "/groups/nobody").status, 404);
  const LocalReply wrong = ArmCall("DELETE", "/products/qondor-test", "", {{"If-Match", "*"}});
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(HeaderOf(wrong, "Allow"), "GET");
}

}  // namespace
}  // namespace kondor
