// The gateway on the wire: routing before keys, header before query, scope, states (G1-G12).
#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {
namespace {

using nlohmann::json;

class Gateway : public QondorWorld {};

void ExpectNotFound(const LocalReply& reply, const std::string& what) {
  EXPECT_EQ(reply.status, 404) << what;
  EXPECT_EQ(reply.body, kNotFound) << what;
  EXPECT_EQ(HeaderOf(reply, "WWW-Authenticate"), "") << what;
}

TEST_F(Gateway, AnswersWithEitherKeyOfASubscription) {  // Q4, Q5, Q10
  for (const std::string& key : {prod_primary_, prod_secondary_}) {
    EXPECT_EQ(StatusOf("Prod", key), 200);
  }
  for (const std::string& key : {test_primary_, test_secondary_}) {
    EXPECT_EQ(StatusOf("Test", key), 200);
    EXPECT_EQ(StatusOf("Dev", key), 200);
  }
}

TEST_F(Gateway, AsksForAKey) {  // G1, G3
  const LocalReply reply = Send("GET", "/Prod/Customer/v1/Customer/15409");
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(reply.body, kMissingKey);
  EXPECT_EQ(HeaderOf(reply, "Content-Type"), "");  // the type is no header of a LocalReply
  EXPECT_EQ(HeaderOf(reply, "WWW-Authenticate"),
            "AzureApiManagementKey realm=\"https://qondor.azure-api.net/Prod/Customer/v1\","
            "name=\"Ocp-Apim-Subscription-Key\",type=\"header\"");
  EXPECT_EQ(EntryOf(reply)["code"], "MISSING_KEY");
  EXPECT_EQ(EntryOf(reply)["outcome"], "auth_error");
}

TEST_F(Gateway, RefusesWhatIsNoKeyHere) {  // G2
  const std::string upper = [&] {
    std::string text = prod_primary_;
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
  }();
  const struct {
    std::string environment, key;
    const char* code;
  } cases[] = {
      {"Prod", "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6", "UNKNOWN_KEY"},  // another sandbox's
      {"Prod", "no-key-at-all", "UNKNOWN_KEY"},
      {"Prod", upper, "UNKNOWN_KEY"},
      {"Prod", prod_primary_.substr(1), "UNKNOWN_KEY"},
      {"Prod", prod_primary_ + "0", "UNKNOWN_KEY"},
      {"Test", prod_primary_, "WRONG_PRODUCT"},
      {"Dev", prod_secondary_, "WRONG_PRODUCT"},
      {"Prod", test_primary_, "WRONG_PRODUCT"},
  };
  for (const auto& c : cases) {
    const LocalReply reply = Get("/" + c.environment + kGetAll, c.key);
    EXPECT_EQ(reply.status, 401) << c.code;
    EXPECT_EQ(reply.body, kInvalidKey) << c.code;
    EXPECT_EQ(HeaderOf(reply, "WWW-Authenticate"),
              "AzureApiManagementKey realm=\"https://qondor.azure-api.net/" + c.environment +
                  "/Customer/v1\",name=\"Ocp-Apim-Subscription-Key\",type=\"header\"");
    EXPECT_EQ(EntryOf(reply)["code"], c.code);
  }
}

TEST_F(Gateway, LooksAtTheHeaderFirstAndAtTheQueryOnlyWithoutOne) {  // G4
  const std::string all = std::string("/Prod") + kGetAll;
  const auto body = [&](const std::string& query, const Headers& headers) {
    const LocalReply reply = Send("GET", all + query, headers);
    return reply.status == 200 ? std::string("ok") : reply.body;
  };
  const std::string good = "?subscription-key=" + prod_primary_, bad = "?subscription-key=bad";
  EXPECT_EQ(body(good, {}), "ok");
  EXPECT_EQ(body(bad, {}), kInvalidKey);
  EXPECT_EQ(body("?subscription-key=", {}), kMissingKey);
  EXPECT_EQ(body(good + "&subscription-key=bad", {}), "ok");  // of a doubled one the first counts
  EXPECT_EQ(body("?Subscription-Key=" + prod_primary_, {}), kMissingKey);
  EXPECT_EQ(body(good, {{kKeyHeader, "bad"}}), kInvalidKey);
  EXPECT_EQ(body(bad, {{kKeyHeader, prod_primary_}}), "ok");
  EXPECT_EQ(body(good, {{kKeyHeader, ""}}), kMissingKey);  // it is there, and it is empty
  EXPECT_EQ(body(good, {{kKeyHeader, "  "}}), kMissingKey);
}

TEST_F(Gateway, ReadsTheHeaderAsHttpSays) {
  const std::string all = std::string("/Prod") + kGetAll;
  const auto body = [&](const Headers& headers) {
    const LocalReply reply = Send("GET", all, headers);
    return reply.status == 200 ? std::string("ok") : reply.body;
  };
  EXPECT_EQ(body({{"ocp-apim-subscription-key", prod_primary_}}), "ok");  // G4: without case
  EXPECT_EQ(body({{"OCP-APIM-SUBSCRIPTION-KEY", prod_primary_}}), "ok");
  EXPECT_EQ(body({{kKeyHeader, " " + prod_primary_ + "\t"}}),
            "ok");  // blanks around are none of it
  EXPECT_EQ(body({{kKeyHeader, prod_primary_.substr(0, 16) + " " + prod_primary_.substr(16)}}),
            kInvalidKey);
  EXPECT_EQ(body({{kKeyHeader, prod_primary_}, {kKeyHeader, prod_primary_}}), kInvalidKey);
  EXPECT_EQ(body({{kKeyHeader, prod_primary_}, {kKeyHeader, prod_secondary_}}), kInvalidKey);
  EXPECT_EQ(body({{kKeyHeader, prod_primary_ + ", " + prod_primary_}}), kInvalidKey);
  EXPECT_EQ(body({{kKeyHeader, "\"" + prod_primary_ + "\""}}), kInvalidKey);
  EXPECT_EQ(body({{"Authorization", "Bearer " + prod_primary_}}), kMissingKey);
}

TEST_F(Gateway, TakesAKeyInTheQueryOnlyWhereItIsAccepted) {  // QO4
  Set("query_key", "no");
  const std::string path = std::string("/Prod") + kGetAll;
  EXPECT_EQ(Send("GET", path + "?subscription-key=" + prod_primary_).body, kMissingKey);
  EXPECT_EQ(Get(path, prod_primary_).status, 200);
}

TEST_F(Gateway, FindsTheRouteBeforeItLooksAtTheKey) {  // G5, QO7
  for (const char* path :
       {"", "/", "/Prod", "/Prod/", "/Customer/v1/Customer/GetAll",
        "/Live/Customer/v1/Customer/GetAll", "/Prod/Customer/v1/Nothing",
        "/Prod/Customer/v2/Customer/GetAll", "/Prod/Customer/v1/Customer/GetAll/x"}) {
    ExpectNotFound(Send("GET", path), path);
    ExpectNotFound(Get(path, prod_primary_), path);
  }
  for (const char* method : {"DELETE", "PATCH", "HEAD", "OPTIONS", "PUT", "get"}) {
    const LocalReply reply = Send(method, std::string("/Prod") + kGetAll);
    ExpectNotFound(reply, method);  // a wrong method is no 405
    EXPECT_EQ(EntryOf(reply)["outcome"], "unknown_route");
    EXPECT_EQ(HeaderOf(reply, "Allow"), "");
  }
}

TEST_F(Gateway, MatchesPathsWithoutRegardToCase) {  // Q10
  for (const char* path :
       {"/prod/customer/v1/customer/getall", "/PROD/CUSTOMER/V1/CUSTOMER/GETALL",
        "/%50rod/Customer/v1/Customer/GetAll", "/Prod/%43ustomer/v1/Customer/Get%41ll"}) {
    EXPECT_EQ(Get(path, prod_primary_).status, 200) << path;
  }
  // The realm says the API's own spelling (G3).
  EXPECT_NE(HeaderOf(Send("GET", "/prod/customer/v1/customer/getall"), "WWW-Authenticate")
                .find("net/Prod/Customer/v1\""),
            std::string::npos);
}

TEST_F(Gateway, NormalisesNoPathSoThatNoneLeavesItsEnvironment) {
  for (const char* path :
       {"/Test/../Prod/Customer/v1/Customer/GetAll",
        "/Test/%2e%2e/Prod/Customer/v1/Customer/GetAll", "/./Prod/Customer/v1/Customer/GetAll",
        "//Prod/Customer/v1/Customer/GetAll", "/Prod//Customer/v1/Customer/GetAll",
        "/Prod/Customer/v1/./Customer/GetAll", "/Prod%2FCustomer/v1/Customer/GetAll",
        "/Prod/Customer%2Fv1/Customer/GetAll", "/Prod/Customer/v1/Customer/..%2fCustomer/GetAll",
        "/Pro%64%00/Customer/v1/Customer/GetAll", "/Prod/Customer/v1/Customer/.."}) {
    ExpectNotFound(Get(path, prod_primary_), path);
    ExpectNotFound(Get(path, test_primary_), path);
  }
}

TEST_F(Gateway, LetsOnlyActiveSubscriptionsThrough) {  // G2, G9
  for (const char* state : {"submitted", "suspended", "rejected", "cancelled", "expired"}) {
    ControlJson("PATCH", "/qondor/subscriptions/production",
                std::string(R"({"state": ")") + state + R"("})");
    const LocalReply reply = Get(std::string("/Prod") + kGetAll, prod_primary_);
    EXPECT_EQ(reply.body, kInvalidKey) << state;
    EXPECT_EQ(EntryOf(reply)["code"], "SUBSCRIPTION_NOT_ACTIVE");
    EXPECT_EQ(StatusOf("Test", test_primary_), 200) << "the other one is untouched";
  }
  ControlJson("PATCH", "/qondor/subscriptions/production", R"({"state": "active"})");
  EXPECT_EQ(StatusOf("Prod", prod_primary_), 200);
}

TEST_F(Gateway, KeysDieWithTheUserWhoHasThem) {  // Q1, Q6
  EXPECT_EQ(Control("DELETE", "/qondor/users/1").status, 204);
  EXPECT_EQ(Get(std::string("/Prod") + kGetAll, prod_primary_).body, kInvalidKey);
  EXPECT_EQ(Get(std::string("/Test") + kGetAll, test_secondary_).body, kInvalidKey);
}

TEST_F(Gateway, KnowsNoCors) {  // G10, G5
  const Headers preflight = {{"Origin", "https://portal.example"},
                             {"Access-Control-Request-Method", "GET"}};
  ExpectNotFound(Send("OPTIONS", std::string("/Prod") + kGetAll, preflight), "preflight");
  const LocalReply reply =
      Send("GET", std::string("/Prod") + kGetAll,
           {{kKeyHeader, prod_primary_}, {"Origin", "https://portal.example"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(HeaderOf(reply, "Access-Control-Allow-Origin"), "");
}

TEST_F(Gateway, AcceptsAndIgnoresATokenOnBehalfOfSomebody) {  // Q10
  const std::string token = "eyJhbGciOiJub25lIn0.c2VjcmV0.c2lnbmF0dXJl";
  const LocalReply reply = Send("GET", std::string("/Prod") + kGetAll,
                                {{kKeyHeader, prod_primary_}, {"X-OnBehalfOf-Token", token}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(EntryOf(reply)["headers"].get<std::string>().find(token), std::string::npos);
}

TEST_F(Gateway, TellsNothingOfRemainingCalls) {  // G11
  const LocalReply reply = Get(std::string("/Prod") + kGetAll, prod_primary_);
  for (const auto& [name, value] : reply.headers) {
    EXPECT_TRUE(name == "Date" || name == "Kondor-Request-Id") << name;
  }
}

TEST_F(Gateway, IsReachedByItsHostName) {
  const Headers host = {{"Host", "qondor.azure-api.net"}, {kKeyHeader, prod_primary_}};
  EXPECT_EQ(server_->Call("GET", std::string("/@w/Prod") + kGetAll, "", host).status, 200);
  Headers with_name = host;
  with_name.push_back({"Kondor-Sandbox", "w"});
  EXPECT_EQ(server_->Call("GET", std::string("/prod") + kGetAll, "", with_name).status, 200);
  // There the vendor's paths begin at the root: /qondor is no environment.
  ExpectNotFound(server_->Call("GET", std::string("/@w/qondor/Prod") + kGetAll, "", host), "host");
}

}  // namespace
}  // namespace kondor
