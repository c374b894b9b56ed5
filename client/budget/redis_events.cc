#include "client/budget/redis_events.h"

#include <charconv>

namespace kondor::limiter {
namespace {

// Takes the next word off `text`.
std::string_view Word(std::string_view& text) {
  const std::size_t end = text.find(' ');
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return word;
}

template <typename Number>
bool ReadNumber(std::string_view word, Number& number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size();
}

std::optional<Event::Kind> KindOf(std::string_view letter) {
  using enum Event::Kind;
  if (letter == "J") return kJoin;
  if (letter == "T") return kTake;
  if (letter == "S") return kSettle;
  if (letter == "G") return kGone;
  if (letter == "M") return kSpent;
  return std::nullopt;
}

}  // namespace

std::optional<Event> ReadEvent(std::string_view text) {
  Event event;
  std::int64_t micros = 0;
  // Within what fits nanoseconds.
  if (!ReadNumber(Word(text), micros) || micros < 0 || micros > INT64_MAX / 1'000) {
    return std::nullopt;
  }
  event.at = FromUnixMicros(micros);
  const std::optional<Event::Kind> kind = KindOf(Word(text));
  if (!kind || !ReadNumber(Word(text), event.call)) return std::nullopt;
  event.kind = *kind;
  if (event.kind != Event::Kind::kSettle) return event;
  int fate = 0;
  if (!ReadNumber(Word(text), fate) || fate < 0 || fate > 2) return std::nullopt;
  event.answer.fate = static_cast<Answer::Fate>(fate);
  const std::string_view hint = Word(text);
  if (hint == "-") return event;
  std::int64_t nanoseconds = 0;
  if (!ReadNumber(hint, nanoseconds)) return std::nullopt;
  event.answer.hint = Duration(nanoseconds);
  return event;
}

std::string WriteAnswer(const Answer& answer) {
  return std::to_string(static_cast<int>(answer.fate)) + " " +
         (answer.hint ? std::to_string(answer.hint->count()) : "-");
}

std::string WriteNumbers(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) text += std::to_string(number) + " ";
  return text;
}

std::optional<std::vector<std::int64_t>> ReadNumbers(std::string_view text) {
  std::vector<std::int64_t> numbers;
  while (!text.empty()) {
    if (!ReadNumber(Word(text), numbers.emplace_back())) return std::nullopt;
  }
  return numbers;
}

}  // namespace kondor::limiter
