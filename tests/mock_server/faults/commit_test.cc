// What the vendor has done by the time a fault strikes, and what the journal tells of it.
#include "tests/mock_server/faults/fault_world.h"

namespace kondor {
namespace {

class FaultCommit : public FaultWorld {
 protected:
  static std::string Step(const std::string& kind, const std::string& when) {
    std::string fields;
    if (kind == "latency") fields = R"(, "ms": 5)";
    if (kind == "slow_drip") fields = R"(, "bytes": 1, "ms": 5)";
    if (kind == "truncated_body") fields = R"(, "bytes": 3)";
    if (kind == "wrong_content_length") fields = R"(, "by": 3)";
    if (kind == "status") fields = R"(, "status": 500)";
    return R"({"fault": ")" + kind + "\"" + fields + R"(, "when": ")" + when + R"("})";
  }
  static constexpr const char* kKinds[] = {"latency",
                                           "slow_drip",
                                           "reset",
                                           "empty_reply",
                                           "truncated_body",
                                           "garbage_body",
                                           "wrong_content_length",
                                           "status",
                                           "refuse"};
};

TEST_F(FaultCommit, BeforeNothingIsDoneWhateverTheKind) {
  for (const char* kind : kKinds) {
    Play(Step(kind, "before"));
    K2("POST", kRunCall);
    EXPECT_EQ(StatusOfPipeline(2040), "active") << kind;
    const json entry = LastEntry();
    EXPECT_EQ(entry["outcome"], "fault") << kind;
    EXPECT_EQ(entry["fault"]["kind"], kind);
    EXPECT_EQ(entry["fault"]["when"], "before");
    EXPECT_TRUE(entry["fault"]["vendor_status"].is_null());
    EXPECT_FALSE(entry.contains("refusal")) << kind;
    EXPECT_EQ(Faults()["left"], 0) << kind;
    ControlJson("DELETE", "/faults");
  }
}

TEST_F(FaultCommit, AfterCommitThePipelineIsQueuedWhateverTheKind) {
  for (const char* kind : kKinds) {
    ControlJson("POST", "/reset");
    LiftLimits();
    Play(Step(kind, "after_commit"));
    K2("POST", kRunCall);
    EXPECT_EQ(StatusOfPipeline(2040), "scheduled") << kind;
    const json entry = LastEntry();
    EXPECT_EQ(entry["outcome"], "ok") << kind;
    EXPECT_EQ(entry["fault"]["kind"], kind);
    EXPECT_EQ(entry["fault"]["when"], "after_commit");
    EXPECT_EQ(entry["fault"]["vendor_status"], 200);
    // A client that sends it again is told that it was done: the lost answer can be seen.
    EXPECT_THAT(K2("POST", kRunCall).body, testing::HasSubstr("PIPELINE_ALREADY_RUNNING")) << kind;
  }
}

TEST_F(FaultCommit, TheLimitIsChargedAfterCommitAndNotBefore) {
  for (const bool committed : {false, true}) {
    ControlJson("POST", "/reset");  // back to the documented limits
    Play(Step("reset", committed ? "after_commit" : "before"));
    EXPECT_EQ(K2("GET", kStatusCall).status, 0);
    const LocalReply next = K2("GET", kStatusCall);
    EXPECT_EQ(next.body.find("RATE_LIMIT_EXCEEDED") != std::string::npos, committed);
    const json refused = LastEntry();
    if (!committed) continue;
    // The lost call is what filled the window.
    EXPECT_EQ(Explained(refused)["refusal"]["calls"], json::array({1}));
  }
}

TEST_F(FaultCommit, ARefusalOfTheVendorsIsStillExplainedWhenItIsLost) {
  ControlJson("POST", "/reset");
  K2("GET", kStatusCall);
  Play(Step("reset", "after_commit"));
  EXPECT_EQ(K2("GET", kStatusCall).status, 0);
  const json entry = Explained(LastEntry());
  EXPECT_EQ(entry["outcome"], "rate_limited");
  EXPECT_EQ(entry["refusal"]["dimension"], "ip");
  EXPECT_EQ(entry["refusal"]["calls"], json::array({1}));
  EXPECT_EQ(entry["fault"]["vendor_status"], 200);
  EXPECT_EQ(entry["status"], 0);
}

TEST_F(FaultCommit, AKeyIsRegeneratedThoughTheAnswerIsLost) {
  const std::string get = "/Test/Customer/v1/Customer/GetAll";
  ASSERT_EQ(Qondor("GET", get).status, 200);
  Play(Step("empty_reply", "after_commit"));
  EXPECT_EQ(Arm("POST", "/subscriptions/test/regeneratePrimaryKey").status, 0);
  EXPECT_EQ(LastEntry()["fault"]["vendor_status"], 204);
  EXPECT_EQ(Qondor("GET", get).status, 401);  // the old one is dead
  test_key_ = ControlJson("GET", "/qondor/subscriptions/test")["primary_key"];
  EXPECT_EQ(Qondor("GET", get).status, 200);

  Play(Step("empty_reply", "before"));
  EXPECT_EQ(Arm("POST", "/subscriptions/test/regeneratePrimaryKey").status, 0);
  EXPECT_EQ(Qondor("GET", get).status, 200);
}

TEST_F(FaultCommit, ASubscriptionIsMadeChangedAndRemovedThoughTheAnswersAreLost) {
  const std::string wanted = R"({"properties": {"scope": "/products/qondor-test",
      "displayName": "Lost", "state": "active"}})";
  Play(R"({"fault": "reset", "when": "after_commit", "times": 3})");
  EXPECT_EQ(Arm("PUT", "/subscriptions/lost", wanted).status, 0);
  EXPECT_EQ(LastEntry()["fault"]["vendor_status"], 201);
  EXPECT_EQ(ControlJson("GET", "/qondor/subscriptions/lost")["state"], "active");
  EXPECT_EQ(Arm("PATCH", "/subscriptions/lost", R"({"properties": {"state": "suspended"}})").status,
            0);
  EXPECT_EQ(ControlJson("GET", "/qondor/subscriptions/lost")["state"], "suspended");
  EXPECT_EQ(Arm("DELETE", "/subscriptions/lost").status, 0);
  EXPECT_EQ(Control("GET", "/qondor/subscriptions/lost").status, 404);
}

