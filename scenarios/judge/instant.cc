// Instants as the journal writes them.
#include <charconv>
#include <chrono>
#include <cstdio>

#include "scenarios/judge/call.h"

namespace kondor::judge {
namespace {

using std::chrono::sys_days;

bool TakeNumber(std::string_view text, std::size_t at, std::size_t digits, int& out) {
  if (at + digits > text.size()) return false;
  const char* const begin = text.data() + at;
  const auto [end, fault] = std::from_chars(begin, begin + digits, out);
  return fault == std::errc() && end == begin + digits;
}

}  // namespace

Result<TimePoint> ReadInstant(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, micros = 0;
  const bool read = text.size() == 27 && TakeNumber(text, 0, 4, year) &&
                    TakeNumber(text, 5, 2, month) && TakeNumber(text, 8, 2, day) &&
                    TakeNumber(text, 11, 2, hour) && TakeNumber(text, 14, 2, minute) &&
                    TakeNumber(text, 17, 2, second) && TakeNumber(text, 20, 6, micros);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!read || !date.ok()) return Unexpected(ErrorKind::kMalformed, "no instant of the journal's");
  return TimePoint(std::chrono::nanoseconds(sys_days(date).time_since_epoch()) +
                   std::chrono::hours(hour) + std::chrono::minutes(minute) +
                   std::chrono::seconds(second) + std::chrono::microseconds(micros));
}

std::string WriteInstant(TimePoint t) {
  const std::chrono::nanoseconds since = t.time_since_epoch();
  const auto days = std::chrono::floor<std::chrono::days>(since);
  const std::chrono::year_month_day date{sys_days(days)};
  const std::int64_t micros = std::chrono::floor<std::chrono::microseconds>(since - days).count();
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(micros / 3'600'000'000),
                static_cast<int>(micros / 60'000'000 % 60),
                static_cast<int>(micros / 1'000'000 % 60), static_cast<int>(micros % 1'000'000));
  return text;
}

}  // namespace kondor::judge
