// The reports are well-formed, complete, and tell no secret.
#include "scenarios/report/report.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/scenarios/small_suite.h"

namespace kondor::scenarios {
namespace {

const std::vector<Instance>& TwoInstances() {
  static const std::vector<Instance> instances = Loaded(FileOf(
      R"({"name": "A <b> & \"c\" # d", "rules": ["K5", "KO1"], "readings": {"kondado.scope": "all"}, "steps": [{"call": "k2 GET /x", "expect": {"status": 404}}]})"));
  return instances;
}

// A pass, a failure with everything that could hurt a format, and a skip.
Results AllKinds() {
  Results results;
  Played pass{&TwoInstances()[0], 0, 1, {}};
  Played fail{&TwoInstances()[1], 1, 2, {}};
  fail.outcome.verdict = Verdict::kFail;
  fail.outcome.why = "body: expected ]]> & <x>";
  fail.outcome.step = "step 1: k2 GET /x";
  fail.outcome.mismatches = {
      {"body", "expected ]]> & <x>", std::string("\x1b[2J\x00\xff\xc3\xa5\n\"'\\", 12)}};
  fail.outcome.curl = "curl -sS \"${KONDOR_URL}/x?a=1&b='2'\"";
  fail.outcome.script = {"a=$(b)", "c"};
  Played skip{&TwoInstances()[0], 2, 3, {}};
  skip.outcome.verdict = Verdict::kSkip;
  skip.outcome.why = "needs # a clock";
  results.played = {pass, fail, skip};
  results.not_played = 4;
  return results;
}

// Tags opened and closed in order, no stray brackets or ampersands, no control characters.
void ExpectWellFormed(const std::string& xml, const std::set<std::string>& empty_tags) {
  std::vector<std::string> open;
  const std::regex tag(R"(<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+="[^"<]*")*)\s*(/?)>)");
  std::string rest = xml.substr(xml.find('\n') + 1);  // the declaration
  std::smatch match;
  while (std::regex_search(rest, match, tag)) {
    EXPECT_EQ(match.prefix().str().find_first_of("<>"), std::string::npos) << match.prefix().str();
    if (match[1] == "/") {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), match[2]);
      open.pop_back();
    } else if (match[4] != "/" && !empty_tags.contains(match[2])) {
      open.push_back(match[2]);
    }
    rest = match.suffix();
  }
  EXPECT_TRUE(open.empty());
  const std::regex ampersand("&(?!(amp|lt|gt|quot);)");
  EXPECT_FALSE(std::regex_search(xml, ampersand));
  for (const char c : xml) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20U);
}

TEST(Report, JsonIsTheInterfaces) {
  const Json report = Json::parse(JsonReport(AllKinds(), {.seed = 7, .target = "t"}));
  EXPECT_EQ(report["passed"], 1);
  EXPECT_EQ(report["failed"], 1);
  EXPECT_EQ(report["skipped"], 1);
  EXPECT_EQ(report["not_played"], 4);
  const Json& failure = report["results"][1];
  for (const std::string key : {"scenario", "case", "rules", "reading", "verdict", "why", "curl"}) {
    EXPECT_TRUE(failure.contains(key)) << key;
  }
  EXPECT_EQ(failure["rules"], Json::parse(R"(["K5", "KO1"])"));
  EXPECT_EQ(failure["reading"], "kondado.scope=pair");
  EXPECT_EQ(failure["verdict"], "fail");
  EXPECT_EQ(failure["differs"][0]["what"], "body");
  EXPECT_EQ(report["results"][2]["verdict"], "skip");
}

TEST(Report, JunitIsWellFormedAndCounts) {
  const std::string xml = JunitReport(AllKinds(), {});
  ExpectWellFormed(xml, {});
  EXPECT_NE(xml.find("tests=\"3\" failures=\"1\" skipped=\"1\""), std::string::npos);
  EXPECT_NE(xml.find("<skipped message=\"needs # a clock\"/>"), std::string::npos);
  EXPECT_NE(xml.find("&lt;b&gt; &amp; &quot;c&quot;"), std::string::npos);
}

TEST(Report, TapHasItsPlanAndDirectives) {
  const std::string tap = TapReport(AllKinds(), {});
  EXPECT_EQ(tap.substr(0, 20), "TAP version 14\n1..3\n");
  EXPECT_NE(tap.find("\nnot ok 2 - t: A <b> & \"c\" \\# d {kondado.scope=pair} round 2\n  ---\n"),
            std::string::npos)
      << tap;
  EXPECT_NE(tap.find("\n  ...\nok 3 - "), std::string::npos);
  EXPECT_NE(tap.find(" # SKIP needs # a clock\n"), std::string::npos);
}

TEST(Report, HtmlIsOnePageThatAsksForNothing) {
  const std::string html = HtmlReport(AllKinds(), {});
  EXPECT_EQ(html.find("src="), std::string::npos);
  EXPECT_EQ(html.find("href="), std::string::npos);
  EXPECT_EQ(html.find("url("), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_LT(html.find("What fell short"), html.find("<h2>t</h2>"));
  const std::size_t style = html.find("</style>");
  ExpectWellFormed("\n<html>" + html.substr(style + std::string("</style></head>").size()),
                   {"br", "meta"});
}

TEST(Report, TheTerminalShowsFailuresFirstSideBySideAndTame) {
  const std::string text = TerminalReport(AllKinds(), {}, Colour::kNo);
  EXPECT_EQ(text.substr(0, 6), "FAIL  ");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("| \\x1b[2J\\x00\\xff"), std::string::npos) << text;
  EXPECT_NE(text.find("      expected ]]> & <x>  "), std::string::npos);
  EXPECT_NE(text.find("curl -sS"), std::string::npos);
  EXPECT_LT(text.find("curl -sS"), text.find("skipped 1: needs # a clock"));
  EXPECT_NE(text.find("1 passed, 1 failed, 1 skipped, 4 not played (interrupted)"),
            std::string::npos);
  EXPECT_NE(TerminalReport(AllKinds(), {}, Colour::kYes).find("\x1b[31mFAIL"), std::string::npos);
}

TEST(Report, OfOneScenarioTwoFailuresAreShownAndTheRestCounted) {
  Results results;
  const Played failure = AllKinds().played[1];
  results.played.assign(9, failure);
  const std::string text = TerminalReport(results, {}, Colour::kNo);
  EXPECT_NE(text.find("... and 7 failures more"), std::string::npos);
}

TEST(Report, IsWrittenWholeOrTellsWhyNot) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("kondor_report_" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const std::string path = (folder / "r.json").string();
  ASSERT_TRUE(WriteReport(path, "first"));
  ASSERT_TRUE(WriteReport(path, "second"));
  std::ifstream file(path);
  std::string text;
  file >> text;
  EXPECT_EQ(text, "second");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  for (const std::string bad : {"/dev/full", "/no/such/folder/r.json", folder.c_str()}) {
    const Result<void> written = WriteReport(bad, "text");
    ASSERT_FALSE(written) << bad;
    EXPECT_EQ(written.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(written.error().message.find(bad), std::string::npos);
    EXPECT_EQ(written.error().message.find('\n'), std::string::npos);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kondor::scenarios
