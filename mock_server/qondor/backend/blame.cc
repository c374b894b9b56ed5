#include "mock_server/qondor/backend/blame.h"

#include <algorithm>
#include <vector>

namespace kondor::qondor {
namespace {

constexpr std::size_t kMostNamed = 5;  // the answer itself has them all

// "OfferId, Heading and 3 more"
std::string Joined(const std::vector<std::string>& names) {
  const std::size_t named = names.size() > kMostNamed ? kMostNamed : names.size();
  std::string text;
  for (std::size_t i = 0; i < named; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  if (named < names.size()) text += " and " + std::to_string(names.size() - named) + " more";
  return text;
}

std::string AtFault(const FieldErrors& errors) {
  std::vector<std::string> names;
  for (const auto& [field, message] : errors.all()) {
    if (std::find(names.begin(), names.end(), field) == names.end()) names.push_back(field);
  }
  return Joined(names);
}

}  // namespace

std::string LookedUp(const Name& name, const Effect& effect, const Input& input) {
  std::vector<std::string> names = {name.param->name};
  for (const Effect::Condition& within : effect.within) {
    if (IsName(input.ValueOf(within.param))) names.push_back(within.param->name);
  }
  return Joined(names);
}

std::string Blamed(const Verdict& verdict) {
  if (!verdict.invalid.empty()) return AtFault(verdict.invalid);
  return verdict.is_unknown ? verdict.looked_up : AtFault(verdict.broken);
}

}  // namespace kondor::qondor
