#include "scenarios/data/expand.h"

#include <algorithm>
#include <utility>

namespace kondor::scenarios {
namespace {

std::vector<std::string> SplitAt(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string ListOf(const std::vector<Json>& values) {
  std::string list;
  for (const Json& value : values) list += (list.empty() ? "" : ", ") + NameOfValue(value);
  return list;
}

bool HasNamed(const std::vector<Json>& values, std::string_view name) {
  return std::ranges::any_of(values, [&](auto& value) { return NameOfValue(value) == name; });
}

// {"$by": "kondado.window", "gcra|token_bucket": X, "*": Y}. Every alternative must be one the
// scenario has, or the case would say something that is never checked.
Node ResolveBy(const Node& node, const Node& by, const Choice& choice, Faults& faults) {
  const std::string setting = by.IsText() ? by.scalar.get<std::string>() : "";
  const auto axis = std::ranges::find(*choice.axes, setting, &Axis::setting);
  if (axis == choice.axes->end()) {
    faults.Add(by.place, "'$by' takes a setting this scenario has several readings of");
    return {};
  }
  const auto reading =
      std::ranges::find(*choice.reading, setting, &std::pair<std::string, Json>::first);
  const std::string now = NameOfValue(reading->second);
  const Node* chosen = nullptr;
  const Node* rest = nullptr;
  for (const Node::Member& member : node.members) {
    if (member.key == "$by") continue;
    if (member.key == "*") {
      rest = &member.value;
      continue;
    }
    for (const std::string& name : SplitAt(member.key, '|')) {
      if (!HasNamed(axis->values, name)) {
        std::string fault = "'" + name;
        fault += "' is no reading of " + setting + " in this scenario; there are: ";
        faults.Add(member.place, fault + ListOf(axis->values));
      }
      if (name != now) continue;
      if (chosen != nullptr) faults.Add(member.place, "'" + name + "' stands twice");
      chosen = &member.value;
    }
  }
  if (chosen == nullptr) chosen = rest;
  if (chosen == nullptr) {
    faults.Add(node.place, "nothing is said for " + setting + "=" + now);
    return {};
  }
  return Resolve(*chosen, choice, faults);
}

const Node* FieldOfRow(const Node* row, std::string_view name) {
  return row == nullptr ? nullptr : row->Find(name);
}

constexpr std::string_view kOpen = "${row.";

// A text that is nothing but ${row.x} becomes the field itself, whatever its type.
Node ResolveText(const Node& node, const Choice& choice, Faults& faults) {
  std::string text = node.scalar.get<std::string>();
  for (std::size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at)) {
    const std::size_t end = text.find('}', at);
    const std::string name =
        text.substr(at + kOpen.size(), end == std::string::npos ? end : end - at - kOpen.size());
    const Node* field = end == std::string::npos ? nullptr : FieldOfRow(choice.row, name);
    if (field == nullptr) {
      faults.Add(node.place, "this row has no '" + name + "'");
      return node;
    }
    // A field of a row may hang on the reading, but not on the row.
    if (at == 0 && end + 1 == text.size()) {
      return Resolve(*field, {choice.reading, choice.axes, nullptr}, faults);
    }
    const std::string value = NameOfValue(field->ToJson());
    text.replace(at, end + 1 - at, value);
    at += value.size();
  }
  Node resolved = node;
  resolved.scalar = text;
  return resolved;
}

}  // namespace

std::vector<Axis> ReadAxes(const Node& node, const Dictionary& dictionary, Faults& faults) {
  std::vector<Axis> axes;
  for (const Node::Member& member : node.members) {
    const Setting* setting = dictionary.FindSetting(member.key);
    if (setting == nullptr) {
      faults.Add(member.place, "unknown setting '" + member.key + "'");
      continue;
    }
    Axis axis{member.key, {}};
    if (member.value.IsText() && member.value.scalar == "all") {
      axis.values = setting->readings;
    } else {
      for (const Node& item : member.value.items) {
        axis.values.push_back(item.ToJson());
        if (setting->readings.empty() ||
            std::ranges::find(setting->readings, axis.values.back()) != setting->readings.end()) {
          continue;
        }
        faults.Add(item.place,
                   "not a reading of " + member.key + "; there are: " + ListOf(setting->readings));
      }
    }
    if (axis.values.empty()) {
      faults.Add(member.value.place, "takes \"all\" or a list of readings");
    }
    axes.push_back(std::move(axis));
  }
  return axes;
}

std::vector<Reading> Combine(const std::vector<Axis>& axes) {
  std::vector<Reading> readings{{}};
  for (const Axis& axis : axes) {
    std::vector<Reading> longer;
    for (const Reading& reading : readings) {
      for (const Json& value : axis.values) {
        longer.push_back(reading);
        longer.back().emplace_back(axis.setting, value);
      }
    }
    readings = std::move(longer);
  }
  return readings;
}

Node Resolve(const Node& node, const Choice& choice, Faults& faults) {
  if (const Node* by = node.Find("$by")) return ResolveBy(node, *by, choice, faults);
  if (node.IsText()) return ResolveText(node, choice, faults);
  Node resolved;
  resolved.kind = node.kind;
  resolved.place = node.place;
  resolved.scalar = node.scalar;
  for (const Node& item : node.items) resolved.items.push_back(Resolve(item, choice, faults));
  for (const Node::Member& member : node.members) {
    std::string key = member.key;
    if (key.find(kOpen) != std::string::npos) {  // {"${row.id}": ...}
      const Node text{Node::Kind::kScalar, member.place, key, {}, {}};
      key = NameOfValue(ResolveText(text, choice, faults).ToJson());
    }
    resolved.members.push_back({key, member.place, Resolve(member.value, choice, faults)});
  }
  return resolved;
}

std::string LabelOfRow(const Node& row) {
  constexpr std::size_t length_max = 50;
  std::string label;
  for (const Node::Member& member : row.members) {
    if (member.value.kind != Node::Kind::kScalar) continue;
    const std::string part = member.key + "=" + NameOfValue(member.value.scalar);
    if (label.size() + part.size() > length_max) continue;
    label += (label.empty() ? "" : " ") + part;
  }
  return label;
}

}  // namespace kondor::scenarios
