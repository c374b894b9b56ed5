#include "mock_server/json/object_reader.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

namespace kondor {
namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

Json Parsed(std::string_view text) { return ParseJson(text).value(); }

// What `read` finds wrong with the object; empty when nothing is.
std::string FaultOf(std::string_view text, const std::function<void(ObjectReader&)>& read) {
  const Json object = Parsed(text);
  ObjectReader reader(object, "/here");
  read(reader);
  const Result<void> finished = reader.Finish();
  if (finished) return "";
  EXPECT_EQ(finished.error().kind, ErrorKind::kInvalidArgument);
  return finished.error().message;
}

TEST(ObjectReader, ReadsWellTypedFields) {
  const Json object =
      Parsed(R"({"t": "x", "o": "y", "n": null, "f": true, "w": 7, "b": {"c": 1}, "l": [1]})");
  ObjectReader reader(object, "");
  std::string text;
  std::optional<std::string> optional, none = "was";
  bool flag = false;
  std::int64_t whole = 0;
  EXPECT_TRUE(reader.Text("t", text));
  EXPECT_TRUE(reader.OptionalText("o", optional));
  EXPECT_TRUE(reader.OptionalText("n", none));
  EXPECT_TRUE(reader.Flag("f", flag));
  EXPECT_TRUE(reader.Whole("w", whole, 0, 10));
  const Json* inner = reader.Object("b");
  const Json* list = reader.Array("l");
  EXPECT_TRUE(reader.Finish());
  EXPECT_EQ(text, "x");
  EXPECT_EQ(optional, "y");
  EXPECT_EQ(none, std::nullopt);
  EXPECT_TRUE(flag);
  EXPECT_EQ(whole, 7);
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ((*inner)["c"], 1);
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->size(), 1U);
}

TEST(ObjectReader, LeavesTheCallersValueAloneWhenAFieldIsAbsent) {
  const Json object = Json::object();
  ObjectReader reader(object, "");
  std::string text = "before";
  std::optional<std::string> optional = "before";
  bool flag = true;
  std::int64_t whole = 5;
  EXPECT_FALSE(reader.Text("a", text));
  EXPECT_FALSE(reader.OptionalText("b", optional));
  EXPECT_FALSE(reader.Flag("c", flag));
  EXPECT_FALSE(reader.Whole("d", whole, 0, 1));
  EXPECT_EQ(reader.Object("e"), nullptr);
  EXPECT_EQ(reader.Array("f"), nullptr);
  EXPECT_EQ(reader.Any("g"), nullptr);
  EXPECT_TRUE(reader.Finish());
  EXPECT_EQ(text, "before");
  EXPECT_EQ(optional, "before");
  EXPECT_TRUE(flag);
  EXPECT_EQ(whole, 5);
}

TEST(ObjectReader, NamesTheWrongTypeAndItsPlace) {
  std::string text = "before";
  const auto read_text = [&](ObjectReader& reader) { EXPECT_FALSE(reader.Text("a", text)); };
  EXPECT_EQ(FaultOf(R"({"a": 1})", read_text), "/here/a: expected text, got a number");
  EXPECT_EQ(FaultOf(R"({"a": 1.5})", read_text),
            "/here/a: expected text, got a number with a fraction");
  EXPECT_EQ(FaultOf(R"({"a": null})", read_text), "/here/a: expected text, got null");
  EXPECT_EQ(FaultOf(R"({"a": true})", read_text), "/here/a: expected text, got true or false");
  EXPECT_EQ(FaultOf(R"({"a": []})", read_text), "/here/a: expected text, got an array");
  EXPECT_EQ(FaultOf(R"({"a": {}})", read_text), "/here/a: expected text, got an object");
  EXPECT_EQ(text, "before");
}

TEST(ObjectReader, RefusesTheWrongTypeForEachKindOfField) {
  bool flag = false;
  std::int64_t whole = 0;
  std::optional<std::string> optional;
  EXPECT_EQ(FaultOf(R"({"a": "true"})", [&](ObjectReader& r) { r.Flag("a", flag); }),
            "/here/a: expected true or false, got text");
  EXPECT_EQ(FaultOf(R"({"a": 0})", [&](ObjectReader& r) { r.OptionalText("a", optional); }),
            "/here/a: expected text or null, got a number");
  EXPECT_EQ(FaultOf(R"({"a": "7"})", [&](ObjectReader& r) { r.Whole("a", whole, 0, 9); }),
            "/here/a: expected a whole number from 0 to 9, got text");
  EXPECT_EQ(FaultOf(R"({"a": []})", [](ObjectReader& r) { EXPECT_EQ(r.Object("a"), nullptr); }),
            "/here/a: expected an object, got an array");
  EXPECT_EQ(FaultOf(R"({"a": {}})", [](ObjectReader& r) { EXPECT_EQ(r.Array("a"), nullptr); }),
            "/here/a: expected an array, got an object");
}

TEST(ObjectReader, RefusesADocumentThatIsNoObject) {
  EXPECT_EQ(FaultOf("[1]", [](ObjectReader&) {}), "/here: expected an object, got an array");
  const Json number = 3;
  ObjectReader reader(number, "");
  reader.Require("a");
  EXPECT_EQ(reader.Any("a"), nullptr);
  EXPECT_EQ(reader.Finish().error().message, "expected an object, got a number");
}

