// What the loader makes of case files, and that every kind of mistake is told with its place.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/scenarios/small_suite.h"

namespace kondor::scenarios {
namespace {

struct Mistake {
  std::string scenario;  // stands at line 3 of its file
  std::string fault;     // how the message begins
};

CaseFile FileWith(const std::string& scenario) {
  return {"t.json", "{\"about\": \"test\",\n \"scenarios\": [\n" + scenario + "\n]}"};
}

const std::string kCall = R"({"call": "k2 GET /x", "expect": {"status": 200}})";

TEST(Load, TellsEveryMistakeWithItsLineAndColumn) {
  const std::string begin = R"({"name": "n", "rules": ["K9"], )";
  const std::vector<Mistake> mistakes = {
      {R"({"name": "n", "rules": ["K9"], "step": [], "steps": [)" + kCall + "]}",
       "t.json:3:32: unknown key 'step'; known here: name"},
      {R"({"name": 5, "rules": ["K9"], "steps": [)" + kCall + "]}",
       "t.json:3:10: 'name' takes text, not a whole number"},
      {R"({"rules": ["K9"], "steps": [)" + kCall + "]}", "t.json:3:1: 'name' is missing here"},
      {R"({"name": "n", "steps": [)" + kCall + "]}", "t.json:3:1: 'rules' is missing here"},
      {R"({"name": "n", "rules": [], "steps": [)" + kCall + "]}", "t.json:3:24: 'rules' takes"},
      {R"({"name": "n", "rules": ["K99"], "steps": [)" + kCall + "]}",
       "t.json:3:25: unknown rule 'K99'"},
      {R"({"name": "n", "rules": ["Q1"], "steps": [)" + kCall + "]}",
       "t.json:3:25: Q1 is listed as uncovered"},
      {begin + R"("steps": []})", "t.json:3:41: a scenario without steps"},
      {begin + R"("through": ["wire"], "steps": [)" + kCall + "]}",
       "t.json:3:43: 'through' knows: raw, client"},
      {begin + R"("through": [], "steps": [)" + kCall + "]}",
       "t.json:3:43: 'through' takes at least one text"},
      {begin + R"("through": ["raw", "raw"], "steps": [)" + kCall + "]}",
       "t.json:3:43: 'raw' stands twice"},
      {begin + R"("through": ["client"], "steps": [)" + kCall + "]}",
       "t.json:3:64: 'through' names the client, and no step expects 'client'"},
      {begin + R"("settings": {"kondado.windw": "gcra"}, "steps": [)" + kCall + "]}",
       "t.json:3:45: unknown setting 'kondado.windw'"},
      {begin + R"("settings": {"kondado.window": "round"}, "steps": [)" + kCall + "]}",
       "t.json:3:63: not a reading of kondado.window"},
      {begin + R"("readings": {"kondado.window": ["round"]}, "steps": [)" + kCall + "]}",
       "t.json:3:64: not a reading of kondado.window; there are: sliding_log"},
      {begin + R"("readings": {"kondado.window": "some"}, "steps": [)" + kCall + "]}",
       "t.json:3:63: takes \"all\" or a list of readings"},
      {begin + R"("each": [], "steps": [)" + kCall + "]}",
       "t.json:3:40: a table without rows plays nothing"},
      {begin + R"("each": [5], "steps": [)" + kCall + "]}", "t.json:3:41: a row is an object"},
      {begin + R"("steps": [{"cal": "k2 GET /x"}]})", "t.json:3:42: a step is one of: call"},
      {begin + R"("steps": [{"call": "k2 GET /x"}]})",
       "t.json:3:42: nothing is expected of this call"},
      {begin + R"("steps": [{"call": "k2 GET /x", "headers": {"X": "a\r\nY: b"}, )" +
           R"("expect": {"status": 200}}]})",
       "t.json:3:75: a header is one line"},
      {begin + R"("steps": [{"call": "k2 GET /x\r\nY: b", "expect": {"status": 200}}]})",
       "t.json:3:51: a call is one line"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {}}]})",
       "t.json:3:74: nothing is expected here"},
      {begin + R"("steps": [{"call": "k3 GET /x", "expect": {"status": 200}}]})",
       "t.json:3:51: a call is written \"k2 GET /path\""},
      {begin + R"("steps": [{"call": "k2 GET x", "expect": {"status": 200}}]})",
       "t.json:3:51: the path begins with '/'"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"status": 99}}]})",
       "t.json:3:85: 'status' takes a whole number from 100 to 599, not 99"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"stats": 200}}]})",
       "t.json:3:75: unknown key 'stats'"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"json": {"$is": 1}}}]})",
       "t.json:3:84: unknown matcher '$is'"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"json": {"$type": "text"}}}]})",
       "t.json:3:93: $type is one of"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"json": {"$matches": "("}}}]})",
       "t.json:3:96: $matches takes a regular expression"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"json": {"$not": 1, "a": 2}}}]})",
       "t.json:3:84: a matcher stands alone"},
      {begin + R"("steps": [{"call": "k2 GET /${nobody}", "expect": {"status": 200}}]})",
       "t.json:3:51: nothing has brought a value for '${nobody}'"},
      {begin + R"("steps": [{"call": "k2 GET /x", "with": 1, "expect": {"status": 200}}]})",
       "t.json:3:72: 'with' takes text"},
      {begin + R"("steps": [{"advance_ms": -1}, )" + kCall + "]}",
       "t.json:3:57: time is advanced by"},
      {begin + R"("steps": [{"advance_ms": 1000}]})",
       "t.json:3:1: no step of this scenario expects"},
      {begin + R"("steps": [{"timeline": "k2 GET /x", "at_ms": [0, 5], "admitted": "+"}]})",
       "t.json:3:97: 'admitted' takes one of + - ! for each of the 2 calls"},
      {begin + R"("steps": [{"timeline": "k2 GET /x", "at_ms": [5, 0], "admitted": "++"}]})",
       "t.json:3:81: 'at_ms' takes whole numbers that never fall"},
      {begin + R"("steps": [{"timeline": "k2 GET /x", "at_ms": [0]}]})",
       "t.json:3:42: nothing is expected here; say 'admitted'"},
      {begin +
           R"("steps": [{"timeline": "k2 GET /x", "every_ms": 1, "times": 3, "admitted_calls": "0-3"}]})",
       "t.json:3:113: 'admitted_calls' takes numbers of calls from 0 to 2"},
      {begin + R"("steps": [{"timeline": "k2 GET /x", "at_ms": [0], "by": "A", "admitted": "+"}]})",
       "t.json:3:88: 'by' takes one of the callers"},
      {begin + R"("readings": {"kondado.scope": "all"}, "steps": [{"call": "k2 GET /x",
"expect": {"status": {"$by": "kondado.scope", "pair": 200}}}]})",
       "t.json:4:22: nothing is said for kondado.scope=independent"},
      {begin + R"("readings": {"kondado.scope": ["pair"]}, "steps": [{"call": "k2 GET /x",
"expect": {"status": {"$by": "kondado.scope", "pair": 200, "independent": 429}}}]})",
       "t.json:4:60: 'independent' is no reading of kondado.scope in this scenario"},
      {begin + R"("steps": [{"call": "k2 GET /x",
"expect": {"status": {"$by": "kondado.scope", "pair": 200}}}]})",
       "t.json:4:30: '$by' takes a setting this scenario has several readings of"},
      {begin + R"("each": [{"id": 1}], "steps": [{"call": "k2 GET /${row.ID}",
"expect": {"status": 200}}]})",
       "t.json:3:72: this row has no 'ID'"},
      {begin + R"("anywhere": true, "settings": {"kondado.plan": "standard"}, "steps": [)" + kCall +
           "]}",
       "t.json:3:1: 'anywhere' is for calls alone"},
      {begin + R"("steps": [)" + kCall + R"(], "steps": []})",
       "t.json:3:93: the key 'steps' stands"},
      {begin + R"("steps": [)" + kCall + "]},\n" + begin + R"("steps": [)" + kCall + "]}",
       "t.json:4:10: two scenarios or rows are called 'n'"},
      {begin + R"("steps": [{"call": "k2 GET /x", "with": "usr", "expect": {"status": 200}}]})",
       "t.json:3:72: nothing has brought credentials called 'usr' by here"},
      {begin + R"("steps": [{"call": "k2 GET /x", "ip": "300.1.1.1", "expect": {"status": 200}}]})",
       "t.json:3:70: 'ip' takes an address"},
      {begin + R"("now": "yesterday", "steps": [)" + kCall + "]}",
       "t.json:3:39: 'now' takes an instant"},
      {begin + R"("steps": [{"settings": {"kondado.window": "nope"}}, )" + kCall + "]}",
       "t.json:3:74: not a reading of kondado.window"},
      {R"({"name": "a\u001bb", "rules": ["K9"], "steps": [)" + kCall + "]}",
       "t.json:3:10: a name is one line"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"json": {}}}]})",
       "t.json:3:83: nothing is expected here"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"journal": {}}}]})",
       "t.json:3:86: nothing is expected here"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"headers": {}}}]})",
       "t.json:3:86: no header is expected here"},
      {begin + R"("steps": [{"call": "k2 GET /x", "expect": {"json": {"$all_of": []}}}]})",
       "t.json:3:95: $all_of takes at least one matcher"},
  };
  for (const Mistake& mistake : mistakes) {
    const std::string faults = FaultsOf(FileWith(mistake.scenario));
    EXPECT_EQ(faults.substr(0, mistake.fault.size()), mistake.fault) << mistake.scenario << "\n"
                                                                     << faults;
  }
}

