#include "scenarios/data/dictionary.h"

#include <algorithm>

#include "scenarios/data/object_reader.h"

namespace kondor::scenarios {
namespace {

Rule ReadRule(const Node::Member& member, Faults& faults) {
  Rule rule{member.key, "", ""};
  if (member.value.IsText()) {
    rule.title = member.value.scalar.get<std::string>();
    return rule;
  }
  ObjectReader reader(member.value, faults);
  reader.Need("title");
  reader.Text("title", rule.title);
  reader.Need("uncovered");
  reader.Text("uncovered", rule.uncovered);
  reader.Finish();
  return rule;
}

Setting ReadSetting(const Node::Member& member, Faults& faults) {
  Setting setting{member.key, {}};
  if (member.value.kind != Node::Kind::kArray) {
    faults.Add(member.value.place, "a setting takes the list of its readings, or []");
  }
  for (const Node& item : member.value.items) setting.readings.push_back(item.ToJson());
  return setting;
}

}  // namespace

const Rule* Dictionary::FindRule(std::string_view id) const {
  const auto it = std::ranges::find(rules, id, &Rule::id);
  return it == rules.end() ? nullptr : &*it;
}

const Setting* Dictionary::FindSetting(std::string_view name) const {
  const auto it = std::ranges::find(settings, name, &Setting::name);
  return it == settings.end() ? nullptr : &*it;
}

Result<Dictionary> ReadDictionary(std::string_view text, const std::string& file) {
  const Result<Node> root = ReadNode(text, file);
  if (!root) return Unexpected(root.error());
  Faults faults{file};
  Dictionary dictionary;
  ObjectReader reader(*root, faults);
  reader.Need("rules");
  if (const Node* rules = reader.Object("rules")) {
    for (const Node::Member& member : rules->members) {
      dictionary.rules.push_back(ReadRule(member, faults));
    }
  }
  reader.Need("settings");
  if (const Node* settings = reader.Object("settings")) {
    for (const Node::Member& member : settings->members) {
      dictionary.settings.push_back(ReadSetting(member, faults));
    }
  }
  reader.Finish();
  if (!faults.none()) return Unexpected(ErrorKind::kInvalidArgument, faults.lines.front());
  return dictionary;
}

}  // namespace kondor::scenarios
