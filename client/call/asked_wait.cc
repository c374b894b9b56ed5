#include "client/call/asked_wait.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace kondor::client {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// As many digits as there are, but no number beyond what is asked for anyway.
std::int64_t TakeNumber(std::string_view& text) {
  constexpr std::int64_t kMost = 1'000'000'000;
  std::int64_t number = 0;
  while (!text.empty() && IsDigit(text.front())) {
    number = std::min(kMost, number * 10 + (text.front() - '0'));
    text.remove_prefix(1);
    // "1,000": its last part alone would be a wait of nothing.
    if (text.size() > 1 && text.front() == ',' && IsDigit(text[1])) text.remove_prefix(1);
  }
  return number;
}

// Whether there was one that is not nought.
bool TakeFraction(std::string_view& text) {
  if (text.size() < 2 || text.front() != '.' || !IsDigit(text[1])) return false;
  text.remove_prefix(1);
  return TakeNumber(text) > 0;
}

std::optional<Duration> UnitOf(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::chrono::seconds>, 3> kUnits = {
      {{"second", std::chrono::seconds(1)},
       {"minute", std::chrono::minutes(1)},
       {"hour", std::chrono::hours(1)}}};
  while (text.starts_with(' ')) text.remove_prefix(1);
  for (const auto& [word, unit] : kUnits) {
    if (text.starts_with(word)) return unit;
  }
  return {};
}

Duration Bounded(std::int64_t number, Duration unit) {
  return number > kAskedWaitMax / unit ? kAskedWaitMax : number * unit;
}

}  // namespace

std::optional<Duration> WaitInSentence(std::string_view sentence) {
  while (!sentence.empty()) {
    const auto digit = std::ranges::find_if(sentence, IsDigit);
    const auto before = static_cast<std::size_t>(digit - sentence.begin());
    const bool negative = before > 0 && sentence[before - 1] == '-';
    sentence.remove_prefix(before);
    const std::int64_t whole = TakeNumber(sentence);
    const std::int64_t number = whole + (TakeFraction(sentence) ? 1 : 0);
    if (const auto unit = UnitOf(sentence)) {
      if (negative) return {};
      return Bounded(number, *unit);
    }
  }
  return {};
}

std::optional<Duration> WaitInSeconds(std::string_view header) {
  while (header.starts_with(' ')) header.remove_prefix(1);
  while (header.ends_with(' ')) header.remove_suffix(1);
  if (header.empty() || !std::ranges::all_of(header, IsDigit)) return {};
  return Bounded(TakeNumber(header), std::chrono::seconds(1));
}

}  // namespace kondor::client
