#include <charconv>

#include "scenarios/data/load_parts.h"

namespace kondor::scenarios {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kCallsMax = 10'000;

// {"A": {"ip": ...}, "B": {...}}: the call as each of them makes it. Without any, one caller: '.'.
std::string LoadCallers(ObjectReader& reader, const Call& call, std::vector<Call>& calls) {
  std::string letters;
  if (const Node* callers = reader.Object("callers")) {
    for (const Node::Member& member : callers->members) {
      if (member.key.size() != 1) {
        reader.faults().Add(member.place, "a caller is named by one letter");
        continue;
      }
      letters += member.key;
      calls.push_back(call);
      ObjectReader caller(member.value, reader.faults());
      LoadCaller(caller, calls.back());
      caller.Finish();
    }
  }
  if (calls.empty()) {
    letters = ".";
    calls.push_back(call);
  }
  return letters;
}

std::vector<std::int64_t> LoadInstants(ObjectReader& reader) {
  std::vector<std::int64_t> instants;
  std::int64_t every = 0, times = 0;
  const Node* list = reader.Array("at_ms");
  reader.Whole("every_ms", every, 0, kDayMs);
  reader.Whole("times", times, 1, kCallsMax);
  for (std::int64_t i = 0; i < times; ++i) instants.push_back(i * every);
  const bool by_times = reader.Find("every_ms") != nullptr || reader.Find("times") != nullptr;
  if ((list != nullptr) == by_times) {
    reader.faults().Add(reader.node().place, "say when: either 'at_ms', or 'every_ms' and 'times'");
    return {};
  }
  if (list == nullptr) return instants;
  if (list->items.empty()) reader.faults().Add(list->place, "'at_ms' takes at least one instant");
  for (const Node& item : list->items) {
    const bool whole = item.kind == Node::Kind::kScalar && item.scalar.is_number_integer();
    const std::int64_t at = whole ? item.scalar.get<std::int64_t>() : -1;
    if (at < 0 || at > 10 * kDayMs || (!instants.empty() && at < instants.back())) {
      reader.faults().Add(item.place, "'at_ms' takes whole numbers that never fall");
      instants.resize(list->items.size());  // so that nobody misses the others
      break;
    }
    instants.push_back(at);
  }
  return instants;
}

bool TakeNumber(std::string_view& text, std::size_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool Take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// "0-19 60-79 90-120/3 125": the numbers of the calls that are admitted, the first being 0.
bool MarkAdmitted(std::string_view text, std::string& marks) {
  while (!text.empty()) {
    std::size_t from = 0, step = 1;
    if (!TakeNumber(text, from)) return false;
    std::size_t to = from;
    if (Take(text, '-') && !TakeNumber(text, to)) return false;
    if (Take(text, '/') && (!TakeNumber(text, step) || step == 0)) return false;
    if (to < from || to >= marks.size()) return false;
    for (std::size_t i = from; i <= to; i += step) marks[i] = '+';
    if (!text.empty() && !Take(text, ' ')) return false;
  }
  return true;
}

std::string LoadExpected(ObjectReader& reader, std::size_t count) {
  std::string pattern, numbers;
  const Node* place = reader.Find("admitted_calls");
  const bool by_numbers = reader.Text("admitted_calls", numbers);
  if (reader.Text("admitted", pattern) == by_numbers) {
    reader.faults().Add(
        reader.node().place,
        "nothing is expected here; say 'admitted' or 'admitted_calls', one of them");
    return pattern;
  }
  if (by_numbers) {
    pattern.assign(count, '-');
    if (!MarkAdmitted(numbers, pattern)) {
      reader.faults().Add(place->place, "'admitted_calls' takes numbers of calls from 0 to " +
                                            std::to_string(count - 1) +
                                            ", such as \"0-19 60-120/3 125\"");
    }
  } else if (pattern.size() != count || pattern.find_first_not_of("+-!") != std::string::npos) {
    reader.faults().Add(
        reader.Find("admitted")->place,
        "'admitted' takes one of + - ! for each of the " + std::to_string(count) + " calls");
  }
  return pattern;
}

}  // namespace

TimelineStep LoadTimeline(ObjectReader& reader, const Call& call) {
  TimelineStep step;
  const std::string letters = LoadCallers(reader, call, step.calls);
  const std::vector<std::int64_t> instants = LoadInstants(reader);
  if (instants.empty()) {  // which was told
    for (const char* key : {"admitted", "admitted_calls", "by"}) reader.Find(key);
    return step;
  }
  step.expected = LoadExpected(reader, instants.size());
  std::string by;
  const Node* place = reader.Find("by");
  if (!reader.Text("by", by)) by.assign(instants.size(), letters[0]);
  if (by.size() != instants.size() || by.find_first_not_of(letters) != std::string::npos) {
    reader.faults().Add(place == nullptr ? reader.node().place : place->place,
                        "'by' takes one of the callers '" + letters + "' for each of the " +
                            std::to_string(instants.size()) + " calls");
    return step;
  }
  for (std::size_t i = 0; i < instants.size(); ++i) {
    step.entries.push_back({instants[i], letters.find(by[i])});
  }
  return step;
}

RandomTimelineStep LoadRandomTimeline(ObjectReader& reader, const Call& call) {
  RandomTimelineStep step;
  LoadCallers(reader, call, step.calls);
  std::int64_t count = 0;
  for (const std::string_view key : {"count", "step_ms", "steps_max"}) reader.Need(key);
  reader.Whole("count", count, 1, kCallsMax);
  reader.Whole("step_ms", step.step_ms, 1, kDayMs);
  reader.Whole("steps_max", step.steps_max, 0, 1000);
  step.count = static_cast<std::size_t>(count);
  return step;
}

}  // namespace kondor::scenarios
