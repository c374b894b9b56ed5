#include "mock_server/journal/match.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "mock_server/http/ascii.h"
#include "mock_server/http/query.h"
#include "mock_server/journal/glob.h"
#include "mock_server/json/parse.h"
#include "mock_server/secrets/redact.h"

namespace kondor {
namespace {

constexpr std::size_t kClosestShown = 3;
constexpr std::string_view kQueryPrefix = "query.";
constexpr std::string_view kHeaderPrefix = "header.";

// A field of an entry as text; nothing when the entry has none.
using Reader = std::optional<std::string> (*)(const JournalEntry&);

// What only a call has.
std::optional<std::string> OfCall(const JournalEntry& entry, std::string value) {
  return entry.is_event() ? std::nullopt : std::optional(std::move(value));
}

struct FieldRow {
  std::string_view name;
  Reader read;
};

constexpr std::array<FieldRow, 16> kFields = {{
    {"id",
     [](const JournalEntry& e) -> std::optional<std::string> { return std::to_string(e.id); }},
    {"vendor",
     [](const JournalEntry& e) -> std::optional<std::string> {
       return std::string(VendorOf(e.surface));
     }},
    {"surface",
     [](const JournalEntry& e) -> std::optional<std::string> {
       return std::string(ToText(e.surface));
     }},
    {"method", [](const JournalEntry& e) { return OfCall(e, e.method); }},
    {"path", [](const JournalEntry& e) -> std::optional<std::string> { return e.path; }},
    {"query", [](const JournalEntry& e) -> std::optional<std::string> { return e.query; }},
    {"body", [](const JournalEntry& e) -> std::optional<std::string> { return e.body; }},
    {"ip", [](const JournalEntry& e) { return OfCall(e, e.client.ToText()); }},
    {"key", [](const JournalEntry& e) -> std::optional<std::string> { return e.key; }},
    {"status", [](const JournalEntry& e) { return OfCall(e, std::to_string(e.status)); }},
    {"outcome",
     [](const JournalEntry& e) -> std::optional<std::string> {
       return std::string(ToText(e.outcome));
     }},
    {"code",
     [](const JournalEntry& e) -> std::optional<std::string> { return std::string(e.code); }},
    {"subscription",
     [](const JournalEntry& e) -> std::optional<std::string> { return e.subscription; }},
    {"event",
     [](const JournalEntry& e) -> std::optional<std::string> {
       if (e.is_event()) return std::string(e.event);
       return {};
     }},
    {"fault",
     [](const JournalEntry& e) -> std::
                                   optional<std::string> {
                                     if (e.fault != nullptr) return std::string(e.fault->kind);
                                     return {};
                                   }},
    {"fault_script",
     [](const JournalEntry& e) -> std::
                                   optional<std::string> {
                                     if (e.fault != nullptr) return std::to_string(e.fault->script);
                                     return {};
                                   }},
}};

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

std::optional<std::string> HeaderOf(const JournalEntry& entry, std::string_view name) {
  std::string_view rest = entry.headers;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::size_t colon = line.find(": ");
    if (http::EqualsIgnoreCase(line.substr(0, colon), name))
      return std::string(line.substr(colon + 2));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return {};
}

std::optional<std::string> FieldOf(const JournalEntry& entry, std::string_view field) {
  if (StartsWith(field, kQueryPrefix)) {
    const http::Query query(entry.query);
    const std::string* value = query.First(field.substr(kQueryPrefix.size()));
    return value == nullptr ? std::nullopt : std::optional(*value);
  }
  if (StartsWith(field, kHeaderPrefix)) {
    return HeaderOf(entry, field.substr(kHeaderPrefix.size()));
  }
  for (const FieldRow& row : kFields) {
    if (row.name == field) return row.read(entry);
  }
  return {};
}

// A stretch that was redacted, while it is compared: no pattern holds this character, only a star
// of the pattern takes it in.
constexpr char kHidden = '\x01';

std::string WithHidden(std::string_view text) {
  std::string hidden;
  while (true) {
    const std::size_t at = text.find(secrets::kRedacted);
    hidden += text.substr(0, at);
    if (at == std::string_view::npos) return hidden;
    hidden += kHidden;
    text.remove_prefix(at + secrets::kRedacted.size());
  }
}

// Whether some text in the place of each hidden stretch would make the pattern match.
bool CouldMatch(std::string_view pattern, std::string_view hidden) {
  // reach[p]: the first p characters of the pattern can stand for what was read so far.
  std::vector<char> reach(pattern.size() + 1, 0);
  const auto skip_stars = [&] {
    for (std::size_t p = 0; p < pattern.size(); ++p) {
      if (pattern[p] == '*' && reach[p] != 0) reach[p + 1] = 1;
    }
  };
  reach[0] = 1;
  skip_stars();
  for (const char c : hidden) {
    if (c == kHidden) {  // may stand for nothing or for anything: from here on, every later place
      const auto first = std::find(reach.begin(), reach.end(), 1);
      std::fill(first, reach.end(), 1);
      continue;
    }
    for (std::size_t p = pattern.size(); p > 0; --p) {
      const bool star = pattern[p - 1] == '*';
      reach[p] = star ? static_cast<char>(reach[p] | reach[p - 1])
                      : static_cast<char>(pattern[p - 1] == c ? reach[p - 1] : 0);
    }
    reach[0] = 0;
    skip_stars();
  }
  return reach[pattern.size()] != 0;
}

// A secret that was taken out of the journal cannot be compared: what it hides may have matched.
Matched MatchText(std::string_view pattern, std::string_view text) {
  if (text.find(secrets::kRedacted) == std::string_view::npos) {
    return Glob(pattern, text) ? Matched::kYes : Matched::kNo;
  }
  const std::string hidden = WithHidden(text);
  const bool names_it = pattern.find(secrets::kRedacted) != std::string_view::npos;
  if (Glob(pattern, hidden) || (names_it && Glob(pattern, text))) return Matched::kYes;
  return CouldMatch(pattern, hidden) ? Matched::kUnknown : Matched::kNo;
}

// Whether the part of a field that was not kept could change the answer: unless the last star takes
// in whatever follows, or what is kept holds the header that was asked for.
bool IsUndecided(const Criterion& criterion, const JournalEntry& entry,
                 const std::optional<std::string>& actual) {
  if (criterion.field == "body") {
    if (!entry.body_cut()) return false;
    const bool open_ended = !criterion.pattern.empty() && criterion.pattern.back() == '*';
    return !open_ended || !Glob(criterion.pattern, *actual);
  }
  return StartsWith(criterion.field, kHeaderPrefix) && entry.headers_cut && !actual;
}

std::string AllowedFields() {
  std::string list;
  for (const FieldRow& row : kFields) list += std::string(row.name) + ", ";
  return list + "query.NAME, header.NAME, after";
}

Verdict Judge(const Verification& found, const ExpectedCount& count) {
  const std::uint64_t least = found.matched.size();
  const std::uint64_t most = found.evicted_through > 0 ? std::numeric_limits<std::uint64_t>::max()
                                                       : least + found.undecided;
  if (least >= count.at_least && most <= count.at_most) return Verdict::kPass;
  if (most < count.at_least || least > count.at_most) return Verdict::kFail;
  return Verdict::kIncomplete;
}

// Tells `on_difference(criterion, actual)` of each criterion that fails, until it returns false.
template <typename OnDifference>
Matched Compare(const Match& match, const JournalEntry& entry, const OnDifference& on_difference) {
  if (entry.id <= match.after) return Matched::kNo;
  Matched matched = Matched::kYes;
  for (const Criterion& criterion : match.criteria) {
    const std::optional<std::string> actual = FieldOf(entry, criterion.field);
    const Matched one = IsUndecided(criterion, entry, actual) ? Matched::kUnknown
                        : actual ? MatchText(criterion.pattern, *actual)
                                 : Matched::kNo;
    if (one == Matched::kUnknown && matched == Matched::kYes) matched = Matched::kUnknown;
    if (one != Matched::kNo) continue;
    matched = Matched::kNo;
    if (!on_difference(criterion, actual)) break;
  }
  return matched;
}

// The entries with the fewest differences, newest first among equals; fed newest first. A journal
// holds tens of thousands: only those that are shown are described.
class Closest {
 public:
  void Offer(std::size_t differing, const Journal::EntryPtr& entry) {
    if (best_.size() == kClosestShown && differing >= best_.back().first) return;
    const auto place = std::upper_bound(
        best_.begin(), best_.end(), differing,
        [](std::size_t wanted, const auto& other) { return wanted < other.first; });
    best_.insert(place, {differing, entry});
    if (best_.size() > kClosestShown) best_.pop_back();
  }
  std::vector<CloseEntry> Describe(const Match& match) const {
    std::vector<CloseEntry> described;
    for (const auto& [differing, entry] : best_) {
      described.push_back({entry, {}});
      MatchEntry(match, *entry, &described.back().differences);
    }
    return described;
  }