TEST(Load, TellsOneMistakeOnce) {
  const std::string begin = R"({"name": "n", "rules": ["K9"], )";
  for (const std::string& scenario :
       {begin + R"("steps": [{"timeline": "k2 GET /x", "at_ms": [5, 0, 9], "admitted": "+++"}]})",
        begin + R"("steps": [{"timeline": "k2 GET /x", "at_ms": [1, 2], "every_ms": 5, "times": 2,
"admitted": "++"}]})",
        begin + R"("steps": [{"timeline": "k2 GET /x", "every_ms": 1, "times": 30000,
"admitted_calls": "0-9"}]})",
        begin + R"("through": ["raw", "x"], "steps": [)" + kCall + "]}",
        begin +
            R"("steps": [{"call": "k2 GET /x", "expect": {"status": {"$by": "kondado.scope"}}}]})",
        begin + R"("steps": [{"advance_ms": -1}, )" + kCall + "]}",
        begin + R"("steps": [{"call": "k9 GET /x", "expect": {"status": 200}}]})"}) {
    const std::string faults = FaultsOf(FileWith(scenario));
    EXPECT_FALSE(faults.empty()) << scenario;
    EXPECT_EQ(faults.find('\n'), std::string::npos) << scenario << "\n" << faults;
  }
}

