// Every refusal of Qondor's two addresses is exact on the wire and explained in the journal.
#include "tests/mock_server/qondor/arm/arm_world.h"
#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {
namespace {

using nlohmann::json;

class QondorRefusalWords : public QondorWorld {
 protected:
  LocalReply Prod(const std::string& key) { return Get(std::string("/Prod") + kGetAll, key); }
  LocalReply ToProd(const std::string& method, const std::string& path, const std::string& body) {
    return Send(method, "/Prod/" + path,
                {{kKeyHeader, prod_primary_}, {"Content-Type", "application/json"}}, body);
  }
  void ExpectRefusal(const LocalReply& reply, const std::string& code, const json& rules,
                     const std::string& text) {
    const json entry = EntryOf(reply);
    EXPECT_EQ(entry["code"], code);
    EXPECT_EQ(entry["refusal"]["rules"], rules) << code;
    EXPECT_EQ(entry["refusal"]["text"], text) << code;
    EXPECT_EQ(LastEntry(), entry) << "a list explains it as well";
  }
};

TEST_F(QondorRefusalWords, SayWhereAKeyWasLookedFor) {  // G1, G4, OUR10, QO4
  const std::string all = std::string("/Prod") + kGetAll, keyed = all + "?subscription-key=";
  ExpectRefusal(Send("GET", all), "MISSING_KEY", {"G1", "G4"},
                "No key was sent, neither in the header Ocp-Apim-Subscription-Key nor in the query "
                "parameter subscription-key.");
  const std::string empty =
      "The header Ocp-Apim-Subscription-Key is there and empty, so the key is missing, and the "
      "query is not looked at.";
  for (const std::string& path : {all, keyed + prod_primary_}) {
    ExpectRefusal(Get(path, ""), "MISSING_KEY", {"G1", "G4", "OUR10"}, empty);
  }
  Set("query_key", "no");
  ExpectRefusal(Send("GET", keyed + prod_primary_), "MISSING_KEY", {"G1", "QO4"},
                "The header Ocp-Apim-Subscription-Key is not there, and a key in the query is not "
                "accepted (qondor.query_key is no).");
}

TEST_F(QondorRefusalWords, SayWhatIsWrongWithAStrangersKey) {  // G2, G9, OUR10
  ExpectRefusal(Prod("d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6"), "UNKNOWN_KEY", {"G2"},
                "No subscription of this sandbox has the key that was sent.");
  ExpectRefusal(Prod("no-key-at-all"), "UNKNOWN_KEY", {"G2", "G9"},
                "What was sent does not have a key's shape, 32 lower-case hex digits of a "
                "version-4 GUID.");
  ExpectRefusal(Send("GET", std::string("/Prod") + kGetAll,
                     {{kKeyHeader, prod_primary_}, {kKeyHeader, prod_secondary_}}),
                "UNKNOWN_KEY", {"G2", "OUR10"},
                "The header Ocp-Apim-Subscription-Key came more than once, and several keys are "
                "none.");
}

TEST_F(QondorRefusalWords, SayFromWhenANewKeyWorksAndWhenAnOldOneWasReplaced) {  // QO5, Q5
  Set("key_delay_ms", 500);
  const std::string next = Regenerate("production", "secondary");
  const LocalReply early = Prod(next);
  ExpectRefusal(early, "KEY_NOT_YET_VALID", {"G2", "QO5", "OUR14"},
                "The new secondary key of subscription production works from "
                "2026-01-01T08:00:00.500000Z on; until then the one before it does.");
  EXPECT_EQ(EntryOf(early)["refusal"]["works_from"], "2026-01-01T08:00:00.500000Z");
  Advance(500);
  EXPECT_EQ(Prod(next).status, 200);
  Advance(7'000);
  const LocalReply late = Prod(prod_secondary_);
  ExpectRefusal(late, "REGENERATED_KEY", {"G2", "Q5"},
                "This secondary key of subscription production was replaced at "
                "2026-01-01T08:00:00.500000Z.");
  EXPECT_FALSE(EntryOf(late)["refusal"].contains("works_from"));
}

TEST_F(QondorRefusalWords, SayThatAKeyWasOvertakenBeforeItWorked) {  // OUR14
  Set("key_delay_ms", 500);
  const std::string overtaken = Regenerate("production", "primary");
  Set("key_delay_ms", 0);
  Regenerate("production", "primary");
  ExpectRefusal(Prod(overtaken), "REGENERATED_KEY", {"G2", "QO5", "OUR14"},
                "This primary key of subscription production was replaced before it began to "
                "work.");
}

TEST_F(QondorRefusalWords, SayWhichProductOpensWhat) {  // Q4
  ExpectRefusal(Prod(test_primary_), "WRONG_PRODUCT", {"G2", "Q4"},
                "The key is of subscription test to Qondor Test (qondor-test), which opens Test, "
                "Dev and not Prod.");
  ExpectRefusal(Get(std::string("/dev") + kGetAll, prod_secondary_), "WRONG_PRODUCT", {"G2", "Q4"},
                "The key is of subscription production to Qondor Production (qondor-production), "
                "which opens Prod and not Dev.");
}

TEST_F(QondorRefusalWords, SayWhatStateASubscriptionIsIn) {  // G9, OUR15
  ControlJson("PATCH", "/qondor/subscriptions/production", R"({"state": "suspended"})");
  ExpectRefusal(Prod(prod_primary_), "SUBSCRIPTION_NOT_ACTIVE", {"G2", "G9"},
                "Subscription production is suspended, and only an active one lets calls through.");
  ControlJson("POST", "/qondor/users",
              R"({"id": "b", "email": "b@example.com", "state": "blocked"})");
  const json granted = ControlJson("POST", "/qondor/subscriptions",
                                   R"({"id": "bs", "user": "b", "product": "qondor-production"})");
  ExpectRefusal(Prod(granted["primary_key"]), "USER_BLOCKED", {"G2", "OUR15"},
                "User b is blocked, and so is subscription bs.");
}

TEST_F(QondorRefusalWords, SayThatASubscriptionWasRemoved) {  // OUR15, Q6
  Advance(1'000);
  Control("DELETE", "/qondor/subscriptions/test");
  Control("DELETE", "/qondor/users/1");
  ExpectRefusal(Prod(prod_secondary_), "UNKNOWN_KEY", {"G2", "OUR15"},
                "The key was the secondary one of subscription production, which was removed at "
                "2026-01-01T08:00:01.000000Z.");
  ExpectRefusal(Get(std::string("/Test") + kGetAll, test_primary_), "UNKNOWN_KEY", {"G2", "OUR15"},
                "The key was the primary one of subscription test, which was removed at "
                "2026-01-01T08:00:01.000000Z.");
}

TEST_F(QondorRefusalWords, SayWhyAPathLeadsNowhere) {  // G5, QO7, G10
  for (const char* path : {"", "/Prod", "/Live/Customer/v1/Customer/GetAll"}) {
    ExpectRefusal(Send("GET", path), "RESOURCE_NOT_FOUND", {"G5", "QO7"},
                  "The path does not begin with an environment (Prod, Test or Dev) and go on from "
                  "there.");
  }
  ExpectRefusal(Send("GET", "/Test/Customer/v1/Nothing"), "RESOURCE_NOT_FOUND", {"G5", "Q11"},
                "No documented operation has this path in Test.");
  ExpectRefusal(Send("DELETE", "/Prod/Customer/v1/Customer/15409"), "RESOURCE_NOT_FOUND", {"G5"},
                "This path is there for GET only, and the gateway takes a wrong method for an "
                "unknown path.");
  ExpectRefusal(Send("OPTIONS", "/Prod/Customer/v1/Customer/15409"), "RESOURCE_NOT_FOUND",
                {"G5", "G10", "OUR16"},
                "This path is there for GET only; CORS is off, so a preflight is a wrong method "
                "like any other.");
}

TEST_F(QondorRefusalWords, NeverShowAKey) {
  Set("key_delay_ms", 500);
  const std::string next = Regenerate("test", "primary");
  Get(std::string("/Test") + kGetAll, next);
  Prod(test_secondary_);
  Control("DELETE", "/qondor/users/1");
  Prod(prod_primary_);
  Prod("d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6");
  const std::string journal = Control("GET", "/journal").body;
  for (const std::string& key :
       {prod_primary_, test_secondary_, next, std::string("d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6")}) {
    EXPECT_EQ(journal.find(key), std::string::npos);
  }
}

TEST_F(QondorRefusalWords, ExplainWhatTheBackendRefused) {  // Q14, QO6
  const struct {
    const char *method, *path, *body, *about;
  } unknown[] = {
      {"GET", "Customer/v1/Customer/1", "", "id as it was sent"},
      {"PUT", "Offer/v1/Offer", R"({"externalReference": "nope"})",
       "externalReference as it was sent"},
      {"GET", "Project/v1/Project/GetByProjectNo?projectNo=30001&officeId=99", "",
       "projectNo and officeId as they were sent"},
      {"GET", "Project/v1/Project/GetByProjectNo?projectNo=x1", "", "projectNo as it was sent"},
      {"GET", "AccommodationProduct/v1/AccommodationProduct/30001", "", "id as it was sent"},
      {"GET", "AccommodationProduct/v1/AccommodationProduct/GetAllForProject?projectId=1", "",
       "projectId as it was sent"},
      {"PUT", "AccommodationProduct/v1/AccommodationRoomProduct",
       R"({"id": 1, "accommodationProductExternalReference": "PROD-DAY"})",
       "id and accommodationProductExternalReference as they were sent"},
      {"PUT", "Product/v1/Product/UpdatePrice", R"({"id": 4, "productId": 30001})",
       "id and productId as they were sent"},
      {"DELETE",
       "Product/v1/Product/DetachTicketFromTransportProduct?ticketId=1&transportProductId=30001&"
       "transportProductExternalReference=PROD-DAY",
       "", "ticketId, transportProductId and transportProductExternalReference as they were sent"},
  };
  for (const auto& call : unknown) {
    ExpectRefusal(ToProd(call.method, call.path, call.body), "NOT_FOUND", {"Q14", "QO6"},
                  std::string("Prod has nothing of the wanted kind that fits ") + call.about +
                      " (qondor.unknown_id says how that is answered).");
  }
}

TEST_F(QondorRefusalWords, NameTheFieldsAtFault) {  // Q14
  ExpectRefusal(ToProd("POST", "Customer/v1/Customer", R"({"name": 5})"), "VALIDATION", {"Q14"},
                "The request is not valid at Name; the problem details in the answer say why.");
  ExpectRefusal(ToProd("POST", "Product/v1/Product/AddPrice", R"({"productId": ""})"), "VALIDATION",
                {"Q14"},
                "The request is not valid at ProductId and ArtNo; the problem details in the "
                "answer say why.");
  ExpectRefusal(ToProd("POST", "Customer/v1/Customer",
                       R"({"name": 5, "legalName": 5, "address": 5, "address2": 5, "zipCode": 5,
                           "city": 5, "invoiceCity": 5})"),
                "VALIDATION", {"Q14"},
                "The request is not valid at Name, LegalName, Address, Address2, ZipCode and 2 "
                "more; the problem details in the answer say why.");
  ExpectRefusal(ToProd("POST", "Customer/v1/Customer", ""), "VALIDATION", {"Q14"},
                "The request is not valid; the problem details in the answer say why.");
  ExpectRefusal(ToProd("POST", "Product/v1/Product/AttachTicketToTransportProduct",
                       R"({"ticketId": 99, "transportProductId": 30002})"),
                "BUSINESS_RULE", {"Q14"},
                "A rule of Qondor's forbids this, at TicketId; the problem details in the answer "
                "say which.");
}

TEST_F(QondorRefusalWords, AreNotThereForACallThatWasNotRefused) {
  EXPECT_FALSE(EntryOf(Prod(prod_primary_)).contains("refusal"));
  ControlJson("PATCH", "/qondor/subscriptions/test", R"({"name": "x"})");
  EXPECT_FALSE(LastEntry().contains("refusal")) << "an event";
}

// Of a rate refusal, a list has all but the calls, which have to be looked for.
TEST_F(QondorRefusalWords, StandInListsForRateRefusalsToo) {
  ControlJson("PATCH", "/settings", R"({"qondor": {"per_second": 1}})");
  Prod(prod_primary_);
  json refusal = EntryOf(Prod(prod_primary_))["refusal"];
  EXPECT_EQ(refusal["calls"], json({1}));
  refusal.erase("calls");
  refusal.erase("calls_missing");
  EXPECT_EQ(LastEntry()["refusal"], refusal);
}

// What a refusal says it counted by can be pasted into a PATCH of the settings.
TEST_F(QondorRefusalWords, NameTheWindowAsTheSettingDoes) {  // QO2
  for (const char* window : {"sliding", "token_bucket"}) {
    ControlJson("PATCH", "/settings",
                std::string(R"({"qondor": {"per_second": 1, "window": ")") + window + R"("}})");
    Prod(prod_primary_);
    const json refusal = EntryOf(Prod(prod_primary_))["refusal"];
    EXPECT_EQ(refusal["reading"], window);
    EXPECT_NE(refusal["text"].get<std::string>().find(std::string("read as ") + window + ";"),
              std::string::npos)
        << refusal["text"];
  }
}

class ArmRefusalWords : public Arm {
 protected:
  void ExpectRules(const LocalReply& reply, const std::string& code, const json& rules) {
    const json entry = EntryOf(reply);
    EXPECT_EQ(entry["code"], code) << reply.body;
    EXPECT_EQ(entry["refusal"]["rules"], rules) << code;
    EXPECT_FALSE(entry["refusal"]["text"].get<std::string>().empty()) << code;
  }
};

TEST_F(ArmRefusalWords, ExplainEveryErrorOfTheManagementRest) {  // ARM1, ARM4, OUR17
  const std::string path = std::string("/@w/arm") + kService + "/subscriptions";
  ExpectRules(server_->Call("GET", path), "AuthenticationFailed", {"OUR17"});
  ExpectRules(server_->Call("GET", path, "", {{"Authorization", "Basic x"}}),
              "AuthenticationFailedInvalidHeader", {"OUR17"});
  ExpectRules(server_->Call("GET", path, "", {{"Authorization", "Bearer x"}}),
              "MissingApiVersionParameter", {"OUR17"});
  ExpectRules(ArmCall("GET", "/nothing"), "InvalidResourceType", {"OUR17"});
  ExpectRules(ArmCall("PATCH", "/subscriptions"), "MethodNotAllowed", {"OUR17"});
  ExpectRules(ArmCall("GET", "/subscriptions/nobody"), "ResourceNotFound", {"ARM4"});
  ExpectRules(ArmCall("PUT", "/subscriptions/x", "[]"), "InvalidRequestContent", {"ARM4"});
  ExpectRules(ArmCall("PUT", "/subscriptions/x", "{}"), "ValidationError", {"ARM4"});
  ExpectRules(ArmCall("PATCH", "/subscriptions/test", "{}", {{"If-Match", "\"old\""}}),
              "PreconditionFailed", {"ARM1"});
}

}  // namespace
}  // namespace kondor
