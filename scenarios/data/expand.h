// Multiplies a scenario: over the readings it names, and the rows of its table. What depends on
// them
// ("$by", "${row.x}") is replaced, so that the rest of the loader sees plain steps.
#pragma once

#include <string>
#include <vector>

#include "scenarios/data/dictionary.h"
#include "scenarios/data/node.h"
#include "scenarios/data/scenario.h"

namespace kondor::scenarios {

struct Axis {
  std::string setting;
  std::vector<Json> values;
};

// Of {"kondado.window": "all", "kondado.scope": ["pair"]}.
std::vector<Axis> ReadAxes(const Node& node, const Dictionary& dictionary, Faults& faults);

// Every combination; one that is empty when there are no axes.
std::vector<Reading> Combine(const std::vector<Axis>& axes);

struct Choice {
  const Reading* reading;
  const std::vector<Axis>* axes;
  const Node* row;  // null for none
};

// A copy of `node` as that reading and row have it.
Node Resolve(const Node& node, const Choice& choice, Faults& faults);

// "id=2040 status=active": the plain fields of a row.
std::string LabelOfRow(const Node& row);

}  // namespace kondor::scenarios
