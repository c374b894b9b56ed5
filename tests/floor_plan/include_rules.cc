#include <algorithm>
#include <string_view>
#include <vector>

#include "tests/floor_plan/rules.h"

namespace kondor::floor_plan {
namespace {

using Prefixes = std::vector<std::string_view>;

bool StartsWithAny(std::string_view text, const Prefixes& prefixes) {
  return std::ranges::any_of(prefixes, [&](auto prefix) { return text.starts_with(prefix); });
}

struct Room {
  std::string_view prefix;  // of the including file; the longest that fits decides
  Prefixes may_include;
  Prefixes never = {};  // although `may_include` fits
};

// client and mock_server must not know each other: if both counted with the same code, one bug
// would cancel out and every scenario would pass.
const std::vector<Room>& Rooms() {
  static const std::vector<Room> rooms = {
      {"base/", {"base/"}},
      {"client/", {"base/", "client/"}},
      {"client/limiter/", {"base/", "client/limiter/"}},
      {"client/budget/", {"base/", "client/limiter/", "client/budget/"}},
      {"mock_server/", {"base/", "mock_server/"}},
      {"mock_server/http/", {"base/", "mock_server/http/"}},
      {"mock_server/ledger/", {"base/", "mock_server/ledger/"}},
      // Nor do the vendors know of faults: what they would do must not depend on what becomes of
      // it.
      {"mock_server/kondado/",
       {"base/", "mock_server/"},
       {"mock_server/qondor/", "mock_server/faults/"}},
      {"mock_server/qondor/",
       {"base/", "mock_server/"},
       {"mock_server/kondado/", "mock_server/faults/"}},
      {"scenarios/", {"base/", "client/", "mock_server/", "scenarios/"}},
      {"bench/", {"base/", "client/", "mock_server/", "bench/"}},
      {"tests/base/", {"base/", "tests/base/"}},
      {"tests/client/", {"base/", "client/", "tests/client/"}},
      {"tests/mock_server/", {"base/", "mock_server/", "tests/mock_server/"}},
      {"tests/scenarios/", {"base/", "client/", "mock_server/", "scenarios/", "tests/scenarios/"}},
      {"tests/bench/", {"base/", "client/", "mock_server/", "bench/", "tests/bench/"}},
      {"tests/embedding/", {"base/", "mock_server/"}},
      {"tests/install/", {"base/", "client/"}},
      {"tests/fuzz/", {"base/", "client/", "mock_server/", "tests/fuzz/"}},
      {"tests/floor_plan/", {"tests/floor_plan/"}},
  };
  return rooms;
}

const Room* RoomOf(std::string_view path) {
  const Room* best = nullptr;
  for (const Room& room : Rooms()) {
    if (!path.starts_with(room.prefix)) continue;
    if (best == nullptr || room.prefix.size() > best->prefix.size()) best = &room;
  }
  return best;
}

struct Guest {
  std::string_view include;  // how its headers begin
  Prefixes doors;            // where it may come in
  Prefixes closed = {};      // although `doors` fits
};

const std::vector<Guest>& Guests() {
  static const Prefixes counting = {"client/limiter/", "mock_server/ledger/"};
  static const Prefixes floors = {"client/", "mock_server/", "scenarios/", "bench/", "tests/"};
  static const std::vector<Guest> guests = {
      {"httplib.h",
       {"mock_server/http/", "client/", "bench/", "tests/mock_server/", "tests/client/",
        "tests/embedding/"},
       counting},
      {"nlohmann/", floors, counting},
      {"CLI/", floors, counting},
      {"spdlog/", floors, counting},
      {"fmt/", floors, counting},
      {"hiredis/", {"client/budget/"}},
      {"openssl/",
       {"mock_server/", "scenarios/wire/", "tests/mock_server/", "tests/scenarios/"},
       counting},
      {"absl/", {}},  // decision 15
      {"benchmark/", {"bench/"}},
      {"gtest/", {"tests/"}},
      {"gmock/", {"tests/"}},
      {"rapidcheck", {"tests/"}},
  };
  return guests;
}

const Guest* GuestOf(const Include& include) {
  const auto& guests = Guests();
  const auto it = std::ranges::find_if(
      guests, [&](auto& guest) { return include.target.starts_with(guest.include); });
  return it == guests.end() ? nullptr : &*it;
}

bool IsOurs(const Include& include) {
  if (GuestOf(include) != nullptr) return false;
  return include.bracket == Bracket::kQuote || std::ranges::any_of(Rooms(), [&](auto& room) {
           return include.target.starts_with(room.prefix);
         });
}

std::string_view FolderOf(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

// A bare name is looked up beside the including file first, and so stays in its room.
bool IsBesideIt(const SourceTree& tree, const SourceFile& file, const Include& include) {
  if (include.target.find('/') != std::string::npos) return false;
  const std::string path = std::string(FolderOf(file.path)) + include.target;
  return std::ranges::find(tree, path, &SourceFile::path) != tree.end();
}

// Calls `check(file, include)` for every include of C++ in the tree and keeps the reasons it gives.
template <typename Check>
Findings ForEachInclude(const SourceTree& tree, Check check) {
  Findings findings;
  for (const SourceFile& file : tree) {
    for (const Include& include : IncludesOf(file)) {
      const std::string_view why = check(file, include);
      if (why.empty()) continue;
      findings.push_back({file.path, include.line, include.target + ": " + std::string(why)});
    }
  }
  return findings;
}

}  // namespace

bool IsPublicHeader(const SourceFile& file) {
  static const Prefixes folders = {
      "base/",           "client/",         "client/call/",   "client/credentials/",
      "client/kondado/", "client/limiter/", "client/qondor/", "mock_server/"};
  static const Prefixes inner = {"client/call/one_line.h", "client/credentials/conceal.h",
                                 "client/credentials/names.h", "client/kondado/replies.h"};
  static const Prefixes faces = {"client/budget/file_budget.h",
                                 "client/budget/redis_budget.h",
                                 "client/budget/terms.h",
                                 "client/http/http_transport.h",
                                 "client/http/message.h",
                                 "client/http/transport.h",
                                 "mock_server/http/message.h",
                                 "mock_server/http/server.h",
                                 "mock_server/ledger/ledger.h",
                                 "mock_server/ledger/reading.h",
                                 "mock_server/qondor/backend/backend.h"};
  if (!file.IsHeader() || std::ranges::find(inner, file.path) != inner.end()) return false;
  return std::ranges::find(folders, FolderOf(file.path)) != folders.end() ||
         std::ranges::find(faces, file.path) != faces.end();
}

Findings CheckRoomIncludes(const SourceTree& tree) {
  Findings findings = ForEachInclude(tree, [&](auto& file, auto& include) -> std::string_view {
    const Room* room = RoomOf(file.path);
    if (room == nullptr || !IsOurs(include)) return "";
    if (include.bracket == Bracket::kAngle) return "our own headers are included in quotes";
    if (StartsWithAny(include.target, room->never)) return "these two rooms have no door";
    if (StartsWithAny(include.target, room->may_include)) return "";
    if (IsBesideIt(tree, file, include)) return "";
    return "not a room this one may know (paths start at the repository's root)";
  });
  for (const SourceFile& file : tree) {
    if (!file.IsCpp() || RoomOf(file.path) != nullptr) continue;
    findings.push_back({file.path, 1, "in no room: enter its folder in include_rules.cc"});
  }
  return findings;
}

Findings CheckThirdPartyIncludes(const SourceTree& tree) {
  return ForEachInclude(tree, [](auto& file, auto& include) -> std::string_view {
    const Guest* guest = GuestOf(include);
    if (guest == nullptr) return "";
    if (StartsWithAny(file.path, guest->doors) && !StartsWithAny(file.path, guest->closed)) {
      return "";
    }
    return "this library does not come into this room";
  });
}

Findings CheckPublicHeaders(const SourceTree& tree) {
  return ForEachInclude(tree, [](auto& file, auto& include) -> std::string_view {
    if (!IsPublicHeader(file) || IsOurs(include)) return "";
    // The standard library's headers have neither a folder nor an ending.
    return include.target.find_first_of("/.") == std::string::npos
               ? ""
               : "a public header shows only the standard library and our own";
  });
}

Findings CheckPublicFacesOnly(const SourceTree& tree) {
  return ForEachInclude(tree, [](auto& file, auto& include) -> std::string_view {
    if (!StartsWithAny(file.path, {"scenarios/", "bench/", "tests/embedding/", "tests/install/"}))
      return "";
    if (!StartsWithAny(include.target, {"client/", "mock_server/"})) return "";
    return IsPublicHeader({.path = include.target, .lines = {}, .code = {}})
               ? ""
               : "the roof knows a room by its public headers only";
  });
}

}  // namespace kondor::floor_plan
