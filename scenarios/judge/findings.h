// What a program can be found to do wrong. docs/JUDGE.md says of each what counts, and why.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/judge/call.h"
#include "scenarios/judge/trial.h"

namespace kondor::judge {

enum class FindingId {
  kOverLimit,
  kRetriedTooSoon,
  kErrorTakenForData,
  kGaveUpEarly,
  kCredentialsMisplaced,
  kCredentialsLeaked,
  kDeadCredentialsReused,
  kNoSecondaryKey,
  kRepeatedUnsafeCall,
  kRetryStorm,
  kStarvedWorker,
  kEndedBadly,
};

std::string_view ToText(FindingId id);  // "over_limit"
std::string_view TitleOf(
    FindingId id);  // "calls that the limits refused, and that could have waited"

// A call, and what is to be seen in it.
struct Exhibit {
  Call call;
  std::string text;
};

struct Finding {
  FindingId id = FindingId::kOverLimit;
  std::string_view rule;  // "K4"; a literal
  std::string text;       // this program's case in a sentence
  std::size_t count = 0;
  std::vector<Exhibit> calls = {};  // that show it; of many, the first

  static constexpr std::size_t kExhibitsMax = 20;
  void Show(const Call& call, std::string what) {
    ++count;
    if (calls.size() < kExhibitsMax) calls.push_back({call, std::move(what)});
  }
};

}  // namespace kondor::judge
