#include "mock_server/sandbox/time_text.h"

#include <array>
#include <cstdio>

namespace kondor {
namespace {

using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

struct Parts {
  year_month_day date;
  unsigned weekday = 0;
  unsigned hour = 0, minute = 0, second = 0, micros = 0;
};

Parts Split(TimePoint t) {
  const std::int64_t micros = ToUnixMicros(t);
  constexpr std::int64_t kDay = 86'400'000'000;
  std::int64_t day = micros / kDay;
  std::int64_t rest = micros % kDay;
  if (rest < 0) {
    rest += kDay;
    --day;
  }
  const sys_days date{days(day)};
  Parts parts;
  parts.date = year_month_day(date);
  parts.weekday = std::chrono::weekday(date).c_encoding();
  parts.micros = static_cast<unsigned>(rest % 1'000'000);
  rest /= 1'000'000;
  parts.second = static_cast<unsigned>(rest % 60);
  parts.minute = static_cast<unsigned>(rest / 60 % 60);
  parts.hour = static_cast<unsigned>(rest / 3600);
  return parts;
}

// Writes `value` in `width` digits at `out`; snprintf would cost more than the rest of an answer.
void PutDigits(char* out, unsigned value, int width) {
  for (int i = width - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

std::string FormatIso(TimePoint t, int fraction_digits) {
  const Parts parts = Split(t);
  std::string text = "0000-00-00T00:00:00.000000Z";
  PutDigits(&text[0], static_cast<unsigned>(static_cast<int>(parts.date.year())), 4);
  PutDigits(&text[5], static_cast<unsigned>(parts.date.month()), 2);
  PutDigits(&text[8], static_cast<unsigned>(parts.date.day()), 2);
  PutDigits(&text[11], parts.hour, 2);
  PutDigits(&text[14], parts.minute, 2);
  PutDigits(&text[17], parts.second, 2);
  PutDigits(&text[20], parts.micros, 6);
  text.resize(20 + static_cast<std::size_t>(fraction_digits));
  text += 'Z';
  return text;
}

// Reads exactly `width` digits at `at`; -1 when they are not all digits.
int Digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// The part after the seconds: "Z" or ".d{1,6}Z"; -1 when it is neither.
std::int64_t FractionMicros(std::string_view rest) {
  if (rest == "Z") return 0;
  if (rest.size() < 3 || rest.size() > 8 || rest.front() != '.' || rest.back() != 'Z') return -1;
  const std::size_t width = rest.size() - 2;
  std::int64_t micros = Digits(rest, 1, width);
  for (std::size_t i = width; i < 6 && micros >= 0; ++i) micros *= 10;
  return micros;
}

}  // namespace

Result<TimePoint> ParseIsoTime(std::string_view text) {
  const Unexpected bad(ErrorKind::kInvalidArgument,
                       "not a UTC instant from 1970 to 2199; write 2026-01-01T00:00:00Z");
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':') {
    return bad;
  }
  const int year = Digits(text, 0, 4), month = Digits(text, 5, 2), day = Digits(text, 8, 2);
  const int hour = Digits(text, 11, 2), minute = Digits(text, 14, 2), second = Digits(text, 17, 2);
  const std::int64_t micros = FractionMicros(text.substr(19));
  if (year < 1970 || year > 2199 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 ||
      minute > 59 || second < 0 || second > 59 || micros < 0) {
    return bad;
  }
  const year_month_day date{std::chrono::year(year),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return bad;
  const auto since_epoch = sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
                           std::chrono::minutes(minute) + std::chrono::seconds(second) +
                           microseconds(micros);
  return TimePoint(std::chrono::duration_cast<Duration>(since_epoch));
}

std::string FormatIsoTime(TimePoint t) { return FormatIso(t, 6); }
std::string FormatIsoMillis(TimePoint t) { return FormatIso(t, 3); }

std::string FormatHttpDate(TimePoint t) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Parts parts = Split(t);
  std::string text = "Thu, 01 Jan 1970 00:00:00 GMT";
  text.replace(0, 3, kDays[parts.weekday]);
  PutDigits(&text[5], static_cast<unsigned>(parts.date.day()), 2);
  text.replace(8, 3, kMonths[static_cast<unsigned>(parts.date.month()) - 1]);
  PutDigits(&text[12], static_cast<unsigned>(static_cast<int>(parts.date.year())), 4);
  PutDigits(&text[17], parts.hour, 2);
  PutDigits(&text[20], parts.minute, 2);
  PutDigits(&text[23], parts.second, 2);
  return text;
}

}  // namespace kondor
