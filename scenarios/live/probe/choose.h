// Which experiment to make next: the one that parts the readings left best for what it costs, and
// that stays within its means whatever the server answers. Thread-safe: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/live/probe/menu.h"

namespace kondor::live {

struct Means {
  int calls = 0;     // that may still be made
  int refusals = 0;  // that may still be provoked
};

// What a sequence would teach and cost. A sequence ends as soon as what is left of it would teach
// nothing more.
struct Outlook {
  double bits = 0;
  double calls = 0, refusals = 0;  // to be expected
  Means worst;
};
Outlook OutlookOf(const std::vector<Candidate>& candidates, const std::vector<ProbeCall>& log,
                  const Sequence& sequence);

struct Choice {
  std::optional<Sequence> sequence;  // nothing: no sequence parts them, or none within the means
  std::optional<Means> too_dear;     // the least that one beyond the means would take
};
Choice Choose(const std::vector<Candidate>& candidates, const std::vector<ProbeCall>& log,
              const std::vector<Sequence>& menu, const Means& means);

}  // namespace kondor::live
