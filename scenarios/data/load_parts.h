// The parts of the loader, in the order in which they call each other. Each adds what is wrong to
// `faults` and goes on, so that one run tells of everything.
#pragma once

#include <set>
#include <string>

#include "scenarios/data/dictionary.h"
#include "scenarios/data/node.h"
#include "scenarios/data/object_reader.h"
#include "scenarios/data/scenario.h"

namespace kondor::scenarios {

// The ${names} that texts may hold at some point of a scenario.
using Names = std::set<std::string>;

// Adds what the step saves to `names`.
Step LoadStep(const Node& node, Names& names, const Dictionary& dictionary, Faults& faults);

// {"kondado.window": "gcra"}: faults for settings and readings that there are not.
void CheckSettings(const Node& settings, const Dictionary& dictionary, Faults& faults);

// "k2 GET /pipelines/2040/status", with the fields of `reader` that belong to a call.
Call LoadCall(const Node& line, ObjectReader& reader);
// Those fields alone: who calls, from where, and with what.
void LoadCaller(ObjectReader& reader, Call& call);

TimelineStep LoadTimeline(ObjectReader& reader, const Call& call);
RandomTimelineStep LoadRandomTimeline(ObjectReader& reader, const Call& call);

// At least one thing must be expected.
Expectation LoadExpectation(const Node& node, Faults& faults);
Saves LoadSaves(const Node& node, Faults& faults);

// Faults for every ${name} below `node` that nothing has brought.
void CheckNames(const Node& node, const Names& names, Faults& faults);

}  // namespace kondor::scenarios
