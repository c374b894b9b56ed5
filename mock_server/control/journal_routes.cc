// What was called, and whether it was what a test expected.
#include <algorithm>
#include <array>
#include <charconv>

#include "mock_server/control/views.h"
#include "mock_server/control/visit.h"
#include "mock_server/json/object_reader.h"

namespace kondor::control {
namespace {

constexpr std::uint64_t kLimitDefault = 100;
constexpr std::uint64_t kLimitMax = 10'000;
constexpr std::int64_t kCountMax = 1'000'000'000'000;

bool ParseNumber(const std::string& text, std::uint64_t& out) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  return fault == std::errc() && end == text.data() + text.size();
}

// Every query parameter but limit and after is a field to match.
Result<Match> ReadFilter(const http::Query& query, std::uint64_t& limit) {
  Match match;
  for (const auto& [name, value] : query.pairs()) {
    if (name == "limit" || name == "after") {
      std::uint64_t& out = name == "limit" ? limit : match.after;
      if (!ParseNumber(value, out)) {
        return Unexpected(ErrorKind::kInvalidArgument,
                          name + " must be a whole number" +
                              (name == "limit" ? " from 1 to " + std::to_string(kLimitMax) : ""));
      }
    } else if (Result<void> added = match.Add(name, value); !added) {
      return Unexpected(added.error());
    }
  }
  if (limit < 1 || limit > kLimitMax) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "limit must be from 1 to " + std::to_string(kLimitMax));
  }
  return match;
}

// Oldest first. `next_after` is there when more were found than `limit` lets through.
http::Response ListJournal(Visit& visit) {
  std::uint64_t limit = kLimitDefault;
  const Result<Match> match = ReadFilter(visit.query, limit);
  if (!match) return ErrorReply(match.error());
  const Journal::Snapshot snapshot = visit.sandbox->journal().Read();
  Json list = Json::array();
  Json next_after = nullptr;
  for (const Journal::EntryPtr& entry : snapshot.entries) {
    if (MatchEntry(*match, *entry, nullptr) == Matched::kNo) continue;
    if (list.size() == limit) {
      next_after = list.back()["id"];
      break;
    }
    list.push_back(ListedEntryView(*entry, snapshot));
  }
  return OwnJson(200, {{"entries", std::move(list)},
                       {"next_after", std::move(next_after)},
                       {"evicted_through", snapshot.evicted_through}});
}

http::Response GetEntry(Visit& visit) {
  std::uint64_t id = 0;
  const Journal::EntryPtr entry =
      ParseNumber(visit.captures[1], id) ? visit.sandbox->journal().Find(id) : nullptr;
  if (entry != nullptr) {
    return OwnJson(200, ExplainedEntryView(*entry, visit.sandbox->journal().Read()));
  }
  return OwnError(404, "UNKNOWN_ENTRY",
                  "no entry of this id is kept: it was never written, was cleared, or made room "
                  "(see evicted_through in the journal)");
}

http::Response ClearJournal(Visit& visit) {
  visit.sandbox->journal().Clear();
  http::Response response;
  response.status = 204;
  return response;
}

Result<void> AddField(Match& match, const std::string& name, const Json& value,
                      const std::string& place) {
  if (value.is_string()) return match.Add(name, value.get<std::string>());
  if (value.is_number_integer()) return match.Add(name, DumpJson(value));
  return Unexpected(
      ErrorKind::kInvalidArgument,
      place + "/" + Shown(name) + ": expected text ('*' for anything) or a whole number");
}

// {"method": "GET", "path": "/pipelines/*", "query": {"key": "..."}, "header": {...}, "after": 7}
Result<Match> ReadMatch(const Json& object, const std::string& place) {
  Match match;
  for (const auto& [name, value] : object.items()) {
    if (name == "after") {
      if (!value.is_number_unsigned()) {
        return Unexpected(ErrorKind::kInvalidArgument, place + "/after: expected an entry's id");
      }
      match.after = value.get<std::uint64_t>();
      continue;
    }
    if (!value.is_object()) {
      if (Result<void> added = AddField(match, name, value, place); !added) {
        return Unexpected(added.error());
      }
      continue;
    }
    const std::string under = name + ".";
    for (const auto& [inner, inner_value] : value.items()) {
      Result<void> added = AddField(match, under + inner, inner_value, place);
      if (!added) return Unexpected(added.error());
    }
  }
  return match;
}

Result<ExpectedCount> ReadCount(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  std::int64_t at_least = 0, at_most = kCountMax, exactly = 0;
  reader.Whole("at_least", at_least, 0, kCountMax);
  reader.Whole("at_most", at_most, 0, kCountMax);
  if (reader.Whole("exactly", exactly, 0, kCountMax)) {
    if (object.size() > 1) reader.Fail("exactly", "stands alone");
    at_least = at_most = exactly;
  }
  if (object.empty()) reader.Fail("", "name at_least, at_most or exactly");
  if (at_least > at_most) reader.Fail("at_most", "is below at_least");
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return ExpectedCount{static_cast<std::uint64_t>(at_least), static_cast<std::uint64_t>(at_most)};
}

http::Response VerifyCalls(Visit& visit) {
  ObjectReader reader(visit.body, "");
  const Json* match_object = reader.Object("match");
  const Json* count_object = reader.Object("count");
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());
  Match match;
  if (match_object != nullptr) {
    Result<Match> read = ReadMatch(*match_object, "/match");
    if (!read) return ErrorReply(read.error());
    match = std::move(read).value();
  }
  ExpectedCount count{1, static_cast<std::uint64_t>(kCountMax)};  // "was it called at all?"
  if (count_object != nullptr) {
    const Result<ExpectedCount> read = ReadCount(*count_object, "/count");
    if (!read) return ErrorReply(read.error());
    count = *read;
  }
  if (count.at_most == static_cast<std::uint64_t>(kCountMax))
    count.at_most = ExpectedCount{}.at_most;
  return OwnJson(200, VerificationView(Verify(visit.sandbox->journal().Read(), match, count)));
}

constexpr std::array kJournalRoutes = {
    Route{"GET", "/sandboxes/:s/journal", BodyUse::kNone, &ListJournal},
    Route{"DELETE", "/sandboxes/:s/journal", BodyUse::kNone, &ClearJournal},
    Route{"GET", "/sandboxes/:s/journal/:id", BodyUse::kNone, &GetEntry},
    Route{"POST", "/sandboxes/:s/verify", BodyUse::kRequired, &VerifyCalls},
};

}  // namespace

std::span<const Route> JournalRoutes() { return kJournalRoutes; }

}  // namespace kondor::control
