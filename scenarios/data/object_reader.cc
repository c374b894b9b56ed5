#include "scenarios/data/object_reader.h"

#include <algorithm>

namespace kondor::scenarios {

std::string_view KindOf(const Node& node) {
  if (node.kind == Node::Kind::kArray) return "a list";
  if (node.kind == Node::Kind::kObject) return "an object";
  if (node.scalar.is_string()) return "text";
  if (node.scalar.is_number_integer()) return "a whole number";
  if (node.scalar.is_number()) return "a number";
  return node.scalar.is_boolean() ? "a truth value" : "null";
}

ObjectReader::ObjectReader(const Node& node, Faults& faults) : node_(node), faults_(faults) {
  if (node.kind != Node::Kind::kObject) {
    faults_.Add(node.place, "expected an object, not " + std::string(KindOf(node)));
  }
}

const Node* ObjectReader::Find(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) known_.emplace_back(key);
  return node_.Find(key);
}

const Node* ObjectReader::Need(std::string_view key) {
  const Node* found = Find(key);
  if (found == nullptr && node_.kind == Node::Kind::kObject) {
    faults_.Add(node_.place, "'" + std::string(key) + "' is missing here");
  }
  return found;
}

bool ObjectReader::Text(std::string_view key, std::string& out) {
  const Node* found = Find(key);
  if (found == nullptr) return false;
  if (!found->IsText()) return Expected(*found, key, "text"), false;
  out = found->scalar.get<std::string>();
  return true;
}

bool ObjectReader::Whole(std::string_view key, std::int64_t& out, std::int64_t least,
                         std::int64_t most) {
  const Node* found = Find(key);
  if (found == nullptr) return false;
  const bool whole = found->kind == Node::Kind::kScalar && found->scalar.is_number_integer();
  // A number beyond 63 bits would come out as another one.
  const bool fits = whole && (!found->scalar.is_number_unsigned() ||
                              found->scalar.get<std::uint64_t>() <= INT64_MAX);
  if (!fits || found->scalar.get<std::int64_t>() < least ||
      found->scalar.get<std::int64_t>() > most) {
    const std::string got = whole ? found->scalar.dump() : std::string(KindOf(*found));
    faults_.Add(found->place, "'" + std::string(key) + "' takes a whole number from " +
                                  std::to_string(least) + " to " + std::to_string(most) + ", not " +
                                  got);
    return false;
  }
  out = found->scalar.get<std::int64_t>();
  return true;
}

bool ObjectReader::Flag(std::string_view key, bool& out) {
  const Node* found = Find(key);
  if (found == nullptr) return false;
  if (found->kind != Node::Kind::kScalar || !found->scalar.is_boolean()) {
    return Expected(*found, key, "true or false"), false;
  }
  out = found->scalar.get<bool>();
  return true;
}

const Node* ObjectReader::Object(std::string_view key) {
  const Node* found = Find(key);
  if (found == nullptr || found->kind == Node::Kind::kObject) return found;
  Expected(*found, key, "an object");
  return nullptr;
}

const Node* ObjectReader::Array(std::string_view key) {
  const Node* found = Find(key);
  if (found == nullptr || found->kind == Node::Kind::kArray) return found;
  Expected(*found, key, "a list");
  return nullptr;
}

bool ObjectReader::Texts(std::string_view key, std::vector<std::string>& out) {
  const Node* list = Array(key);
  if (list == nullptr) return false;
  if (list->items.empty()) return Expected(*list, key, "at least one text"), false;
  for (const Node& item : list->items) {
    if (!item.IsText()) return Expected(item, key, "texts"), false;
    out.push_back(item.scalar.get<std::string>());
  }
  return true;
}

void ObjectReader::Finish() {
  for (const Node::Member& member : node_.members) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    std::string list;
    for (const std::string& key : known_) list += (list.empty() ? "" : ", ") + key;
    faults_.Add(member.place, "unknown key '" + member.key + "'; known here: " + list);
  }
}

void ObjectReader::Expected(const Node& found, std::string_view key, std::string_view what) {
  faults_.Add(found.place, "'" + std::string(key) + "' takes " + std::string(what) + ", not " +
                               std::string(KindOf(found)));
}

}  // namespace kondor::scenarios
