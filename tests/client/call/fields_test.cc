#include "client/json/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace kondor::client {
namespace {

using testing::HasSubstr;

TEST(ParseJson, TakesWhatIsJson) {
  for (const char* good : {"{}", "[]", "1", "null", "\"a\"", R"({"a": {"a": [{"a": 1}]}})"}) {
    EXPECT_TRUE(ParseJson(good)) << good;
  }
}

TEST(ParseJson, RefusesWhatIsNone) {
  for (const char* bad : {"", " ", "{", "[1,", "{\"a\":}", "nan", "{} {}", "'a'", "<html></html>",
                          "{\"a\": 1,}", "\"\xff\"", "tru", "{a: 1}"}) {
    EXPECT_FALSE(ParseJson(bad)) << bad;
  }
}

TEST(ParseJson, RefusesTwoMembersOfOneName) {
  for (const char* bad :
       {R"({"success": false, "success": true})", R"({"success": true, "success": false})",
        R"({"a": 1, "b": 2, "a": 1})", R"([{"x": {"a": 1, "a": 2}}])", R"({"a": {}, "a": {}})",
        R"({"success": false, "succ\u0065ss": true})"}) {
    EXPECT_FALSE(ParseJson(bad)) << bad;
  }
}

TEST(ParseJson, BearsAnyDepth) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(ParseJson(nested(60)));
  EXPECT_FALSE(ParseJson(nested(70)));
  EXPECT_FALSE(ParseJson(nested(1'000'000)));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  EXPECT_FALSE(ParseJson(objects));
}

TEST(Fields, GivesWhatIsThereAndOfItsType) {
  const Json json = *ParseJson(
      R"({"t": "x", "f": true, "n": -3, "u": 9223372036854775807, "a": [1], "o": {}, "z": null})");
  Fields fields(json);
  EXPECT_EQ(fields.Text("t"), "x");
  EXPECT_TRUE(fields.Flag("f"));
  EXPECT_EQ(fields.Number("n"), -3);
  EXPECT_EQ(fields.Number("u"), 9223372036854775807);
  EXPECT_EQ(fields.Array("a").size(), 1U);
  EXPECT_TRUE(fields.Object("o").is_object());
  EXPECT_EQ(fields.TextOrNone("t"), "x");
  EXPECT_EQ(fields.TextOrNone("z"), std::nullopt);
  EXPECT_EQ(fields.TextOrNone("missing"), std::nullopt);
  EXPECT_EQ(fields.fault(), "");
}

TEST(Fields, BlamesTheFirstThatIsNot) {
  const Json json = *ParseJson(R"({"t": 1, "n": 1.5, "big": 9223372036854775808, "z": null})");
  const auto fault = [&](auto read) {
    Fields fields(json);
    read(fields);
    return fields.fault();
  };
  EXPECT_EQ(fault([](Fields& f) { f.Text("t"); }), "\"t\" is no text");
  EXPECT_EQ(fault([](Fields& f) { f.TextOrNone("t"); }), "\"t\" is no text");
  EXPECT_EQ(fault([](Fields& f) { f.Text("gone"); }), "\"gone\" is missing");
  EXPECT_EQ(fault([](Fields& f) { f.Number("n"); }), "\"n\" is no whole number");
  EXPECT_EQ(fault([](Fields& f) { f.Number("big"); }), "\"big\" is no whole number");
  EXPECT_EQ(fault([](Fields& f) { f.Flag("z"); }), "\"z\" is neither true nor false");
  EXPECT_EQ(fault([](Fields& f) { f.Array("t"); }), "\"t\" is no list");
  EXPECT_EQ(fault([](Fields& f) { f.Object("t"); }), "\"t\" is no object");
  EXPECT_EQ(fault([](Fields& f) {
              f.Text("gone");
              f.Text("t");
            }),
            "\"gone\" is missing");
}

TEST(Fields, OfWhatIsNoObjectAreMissing) {
  for (const char* text : {"1", "[]", "null", "\"x\""}) {
    const Json json = *ParseJson(text);
    Fields fields(json);
    EXPECT_EQ(fields.Text("a"), "");
    EXPECT_THAT(fields.fault(), HasSubstr("missing"));
  }
}

}  // namespace
}  // namespace kondor::client
