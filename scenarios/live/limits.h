// The probes of the limits: which reading is in force (KO1 to KO5), whether the limits are the
// published ones (K4, Q7), and how they refuse (K5, K6, G6). Not thread-safe.
#pragma once

#include "scenarios/live/inquiry.h"
#include "scenarios/live/probe/probe.h"

namespace kondor::live {

struct ProbeOptions {
  int refusals = 0;  // that may be provoked
  SecondToken second = SecondToken::kNone;
  TimePoint until = TimePoint::max();
};

// Leaves the inquiry the calls it needs.
void ProbeKondado(Inquiry& inquiry, const ProbeOptions& options);
// One burst of ten calls within a second, and up to two more refusals.
void ProbeQondor(Inquiry& inquiry, const ProbeOptions& options);

// What a probe's end says of the rules.
void Conclude(const Probe& probe, SecondToken second, const Expected& expected, Findings& findings);

}  // namespace kondor::live
