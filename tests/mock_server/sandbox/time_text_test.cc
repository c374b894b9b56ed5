#include "mock_server/sandbox/time_text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <string>

namespace kondor {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

TimePoint Second(std::int64_t unix_seconds) { return FromUnixMicros(unix_seconds * kSecond); }

TEST(IsoTime, ReadsKnownInstants) {
  EXPECT_EQ(ParseIsoTime("1970-01-01T00:00:00Z").value(), Second(0));
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00Z").value(), Second(1'767'225'600));
  EXPECT_EQ(ParseIsoTime("2020-06-30T23:30:56.904Z").value(),
            FromUnixMicros(1'593'559'856'904'000));
  EXPECT_EQ(ParseIsoTime("2000-02-29T12:00:00Z").value(), Second(951'825'600));
  EXPECT_EQ(ParseIsoTime("2199-12-31T23:59:59.999999Z").value(), kTimeMax - Duration(1000));
}

TEST(IsoTime, ReadsOneToSixDigitsOfAFraction) {
  const auto micros = [](const std::string& fraction) {
    return ToUnixMicros(ParseIsoTime("1970-01-01T00:00:00" + fraction + "Z").value());
  };
  EXPECT_EQ(micros(".1"), 100'000);
  EXPECT_EQ(micros(".12"), 120'000);
  EXPECT_EQ(micros(".000001"), 1);
  EXPECT_EQ(micros(".999999"), 999'999);
  EXPECT_EQ(micros(".0"), 0);
}

TEST(IsoTime, RefusesWhatIsNoInstant) {
  for (const std::string_view text : {"",
                                      "now",
                                      "2026-01-01",
                                      "2026-01-01T00:00:00",
                                      "2026-01-01T00:00:00z",
                                      "2026-01-01t00:00:00Z",
                                      "2026-01-01 00:00:00Z",
                                      "2026-01-01T00:00:00+00:00",
                                      "2026-01-01T00:00:00-03:00",
                                      "2026-01-01T00:00Z",
                                      "2026-01-01T00:00:00.Z",
                                      "2026-01-01T00:00:00.1234567Z",
                                      "2026-01-01T00:00:00,5Z",
                                      "2026-01-01T00:00:00.5",
                                      "2026-01-01T00:00:00.5aZ",
                                      "2026-01-01T00:00:00Z ",
                                      " 2026-01-01T00:00:00Z",
                                      "2026-1-1T00:00:00Z",
                                      "2026/01/01T00:00:00Z",
                                      "20260101T000000Z",
                                      "2026-01-01T00:00:00ZZ",
                                      "2026-01-01T-1:00:00Z",
                                      "2026-01-01T+1:00:00Z",
                                      "202a-01-01T00:00:00Z"}) {
    EXPECT_FALSE(ParseIsoTime(text)) << text;
  }
}

TEST(IsoTime, RefusesDatesAndTimesThatDoNotExist) {
  for (const std::string_view text :
       {"2026-02-29T00:00:00Z", "2026-02-30T00:00:00Z", "2100-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z",
        "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T23:60:00Z", "2026-01-01T23:59:60Z"}) {
    EXPECT_FALSE(ParseIsoTime(text)) << text;
  }
  EXPECT_TRUE(ParseIsoTime("2024-02-29T00:00:00Z"));
  EXPECT_TRUE(ParseIsoTime("2026-12-31T23:59:59Z"));
}

TEST(IsoTime, RefusesYearsOutsideASandboxesTimeAndSaysWhatToWrite) {
  for (const std::string_view text : {"1969-12-31T23:59:59Z", "0000-01-01T00:00:00Z",
                                      "2200-01-01T00:00:00Z", "9999-01-01T00:00:00Z"}) {
    const Result<TimePoint> read = ParseIsoTime(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::kInvalidArgument);
    EXPECT_EQ(read.error().message,
              "not a UTC instant from 1970 to 2199; write 2026-01-01T00:00:00Z");
  }
}

TEST(IsoTime, WritesSixDigitsRoundedDown) {
  EXPECT_EQ(FormatIsoTime(Second(1'767'225'600)), "2026-01-01T00:00:00.000000Z");
  EXPECT_EQ(FormatIsoTime(TimePoint(Duration(1'999))), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(FormatIsoTime(TimePoint(Duration(-1))), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(FormatIsoTime(kTimeMax), "2200-01-01T00:00:00.000000Z");
}

TEST(IsoMillis, WritesThreeDigitsAsTheVendorDoes) {  // K12
  EXPECT_EQ(FormatIsoMillis(FromUnixMicros(1'593'559'856'904'999)), "2020-06-30T23:30:56.904Z");
  EXPECT_EQ(FormatIsoMillis(Second(0)), "1970-01-01T00:00:00.000Z");
}

TEST(HttpDate, WritesKnownInstants) {  // RFC 9110, 5.6.7
  EXPECT_EQ(FormatHttpDate(Second(784'111'777)), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(FormatHttpDate(Second(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(FormatHttpDate(Second(951'782'400)), "Tue, 29 Feb 2000 00:00:00 GMT");
  EXPECT_EQ(FormatHttpDate(Second(1'767'225'600)), "Thu, 01 Jan 2026 00:00:00 GMT");
  EXPECT_EQ(FormatHttpDate(Second(1'798'761'599)), "Thu, 31 Dec 2026 23:59:59 GMT");
  EXPECT_EQ(FormatHttpDate(FromUnixMicros(784'111'777'999'999)), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(HttpDate, NamesEveryMonthAndDay) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const std::string month = std::to_string(101 + i).substr(1);
    const TimePoint t = ParseIsoTime("2026-" + month + "-15T00:00:00Z").value();
    EXPECT_EQ(FormatHttpDate(t).substr(8, 3), kMonths[i]);
  }
  constexpr std::array<std::string_view, 7> kDays = {"Thu", "Fri", "Sat", "Sun",
                                                     "Mon", "Tue", "Wed"};
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    EXPECT_EQ(FormatHttpDate(Second(static_cast<std::int64_t>(i) * 86'400)).substr(0, 3), kDays[i]);
  }
}

TEST(TimeText, ReadsBackEveryInstantItWrites) {
  EXPECT_TRUE(rc::check("1970 to 2199, to the microsecond", [] {
    const auto micros = *rc::gen::inRange<std::int64_t>(0, ToUnixMicros(kTimeMax));
    const TimePoint t = FromUnixMicros(micros);
    RC_ASSERT(ParseIsoTime(FormatIsoTime(t)).value() == t);
    const TimePoint millis = FromUnixMicros(micros / 1000 * 1000);
    RC_ASSERT(ParseIsoTime(FormatIsoMillis(t)).value() == millis);
  }));
}

TEST(TimeText, SortsAsTimeDoes) {
  EXPECT_TRUE(rc::check("later is greater", [] {
    const auto a = *rc::gen::inRange<std::int64_t>(0, ToUnixMicros(kTimeMax));
    const auto b = *rc::gen::inRange<std::int64_t>(0, ToUnixMicros(kTimeMax));
    RC_ASSERT((a < b) == (FormatIsoTime(FromUnixMicros(a)) < FormatIsoTime(FromUnixMicros(b))));
  }));
}

}  // namespace
}  // namespace kondor
