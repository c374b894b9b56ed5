// What the vendors' tables of reasons have in common: which words belong to which code.
// Thread-safe: pure functions over immutable entries.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "mock_server/journal/reason.h"

namespace kondor {

struct ReasonRow {
  std::string_view code;
  Reason (*words)(const JournalEntry&, const Grounds&);
};

inline constexpr std::string_view kSeeTheBody = "The answer's body says why.";

// Nothing when no row is of the entry's code.
inline std::optional<Reason> ReasonAmong(std::span<const ReasonRow> rows,
                                         const JournalEntry& entry) {
  static const Grounds kNothingNoted;
  const Grounds& grounds = entry.grounds == nullptr ? kNothingNoted : *entry.grounds;
  for (const ReasonRow& row : rows) {
    if (row.code == entry.code) return row.words(entry, grounds);
  }
  return {};
}

}  // namespace kondor
