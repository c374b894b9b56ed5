// The first moment of a child: pipes, a process group, an environment, and nothing of ours open.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/result.h"

namespace kondor::judge {

struct Spawned {
  pid_t pid = 0;   // and its group's
  Descriptor out;  // the ends to read from, which do not block
  Descriptor err;
};

// `environment`: "NAME=VALUE". kNotFound or kInvalidArgument, in one line.
Result<Spawned> Spawn(const std::vector<std::string>& command,
                      const std::vector<std::string>& environment);

}  // namespace kondor::judge
