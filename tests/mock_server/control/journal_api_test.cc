// The journal and verify as a test's author meets them.
#include "tests/mock_server/kondado/world.h"

namespace kondor {
namespace {

using nlohmann::json;

class JournalApi : public World {
 protected:
  JournalApi() { LiftLimits(); }
  std::string Verdict(const std::string& body) {
    return ControlJson("POST", "/verify", body)["verdict"];
  }
};

TEST_F(JournalApi, ACallIsThereBeforeItsAnswer) {
  const LocalReply reply = World::K2("GET", "/pipelines/2040/status");
  const json entry = ControlJson("GET", "/journal/" + HeaderOf(reply, "Kondor-Request-Id"));
  EXPECT_EQ(entry["path"], "/pipelines/2040/status");
  EXPECT_EQ(entry["outcome"], "ok");
  EXPECT_EQ(entry["key"], key_);
  EXPECT_EQ(entry["ip"], "127.0.0.1");
  EXPECT_EQ(entry["at"], "2026-01-01T00:00:00.000000Z");
  EXPECT_FALSE(entry.contains("refusal"));
}

TEST_F(JournalApi, ListsFilterAndPage) {
  World::K2("GET", "/pipelines/2040/status");
  World::K2("GET", "/models/162/status");
  K2With("", "GET", "/models/162/status");
  Hub("/metadata/show_tables?token=" + via_);
  EXPECT_EQ(ControlJson("GET", "/journal")["entries"].size(), 4U);
  EXPECT_EQ(ControlJson("GET", "/journal?vendor=kondado&path=/models/*")["entries"].size(), 2U);
  EXPECT_EQ(ControlJson("GET", "/journal?outcome=auth_error")["entries"].size(), 1U);
  EXPECT_EQ(ControlJson("GET", "/journal?surface=hub")["entries"].size(), 1U);
  const json page = ControlJson("GET", "/journal?limit=3");
  EXPECT_EQ(page["entries"].size(), 3U);
  EXPECT_EQ(page["next_after"], 3);
  const json rest = ControlJson("GET", "/journal?limit=3&after=3");
  EXPECT_EQ(rest["entries"].size(), 1U);
  EXPECT_TRUE(rest["next_after"].is_null());
  for (const char* query : {"?limit=0", "?limit=x", "?after=-1", "?colour=red", "?limit=10001"}) {
    EXPECT_EQ(Control("GET", std::string("/_kondor/sandboxes/w/journal") + query).status, 400)
        << query;
  }
}

TEST_F(JournalApi, SecretsAreNowhereInIt) {
  World::K2("GET", "/pipelines/2040/status",
            {{"Authorization", "Bearer abc"}, {"X-Token", token_}, {"Cookie", "session=1"}});
  K2With("token=" + token_ + "&key=" + token_, "GET", "/" + token_ + "/x");
  World::K2(token_, "/models/162/status");  // as the method, even
  K1("pipeline_id=2040&" + Credentials(), R"({"token": "short", "note": ")" + token_ + "\"}");
  std::string encoded;
  for (const char c : token_) {
    char hex[4];
    std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned char>(c));
    encoded += hex;
  }
  K2With("%74oken=" + encoded, "GET", "/a/" + encoded);
  const std::string journal = Control("GET", "/_kondor/sandboxes/w/journal").body;
  EXPECT_EQ(journal.find(token_), std::string::npos);
  EXPECT_EQ(journal.find(encoded), std::string::npos);
  EXPECT_EQ(journal.find("Bearer abc"), std::string::npos);
  EXPECT_EQ(journal.find("session=1"), std::string::npos);
  EXPECT_EQ(journal.find("short"), std::string::npos);
  EXPECT_NE(journal.find("[redacted]"), std::string::npos);
}

TEST_F(JournalApi, BytesThatAreNoTextAreKeptReadable) {
  for (const char* path : {"/%00", "/%FF%FE", "/\xff\xfe", "/pipelines/%00/status"}) {
    World::K2("GET", path);
  }
  K2With("key=%00%FF&token=\xc3", "GET", "/models/162/status");
  const LocalReply journal = Control("GET", "/_kondor/sandboxes/w/journal");
  EXPECT_EQ(journal.status, 200);
  EXPECT_TRUE(json::accept(journal.body));
}

