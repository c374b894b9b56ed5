// Why a call was refused by anything but the books: its code and what was noted of it, in a
// sentence. Thread-safe: pure functions over immutable entries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mock_server/journal/entry.h"

namespace kondor {

struct Reason {
  std::vector<std::string_view> rules;  // "G2", "QO5" ... of docs/VENDORS.md
  std::string text;
};

// REQUIRES: the entry is a refusal, of that vendor's. A code that is not known here has no rules
// and is left to the answer's body.
Reason KondadoReason(const JournalEntry& entry);
Reason QondorReason(const JournalEntry& entry);

}  // namespace kondor
