// Which call gets which step: the pattern, the nth, chance, and several scripts at once.
#include "tests/mock_server/faults/fault_world.h"

namespace kondor {
namespace {

class FaultOrder : public FaultWorld {
 protected:
  // The statuses of that many status calls, one after the other.
  std::vector<int> Statuses(int calls) {
    std::vector<int> statuses;
    for (int i = 0; i < calls; ++i) statuses.push_back(K2("GET", kStatusCall).status);
    return statuses;
  }
};

TEST_F(FaultOrder, StepsArePlayedInOrderEachAsOftenAsItSays) {
  const std::string id = Play(R"({"fault": "status", "status": 500, "times": 2},
                                 {"fault": "status", "status": 502},
                                 {"fault": "status", "status": 504, "times": 2})");
  EXPECT_EQ(Statuses(4), (std::vector{500, 500, 502, 504}));
  const json script = ControlJson("GET", "/faults/" + id);
  EXPECT_EQ(script["left"], 1);
  EXPECT_EQ(script["play"][0]["played"], 2);
  EXPECT_EQ(script["play"][1]["left"], 0);
  EXPECT_EQ(script["play"][2]["left"], 1);
  EXPECT_EQ(Statuses(3), (std::vector{504, 200, 200}));
  EXPECT_EQ(ControlJson("GET", "/faults/" + id)["left"], 0);
  EXPECT_EQ(ControlJson("GET", "/faults/" + id)["matched"], 5);
}

TEST_F(FaultOrder, FromTheNthOn) {
  AddScript(R"({"match": {"nth": 3}, "play": [{"fault": "status", "status": 500, "times": 2}]})");
  EXPECT_EQ(Statuses(5), (std::vector{200, 200, 500, 500, 200}));
}

TEST_F(FaultOrder, OnlyWhatFits) {
  const struct {
    const char* match;
    bool k2_status, k2_run, k1, hub, qondor, arm;
  } cases[] = {
      {"{}", true, true, true, true, true, true},
      {R"({"vendor": "kondado"})", true, true, true, true, false, false},
      {R"({"vendor": "qondor"})", false, false, false, false, true, true},
      {R"({"surface": "k1"})", false, false, true, false, false, false},
      {R"({"surface": "arm"})", false, false, false, false, false, true},
      {R"({"path": "/pipelines/*"})", true, true, false, false, false, false},
      {R"({"path": "/pipelines/*/run"})", false, true, false, false, false, false},
      {R"({"path": "/"})", false, false, true, false, false, false},
      {R"({"path": "*GetAll"})", false, false, false, false, true, false},
      {R"({"path": "/pipelines/2040"})", false, false, false, false, false, false},
      {R"({"method": "POST"})", false, true, true, false, false, false},
      {R"({"method": "P*"})", false, true, true, false, false, false},
      {R"({"method": "GET", "vendor": "kondado"})", true, false, false, true, false, false},
  };
  for (const auto& c : cases) {
    const auto hit = [&](const LocalReply& reply) { return reply.status == 599; };
    AddScript(std::string(R"({"match": )") + c.match +
              R"(, "play": [{"fault": "status", "status": 599, "times": 6}]})");
    EXPECT_EQ(hit(K2("GET", kStatusCall)), c.k2_status) << c.match;
    EXPECT_EQ(hit(K2("POST", kRunCall)), c.k2_run) << c.match;
    EXPECT_EQ(hit(server_->Call("POST", "/@w/k1?pipeline_id=2040&" + credentials_, "{}")), c.k1)
        << c.match;
    EXPECT_EQ(hit(server_->Call("GET", "/@w/hub/metadata/show_tables?token=" + via_)), c.hub)
        << c.match;
    EXPECT_EQ(hit(Qondor("GET", "/Prod/Customer/v1/Customer/GetAll")), c.qondor) << c.match;
    EXPECT_EQ(hit(Arm("GET", "/subscriptions")), c.arm) << c.match;
    ControlJson("DELETE", "/faults");
  }
}

TEST_F(FaultOrder, OneScriptPlaysTheOthersCount) {
  const std::string first = Play(R"({"fault": "status", "status": 500})");
  const std::string second = AddScript(
      R"({"match": {"nth": 2}, "play": [{"fault": "status", "status": 502, "times": 2}]})");
  EXPECT_EQ(Statuses(4), (std::vector{500, 502, 502, 200}));
  EXPECT_EQ(ControlJson("GET", "/faults/" + first)["matched"], 1);
  EXPECT_EQ(ControlJson("GET", "/faults/" + second)["matched"], 3);
}

TEST_F(FaultOrder, ChanceIsTheSameForTheSameSeedWhateverElsePlays) {
  const auto run = [&](int seed, const std::string& before) {
    if (!before.empty()) AddScript(before);
    const std::string id =
        AddScript(R"({"match": {"nth": 11, "probability": 0.25, "seed": )" + std::to_string(seed) +
                  R"(}, "play": [{"fault": "status", "status": 500, "times": 1000}]})");
    const std::vector<int> statuses = Statuses(200);
    ControlJson("DELETE", "/faults");
    return statuses;
  };
  const std::vector<int> once = run(7, "");
  EXPECT_EQ(run(7, ""), once);
  EXPECT_NE(run(8, ""), once);
  EXPECT_TRUE(std::all_of(once.begin(), once.begin() + 10, [](int s) { return s == 200; }));
  const auto hits = std::count(once.begin(), once.end(), 500);
  EXPECT_GT(hits, 25);  // of 190, 47.5 are to be expected
  EXPECT_LT(hits, 75);
  // A script in front takes some of the calls, and changes nothing about the others.
  std::vector<int> with_other = run(
      7, R"({"match": {"nth": 50}, "play": [{"fault": "status", "status": 599, "times": 20}]})");
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(with_other[i], i >= 49 && i < 69 ? 599 : once[i]) << i;
  }
}

TEST_F(FaultOrder, ChanceOfOneIsCertain) {
  AddScript(R"({"match": {"probability": 1.0}, "play": [{"fault": "status", "status": 500}]})");
  EXPECT_EQ(Statuses(2), (std::vector{500, 200}));
}

}  // namespace
}  // namespace kondor
