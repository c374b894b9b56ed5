// Rotation without downtime (Q5, QO5), and what the journal tells of it.
#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {
namespace {

using nlohmann::json;

class Rotation : public QondorWorld {
 protected:
  Rotation() { Set("per_second", 0); }
};

TEST_F(Rotation, MovesTrafficOverAndBackWithoutALostCall) {  // Q5
  EXPECT_EQ(StatusOf("Prod", prod_secondary_), 200);
  const std::string fresh = Regenerate("production", "primary");
  EXPECT_EQ(StatusOf("Prod", prod_secondary_), 200);
  EXPECT_EQ(StatusOf("Prod", fresh), 200);
  const LocalReply old = Get(std::string("/Prod") + kGetAll, prod_primary_);
  EXPECT_EQ(old.body, kInvalidKey);
  EXPECT_EQ(EntryOf(old)["code"], "REGENERATED_KEY");
  EXPECT_EQ(Subscription("production")["secondary_key"], prod_secondary_);
  EXPECT_EQ(StatusOf("Test", test_primary_), 200);
}

TEST_F(Rotation, ANewKeySpreadsOnTheSandboxsClock) {  // QO5, G12
  Set("key_delay_ms", 60'000);
  const std::string fresh = Regenerate("production", "primary");
  EXPECT_EQ(Subscription("production")["primary_key"], fresh) << "as the profile shows it";
  EXPECT_EQ(Subscription("production")["primary_key_works_from"], "2026-01-01T08:01:00.000000Z");
  Advance(59'999);
  EXPECT_EQ(StatusOf("Prod", prod_primary_), 200);
  const LocalReply early = Get(std::string("/Prod") + kGetAll, fresh);
  EXPECT_EQ(early.body, kInvalidKey);
  EXPECT_EQ(EntryOf(early)["code"], "KEY_NOT_YET_VALID");
  EXPECT_EQ(StatusOf("Prod", prod_secondary_), 200);
  Advance(1);
  EXPECT_EQ(StatusOf("Prod", prod_primary_), 401);
  EXPECT_EQ(StatusOf("Prod", fresh), 200);
  EXPECT_EQ(Subscription("production")["primary_key_works_from"], nullptr);
}

TEST_F(Rotation, RegeneratingAgainWhileAKeySpreadsKeepsTheirOrder) {  // QO5
  Set("key_delay_ms", 1000);
  const std::string second = Regenerate("production", "primary");
  Advance(400);
  const std::string third = Regenerate("production", "primary");
  Advance(600);  // the second has arrived, the third has 400 ms to go
  EXPECT_EQ(StatusOf("Prod", prod_primary_), 401);
  EXPECT_EQ(StatusOf("Prod", second), 200);
  EXPECT_EQ(StatusOf("Prod", third), 401);
  Advance(400);
  EXPECT_EQ(StatusOf("Prod", second), 401);
  EXPECT_EQ(StatusOf("Prod", third), 200);
}

TEST_F(Rotation, WithoutADelayOvertakesAKeyThatStillSpreads) {  // QO5
  Set("key_delay_ms", 1000);
  const std::string second = Regenerate("production", "primary");
  Set("key_delay_ms", 0);
  const std::string third = Regenerate("production", "primary");
  EXPECT_EQ(StatusOf("Prod", third), 200);
  Advance(2000);
  EXPECT_EQ(StatusOf("Prod", second), 401) << "it must not come back";
  EXPECT_EQ(StatusOf("Prod", third), 200);
}

TEST_F(Rotation, IsInTheJournalWithoutAKey) {
  StatusOf("Prod", prod_secondary_);
  const std::string fresh = Regenerate("production", "primary");
  StatusOf("Prod", fresh);
  StatusOf("Prod", prod_primary_);
  const LocalReply journal = Control("GET", "/journal");
  for (const std::string& key : {prod_primary_, prod_secondary_, fresh}) {
    EXPECT_EQ(journal.body.find(key), std::string::npos);
  }
  const json entries = json::parse(journal.body)["entries"];
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0]["key"], "secondary");
  EXPECT_EQ(entries[0]["subscription"], "production");
  EXPECT_EQ(entries[1]["vendor"], "qondor");
  EXPECT_EQ(entries[1]["surface"], "directory");
  EXPECT_EQ(entries[1]["outcome"], "event");
  EXPECT_EQ(entries[1]["event"], "key_regenerated");
  EXPECT_EQ(entries[1]["subscription"], "production");
  EXPECT_EQ(entries[1]["key"], "primary");
  EXPECT_EQ(entries[1]["at"], "2026-01-01T08:00:00.000000Z");
  EXPECT_EQ(json::parse(entries[1]["body"].get<std::string>()),
            json({{"by", "control"},
                  {"subscription", "production"},
                  {"user", "1"},
                  {"key", "primary"},
                  {"works_from", "2026-01-01T08:00:00.000000Z"}}));
  EXPECT_EQ(entries[2]["key"], "primary");
  EXPECT_EQ(entries[3]["code"], "REGENERATED_KEY");
  EXPECT_EQ(entries[3]["key"], "primary") << "which one it once was";
}

TEST_F(Rotation, CanBeVerified) {
  StatusOf("Prod", prod_primary_);
  Regenerate("production", "primary");
  StatusOf("Prod", prod_secondary_);
  const auto verdict = [&](const std::string& match) {
    return ControlJson("POST", "/verify",
                       R"({"match": )" + match + R"(, "count": {"exactly": 1}})")["verdict"];
  };
  EXPECT_EQ(verdict(R"({"event": "key_regenerated", "subscription": "production"})"), "pass");
  EXPECT_EQ(verdict(R"({"event": "*"})"), "pass") << "no call has one";
  EXPECT_EQ(verdict(R"({"vendor": "qondor", "surface": "qondor", "key": "secondary"})"), "pass");
  EXPECT_EQ(verdict(R"({"method": "*", "key": "primary"})"), "pass") << "no event has one";
  EXPECT_EQ(verdict(R"({"body": "*\"by\":\"control\"*"})"), "pass");
  EXPECT_EQ(ControlJson("GET", "/journal?outcome=event")["entries"].size(), 1U);
  EXPECT_EQ(ControlJson("GET", "/journal?event=key_*&vendor=qondor")["entries"].size(), 1U);
  EXPECT_EQ(ControlJson("GET", "/journal/2")["event"], "key_regenerated");
}

TEST_F(Rotation, KeysAreRedactedWhereverTheyStand) {
  const std::string key = prod_primary_;
  Send("GET", "/Prod/Customer/v1/Customer/" + key, {{kKeyHeader, key}});
  Send("GET", "/Prod/" + key, {{"X-Own", key}, {key, "x"}});
  Send("GET", std::string("/Prod") + kGetAll + "?subscription-key=" + key + "&x=" + key);
  Send("POST", "/Prod/Customer/v1/Customer", {{kKeyHeader, key}},
       R"({"name": ")" + key + R"(", "primaryKey": "short"})");
  Send(key, std::string("/Prod") + kGetAll, {{"Authorization", "Bearer " + key}});
  const std::string journal = Control("GET", "/journal").body;
  EXPECT_EQ(journal.find(key), std::string::npos);
  EXPECT_EQ(journal.find(key.substr(0, 20)), std::string::npos);
  EXPECT_EQ(journal.find("short"), std::string::npos);
}

TEST_F(Rotation, ErrorsOfTheControlApiDoNotRepeatAKey) {
  const std::string key = prod_primary_;
  for (const LocalReply& reply :
       {Control("GET", "/qondor/subscriptions/" + key), Control("DELETE", "/qondor/users/" + key),
        Control("POST", "/qondor/subscriptions", R"({"user": ")" + key + R"(", "product": "x"})"),
        Control("PATCH", "/qondor/subscriptions/test", R"({"state": ")" + key + R"("})"),
        Control("PATCH", "/qondor/subscriptions/test", R"({")" + key + R"(": 1})"),
        Control("GET", "/limits?subscription=" + key)}) {
    EXPECT_GE(reply.status, 400);
    EXPECT_EQ(reply.body.find(key), std::string::npos) << reply.body;
  }
}

}  // namespace
}  // namespace kondor