TEST_F(FaultCommit, QondorsPostAndPutAreDoneThoughTheAnswersAreLost) {
  const auto offers = [&] {
    return json::parse(Qondor("GET", "/Dev/Offer/v1/Offer/GetAllForProject?projectId=101").body)
        .size();
  };
  const auto before = offers();
  const std::string offer = R"({"projectId": 101, "heading": "A lost answer"})";
  AddScript(R"({"match": {"method": "POST"}, "play": [
      {"fault": "reset"}, {"fault": "reset", "when": "after_commit"}]})");
  EXPECT_EQ(Qondor("POST", "/Dev/Offer/v1/Offer", offer).status, 0);
  EXPECT_EQ(offers(), before);
  EXPECT_EQ(Qondor("POST", "/Dev/Offer/v1/Offer", offer).status, 0);
  EXPECT_EQ(offers(), before + 1);
  // A client that repeats it makes another one.
  EXPECT_EQ(Qondor("POST", "/Dev/Offer/v1/Offer", offer).status, 200);
  EXPECT_EQ(offers(), before + 2);

  Play(R"({"fault": "status", "status": 504, "when": "after_commit"})");
  EXPECT_EQ(Qondor("PUT", "/Dev/Offer/v1/Offer", R"({"id": 101, "heading": "Renamed"})").status,
            504);
  EXPECT_EQ(json::parse(Qondor("GET", "/Dev/Offer/v1/Offer/101").body)["heading"], "Renamed");
}

TEST_F(FaultCommit, AnInboundPayloadIsTakenThoughTheAnswerIsLost) {
  Play(Step("reset", "after_commit"));
  EXPECT_EQ(server_->Call("POST", "/@w/k1?pipeline_id=2040&" + credentials_, R"({"a": 1})").status,
            0);
  EXPECT_EQ(LastEntry()["outcome"], "ok");
}

TEST_F(FaultCommit, TheJournalTellsWhichStepPlayedAndWhatWentOut) {
  AddScript(R"({"match": {"path": "/pipelines/*/run"}, "play": [
      {"fault": "refuse"}, {"fault": "truncated_body", "bytes": 5, "times": 2}]})");
  K2("POST", kRunCall);
  K2("POST", kRunCall);
  const json entry = Explained(LastEntry());
  EXPECT_EQ(entry["fault"]["script"], "1");
  EXPECT_EQ(entry["fault"]["step"], 2);
  EXPECT_EQ(entry["fault"]["play"], 1);
  EXPECT_EQ(entry["fault"]["plays"], 2);
  EXPECT_EQ(entry["response_body"], "{\"suc");
  EXPECT_EQ(entry["fault"]["text"],
            "Fault script 1, step 2 (truncated_body, play 1 of 2): the vendor did its part and "
            "answered 200 (ok); then the connection was closed after 5 of 17 bytes of the body.");

  const json found = ControlJson("GET", "/journal?fault=refuse")["entries"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["fault"]["text"],
            "Fault script 1, step 1 (refuse, play 1 of 1): the vendor never saw the call, nothing "
            "was committed and nothing counted; the vendor's refusal for too many calls was "
            "answered, whatever the books say.");
  EXPECT_EQ(ControlJson("GET", "/journal?fault_script=1")["entries"].size(), 2U);
  EXPECT_EQ(ControlJson("GET", "/journal?outcome=fault")["entries"].size(), 1U);
  EXPECT_EQ(ControlJson("POST", "/verify", R"({"match": {"fault": "*"},
      "count": {"exactly": 2}})")["verdict"],
            "pass");
  const std::string metrics = server_->Call("GET", "/_kondor/metrics").body;
  EXPECT_THAT(metrics, testing::HasSubstr(R"(surface="k2",outcome="fault"} 1)"));
}

TEST_F(FaultCommit, AnUntouchedCallHasNoFault) {
  K2("GET", kStatusCall);
  EXPECT_FALSE(LastEntry().contains("fault"));
  EXPECT_TRUE(ControlJson("GET", "/journal?fault=*")["entries"].empty());
}

}  // namespace
}  // namespace kondor
