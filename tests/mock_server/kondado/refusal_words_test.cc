// Every refusal of Kondado's hosts is explained in the journal, beside what the wire says.
#include "tests/mock_server/kondado/world.h"

namespace kondor {
namespace {

using nlohmann::json;

class KondadoRefusalWords : public World {
 protected:
  KondadoRefusalWords() { LiftLimits(); }
  json EntryOf(const LocalReply& reply) {
    return ControlJson("GET", "/journal/" + HeaderOf(reply, "Kondor-Request-Id"));
  }
  void ExpectRefusal(const LocalReply& reply, const std::string& code, const json& rules,
                     const std::string& text) {
    const json entry = EntryOf(reply);
    EXPECT_EQ(entry["code"], code) << reply.body;
    EXPECT_EQ(entry["refusal"]["rules"], rules) << code;
    EXPECT_EQ(entry["refusal"]["text"], text) << code;
    EXPECT_EQ(ControlJson("GET", "/journal?limit=10000")["entries"].back(), entry)
        << "a list explains it as well";
  }
  LocalReply Status(const std::string& credentials) {
    return K2With(credentials, "GET", "/pipelines/2040/status");
  }
};

TEST_F(KondadoRefusalWords, SayWhichCredentialIsMissing) {  // K1, W1, H1, KO6, KO10, OUR4
  ExpectRefusal(Status("key=" + key_), "MISSING_CREDENTIALS", {"K1", "OUR4", "KO6"},
                "The query parameter token is absent or empty.");
  ExpectRefusal(Status("key=&token=" + token_), "MISSING_CREDENTIALS", {"K1", "OUR4", "KO6"},
                "The query parameter key is absent or empty.");
  ExpectRefusal(K1("", "{}"), "MISSING_CREDENTIALS", {"W1", "OUR4", "KO10"},
                "The query parameters key and token are absent or empty.");
  ExpectRefusal(Hub("/metadata/show_tables?key=" + key_), "MISSING_CREDENTIALS",
                {"H1", "OUR4", "KO10"}, "The query parameter token is absent or empty.");
}

TEST_F(KondadoRefusalWords, SayWhichHalfOfTheCredentialsIsWrong) {  // K2, OUR4
  ExpectRefusal(Status("key=nobody&token=" + token_), "INVALID_CREDENTIALS", {"K2", "KO6"},
                "No token of this sandbox has the key nobody.");
  ExpectRefusal(
      Status("key=" + key_ + "&token=" + reader_token_), "INVALID_CREDENTIALS",
      {"K2", "OUR4", "KO6"},
      "There is a token of the key " + key_ + ", but the secret that was sent is not its own.");
  ExpectRefusal(Hub("/metadata/show_tables?token=" + token_), "INVALID_CREDENTIALS", {"H1", "KO10"},
                "No Via Kondado token of this sandbox is the one that was sent.");
  std::string via_key;
  const json tokens = ControlJson("GET", "/kondado/tokens")["tokens"];
  for (const json& token : tokens) {
    if (token["kind"] == "via_kondado") via_key = token["key"];
  }
  ASSERT_FALSE(via_key.empty());
  ExpectRefusal(
      Status("key=" + via_key + "&token=" + via_), "INVALID_CREDENTIALS", {"K2", "H1", "KO6"},
      "The key " + via_key + " is a Via Kondado token's, and such a token opens hub only.");
}

TEST_F(KondadoRefusalWords, SayThatATokenIsDeactivated) {  // T4, T6
  ControlJson("POST", "/kondado/tokens/" + key_ + "/deactivate");
  ExpectRefusal(Status(Credentials()), "INACTIVE_TOKEN", {"T4", "T6", "KO6"},
                "The token of the key " + key_ + " is deactivated.");
  ExpectRefusal(K1("pipeline_id=2040&" + Credentials(), "{}"), "INACTIVE_TOKEN",
                {"T4", "T6", "KO10"}, "The token of the key " + key_ + " is deactivated.");
}

TEST_F(KondadoRefusalWords, SayWhatAPlanAndAPermissionForbid) {  // K3, K8, K15, OUR5
  Set("plan", "essentials");
  ExpectRefusal(K2("POST", "/pipelines/2040/run"), "PLAN_NOT_ALLOWED", {"K8", "KO7"},
                "The account's plan is essentials (kondado.plan), and such a plan may not start "
                "runs.");
  Set("plan", "standard");
  ExpectRefusal(K2("POST", "/collection_guests"), "PLAN_NOT_ALLOWED", {"K15", "KO7"},
                "The account's plan is standard (kondado.plan), and only an enterprise one may "
                "invite guests.");
  ExpectRefusal(
      K2With("key=" + reader_key_ + "&token=" + reader_token_, "POST", "/pipelines/2040/run"),
      "PERMISSION_DENIED", {"K3", "OUR5", "KO7"},
      "The user of the key " + reader_key_ + " does not have the permission run_pipelines.");
  ExpectRefusal(
      K1("pipeline_id=2040&key=" + reader_key_ + "&token=" + reader_token_, "{}"),
      "PERMISSION_DENIED", {"K3", "OUR5", "W1"},
      "The user of the key " + reader_key_ + " does not have the permission send_webhooks.");
}

TEST_F(KondadoRefusalWords, SayWhichMethodARouteHas) {  // KO7, K16
  ExpectRefusal(K2("DELETE", "/pipelines/2040/run"), "METHOD_NOT_ALLOWED", {"KO7"},
                "This route is there for POST only.");
  ExpectRefusal(K1(Credentials(), "", "GET"), "METHOD_NOT_ALLOWED", {"W1"},
                "This route is there for POST only.");
  ExpectRefusal(server_->Call("POST", "/@w/hub/metadata/show_tables?token=" + via_),
                "METHOD_NOT_ALLOWED", {"H1", "OUR7"}, "This route is there for GET only.");
  ExpectRefusal(K2("GET", "/sources"), "UNKNOWN_ROUTE", {"K16", "KO7"},
                "No documented route of k2 has this path.");
  ExpectRefusal(Hub("/x?token=" + via_), "UNKNOWN_ROUTE", {"H1", "OUR7"},
                "No documented route of hub has this path.");
}

TEST_F(KondadoRefusalWords, ExplainEveryOtherFailure) {  // KO7
  const auto rules = [this](const LocalReply& reply, const std::string& code) {
    const json entry = EntryOf(reply);
    EXPECT_EQ(entry["code"], code);
    EXPECT_FALSE(entry["refusal"]["text"].get<std::string>().empty());
    return entry["refusal"]["rules"];
  };
  EXPECT_EQ(rules(K2("GET", "/pipelines/1/status"), "NOT_FOUND"), json({"KO7"}));
  EXPECT_EQ(rules(Hub("/data/nothing?token=" + via_), "NOT_FOUND"), json({"H1", "OUR7"}));
  EXPECT_EQ(rules(K1(Credentials(), "{}"), "INVALID_PARAMETERS"), json({"W1", "OUR6"}));
  EXPECT_EQ(rules(K1("pipeline_id=2040&" + Credentials(), "{"), "INVALID_BODY"),
            json({"W1", "OUR6"}));
  K2("POST", "/pipelines/2040/run");
  EXPECT_EQ(rules(K2("POST", "/pipelines/2040/run"), "PIPELINE_ALREADY_RUNNING"),
            json({"K7", "K10", "KO7"}));
  for (const auto& [status, code] :
       {std::pair("not_active", "PIPELINE_DISABLED"),
        std::pair("too_many_consecutive_failed_builds__blocked", "PIPELINE_BLOCKED")}) {
    ControlJson("PUT", "/kondado/pipelines/2041",
                std::string(R"({"status": ")") + status + R"("})");
    EXPECT_EQ(rules(K2("POST", "/pipelines/2041/run"), code), json({"K7", "K10", "KO7"}));
  }
}

TEST_F(KondadoRefusalWords, NeverShowASecret) {
  Status("key=" + token_ + "&token=" + key_);
  Status("key=" + key_ + "&token=" + reader_token_);
  const std::string journal = Control("GET", "/_kondor/sandboxes/w/journal").body;
  EXPECT_EQ(journal.find(token_), std::string::npos);
  EXPECT_EQ(journal.find(reader_token_), std::string::npos);
  EXPECT_NE(journal.find("has the key [redacted]."), std::string::npos);
}

}  // namespace
}  // namespace kondor
