// Looks through what the journal tells of a call for credentials. Thread-safe: a pure function.
#pragma once

#include <string>
#include <vector>

#include "scenarios/judge/call.h"

namespace kondor::judge {

struct CallText {
  std::string path, query, headers, body;
};

SecretPlaces FindSecrets(const CallText& call, const std::vector<Secret>& secrets);

}  // namespace kondor::judge
