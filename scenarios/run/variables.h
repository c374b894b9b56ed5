// The ${names} of a sandbox: its credentials, and what a scenario saved from answers. Not
// thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/data/node.h"

namespace kondor::scenarios {

class Variables {
 public:
  void Set(const std::string& name, Json value) { values_[name] = std::move(value); }
  // As text; empty for a name that has no value.
  std::string Text(const std::string& name) const;

  // With every ${name} replaced. A text that is nothing but one ${name} becomes its value.
  std::string FillText(std::string_view text) const;
  Json Fill(const Json& json) const;

  // `text` with values that must not be shown replaced by $NAMES, and whatever else looks like a
  // secret hidden.
  std::string Masked(std::string text) const;
  // As above, for a double-quoted word of a shell: the $NAMES are its variables.
  std::string Quoted(std::string text) const;
  // What stands in a text to be quoted where the shell's own variable shall stand.
  static std::string Placeholder(std::string_view environment_name);

 private:
  std::string MarkSecrets(std::string text) const;

  std::map<std::string, Json> values_;
};

// The environment's name for it: KONDADO_KEY for user.key, SECOND_TOKEN for second.token.
std::string EnvironmentName(std::string_view name);

}  // namespace kondor::scenarios
