// Which instances are played.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/data/dictionary.h"
#include "scenarios/data/scenario.h"

namespace kondor::scenarios {

struct Selection {
  std::vector<std::string> filters, rules, readings, cases;
  std::size_t shard = 1, shards = 1;
};

// In their order. kInvalidArgument for a rule, setting, case or expression that cannot be meant.
Result<std::vector<Instance>> Select(std::vector<Instance> all, const Selection& selection,
                                     const Dictionary& dictionary);

}  // namespace kondor::scenarios
