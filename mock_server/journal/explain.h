// Why a call was refused: by which rules, in words, and, when the books refused it, the calls that
// stood in its way, found again in the journal.
// Thread-safe: pure functions over immutable entries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/journal/journal.h"

namespace kondor {

// The first three are of refusals by the books (K5, G6, G7).
struct Explanation {
  std::vector<std::uint64_t> calls;     // ids, oldest first: what filled the counter, or locked it
  std::uint32_t calls_missing = 0;      // that many more are not in the journal any longer
  Duration too_early{};                 // how much later the call would have been admitted
  std::vector<std::string_view> rules;  // "K4", "KO1" ...
  std::string text;                     // all of it in a sentence or two
};

bool IsRefusedByBooks(const JournalEntry& entry);

// REQUIRES: the entry is a refusal.
Explanation Explain(const JournalEntry& entry, const Journal::Snapshot& snapshot);
// The same without looking for the calls: what a list of thousands can afford.
Explanation ExplainBriefly(const JournalEntry& entry, const Journal::Snapshot& snapshot);

// How the counter that refused counts, in the word of the vendor's own setting (KO1, QO2); the
// day's quota has none, it is "fixed_from_start". REQUIRES: the books refused the entry.
std::string_view ReadingWord(const JournalEntry& entry);

}  // namespace kondor
