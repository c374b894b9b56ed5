#include "scenarios/data/scenario.h"

namespace kondor::scenarios {

std::string NameOfValue(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string Instance::CaseName() const { return row.empty() ? file : file + "[" + row + "]"; }

std::string Instance::ReadingName() const {
  std::string name;
  for (const auto& [setting, value] : reading) {
    name += (name.empty() ? "" : " ") + setting + "=" + NameOfValue(value);
  }
  if (through == Through::kClient) name += name.empty() ? "through client" : " through client";
  return name.empty() ? "default" : name;
}

}  // namespace kondor::scenarios
