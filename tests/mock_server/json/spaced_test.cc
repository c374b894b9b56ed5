#include "mock_server/json/spaced.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace kondor {
namespace {

std::string Quoted(std::string_view text) {
  std::string out;
  AppendJsonString(out, text);
  return out;
}

TEST(SpacedJson, WritesTheRefusalAsDocumented) {  // K5
  const Json body = {{"success", false},
                     {"error", "RATE_LIMIT_EXCEEDED"},
                     {"message", "Too many requests. Please try again in 60 seconds."}};
  EXPECT_EQ(SpacedJson(body),
            R"({"success": false, "error": "RATE_LIMIT_EXCEEDED", )"
            R"("message": "Too many requests. Please try again in 60 seconds."})");
}

TEST(SpacedJson, WritesAListOfCollectionsAsDocumented) {  // K12
  const Json collection = {{"id", 76},
                           {"createdAt", "2020-06-30T23:30:56.904Z"},
                           {"updatedAt", "2020-06-30T23:30:56.904Z"},
                           {"parent_collection_name", "Google Ads"},
                           {"parent_collection_image", "https://example.com/a.png"},
                           {"_links", {{"src", {{"tutorial", "https://example.com/t"}}}}}};
  EXPECT_EQ(SpacedJson({{"success", true}, {"data", Json::array({collection})}}),
            R"({"success": true, "data": [{"id": 76, "createdAt": "2020-06-30T23:30:56.904Z", )"
            R"("updatedAt": "2020-06-30T23:30:56.904Z", "parent_collection_name": "Google Ads", )"
            R"("parent_collection_image": "https://example.com/a.png", )"
            R"("_links": {"src": {"tutorial": "https://example.com/t"}}}]})");
}

TEST(SpacedJson, WritesEveryKindOfValue) {
  EXPECT_EQ(SpacedJson(Json::object()), "{}");
  EXPECT_EQ(SpacedJson(Json::array()), "[]");
  EXPECT_EQ(SpacedJson(Json::array({nullptr, true, false, 0, -7, 48.5, "x"})),
            R"([null, true, false, 0, -7, 48.5, "x"])");
  EXPECT_EQ(SpacedJson(Json::array({Json::array(), Json::object(), Json::array({1})})),
            "[[], {}, [1]]");
}

TEST(SpacedJson, EscapesNamesAsWellAsValues) {
  EXPECT_EQ(SpacedJson({{"a\"b", "c\\d"}}), R"({"a\"b": "c\\d"})");
}

TEST(AppendJsonString, EscapesWhatJsonDemandsAndNothingElse) {
  EXPECT_EQ(Quoted(""), R"("")");
  EXPECT_EQ(Quoted("it's / plain: {}, [] <b>&amp;"), R"("it's / plain: {}, [] <b>&amp;")");
  EXPECT_EQ(Quoted("a\"b\\c\n\t\r\b\f"), R"("a\"b\\c\n\t\r\b\f")");
  EXPECT_EQ(Quoted(std::string_view("\0\x01\x1f", 3)), R"("\u0000\u0001\u001f")");
  EXPECT_EQ(Quoted("S\xc3\xa3o \xf0\x9f\x98\x80"), "\"S\xc3\xa3o \xf0\x9f\x98\x80\"");
}

TEST(AppendJsonString, ReplacesInvalidUtf8) { EXPECT_EQ(Quoted("a\xff"), "\"a\xef\xbf\xbd\""); }

TEST(AppendJsonString, AppendsToWhatIsThere) {
  std::string out = "before ";
  AppendJsonString(out, "x");
  EXPECT_EQ(out, "before \"x\"");
}

Json AnyJson(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0:
      return *rc::gen::arbitrary<std::int64_t>();
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return nullptr;
    case 3:
      return *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
    case 4: {
      Json list = Json::array();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) list.push_back(AnyJson(depth - 1));
      return list;
    }
    default: {
      Json object = Json::object();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        object[*rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127))] =
            AnyJson(depth - 1);
      }
      return object;
    }
  }
}

// The text without the blanks that stand outside strings.
std::string WithoutBlanks(const std::string& text) {
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (inside && text[i] == '\\') {
      out += text[i++];
    } else if (text[i] == '"') {
      inside = !inside;
    } else if (!inside && text[i] == ' ') {
      continue;
    }
    out += text[i];
  }
  return out;
}

TEST(SpacedJson, DiffersFromCompactJsonInBlanksOnly) {
  EXPECT_TRUE(rc::check("same value, same text but for blanks", [] {
    const Json value = AnyJson(3);
    const std::string spaced = SpacedJson(value);
    RC_ASSERT(ParseJson(spaced).value() == value);
    RC_ASSERT(WithoutBlanks(spaced) == DumpJson(value));
  }));
}

}  // namespace
}  // namespace kondor