TEST(Load, TellsOfTheFileItself) {
  EXPECT_EQ(FaultsOf({"t.json", ""}).substr(0, 11), "t.json:1:1:");
  EXPECT_EQ(FaultsOf({"t.json", "{\n  \"about\": \"x\",,\n}"}).substr(0, 12), "t.json:2:16:");
  EXPECT_EQ(FaultsOf({"t.json", "[]"}), "t.json:1:1: expected an object, not a list");
  EXPECT_EQ(FaultsOf({"t.json", R"({"about": "x", "scenarios": []})"}),
            "t.json:1:29: there is no scenario here");
  EXPECT_EQ(FaultsOf({"t.json", std::string(200, '[')}), "t.json:1:1: nested too deeply");
  // Columns count letters, as editors do.
  EXPECT_EQ(
      FaultsOf({"t.json", "{\"about\": \"\xC3\xA5\xC3\xA5\", \"more\": 1, \"scenarios\": []}"})
          .substr(0, 35),
      "t.json:1:17: unknown key 'more'; kn");
}

TEST(Load, TellsAllMistakesAtOnce) {
  const std::string faults =
      FaultsOf(FileOf(R"({"name": 1, "rules": ["K0"], "x": 2, "steps": 5})"));
  EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 3) << faults;
}

TEST(Load, MultipliesReadingsAndRows) {
  const std::vector<Instance> instances = Loaded(FileOfSteps(
      R"({"call": "k2 GET /${row.id}", "expect": {"status": {"$by": "kondado.scope", "pair": 201, "*": "${row.status}"}, "json": {"${row.id}": "${row.word}"}}})",
      R"("readings": {"kondado.scope": "all", "kondado.window": ["gcra", "token_bucket"]}, "each": [{"id": 7, "status": 202, "word": null}, {"id": 8, "status": 203, "word": {"$type": "string"}}], )"));
  ASSERT_EQ(instances.size(), 8U);
  EXPECT_EQ(instances[0].ReadingName(), "kondado.scope=independent kondado.window=gcra");
  EXPECT_EQ(instances[0].CaseName(), "t[id=7 status=202 word=null]");
  EXPECT_EQ(instances[7].ReadingName(), "kondado.scope=pair kondado.window=token_bucket");
  const auto& first = std::get<CallStep>(instances[0].steps[0].action);
  EXPECT_EQ(first.call.path, "/7");
  EXPECT_EQ(first.expect.status, 202);
  EXPECT_EQ(first.expect.json, Json::parse(R"({"7": null})"));
  EXPECT_EQ(std::get<CallStep>(instances[2].steps[0].action).expect.status, 201);
  EXPECT_EQ(std::get<CallStep>(instances[7].steps[0].action).expect.json,
            Json::parse(R"({"8": {"$type": "string"}})"));
}

