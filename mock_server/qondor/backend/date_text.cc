#include "mock_server/qondor/backend/date_text.h"

#include <chrono>
#include <cstddef>

namespace kondor::qondor {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kMicros;

// Takes a date apart from the left; any fault stays.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  int Number(std::size_t digits, int least, int most) {
    int value = 0;
    if (rest_.size() < digits) return Fail();
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return Fail();
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    return value < least || value > most ? Fail() : value;
  }

  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Expect(char c) {
    if (!Take(c)) Fail();
  }

  // One to seven digits, as microseconds.
  std::int64_t Fraction() {
    std::int64_t micros = 0;
    int digits = 0;
    for (; digits < 7 && !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; ++digits) {
      if (digits < 6) micros = micros * 10 + (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    if (digits == 0) Fail();
    for (; digits < 6; ++digits) micros *= 10;
    return micros;
  }

  bool ok() const { return ok_; }
  bool done() const { return rest_.empty(); }

 private:
  int Fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

std::int64_t DayMicros(int year, int month, int day, bool& ok) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  ok = date.ok();
  return ok ? std::chrono::sys_days(date).time_since_epoch().count() * kDay : 0;
}

void AppendDigits(std::string& out, std::int64_t value, int width) {
  char digits[8];
  for (int i = width - 1; i >= 0; --i) {
    digits[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits, static_cast<std::size_t>(width));
}

}  // namespace

std::optional<Scalar> ParseDate(std::string_view text) {
  DateReader reader(text);
  const int year = reader.Number(4, 1, 9999);
  reader.Expect('-');
  const int month = reader.Number(2, 1, 12);
  reader.Expect('-');
  const int day = reader.Number(2, 1, 31);
  bool ok = false;
  std::int64_t micros = reader.ok() ? DayMicros(year, month, day, ok) : 0;
  if (!ok) return {};
  if (reader.done()) return Scalar::Date(micros, ScalarKind::kDateLocal);
  reader.Expect('T');
  micros += reader.Number(2, 0, 23) * 3600 * kMicros;
  reader.Expect(':');
  micros += reader.Number(2, 0, 59) * 60 * kMicros;
  if (reader.Take(':')) {
    micros += reader.Number(2, 0, 59) * kMicros;
    if (reader.Take('.')) micros += reader.Fraction();
  }
  ScalarKind kind = ScalarKind::kDateLocal;
  const bool east = reader.Take('+');
  if (east || reader.Take('-')) {
    std::int64_t offset = reader.Number(2, 0, 14) * 60;
    reader.Expect(':');
    offset += reader.Number(2, 0, 59);
    micros += (east ? -offset : offset) * 60 * kMicros;
    kind = ScalarKind::kDateUtc;
  } else if (reader.Take('Z')) {
    kind = ScalarKind::kDateUtc;
  }
  constexpr std::int64_t kFirst = -62'135'596'800 * kMicros;  // 0001-01-01
  constexpr std::int64_t kEnd = 253'402'300'800 * kMicros;    // 10000-01-01
  if (!reader.ok() || !reader.done() || micros < kFirst || micros >= kEnd) return {};
  return Scalar::Date(micros, kind);
}

void AppendDate(std::string& out, const Scalar& date) {
  std::int64_t day = date.whole / kDay;
  std::int64_t rest = date.whole % kDay;
  if (rest < 0) {
    rest += kDay;
    --day;
  }
  const std::chrono::year_month_day parts{std::chrono::sys_days(std::chrono::days(day))};
  AppendDigits(out, static_cast<int>(parts.year()), 4);
  out += '-';
  AppendDigits(out, static_cast<unsigned>(parts.month()), 2);
  out += '-';
  AppendDigits(out, static_cast<unsigned>(parts.day()), 2);
  out += 'T';
  AppendDigits(out, rest / (3600 * kMicros), 2);
  out += ':';
  AppendDigits(out, rest / (60 * kMicros) % 60, 2);
  out += ':';
  AppendDigits(out, rest / kMicros % 60, 2);
  if (const std::int64_t fraction = rest % kMicros; fraction != 0) {
    out += '.';
    AppendDigits(out, fraction, 6);
    while (out.back() == '0') out.pop_back();
  }
  if (date.kind == ScalarKind::kDateUtc) out += 'Z';
}

}  // namespace kondor::qondor
