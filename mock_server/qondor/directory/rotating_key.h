// One of a subscription's two keys through time: the one that works, those that are still spreading
// (QO5), and the last few that worked once. Not thread-safe: Directory guards it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace kondor::qondor {

// G9: 32 lower-case hex digits, a version-4 GUID without its dashes.
bool IsSubscriptionKey(std::string_view text);
inline constexpr std::string_view kKeyWords =
    "32 lower-case hex digits, a version-4 GUID without dashes";

class RotatingKey {
 public:
  enum class Standing { kUnknown, kWorks, kNotYet, kRetired };
  // So many retired keys are remembered, to tell a key that was rotated away from a stranger's.
  static constexpr std::size_t kRetiredKept = 8;

  explicit RotatingKey(std::string key) : current_(std::move(key)) {}

  // From `at` on, `key` works and no other does. A key that was to begin at `at` or later never
  // does; one that begins earlier works until then. Returns the keys that are forgotten for it.
  std::vector<std::string> Replace(std::string key, TimePoint at);
  // Time has come to `now`. Returns the keys that are forgotten for it.
  std::vector<std::string> Settle(TimePoint now);

  // As of the latest Settle.
  Standing Of(std::string_view key) const;
  // When a key that is still spreading begins to work, or when a retired one ceased to. Nothing: of
  // another, or it was overtaken and never worked.
  std::optional<TimePoint> TurnOf(std::string_view key) const;
  // The one that works in the end: what a profile shows.
  const std::string& newest() const { return coming_.empty() ? current_ : coming_.back().key; }
  // When it begins, while it is still spreading.
  std::optional<TimePoint> newest_from() const;
  // Every key that Of() knows.
  std::vector<std::string> All() const;

 private:
  struct Coming {
    std::string key;
    TimePoint at;
  };

  struct Retired {
    std::string key;
    std::optional<TimePoint> at;  // nothing: it never worked
  };

  void Retire(Retired key, std::vector<std::string>& forgotten);

  std::string current_;
  std::vector<Coming> coming_;    // by `at`, strictly rising
  std::vector<Retired> retired_;  // oldest first
};

}  // namespace kondor::qondor
