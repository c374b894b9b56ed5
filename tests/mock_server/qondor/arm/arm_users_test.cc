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
  EXPECT_EQ(ArmCall("GET", "/products/gold").status, 404);
  EXPECT_EQ(ArmJson("GET", "/groups")["count"], 3);
  EXPECT_EQ(ArmJson("GET", "/groups/developers")["properties"]["builtIn"], true);
  EXPECT_EQ(ArmCall("GET", "/groups/nobody").status, 404);
  const LocalReply wrong = ArmCall("DELETE", "/products/qondor-test", "", {{"If-Match", "*"}});
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(HeaderOf(wrong, "Allow"), "GET, HEAD");
  EXPECT_EQ(HeaderOf(ArmCall("POST", "/users/1", "{}"), "Allow"), "GET, HEAD, PUT, PATCH, DELETE");
  EXPECT_EQ(HeaderOf(ArmCall("GET", "/subscriptions/test/listSecrets"), "Allow"), "POST");
}

TEST_F(Arm, WhatBelongsToAUserOrAProductIsNamedAfterIt) {  // ARM1, ARM5
  const std::string service = kService, kind = "Microsoft.ApiManagement/service/";
  const json of_user = ArmJson("GET", "/users/1/subscriptions");
  EXPECT_EQ(of_user["count"], 2);
  const json& first = of_user["value"][0];
  EXPECT_EQ(first["id"], service + "/users/1/subscriptions/production");
  EXPECT_EQ(first["type"], kind + "users/subscriptions");
  EXPECT_EQ(first["name"], "production");
  EXPECT_EQ(first["properties"], ArmJson("GET", "/subscriptions/production")["properties"]);
  const json of_product = ArmJson("GET", "/products/qondor-test/subscriptions");
  ASSERT_EQ(of_product["count"], 1);
  EXPECT_EQ(of_product["value"][0]["id"], service + "/products/qondor-test/subscriptions/test");
  EXPECT_EQ(of_product["value"][0]["type"], kind + "products/subscriptions");
  const json groups = ArmJson("GET", "/users/1/groups");
  ASSERT_EQ(groups["count"], 1);
  EXPECT_EQ(groups["value"][0]["id"], service + "/users/1/groups/developers");
  EXPECT_EQ(groups["value"][0]["type"], kind + "users/groups");
}

TEST_F(Arm, OneSubscriptionOfAUserIsRead) {  // ARM1
  const LocalReply reply = ArmCall("GET", "/users/1/subscriptions/test");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(json::parse(reply.body), ArmJson("GET", "/users/1/subscriptions")["value"][1]);
  EXPECT_EQ(HeaderOf(reply, "ETag"), TagOf("/subscriptions/test"));
  const auto message = [&](const std::string& path) {
    return json::parse(ArmCall("GET", path).body)["error"]["message"];
  };
  EXPECT_EQ(message("/users/2/subscriptions/test"), "Subscription not found.") << "another's";
  EXPECT_EQ(message("/users/1/subscriptions/none"), "Subscription not found.");
  EXPECT_EQ(message("/users/9/subscriptions/test"), "User not found.");
}

}  // namespace
}  // namespace kondor
