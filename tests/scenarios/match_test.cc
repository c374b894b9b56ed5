#include "scenarios/judge/match.h"

#include <gtest/gtest.h>

#include <tuple>

namespace kondor::scenarios {
namespace {

std::vector<Mismatch> Matched(const std::string& matcher, const std::string& got,
                              Objects objects = Objects::kSubset) {
  std::vector<Mismatch> out;
  const Json value = Json::parse(got);
  MatchJson(Json::parse(matcher), &value, objects, "", out);
  return out;
}

TEST(Match, HoldsWhatFits) {
  const std::vector<std::pair<std::string, std::string>> fits = {
      {"1", "1"},
      {"1", "1.0"},
      {R"("a")", R"("a")"},
      {"null", "null"},
      {R"({"a": 1})", R"({"b": 2, "a": 1})"},
      {R"([1, {"a": 1}])", R"([1, {"a": 1, "b": 2}])"},
      {R"({"a": {"$type": "string"}})", R"({"a": "x"})"},
      {R"({"$type": "integer"})", "5"},
      {R"({"$type": "number"})", "5.5"},
      {R"({"$type": "boolean"})", "false"},
      {R"({"$type": "array"})", "[]"},
      {R"({"$type": "object"})", "{}"},
      {R"({"$type": "null"})", "null"},
      {R"({"$matches": "^a+$"})", R"("aaa")"},
      {R"({"a": {"$absent": true}})", R"({"b": 1})"},
      {R"({"$any_of": [1, 2]})", "2"},
      {R"({"$all_of": [{"a": 1}, {"b": 2}]})", R"({"a": 1, "b": 2})"},
      {R"({"$not": 1})", "2"},
      {R"({"a": {"$not": 1}})", "{}"},
      {R"({"$contains": {"a": 1}})", R"([{"a": 0}, {"a": 1}])"},
      {R"({"$each": {"a": 1}})", R"([{"a": 1}, {"a": 1, "b": 2}])"},
      {R"({"$each": 1})", "[]"},
      {R"({"$length": 2})", "[1, 2]"},
      {R"({"$length": 1})", R"({"a": 1})"},
      {R"({"$length": 3})", R"("abc")"},
      {R"({"$keys": ["a", 2]})", R"({"a": 1, "2": 1})"},
      {R"({"$shape": {"a": "integer", "b": "string"}})", R"({"a": 1, "b": null})"},
      {R"({"$json": {"a": 1}})", R"("{\"a\": 1, \"b\": 2}")"}};
  for (const auto& [matcher, got] : fits) {
    EXPECT_TRUE(Matched(matcher, got).empty()) << matcher << " " << got;
  }
}

TEST(Match, TellsWhatDoesNotFit) {
  const std::vector<std::tuple<std::string, std::string, std::string>> misfits = {
      {"1", "2", ""},
      {"1", R"("1")", ""},
      {"null", "0", ""},
      {R"({"a": 1})", R"({"a": 2})", "/a"},
      {R"({"a": 1})", "{}", "/a"},
      {R"({"a": {"b": [1, 2]}})", R"({"a": {"b": [1, 3]}})", "/a/b/1"},
      {"[1]", "[1, 2]", ""},
      {"{}", "[]", ""},
      {R"({"$type": "integer"})", "5.5", ""},
      {R"({"$type": "string"})", "null", ""},
      {R"({"$matches": "^a+$"})", R"("ab")", ""},
      {R"({"$matches": "1"})", "1", ""},
      {R"({"a": {"$absent": true}})", R"({"a": null})", "/a"},
      {R"({"a": {"$type": "null"}})", "{}", "/a"},
      {R"({"$any_of": [1, 2]})", "3", ""},
      {R"({"$all_of": [{"a": 1}, {"b": 2}]})", R"({"a": 1, "b": 3})", "/b"},
      {R"({"$not": {"a": 1}})", R"({"a": 1, "b": 1})", ""},
      {R"({"$contains": 1})", "[2]", ""},
      {R"({"$contains": 1})", "1", ""},
      {R"({"$each": {"a": 1}})", R"([{"a": 1}, {"a": 2}])", "/1/a"},
      {R"({"$each": 1})", "{}", ""},
      {R"({"$length": 2})", "[1]", ""},
      {R"({"$length": 2})", "2", ""},
      {R"({"$keys": ["a", "b"]})", R"({"b": 1, "a": 1})", ""},
      {R"({"$keys": ["a"]})", R"({"a": 1, "b": 1})", ""},
      {R"({"$shape": {"a": "integer"}})", R"({"a": "1"})", ""},
      {R"({"$shape": {"a": "integer", "b": "integer"}})", R"({"b": 1, "a": 1})", ""},
      {R"({"$json": {"a": 1}})", R"("{\"a\": 2}")", ""},
      {R"({"$json": {"a": 1}})", R"("{")", ""}};
  for (const auto& [matcher, got, where] : misfits) {
    const std::vector<Mismatch> out = Matched(matcher, got);
    ASSERT_EQ(out.size(), 1U) << matcher << " " << got;
    EXPECT_EQ(out[0].what, where) << matcher << " " << got;
  }
}

TEST(Match, ExactlyMeansNothingMore) {
  EXPECT_TRUE(Matched(R"({"a": 1})", R"({"a": 1})", Objects::kExact).empty());
  const std::vector<Mismatch> out = Matched(R"({"a": {}})", R"({"a": {"b": 1}})", Objects::kExact);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].what, "/a/b");
  EXPECT_EQ(out[0].expected, "(absent)");
}

}  // namespace
}  // namespace kondor::scenarios
