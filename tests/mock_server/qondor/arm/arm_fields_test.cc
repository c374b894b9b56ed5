// What the management REST takes as a date, a name, an id, an address and a key, and which field it
// blames for what it does not take (ARM4, OUR17).
#include "tests/mock_server/qondor/arm/arm_world.h"

namespace kondor {
namespace {

using nlohmann::json;

class ArmInput : public Arm {
 protected:
  // The one field that is to blame for a 400.
  std::string Blamed(const std::string& method, const std::string& path, const json& properties) {
    const LocalReply reply =
        ArmCall(method, path, json({{"properties", properties}}).dump(), {{"If-Match", "*"}});
    EXPECT_EQ(reply.status, 400) << method << path << properties << reply.body;
    const json error = json::parse(reply.body)["error"];
    EXPECT_EQ(error["code"], "ValidationError") << reply.body;
    EXPECT_EQ(error["details"].size(), 1U) << reply.body;
    return error["details"][0].value("target", "");
  }
  // The properties that come back.
  json Taken(const std::string& method, const std::string& path, const json& properties) {
    return ArmJson(method, path, json({{"properties", properties}}).dump(),
                   {{"If-Match", "*"}})["properties"];
  }
  static json NewSubscription(const json& more = json::object()) {
    json properties = {{"scope", "/products/qondor-test"}, {"displayName", "x"}};
    properties.update(more);
    return properties;
  }
  static json NewUser(const json& more = json::object()) {
    json properties = {{"firstName", "A"}, {"lastName", "B"}, {"email", "a@example.com"}};
    properties.update(more);
    return properties;
  }
};

TEST_F(ArmInput, DatesComeAsIso8601AndAreShownInUtc) {
  const struct {
    const char *sent, *shown;
  } cases[] = {
      {"2027-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"},
      {"2027-01-01T00:00:00", "2027-01-01T00:00:00.000Z"},
      {"2027-01-01T00:00:00.5", "2027-01-01T00:00:00.500Z"},
      {"2027-01-01T00:00:00.1239999Z", "2027-01-01T00:00:00.123Z"},
      {"2027-01-01T02:00:00+02:00", "2027-01-01T00:00:00.000Z"},
      {"2026-12-31T19:29:59.25-04:30", "2026-12-31T23:59:59.250Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"},
      {"1969-12-31T23:59:59.75Z", "1969-12-31T23:59:59.750Z"},
  };
  for (const auto& c : cases) {
    const json date = {{"expirationDate", c.sent}};
    EXPECT_EQ(Taken("PATCH", "/subscriptions/test", date)["expirationDate"], c.shown) << c.sent;
    EXPECT_EQ(ArmJson("GET", "/subscriptions/test")["properties"]["expirationDate"], c.shown);
    EXPECT_EQ(Taken("PUT", "/subscriptions/fresh", NewSubscription(date))["expirationDate"],
              c.shown);
    EXPECT_EQ(ArmCall("DELETE", "/subscriptions/fresh", "", {{"If-Match", "*"}}).status, 200);
  }
}

TEST_F(ArmInput, NullTakesADateAway) {  // RFC 7396
  const json date = {{"expirationDate", "2027-01-01T00:00:00Z"}},
             none = {{"expirationDate", nullptr}};
  const auto shown = [&](const std::string& method, const json& properties) {
    return Taken(method, "/subscriptions/test", properties)["expirationDate"];
  };
  shown("PATCH", date);
  EXPECT_EQ(shown("PATCH", {{"displayName", "x"}}), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(shown("PATCH", none), nullptr);
  shown("PATCH", date);
  EXPECT_EQ(shown("PUT", NewSubscription()), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(shown("PUT", NewSubscription(none)), nullptr);
  EXPECT_EQ(ArmJson("GET", "/subscriptions/test")["properties"]["expirationDate"], nullptr);
  EXPECT_EQ(Taken("PUT", "/subscriptions/fresh", NewSubscription(none))["expirationDate"], nullptr);
}

TEST_F(ArmInput, WhatIsNoDateIsRefused) {
  for (const json& sent : {json("soon"), json(""), json("2027-01-01"), json("2027-13-01T00:00:00Z"),
                           json("2027-02-29T00:00:00Z"), json("2027-01-01 00:00:00Z"),
                           json("2027-01-01T24:00:00Z"), json("2027-01-01T00:00:00+15:00"),
                           json("2027-01-01T00:00:00Z "), json("0001-01-01T00:00:00+14:00"),
                           json("9999-12-31T23:59:59-14:00"), json(1798761600), json(true)}) {
    const json date = {{"expirationDate", sent}};
    EXPECT_EQ(Blamed("PATCH", "/subscriptions/test", date), "expirationDate") << sent;
    EXPECT_EQ(Blamed("PUT", "/subscriptions/test", NewSubscription(date)), "expirationDate");
    EXPECT_EQ(Blamed("PUT", "/subscriptions/fresh", NewSubscription(date)), "expirationDate");
  }
  EXPECT_EQ(ArmJson("GET", "/subscriptions/test")["properties"]["expirationDate"], nullptr);
  EXPECT_EQ(ArmCall("GET", "/subscriptions/fresh").status, 404);
}

TEST_F(ArmInput, NamesAndAddressesHaveAzuresLengths) {
  const auto most = [](std::size_t count) { return std::string(count, 'x'); };
  std::string cyrillic;  // 100 characters, 200 bytes
  for (int i = 0; i < 100; ++i) cyrillic += "\u0436";
  Taken("PATCH", "/subscriptions/test", {{"displayName", most(100)}});
  Taken("PATCH", "/subscriptions/test", {{"displayName", cyrillic}});
  std::string clefs;  // 100 halves of a pair in UTF-16, which Azure counts
  for (int i = 0; i < 50; ++i) clefs += "\U0001D11E";
  Taken("PATCH", "/subscriptions/test", {{"displayName", clefs}});
  Taken("PATCH", "/users/2",
        {{"firstName", most(100)}, {"lastName", most(100)}, {"email", most(254)}});
  for (const std::string& wrong : {std::string(), most(101), cyrillic + "x", clefs + "x"}) {
    const json name = {{"displayName", wrong}};
    EXPECT_EQ(Blamed("PATCH", "/subscriptions/test", name), "displayName");
    EXPECT_EQ(Blamed("PUT", "/subscriptions/fresh", NewSubscription(name)), "displayName");
    for (const char* field : {"firstName", "lastName"}) {
      EXPECT_EQ(Blamed("PATCH", "/users/2", {{field, wrong}}), field);
      EXPECT_EQ(Blamed("PUT", "/users/fresh", NewUser({{field, wrong}})), field);
    }
  }
  for (const std::string& wrong : {std::string(), most(255), std::string("a\n@example.com"),
                                   std::string("a@example.com\x7f"), std::string("a\u0085b")}) {
    EXPECT_EQ(Blamed("PATCH", "/users/2", {{"email", wrong}}), "email");
    EXPECT_EQ(Blamed("PUT", "/users/fresh", NewUser({{"email", wrong}})), "email");
  }
}

TEST_F(ArmInput, IdsHaveAzuresLengthsAndCanStandInAPath) {
  const auto most = [](std::size_t count) { return std::string(count, 'i'); };
  Taken("PUT", "/subscriptions/" + most(256), NewSubscription());
  Taken("PUT", "/users/" + most(80), NewUser());
  EXPECT_EQ(ArmCall("GET", "/subscriptions/" + most(256)).status, 200);
  for (const std::string& wrong :
       {most(257), std::string("."), std::string(".."), std::string("%2e%2E"), std::string("a%20b"),
        std::string("a%2Fb"), std::string("%C3%A9"), std::string("a%00b")}) {
    EXPECT_EQ(Blamed("PUT", "/subscriptions/" + wrong, NewSubscription()), "sid");
    EXPECT_EQ(Blamed("PUT", "/users/" + wrong, NewUser()), "uid");
  }
  EXPECT_EQ(Blamed("PUT", "/users/" + most(81), NewUser()), "uid");
  Taken("PUT", "/subscriptions/...", NewSubscription());
}

TEST_F(ArmInput, IdsAreToldApartByCaseAndTheWordsAroundThemAreNot) {  // OUR17
  for (const char* there : {"/SUBSCRIPTIONS/test", "/Products/qondor-test", "/GROUPS/developers"}) {
    EXPECT_EQ(ArmCall("GET", there).status, 200) << there;
  }
  for (const char* not_there :
       {"/subscriptions/Test", "/products/Qondor-test", "/groups/Developers"}) {
    EXPECT_EQ(ArmCall("GET", not_there).status, 404) << not_there;
  }
  EXPECT_EQ(Blamed("PATCH", "/subscriptions/test", {{"scope", "/products/Qondor-test"}}), "scope");
  Taken("PATCH", "/subscriptions/test", {{"scope", "/Products/qondor-test"}});
}

TEST_F(ArmInput, TheFieldToBlameIsNamed) {
  const std::string good = "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6";
  const struct {
    json sent;
    const char* target;
  } cases[] = {
      {{{"primaryKey", "my-own-key"}}, "primaryKey"},
      {{{"primaryKey", ""}}, "primaryKey"},
      {{{"secondaryKey", "my-own-key"}}, "secondaryKey"},
      {{{"primaryKey", prod_primary_}}, "primaryKey"},  // another subscription's
      {{{"secondaryKey", prod_primary_}}, "secondaryKey"},
      {{{"primaryKey", good}, {"secondaryKey", good}}, "secondaryKey"},
      {{{"scope", "/products/gold"}}, "scope"},
      {{{"ownerId", "/users/nobody"}}, "ownerId"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Blamed("PATCH", "/subscriptions/test", c.sent), c.target) << c.sent;
    EXPECT_EQ(Blamed("PUT", "/subscriptions/test", NewSubscription(c.sent)), c.target) << c.sent;
    EXPECT_EQ(Blamed("PUT", "/subscriptions/fresh", NewSubscription(c.sent)), c.target) << c.sent;
  }
  const LocalReply refused =
      ArmCall("PATCH", "/subscriptions/test",
              json({{"properties", {{"primaryKey", prod_primary_}}}}).dump(), {{"If-Match", "*"}});
  EXPECT_EQ(refused.body.find(prod_primary_), std::string::npos);
  EXPECT_EQ(StatusOf("Test", test_primary_), 200) << "nothing has changed";
}

TEST_F(ArmInput, AnAddressIsOneUsersHoweverItIsWritten) {
  const json taken = {{"email", "INTEGRATION@Example.com"}};
  EXPECT_EQ(Blamed("PATCH", "/users/2", taken), "email");
  EXPECT_EQ(Blamed("PUT", "/users/2", NewUser(taken)), "email");
  EXPECT_EQ(Blamed("PUT", "/users/fresh", NewUser(taken)), "email");
  EXPECT_EQ(Taken("PATCH", "/users/1", taken)["email"], "INTEGRATION@Example.com") << "its own";
}

}  // namespace
}  // namespace kondor
