// The file that tells scripts which port was taken. Not thread-safe: used by main alone.
#pragma once

#include <string>

#include "base/result.h"

namespace kondor::command {

// Written beside and renamed into place: whoever sees the file sees the whole number.
Result<void> WritePortFile(const std::string& path, int port);

}  // namespace kondor::command
