// What Kondado's limits do with a list of calls, worked out anew for each call from everything that
// happened before it: slow, plain, and written from docs/VENDORS.md alone. It knows nothing of the
// ledger it is held against, or one bug would cancel out and every scenario would pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/data/scenario.h"

namespace kondor::scenarios {

// The settings that matter, by their words (KO1-KO5, KO8, K4).
struct LimitRules {
  std::string window = "sliding_log";
  std::string lockout = "none";
  std::string refused_count = "no";
  std::string scope = "independent";
  std::string charge = "all_or_none";
  std::string count_unauthenticated = "yes";
  std::int64_t per_second = 1;
  std::int64_t per_minute = 20;
};

// The defaults, changed as `settings` say.
LimitRules LimitRulesOf(const Reading& settings);

struct ForetoldCall {
  std::int64_t at_ms = 0;  // since a whole minute of Unix time; never falls
  std::string ip;
  std::string key;  // empty: bad credentials
};

// A letter for each: '+' admitted, '-' refused by a limit, '!' refused for its credentials.
std::string Foretell(const LimitRules& rules, const std::vector<ForetoldCall>& calls);

// How many from the beginning are as `letters` say; looks no further than the first that is not.
std::size_t AlikeFromStart(const LimitRules& rules, const std::vector<ForetoldCall>& calls,
                           std::string_view letters);

}  // namespace kondor::scenarios
