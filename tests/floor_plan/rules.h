// The rules of the house that reading the tree can check. Each returns what breaks it; none is
// fine.
#pragma once

#include "tests/floor_plan/source_tree.h"

namespace kondor::floor_plan {

// include_rules.cc: who may know whom.
Findings CheckRoomIncludes(const SourceTree& tree);        // rooms know only their floor and below
Findings CheckThirdPartyIncludes(const SourceTree& tree);  // libraries come in by their doors only
Findings CheckPublicHeaders(const SourceTree& tree);       // faces show only std and our own
Findings CheckPublicFacesOnly(const SourceTree& tree);     // the roof knows rooms by their faces

// name_rules.cc: what files are called and how long they get.
Findings CheckNames(const SourceTree& tree);
Findings CheckLengths(const SourceTree& tree);

// text_rules.cc: what is written in them.
Findings CheckClocksAndChance(const SourceTree& tree);  // time and chance come in by one door
Findings CheckHeaderGuards(const SourceTree& tree);
Findings CheckThreadPromises(const SourceTree& tree);  // of public headers
Findings CheckLeftovers(const SourceTree& tree);       // notes to self, paths of one machine

// Part of a room's face: for everybody, and therefore under the stricter rules.
bool IsPublicHeader(const SourceFile& file);

}  // namespace kondor::floor_plan
