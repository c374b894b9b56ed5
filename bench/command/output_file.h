// Files that are written when the work is done: looked at before, and then written whole or not at
// all; and stdout. Thread-safe.
#pragma once

#include <string>

#include "base/result.h"

namespace kondor::bench {

// Whether `path` can be written later; what is there is not touched. kUnavailable: it cannot.
Result<void> CheckWritable(const std::string& path);

// Whether one would take the other's place.
bool AreOneFile(const std::string& one, const std::string& other);

// What was there stays until all of `text` is on the disk beside it, where that can be.
Result<void> WriteWhole(const std::string& path, const std::string& text);

// Whether all of stdout got where it should; if not, that is told.
bool Printed();

}  // namespace kondor::bench
