// Why a call was refused: the calls that stood in its way, found again in the journal.
// Thread-safe: pure functions over immutable entries.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mock_server/journal/journal.h"

namespace kondor {

struct Explanation {
  std::vector<std::uint64_t> calls;  // ids, oldest first: what filled the counter, or locked it
  std::uint32_t calls_missing = 0;   // that many more are not in the journal any longer
  Duration too_early{};              // how much later the call would have been admitted
  std::vector<std::string> rules;    // "K4", "KO1" ...
  std::string text;                  // all of it in a sentence or two
};

// REQUIRES: entry was refused by the books.
Explanation Explain(const JournalEntry& entry, const Journal::Snapshot& snapshot);

}  // namespace kondor
