// Dates, numbers and texts on their way in and out.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <limits>

#include "mock_server/json/parse.h"
#include "mock_server/qondor/backend/date_text.h"
#include "mock_server/qondor/backend/json_text.h"
#include "mock_server/qondor/backend/record.h"

namespace kondor::qondor {
namespace {

// What becomes of a date that comes in and goes out; empty when it is none.
std::string Through(std::string_view text) {
  const auto date = ParseDate(text);
  std::string out;
  if (date) AppendDate(out, *date);
  return out;
}

TEST(QondorDate, GoesOutAsItCameIn) {  // Q13
  EXPECT_EQ(Through("2026-04-01"), "2026-04-01T00:00:00");
  EXPECT_EQ(Through("2026-04-01T10:30"), "2026-04-01T10:30:00");
  EXPECT_EQ(Through("2026-04-01T10:30:15"), "2026-04-01T10:30:15");
  EXPECT_EQ(Through("2026-04-01T10:30:15Z"), "2026-04-01T10:30:15Z");
  EXPECT_EQ(Through("2026-04-01T10:30:15.5Z"), "2026-04-01T10:30:15.5Z");
  EXPECT_EQ(Through("2026-04-01T10:30:15.1234567"), "2026-04-01T10:30:15.123456");
  EXPECT_EQ(Through("2026-04-01T00:30:00+02:00"), "2026-03-31T22:30:00Z");
  EXPECT_EQ(Through("2026-04-01T00:30:00-02:30"), "2026-04-01T03:00:00Z");
  EXPECT_EQ(Through("0001-01-01T00:00:00"), "0001-01-01T00:00:00");
  EXPECT_EQ(Through("9999-12-31T23:59:59.999999"), "9999-12-31T23:59:59.999999");
  EXPECT_EQ(Through("2024-02-29"), "2024-02-29T00:00:00");
}

TEST(QondorDate, IsNothingElse) {
  for (const std::string_view text : {"",
                                      "soon",
                                      "2026",
                                      "2026-04",
                                      "2026-4-1",
                                      "2026-02-30",
                                      "2025-02-29",
                                      "2026-13-01",
                                      "2026-00-01",
                                      "2026-01-00",
                                      "0000-01-01",
                                      "2026-04-01T",
                                      "2026-04-01 10:00",
                                      "2026-04-01T24:00",
                                      "2026-04-01T10:60",
                                      "2026-04-01T10:30:60",
                                      "2026-04-01T10:30:15.",
                                      "2026-04-01T10:30:15.12345678",
                                      "2026-04-01T10:30:15z",
                                      "2026-04-01T10:30:15ZZ",
                                      "2026-04-01Z",
                                      "2026-04-01T10:30:15+2",
                                      "2026-04-01T10:30:15+15:00",
                                      "0001-01-01T00:00:00+01:00",
                                      "9999-12-31T23:59:59-01:00",
                                      "2026-04-01T10:30:15Z "}) {
    EXPECT_FALSE(ParseDate(text)) << text;
  }
}

TEST(QondorDate, AnyInstantComesBack) {
  rc::check("what is written is read again", [] {
    const auto micros =
        *rc::gen::inRange<std::int64_t>(-62'135'596'800'000'000LL, 253'402'300'800'000'000LL);
    const auto kind = *rc::gen::element(ScalarKind::kDateUtc, ScalarKind::kDateLocal);
    std::string text;
    AppendDate(text, Scalar::Date(micros, kind));
    const auto back = ParseDate(text);
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->whole == micros);
    RC_ASSERT(back->kind == kind);
  });
}

std::string Written(double value) {
  std::string out;
  AppendNumber(out, value);
  return out;
}

TEST(QondorNumber, IsWrittenPlainly) {
  EXPECT_EQ(Written(0), "0");
  EXPECT_EQ(Written(-0.0), "0");
  EXPECT_EQ(Written(12.5), "12.5");
  EXPECT_EQ(Written(-3), "-3");
  EXPECT_EQ(Written(0.1), "0.1");
  EXPECT_EQ(Written(1e21), "1000000000000000000000");
  EXPECT_EQ(Written(1e-7), "0.0000001");
}

TEST(QondorNumber, ComesBackTheSame) {
  rc::check("what is written is read again", [](double value) {
    RC_PRE(std::isfinite(value));
    RC_ASSERT(Json::parse(Written(value)).get<double>() == value);
  });
}

TEST(QondorText, IsEscapedAsAspNetDoes) {
  std::string out;
  AppendText(out, "a\"b\\c\n\t\b\f\r\x01\x1f\x7f<>&'+/\xc3\xa5");
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\n\\t\\b\\f\\r\\u0001\\u001F\\u007F<>&'+/\xc3\xa5\"");
}

TEST(QondorText, ComesBackTheSame) {
  rc::check("what is written is read again", [](std::vector<std::uint8_t> bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes) text += static_cast<char>(byte & 0x7f);
    std::string out;
    AppendText(out, text);
    RC_ASSERT(Json::parse(out).get<std::string>() == text);
  });
}

TEST(QondorRecord, KeepsWhatWasSetLast) {
  rc::check("like a map", [](std::vector<std::pair<std::uint8_t, std::string>> sets) {
    Record record;
    std::map<FieldIndex, std::string> map;
    for (const auto& [field, text] : sets) {
      const auto index = static_cast<FieldIndex>(field % 20);
      if (text.size() % 3 == 0) {
        record.Set(index, {});
        map.erase(index);
      } else {
        record.Set(index, Scalar::Text(text));
        map[index] = text;
      }
    }
    const Record copy = record;
    RC_ASSERT(copy.cells().size() == map.size());
    for (FieldIndex field = 0; field < 20; ++field) {
      const auto place = map.find(field);
      RC_ASSERT(copy.Get(field).is_null() == (place == map.end()));
      if (place != map.end()) RC_ASSERT(copy.Get(field).text == place->second);
    }
  });
}

}  // namespace
}  // namespace kondor::qondor