bool Takes(std::string_view number, std::int64_t least, std::int64_t most) {
  std::int64_t out = -12345;
  const std::string fault = FaultOf("{\"a\": " + std::string(number) + "}",
                                    [&](ObjectReader& r) { r.Whole("a", out, least, most); });
  EXPECT_EQ(std::to_string(out), fault.empty() ? number : "-12345");
  return fault.empty();
}

TEST(ObjectReader, HoldsWholeNumbersToTheirRange) {
  EXPECT_TRUE(Takes("0", 0, 10));
  EXPECT_TRUE(Takes("10", 0, 10));
  EXPECT_FALSE(Takes("11", 0, 10));
  EXPECT_FALSE(Takes("-1", 0, 10));
  EXPECT_FALSE(Takes("1.0", 0, 10));
  EXPECT_FALSE(Takes("1e0", 0, 10));
  EXPECT_TRUE(Takes("-5", -5, -5));
}

TEST(ObjectReader, DoesNotWrapNumbersBeyondSixtyThreeBits) {
  EXPECT_TRUE(Takes("9223372036854775807", 1, kMax));
  EXPECT_FALSE(Takes("9223372036854775808", 1, kMax));
  EXPECT_FALSE(Takes("18446744073709551615", kMin, kMax));
  EXPECT_FALSE(Takes("18446744073709551615", kMin, -1));
  EXPECT_FALSE(Takes("18446744073709551616", kMin, kMax));
  EXPECT_TRUE(Takes("-9223372036854775808", kMin, 0));
  EXPECT_FALSE(Takes("-9223372036854775809", kMin, 0));
}

TEST(ObjectReader, ShowsANumberThatIsOutOfRange) {
  std::int64_t out = 0;
  EXPECT_EQ(
      FaultOf(R"({"a": 18446744073709551615})", [&](ObjectReader& r) { r.Whole("a", out, 1, 5); }),
      "/here/a: expected a whole number from 1 to 5, got 18446744073709551615");
}

TEST(ObjectReader, RequiresWhatIsMissing) {
  EXPECT_EQ(FaultOf("{}", [](ObjectReader& r) { r.Require("id"); }),
            "/here/id: required, but missing");
  EXPECT_EQ(FaultOf(R"({"id": null})",
                    [](ObjectReader& r) {
                      r.Require("id");
                      r.Any("id");
                    }),
            "");
}

TEST(ObjectReader, RefusesAnUnknownFieldAndListsTheKnownOnes) {
  std::string text;
  bool flag = false;
  EXPECT_EQ(FaultOf(R"({"name": "x", "nmae": "y"})",
                    [&](ObjectReader& r) {
                      r.Text("name", text);
                      r.Flag("active", flag);
                    }),
            "/here/nmae: unknown field; known here: name, active");
}

TEST(ObjectReader, WritesAnOddNameAsAJsonPointerDoes) {  // RFC 6901
  EXPECT_EQ(FaultOf(R"({"a/b~c": 1})", [](ObjectReader& r) { r.Any("d"); }),
            "/here/a~1b~0c: unknown field; known here: d");
}

TEST(ObjectReader, ShowsAHostileNameOnOneShortLine) {
  const Json object = {{"a\nb\x1b[31m", 1}, {std::string(100'000, 'x'), 2}};
  ObjectReader reader(object, "");
  const std::string message = reader.Finish().error().message;
  EXPECT_EQ(message.substr(0, message.find(':')), "/a?b?[31m");
  const Json long_name = {{std::string(100'000, 'x'), 2}};
  ObjectReader long_reader(long_name, "");
  EXPECT_LT(long_reader.Finish().error().message.size(), 200U);
}

TEST(ObjectReader, ComparesNamesByCase) {
  std::string text;
  EXPECT_EQ(FaultOf(R"({"Name": "x"})", [&](ObjectReader& r) { r.Text("name", text); }),
            "/here/Name: unknown field; known here: name");
}

TEST(ObjectReader, KeepsTheFirstFaultAndIgnoresTheRest) {
  std::string text = "before";
  std::int64_t whole = 0;
  EXPECT_EQ(FaultOf(R"({"a": 1, "b": "x", "z": 0})",
                    [&](ObjectReader& r) {
                      EXPECT_FALSE(r.Text("a", text));
                      EXPECT_FALSE(r.Whole("b", whole, 0, 1));
                      EXPECT_FALSE(r.Text("b", text)) << "read after a fault";
                      r.Require("c");
                      r.Fail("d", "late");
                    }),
            "/here/a: expected text, got a number");
  EXPECT_EQ(text, "before");
}

TEST(ObjectReader, PointsIntoNestedPlaces) {
  const Json object = Parsed(R"({"rows": [{}, {"x": 1}]})");
  ObjectReader reader(object, "/kondado/tables/3");
  EXPECT_EQ(reader.PlaceOf("rows"), "/kondado/tables/3/rows");
  EXPECT_EQ(reader.PlaceOf("rows", 1), "/kondado/tables/3/rows/1");
  const ObjectReader root(object, "");
  EXPECT_EQ(root.PlaceOf("rows"), "/rows");
}

}  // namespace
}  // namespace kondor