TEST_F(JournalApi, VerifyCounts) {
  World::K2("POST", "/pipelines/2040/run");
  World::K2("GET", "/pipelines/2040/status");
  EXPECT_EQ(Verdict(R"({"match": {"path": "/pipelines/2040/run"}})"), "pass");
  EXPECT_EQ(Verdict(R"({"match": {"path": "/pipelines/2040/run"}, "count": {"exactly": 1}})"),
            "pass");
  EXPECT_EQ(Verdict(R"({"match": {"path": "/pipelines/2040/run"}, "count": {"at_least": 2}})"),
            "fail");
  EXPECT_EQ(Verdict(R"({"match": {"path": "/pipelines/*"}, "count": {"at_most": 1}})"), "fail");
  EXPECT_EQ(Verdict(R"({"match": {"path": "/models/*"}, "count": {"exactly": 0}})"), "pass");
  EXPECT_EQ(Verdict(R"({"match": {"query": {"key": ")" + key_ + R"("}}, "count": {"exactly": 2}})"),
            "pass");
  EXPECT_EQ(Verdict(R"({"match": {"after": 1}, "count": {"exactly": 1}})"), "pass");
  EXPECT_EQ(Verdict("{}"), "pass");
}

TEST_F(JournalApi, WhatARedactedSecretHidesIsNoEvidence) {
  World::K2("GET", "/models/162/status", {{"Authorization", "Bearer abc"}});
  K1("pipeline_id=2040&" + Credentials(), R"({"token": "abc", "n": 1})");
  const auto never = [this](const std::string& match) {
    return Verdict(R"({"match": )" + match + R"(, "count": {"exactly": 0}})");
  };
  EXPECT_EQ(never(R"({"query": {"token": ")" + token_ + R"("}})"), "incomplete");
  EXPECT_EQ(never(R"({"query": "*)" + token_ + R"(*"})"), "incomplete");
  EXPECT_EQ(never(R"({"body": "*\"token\": \"abc\"*"})"), "incomplete");
  EXPECT_EQ(never(R"({"header": {"Authorization": "Bearer zzz"}})"), "incomplete");
  EXPECT_EQ(Verdict(R"({"match": {"query": "*)" + token_ + R"("}})"), "incomplete");
  // What a secret cannot have hidden is evidence still.
  EXPECT_EQ(never(R"({"body": "*\"n\": 2}"})"), "pass");
  EXPECT_EQ(never(R"({"query": "pipeline_id=7*"})"), "pass");
  EXPECT_EQ(Verdict(R"({"match": {"query": {"token": "*"}}, "count": {"exactly": 2}})"), "pass");
  EXPECT_EQ(Verdict(R"({"match": {"query": {"token": "[redacted]"}}, "count": {"exactly": 2}})"),
            "pass");
}

TEST_F(JournalApi, AFailedVerifyShowsTheClosestAndHowTheyDiffer) {
  World::K2("GET", "/models/162/status");
  World::K2("GET", "/pipelines/2040/status");
  const json answer = ControlJson(
      "POST", "/verify", R"({"match": {"method": "POST", "path": "/pipelines/2040/status"}})");
  EXPECT_EQ(answer["verdict"], "fail");
  ASSERT_EQ(answer["closest"].size(), 2U);
  EXPECT_EQ(answer["closest"][0]["entry"]["id"], 2);
  ASSERT_EQ(answer["closest"][0]["differs"].size(), 1U);
  EXPECT_EQ(answer["closest"][0]["differs"][0]["field"], "method");
  EXPECT_EQ(answer["closest"][0]["differs"][0]["expected"], "POST");
  EXPECT_EQ(answer["closest"][0]["differs"][0]["actual"], "GET");
  EXPECT_EQ(answer["closest"][1]["differs"].size(), 2U);
}

TEST_F(JournalApi, BadVerifiesAreRefused) {
  for (const char* body :
       {R"({"match": {"colour": "red"}})", R"({"match": []})", R"({"count": {"exactly": -1}})",
        R"({"count": {"exactly": 1, "at_most": 2}})", R"({"count": {}})", R"({"matches": {}})",
        R"({"count": {"at_least": 3, "at_most": 2}})", R"({"match": {"path": null}})",
        R"({"match": {"after": "1"}})", "[]", "x"}) {
    EXPECT_EQ(Control("POST", "/_kondor/sandboxes/w/verify", body).status, 400) << body;
  }
}

TEST(JournalBound, EvictedEvidenceMakesAVerdictIncomplete) {
  MockServerOptions options;
  options.journal_bytes_max = 256 * 1024;
  options.settings = {{"kondado.per_second", "0"}, {"kondado.per_minute", "0"}};
  const auto server = MockServer::Create(std::move(options)).value();
  server->Call("GET", "/k2/models/162/status");
  for (int i = 0; i < 2000; ++i) server->Call("GET", "/k2/pipelines/2040/status");
  const auto verify = [&](const std::string& body) {
    return json::parse(server->Call("POST", "/_kondor/sandboxes/default/verify", body).body);
  };
  EXPECT_EQ(verify(R"({"match": {"path": "/models/*"}})")["verdict"], "incomplete");
  EXPECT_EQ(verify(R"({"match": {"path": "/models/*"}, "count": {"exactly": 0}})")["verdict"],
            "incomplete");
  EXPECT_EQ(verify(R"({"match": {"path": "/pipelines/*"}})")["verdict"], "pass");
  EXPECT_EQ(verify(R"({"match": {"path": "/pipelines/*"}, "count": {"at_most": 3}})")["verdict"],
            "fail");
  // What came after the eviction is all there, so asking about that is answered.
  EXPECT_EQ(verify(R"({"match": {"path": "/models/*", "after": 1999}})")["verdict"], "fail");
  EXPECT_GT(verify("{}")["evicted_through"], 0);
}

}  // namespace
}  // namespace kondor
