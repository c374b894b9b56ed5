// What case files may name: the rules of docs/VENDORS.md, and the settings with their readings.
// Immutable once read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scenarios/data/node.h"

namespace kondor::scenarios {

struct Rule {
  std::string id;         // "K5"
  std::string title;      // what it is about, in a few words
  std::string uncovered;  // why no scenario proves it; empty where one does
};

struct Setting {
  std::string name;            // "kondado.window"
  std::vector<Json> readings;  // all of them, the default first; empty for a free number
};

struct Dictionary {
  std::vector<Rule> rules;  // in the order of docs/VENDORS.md
  std::vector<Setting> settings;

  const Rule* FindRule(std::string_view id) const;
  const Setting* FindSetting(std::string_view name) const;
};

// Of scenarios/dictionary.json's text. kInvalidArgument has one line for each fault.
Result<Dictionary> ReadDictionary(std::string_view text, const std::string& file);

}  // namespace kondor::scenarios
