#include "scenarios/command/select.h"

#include <algorithm>
#include <functional>
#include <regex>
#include <utility>

namespace kondor::scenarios {
namespace {

using Test = std::function<bool(const std::string&)>;

Unexpected Bad(std::string message) {
  return Unexpected(ErrorKind::kInvalidArgument, std::move(message));
}

Result<Test> TestOf(const std::string& filter) {
  if (filter.size() < 2 || !filter.starts_with('/') || !filter.ends_with('/')) {
    return Test(
        [filter](const std::string& text) { return text.find(filter) != std::string::npos; });
  }
  try {
    const std::regex expression(filter.substr(1, filter.size() - 2));
    return Test(
        [expression](const std::string& text) { return std::regex_search(text, expression); });
  } catch (const std::regex_error&) {
    return Bad("--filter: '" + filter + "' is no regular expression (ECMAScript)");
  }
}

Result<void> CheckNames(const std::vector<Instance>& all, const Selection& selection,
                        const Dictionary& dictionary) {
  for (const std::string& rule : selection.rules) {
    if (dictionary.FindRule(rule) == nullptr) return Bad("--rule: there is no rule '" + rule + "'");
  }
  for (const std::string& name : selection.cases) {
    if (std::ranges::find(all, name, &Instance::file) == all.end()) {
      return Bad("--case: there is no case file '" + name + "'; --list shows them");
    }
  }
  for (const std::string& reading : selection.readings) {
    const std::size_t equals = std::min(reading.find('='), reading.size());
    const Setting* setting = dictionary.FindSetting(reading.substr(0, equals));
    if (setting == nullptr || equals == reading.size()) {
      return Bad("--reading takes SETTING=VALUE, such as kondado.window=gcra; got '" + reading +
                 "'");
    }
    const std::string value = reading.substr(equals + 1);
    if (!setting->readings.empty() && std::ranges::none_of(setting->readings, [&](auto& known) {
          return NameOfValue(known) == value;
        })) {
      return Bad("--reading: " + setting->name + " has no reading '" + value + "'");
    }
  }
  return {};
}

bool HasReading(const Instance& instance, const std::string& wanted) {
  return std::ranges::any_of(instance.reading, [&](auto& entry) {
    return entry.first + "=" + NameOfValue(entry.second) == wanted;
  });
}

bool IsWanted(const Instance& instance, const Selection& selection,
              const std::vector<Test>& filters) {
  const std::string text =
      instance.CaseName() + " " + instance.scenario + " " + instance.ReadingName();
  const auto proves = [&](auto& rule) {
    return std::ranges::find(instance.rules, rule) != instance.rules.end();
  };
  return (filters.empty() ||
          std::ranges::any_of(filters, [&](auto& test) { return test(text); })) &&
         (selection.rules.empty() || std::ranges::any_of(selection.rules, proves)) &&
         (selection.cases.empty() ||
          std::ranges::find(selection.cases, instance.file) != selection.cases.end()) &&
         std::ranges::all_of(selection.readings,
                             [&](auto& reading) { return HasReading(instance, reading); });
}

}  // namespace

Result<std::vector<Instance>> Select(std::vector<Instance> all, const Selection& selection,
                                     const Dictionary& dictionary) {
  if (Result<void> checked = CheckNames(all, selection, dictionary); !checked) {
    return Unexpected(checked.error());
  }
  std::vector<Test> filters;
  for (const std::string& filter : selection.filters) {
    Result<Test> test = TestOf(filter);
    if (!test) return Unexpected(test.error());
    filters.push_back(std::move(*test));
  }
  std::erase_if(all, [&](auto& one) { return !IsWanted(one, selection, filters); });
  if (selection.shards == 1) return all;
  std::vector<Instance> part;
  for (std::size_t i = selection.shard - 1; i < all.size(); i += selection.shards) {
    part.push_back(std::move(all[i]));
  }
  return part;
}

}  // namespace kondor::scenarios