 private:
  std::vector<std::pair<std::size_t, Journal::EntryPtr>> best_;
};

}  // namespace

Result<void> Match::Add(std::string_view field, std::string_view pattern) {
  const bool named = std::any_of(kFields.begin(), kFields.end(),
                                 [&](const FieldRow& row) { return row.name == field; });
  if (!named && !StartsWith(field, kQueryPrefix) && !StartsWith(field, kHeaderPrefix)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "unknown field '" + Shown(field) + "'; known: " + AllowedFields());
  }
  criteria.push_back({std::string(field), std::string(pattern)});
  return {};
}

Matched MatchEntry(const Match& match, const JournalEntry& entry,
                   std::vector<Difference>* differences) {
  return Compare(match, entry, [&](const Criterion& criterion, const auto& actual) {
    if (differences == nullptr) return false;
    differences->push_back({criterion.field, criterion.pattern, actual.value_or("(absent)")});
    return true;
  });
}

std::string_view ToText(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "fail";
    case Verdict::kIncomplete:
      return "incomplete";
  }
  return {};
}

Verification Verify(const Journal::Snapshot& snapshot, const Match& match,
                    const ExpectedCount& count) {
  Verification found;
  if (snapshot.evicted_through > match.after) found.evicted_through = snapshot.evicted_through;
  Closest closest;
  for (auto entry = snapshot.entries.rbegin(); entry != snapshot.entries.rend(); ++entry) {
    if ((*entry)->id <= match.after) break;
    std::size_t differing = 0;
    const auto count_difference = [&differing](const auto&, const auto&) {
      ++differing;
      return true;
    };
    switch (Compare(match, **entry, count_difference)) {
      case Matched::kYes:
        found.matched.push_back((*entry)->id);
        break;
      case Matched::kUnknown:
        ++found.undecided;
        break;
      case Matched::kNo:
        closest.Offer(differing, *entry);
        break;
    }
  }
  std::reverse(found.matched.begin(), found.matched.end());
  found.verdict = Judge(found, count);
  if (found.verdict != Verdict::kPass) found.closest = closest.Describe(match);
  return found;
}

}  // namespace kondor
