#include "mock_server/json/parse.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

namespace kondor {
namespace {

// The message of the refusal; empty when the text was taken.
std::string FaultOf(std::string_view text) {
  const Result<Json> parsed = ParseJson(text);
  return parsed ? "" : parsed.error().message;
}

std::string Nested(std::size_t levels, std::string_view open, std::string_view close) {
  std::string text;
  for (std::size_t i = 0; i < levels; ++i) text += open;
  text += "1";
  for (std::size_t i = 0; i < levels; ++i) text += close;
  return text;
}

bool IsOnePlainLine(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

struct Misplaced {
  std::string_view text;
  std::string_view place;
};

class JsonFault : public testing::TestWithParam<Misplaced> {};

TEST_P(JsonFault, IsToldWithItsLineAndColumn) {
  const std::string fault = FaultOf(GetParam().text);
  EXPECT_EQ(fault.rfind("not JSON at " + std::string(GetParam().place) + ": ", 0), 0U) << fault;
}

INSTANTIATE_TEST_SUITE_P(Places, JsonFault,
                         testing::Values(Misplaced{"", "line 1, column 1"},
                                         Misplaced{R"({"a": tru})", "line 1, column 10"},
                                         Misplaced{"[1,\n 2,\n x]", "line 3, column 2"},
                                         Misplaced{"[1,\r\n2,,3]", "line 2, column 3"},
                                         Misplaced{R"({"a": 1)", "line 1, column 8"},
                                         Misplaced{R"({"a" 1})", "line 1, column 6"},
                                         Misplaced{"\n\n{'a': 1}", "line 3, column 2"},
                                         Misplaced{"[1] 2", "line 1, column 5"}));

TEST(ParseJson, RefusesWhatIsNotOneWholeValue) {
  for (const std::string_view text :
       {"", " ", "\n", "[1] 2", "{} {}", "1,", "[1", "{\"a\"}", "nul", "'a'", "[1,]", "{\"a\":1,}",
        "01", "+1", ".5", "NaN", "// note\n1", "/* note */ 1"}) {
    EXPECT_NE(FaultOf(text), "") << text;
  }
}

TEST(ParseJson, TakesEveryKindOfValue) {
  for (const std::string_view text : {"null", "true", "false", "0", "-1.5e3", "\"text\"", "[]",
                                      "{}", " [1, {\"a\": [null]}]\n"}) {
    EXPECT_EQ(FaultOf(text), "") << text;
  }
}

TEST(ParseJson, KeepsTheOrderOfMembers) {
  const Result<Json> parsed = ParseJson(R"({"b": 1, "a": 2, "c": 3})");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(DumpJson(*parsed), R"({"b":1,"a":2,"c":3})");
}

TEST(ParseJson, TakesSixtyFourLevelsAndRefusesSixtyFive) {
  EXPECT_EQ(FaultOf(Nested(64, "[", "]")), "");
  EXPECT_EQ(FaultOf(Nested(64, R"({"a":)", "}")), "");
  EXPECT_EQ(FaultOf(Nested(65, "[", "]")), "JSON nested deeper than 64 levels; flatten it");
  EXPECT_EQ(FaultOf(Nested(65, R"({"a":)", "}")), "JSON nested deeper than 64 levels; flatten it");
  EXPECT_EQ(FaultOf(Nested(33, R"([{"a":)", "}]")),
            "JSON nested deeper than 64 levels; flatten it");
}

TEST(ParseJson, CountsLevelsNotBrackets) {
  std::string siblings = "[";
  for (int i = 0; i < 200; ++i) siblings += "[],";
  EXPECT_EQ(FaultOf(siblings + "[]]"), "");
}

TEST(ParseJson, SurvivesAMillionOpenBrackets) {
  const std::string brackets(1'000'000, '[');
  EXPECT_EQ(FaultOf(brackets), "JSON nested deeper than 64 levels; flatten it");
  std::string braces;
  for (int i = 0; i < 200'000; ++i) braces += R"({"a":)";
  EXPECT_EQ(FaultOf(braces), "JSON nested deeper than 64 levels; flatten it");
}

TEST(ParseJson, RefusesRawNulWhereverItStands) {
  using namespace std::string_literals;
  for (const std::string& text : {"\0"s, "\0{}"s, "{}\0"s, "1\0 and more"s, "[1\0]"s, "\"a\0b\""s,
                                  "{\"a\0\": 1}"s, "{\"a\": 1}\0{\"b\": 2}"s}) {
    EXPECT_NE(FaultOf(text), "") << text.size() << " bytes: " << text.c_str();
  }
  EXPECT_EQ(FaultOf("[1,\n2]\0x"s).rfind("not JSON at line 2, column 3: ", 0), 0U);
}

TEST(ParseJson, KeepsAnEscapedNul) {
  const Result<Json> parsed = ParseJson(R"("a\u0000b")");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->get<std::string>(), std::string("a\0b", 3));
}

TEST(ParseJson, RefusesInvalidUtf8AndSaysSoInPlainLetters) {
  for (const std::string_view text :
       {"\"\xff\"", "\"\xc3\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"",
        "\"abc\xe2\x82", "\xff", R"("\ud800")", R"("\ud800\u0041")"}) {
    const std::string fault = FaultOf(text);
    EXPECT_NE(fault, "");
    EXPECT_TRUE(IsOnePlainLine(fault)) << fault;
  }
}

TEST(ParseJson, KeepsNumbersThatFitAndRefusesThoseThatNoDoubleHolds) {
  EXPECT_EQ(ParseJson("-9223372036854775808")->get<std::int64_t>(), INT64_MIN);
  EXPECT_EQ(ParseJson("18446744073709551615")->get<std::uint64_t>(), UINT64_MAX);
  EXPECT_TRUE(ParseJson("18446744073709551616")->is_number_float());
  EXPECT_EQ(ParseJson("1e-999")->get<double>(), 0.0);
  EXPECT_EQ(FaultOf("[1e999]"), "not JSON at line 1, column 6: number overflow parsing '1e999'");
}

TEST(ParseJson, SaysItShortlyWhateverItWasReading) {
  const std::string text(1'000'000, 'a');
  EXPECT_LT(FaultOf("\"" + text).size(), 300U);
  EXPECT_LT(FaultOf(std::string(1'000'000, '1') + "e999").size(), 300U);
}

TEST(ParseJson, RefusesDoubledNamesAndObjectsTooWideToRead) {
  EXPECT_NE(FaultOf(R"({"a": {"b": 1, "b": 2}})").find("'b' stands twice"), std::string::npos);
  EXPECT_TRUE(ParseJson(R"([{"a": 1}, {"a": 2, "b": {"a": 3}}])"));
  std::string wide = "{\"m\": 0";
  for (std::size_t i = 1; i < kJsonMembersMax; ++i) wide += ",\"" + std::to_string(i) + "\": 0";
  EXPECT_TRUE(ParseJson(wide + "}"));
  EXPECT_NE(FaultOf(wide + ",\"one too many\": 0}").find("members"), std::string::npos);
  EXPECT_TRUE(CheckJson(wide + ",\"one too many\": 0}"));  // nothing is built of it
}

TEST(CheckJson, AgreesWithParseJsonOnAnyTextWithoutDoubledNames) {
  EXPECT_TRUE(rc::check("check and parse take the same texts", [] {
    const std::string letters = "{}[]\",:01-.eE tfnulrasx\\/\n";
    const auto text = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(letters), rc::gen::arbitrary<char>()));
    const Result<void> checked = CheckJson(text);
    const Result<Json> parsed = ParseJson(text);
    const bool doubled =
        !parsed && parsed.error().message.find("stands twice") != std::string::npos;
    RC_ASSERT(checked.has_value() == (parsed.has_value() || doubled));
    if (doubled) return;
    if (!parsed) {
      RC_ASSERT(checked.error().message == parsed.error().message);
      RC_ASSERT(IsOnePlainLine(parsed.error().message));
      return;
    }
    RC_ASSERT(!parsed->is_discarded());
    RC_ASSERT(ParseJson(DumpJson(*parsed)).value() == *parsed);
  }));
}

TEST(Shown, IsOneShortPlainLineWhateverWasWritten) {
  EXPECT_EQ(Shown("kondado.window"), "kondado.window");
  EXPECT_EQ(Shown("a\nb\tc\x7f\xc3\xa9"), "a?b?c???");
  EXPECT_EQ(Shown(std::string(1'000, 'x')).size(), 60U);
}

TEST(DumpJson, IsCompactAndReplacesInvalidUtf8) {
  EXPECT_EQ(DumpJson({{"a", {1, 2}}, {"b", nullptr}}), R"({"a":[1,2],"b":null})");
  EXPECT_EQ(DumpJson(Json("x\xffy")), "\"x\xef\xbf\xbdy\"");
}

TEST(PrettyJson, IndentsByTwo) {
  EXPECT_EQ(PrettyJson({{"a", Json::array({1})}}), "{\n  \"a\": [\n    1\n  ]\n}");
}

}  // namespace
}  // namespace kondor
