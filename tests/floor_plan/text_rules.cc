#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tests/floor_plan/code_text.h"
#include "tests/floor_plan/rules.h"

namespace kondor::floor_plan {
namespace {

constexpr std::array<std::string_view, 14> kTimeAndChance = {
    "sleep_for",    "sleep_until",   "usleep",       "nanosleep",     "steady_clock",
    "system_clock", "clock_gettime", "gettimeofday", "random_device", "rand",
    "srand",        "time(nullptr)", "time(NULL)",   "time(0)"};

// Where the machine's own time may be read, and why. Chance has no door: an Rng takes a seed, and
// secrets come from OpenSSL. Nobody sleeps.
struct Door {
  std::string_view path;
  std::string_view clock;
  std::string_view reason;  // for people: an entry without a good one does not belong here
};
const std::vector<Door>& Doors() {
  static const std::vector<Door> doors = {
      {"base/clock.", "steady_clock", "the door itself"},
      {"base/clock.", "system_clock", "the door itself"},
      {"base/clock.", "clock_gettime", "the door itself; the standard has no clock of the machine"},
      {"mock_server/http/", "steady_clock", "a socket's deadline is the machine's, no sandbox's"},
      {"tests/mock_server/http/", "steady_clock", "checks those deadlines on real sockets"},
      {"bench/", "steady_clock", "measures the machine"},
  };
  return doors;
}

bool IsDoor(const SourceFile& file, std::string_view clock) {
  return std::ranges::any_of(Doors(), [&](const Door& door) {
    return file.path.starts_with(door.path) && clock == door.clock;
  });
}

// The comment a file begins with.
std::string TopComment(const SourceFile& file) {
  std::string comment;
  for (const std::string& line : file.lines) {
    if (!line.starts_with("//")) break;
    comment += line + "\n";
  }
  return comment;
}

// Put together, so that this file does not find itself.
const std::vector<std::string>& NotesToSelf() {
  static const std::vector<std::string> notes = {std::string("TO") + "DO",
                                                 std::string("FIX") + "ME"};
  return notes;
}

// An absolute path into somebody's home; the same letters further into a path or address are not.
bool HoldsPathOfOneMachine(std::string_view line) {
  constexpr std::array<std::string_view, 4> homes = {"home", "root", "Users", "work"};
  return std::ranges::any_of(homes, [&](std::string_view home) {
    const std::size_t at = line.find("/" + std::string(home) + "/");
    if (at == std::string_view::npos) return false;
    return at == 0 || std::string_view(" \t\"'`(=:<,").find(line[at - 1]) != std::string_view::npos;
  });
}

}  // namespace

Findings CheckClocksAndChance(const SourceTree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      if (file.code[i].starts_with("#include")) continue;  // <openssl/rand.h> is a name, not a call
      for (const std::string_view word : kTimeAndChance) {
        if (!HoldsWord(file.code[i], word) || IsDoor(file, word)) continue;
        findings.push_back(
            {file.path, i + 1, std::string(word) + ": time and chance come in by their door only"});
      }
    }
  }
  return findings;
}

Findings CheckHeaderGuards(const SourceTree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    if (!file.IsHeader() || std::ranges::find(file.code, "#pragma once") != file.code.end()) {
      continue;
    }
    findings.push_back({file.path, 1, "no #pragma once"});
  }
  return findings;
}

Findings CheckThreadPromises(const SourceTree& tree) {
  constexpr std::array<std::string_view, 3> promises = {"Thread-safe", "Not thread-safe",
                                                        "Immutable"};
  Findings findings;
  for (const SourceFile& file : tree) {
    if (!IsPublicHeader(file)) continue;
    const std::string comment = TopComment(file);
    if (std::ranges::any_of(promises, [&](auto words) { return HoldsWord(comment, words); })) {
      continue;
    }
    findings.push_back({file.path, 1,
                        "its first comment must promise: Thread-safe, Not thread-safe or "
                        "Immutable"});
  }
  return findings;
}

Findings CheckLeftovers(const SourceTree& tree) {
  Findings findings;
  for (const SourceFile& file : tree) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (std::ranges::any_of(NotesToSelf(), [&](auto note) { return HoldsWord(line, note); })) {
        findings.push_back({file.path, i + 1, "a note to self: do it, or write an issue"});
      }
      if (HoldsPathOfOneMachine(line)) {
        findings.push_back({file.path, i + 1, "a path that exists on one machine only"});
      }
    }
  }
  return findings;
}

}  // namespace kondor::floor_plan
