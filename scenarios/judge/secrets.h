// What a program is given and must keep to itself. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kondor::judge {

struct Secret {
  std::string name;  // "KONDADO_TOKEN"
  std::string text;
};

// A Kondado token for a trial: letters without a figure, so that the journal, which hides runs of
// letters and figures, shows it wherever a program put it that is not its place.
std::string MakeTelltaleToken(std::uint64_t seed);

// A Kondado key for a trial, shaped like K2's.
std::string MakeKey(std::uint64_t seed);

}  // namespace kondor::judge