TEST(Load, KnowsWhatANameBringsOnlyAfterItWasSaved) {
  const std::string save = R"({"control": "GET /clock", "save": {"now": "/now"}})";
  const std::string use = R"({"call": "k2 GET /${now}", "expect": {"status": 200}})";
  EXPECT_EQ(FaultsOf(FileOfSteps(save + ", " + use)), "");
  EXPECT_NE(FaultsOf(FileOfSteps(use + ", " + save)), "");
}

TEST(Load, TakesTheUsualCredentialsOfASurface) {
  const std::vector<std::pair<std::string, std::string>> usual = {
      {"k2 GET /x", "user"},
      {"k1 POST", "user"},
      {"hub GET /x", "via"},
      {"qondor GET /Prod/x", "production.primary"},
      {"qondor GET /Dev/x", "test.primary"},
      {"arm GET /x", "bearer"},
      {"root GET /x", "none"}};
  for (const auto& [call, with] : usual) {
    const auto instances =
        Loaded(FileOfSteps("{\"call\": \"" + call + "\", \"expect\": {\"status\": 200}}"));
    EXPECT_EQ(std::get<CallStep>(instances.at(0).steps[0].action).call.with, with) << call;
  }
}

TEST(Load, ReadsNumbersOfCalls) {
  const auto instances = Loaded(FileOfSteps(
      R"({"timeline": "k2 GET /x", "every_ms": 10, "times": 9, "admitted_calls": "0-2 4-8/3"})"));
  const auto& step = std::get<TimelineStep>(instances.at(0).steps[0].action);
  EXPECT_EQ(step.expected, "+++-+--+-");
  EXPECT_EQ(step.entries.back().at_ms, 80);
}

}  // namespace
}  // namespace kondor::scenarios
