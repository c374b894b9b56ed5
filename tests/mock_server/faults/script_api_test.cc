// Fault scripts over the control API: what may stand in one, and what it tells of itself.
#include "tests/mock_server/faults/fault_world.h"

namespace kondor {
namespace {

class ScriptApi : public FaultWorld {};

TEST_F(ScriptApi, AScriptIsMadeReadAndDropped) {
  const LocalReply made = Control("POST", "/faults", R"({
    "name": "two slow runs, then one that is lost",
    "match": {"vendor": "kondado", "surface": "k2", "path": "/pipelines/*/run", "method": "POST",
              "nth": 2, "probability": 0.5, "seed": 7},
    "play": [{"fault": "latency", "ms": 1500, "times": 2},
             {"fault": "reset", "when": "after_commit", "delay_ms": 20}]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const json script = json::parse(made.body);
  EXPECT_EQ(script["id"], "1");
  EXPECT_EQ(HeaderOf(made, "Location"), "/_kondor/sandboxes/w/faults/1");
  EXPECT_EQ(script["name"], "two slow runs, then one that is lost");
  EXPECT_EQ(script["match"]["path"], "/pipelines/*/run");
  EXPECT_EQ(script["matched"], 0);
  EXPECT_EQ(script["left"], 3);
  EXPECT_EQ(script["play"][0], json::parse(R"({"fault": "latency", "ms": 1500, "times": 2,
      "when": "after_commit", "played": 0, "left": 2})"));
  EXPECT_EQ(script["play"][1], json::parse(R"({"fault": "reset", "delay_ms": 20, "times": 1,
      "when": "after_commit", "played": 0, "left": 1})"));

  EXPECT_EQ(ControlJson("GET", "/faults/1"), script);
  const json listed = Faults();
  EXPECT_EQ(listed["faults"], json::array({script}));
  EXPECT_EQ(listed["left"], 3);
  EXPECT_EQ(listed["waiting"], 0);
  EXPECT_EQ(ControlJson("DELETE", "/faults/1"), script);
  EXPECT_EQ(Control("GET", "/faults/1").status, 404);
  EXPECT_EQ(Control("DELETE", "/faults/1").status, 404);
  EXPECT_EQ(Faults()["faults"], json::array());
}

TEST_F(ScriptApi, DroppingAllTellsWhatWasLeft) {
  Play(R"({"fault": "reset", "times": 2})");
  Play(R"({"fault": "empty_reply"})");
  K2("GET", kStatusCall);
  const json dropped = ControlJson("DELETE", "/faults");
  EXPECT_EQ(dropped["left"], 2);
  EXPECT_EQ(dropped["faults"][0]["left"], 1);
  EXPECT_EQ(dropped["faults"][1]["left"], 1);
  EXPECT_EQ(Faults()["left"], 0);
  EXPECT_EQ(K2("GET", kStatusCall).status, 200);
  EXPECT_EQ(Play(R"({"fault": "reset"})"), "3");  // an id is not given twice
}

TEST_F(ScriptApi, EveryMistakeIsNamedWithItsPlace) {
  const struct {
    std::string body, says;
  } cases[] = {
      {"", "LENGTH_REQUIRED"},
      {"[]", "must be an object"},
      {"{", "line 1, column"},
      {"{}", "/play: required"},
      {R"({"play": []})", "/play: expected 1 to 1000 steps"},
      {R"({"play": {}})", "/play: expected an array"},
      {R"({"play": [7]})", "/play/0: expected an object, got a number"},
      {R"({"play": [null]})", "/play/0: expected an object"},
      {R"({"play": [{}]})", "/play/0/fault: required, but missing; one of: latency, slow_drip, "},
      {R"({"play": [{"fault": "flood"}]})",
       "/play/0/fault: unknown kind of fault; allowed: latency, slow_drip, reset, empty_reply, "
       "truncated_body, garbage_body, wrong_content_length, status, refuse"},
      {R"({"play": [{"fault": 7}]})", "/play/0/fault: expected text"},
      {R"({"play": [{"fault": "reset"}, {"fault": "reset", "whn": "before"}]})",
       "/play/1/whn: unknown field; known here: fault, when, times, delay_ms"},
      {R"({"play": [{"fault": "reset", "ms": 5}]})", "/play/0/ms: unknown field"},
      {R"({"play": [{"fault": "reset", "when": "after"}]})", "allowed: before, after_commit"},
      {R"({"play": [{"fault": "reset", "when": ""}]})", "allowed: before, after_commit"},
      {R"({"play": [{"fault": "reset", "when": null}]})", "/play/0/when: expected text"},
      {R"({"play": [{"fault": "reset", "times": 0}]})", "/play/0/times: expected a whole number"},
      {R"({"play": [{"fault": "reset", "times": 1.5}]})", "/play/0/times"},
      {R"({"play": [{"fault": "reset", "times": 18446744073709551615}]})", "/play/0/times"},
      {R"({"play": [{"fault": "reset", "delay_ms": -1}]})", "/play/0/delay_ms"},
      {R"({"play": [{"fault": "reset", "delay_ms": 99999999999999}]})", "/play/0/delay_ms"},
      {R"({"play": [{"fault": "latency"}]})", "/play/0/ms: required"},
      {R"({"play": [{"fault": "latency", "ms": 0}]})", "/play/0/ms"},
      {R"({"play": [{"fault": "latency", "ms": "5"}]})", "/play/0/ms"},
      {R"({"play": [{"fault": "slow_drip", "ms": 5}]})", "/play/0/bytes: required"},
      {R"({"play": [{"fault": "slow_drip", "bytes": 0, "ms": 5}]})", "/play/0/bytes"},
      {R"({"play": [{"fault": "slow_drip", "bytes": 1}]})", "/play/0/ms: required"},
      {R"({"play": [{"fault": "truncated_body"}]})", "/play/0/bytes: required"},
      {R"({"play": [{"fault": "truncated_body", "bytes": -1}]})", "/play/0/bytes"},
      {R"({"play": [{"fault": "garbage_body", "bytes": 0}]})", "/play/0/bytes"},
      {R"({"play": [{"fault": "garbage_body", "bytes": 99999999}]})", "/play/0/bytes"},
      {R"({"play": [{"fault": "wrong_content_length"}]})", "/play/0/by: required"},
      {R"({"play": [{"fault": "wrong_content_length", "by": 0}]})", "0 is the right length"},
      {R"({"play": [{"fault": "status"}]})", "/play/0/status: required"},
      {R"({"play": [{"fault": "status", "status": 199}]})", "/play/0/status"},
      {R"({"play": [{"fault": "status", "status": 600}]})", "/play/0/status"},
      {R"({"play": [{"fault": "status", "status": 204, "body": "x"}]})", "/play/0/body"},
      {R"({"play": [{"fault": "status", "status": 500, "headers": []}]})", "/play/0/headers"},
      {R"({"play": [{"fault": "status", "status": 500, "headers": {"A B": "x"}}]})",
       "/play/0/headers/A B: is no header's name"},
      {R"({"play": [{"fault": "status", "status": 500, "headers": {"": "x"}}]})",
       "no header's name"},
      {R"({"play": [{"fault": "status", "status": 500, "headers": {"A": 7}}]})",
       "/play/0/headers/A: expected up to"},
      {R"({"play": [{"fault": "status", "status": 500, "headers": {"A": "x\r\nB: y"}}]})",
       "/play/0/headers/A: expected up to"},
      {R"({"play": [{"fault": "status", "status": 500, "headers": {"content-length": "1"}}]})",
       "wrong_content_length"},
      {R"({"play": [{"fault": "refuse", "retry_after_s": 0}]})", "/play/0/retry_after_s"},
      {R"({"play": [{"fault": "reset"}], "math": {}})", "/math: unknown field; known here: name, "},
      {R"({"play": [{"fault": "reset"}], "match": []})", "/match: expected an object"},
      {R"({"play": [{"fault": "reset"}], "match": {"pth": "*"}})",
       "/match/pth: unknown field; known here: vendor, surface, path, method, nth, probability, "
       "seed"},
      {R"({"play": [{"fault": "reset"}], "match": {"vendor": "acme"}})",
       "/match/vendor: unknown value; allowed: kondado, qondor"},
      {R"({"play": [{"fault": "reset"}], "match": {"surface": "directory"}})",
       "/match/surface: unknown value; allowed: k2, k1, hub, qondor, arm"},
      {R"({"play": [{"fault": "reset"}], "match": {"vendor": "kondado", "surface": "arm"}})",
       "no call would fit"},
      {R"({"play": [{"fault": "reset"}], "match": {"path": ""}})", "/match/path"},
      {R"({"play": [{"fault": "reset"}], "match": {"path": "pipelines/*"}})", "begins with '/'"},
      {R"({"play": [{"fault": "reset"}], "match": {"path": "/k2/pipelines/*"}})",
       "leave out /k2 and write \\\"surface\\\": \\\"k2\\\""},
      {R"({"play": [{"fault": "reset"}], "match": {"path": "/@w/k2/x"}})", "sandbox's name"},
      {R"({"play": [{"fault": "reset"}], "match": {"path": "/x?a=b"}})", "without the query"},
      {R"({"play": [{"fault": "reset"}], "match": {"method": "post"}})", "in capitals"},
      {R"({"play": [{"fault": "reset"}], "match": {"method": ""}})", "in capitals"},
      {R"({"play": [{"fault": "reset"}], "match": {"nth": 0}})", "/match/nth"},
      {R"({"play": [{"fault": "reset"}], "match": {"probability": 0}})", "/match/probability"},
      {R"({"play": [{"fault": "reset"}], "match": {"probability": 1.01}})", "/match/probability"},
      {R"({"play": [{"fault": "reset"}], "match": {"probability": "1"}})", "/match/probability"},
      {R"({"play": [{"fault": "reset"}], "match": {"probability": 0.5, "seed": -1}})",
       "/match/seed"},
      {R"({"play": [{"fault": "reset"}], "match": {"seed": 3}})", "without probability"},
      {R"({"play": [{"fault": "reset"}], "name": 7})", "/name: expected text"},
      {R"({"play": [{"fault": "reset"}], "name": ")" + std::string(201, 'x') + R"("})", "/name"},
      {R"({"play": [{"fault": "reset"}], "play": []})", "twice"},
  };
  for (const auto& c : cases) {
    const LocalReply reply = Control("POST", "/faults", c.body);
    EXPECT_THAT(reply.status, testing::AnyOf(400, 411)) << c.body;
    EXPECT_THAT(reply.body, testing::HasSubstr(c.says)) << c.body;
  }
  EXPECT_EQ(Faults()["faults"], json::array());
}

TEST_F(ScriptApi, UnknownIdsAreNotFound) {
  Play(R"({"fault": "reset"})");
  for (const char* id : {"2", "0", "-1", "1x", "x", "01x", "99999999999999999999", "%31%00"}) {
    EXPECT_EQ(Control("GET", std::string("/faults/") + id).status, 404) << id;
    EXPECT_EQ(Control("DELETE", std::string("/faults/") + id).status, 404) << id;
  }
  EXPECT_EQ(Control("PUT", "/faults/1", "{}").status, 405);
  EXPECT_EQ(Control("GET", "/faults/1/more").status, 404);
}

TEST_F(ScriptApi, ThereIsABoundOnScripts) {
  for (int i = 0; i < 256; ++i) Play(R"({"fault": "reset"})");
  const LocalReply one_more = Control("POST", "/faults", R"({"play": [{"fault": "reset"}]})");
  EXPECT_EQ(one_more.status, 503);
  EXPECT_THAT(one_more.body, testing::HasSubstr("drop some first"));
}

TEST_F(ScriptApi, ASandboxMayBeginWithScriptsAndAResetBringsThemBack) {
  MakeSandbox(R"({"name": "w", "clock": {"mode": "manual", "now": "2026-01-01T00:00:00Z"},
                  "faults": [{"play": [{"fault": "reset"}]}]})");
  EXPECT_EQ(K2("GET", kStatusCall).status, 0);
  EXPECT_EQ(Faults()["left"], 0);
  Play(R"({"fault": "reset", "times": 9})");
  ControlJson("POST", "/reset");
  const json again = Faults();
  EXPECT_EQ(again["faults"].size(), 1U);  // those that were added later are gone
  EXPECT_EQ(again["left"], 1);
  EXPECT_EQ(K2("GET", kStatusCall).status, 0);

  const LocalReply bad =
      server_->Call("POST", "/_kondor/sandboxes", R"({"faults": [{"play": [{"fault": "x"}]}]})");
  EXPECT_EQ(bad.status, 400);
  EXPECT_THAT(bad.body, testing::HasSubstr("/faults/0/play/0/fault"));
  EXPECT_EQ(server_->Call("POST", "/_kondor/sandboxes", R"({"faults": {}})").status, 400);
}

TEST_F(ScriptApi, SandboxesNeverSeeEachOthers) {
  Play(R"({"fault": "reset"})");
  const json other =
      json::parse(server_->Call("POST", "/_kondor/sandboxes", R"({"name": "other"})").body);
  const std::string target =
      "/k2/pipelines/2040/status?key=" + other["kondado"]["key"].get<std::string>() +
      "&token=" + other["kondado"]["token"].get<std::string>();
  EXPECT_EQ(server_->Call("GET", "/@other" + target).status, 200);
  const json listed = json::parse(server_->Call("GET", "/_kondor/sandboxes/other/faults").body);
  EXPECT_EQ(listed["faults"], json::array());
  EXPECT_EQ(server_->Call("GET", "/_kondor/sandboxes/other/faults/1").status, 404);
  EXPECT_EQ(Faults()["left"], 1);
}

TEST_F(ScriptApi, TheControlApiIsNeverFaulted) {
  Play(R"({"fault": "reset", "times": 1000})");
  EXPECT_EQ(Control("GET", "").status, 200);
  EXPECT_EQ(server_->Call("GET", "/_kondor/health").status, 200);
  EXPECT_EQ(server_->Call("GET", "/").status, 200);
  EXPECT_EQ(Faults()["left"], 1000);
}

}  // namespace
}  // namespace kondor
