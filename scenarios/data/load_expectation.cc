#include <algorithm>
#include <array>

#include "scenarios/data/load_parts.h"
#include "scenarios/judge/match.h"

namespace kondor::scenarios {
namespace {

constexpr std::string_view kNothingSaid =
    "nothing is expected here; say what, or leave it out ({\"$type\": \"object\"} fits any)";

void ReadMatcher(ObjectReader& reader, std::string_view key, std::optional<Json>& out) {
  const Node* node = reader.Find(key);
  if (node == nullptr) return;
  CheckMatcher(*node, reader.faults());
  out = node->ToJson();
  if (out->is_object() && out->empty() && key != "json_exactly") {
    reader.faults().Add(node->place, kNothingSaid);
  }
}

void ReadHeaders(ObjectReader& reader, std::vector<HeaderExpectation>& out) {
  const Node* headers = reader.Object("headers");
  if (headers == nullptr) return;
  if (headers->members.empty()) {
    reader.faults().Add(headers->place, "no header is expected here; name one, or leave it out");
  }
  for (const Node::Member& member : headers->members) {
    const Node& value = member.value;
    const bool is_null = value.kind == Node::Kind::kScalar && value.scalar.is_null();
    if (!value.IsText() && !is_null && value.kind != Node::Kind::kObject) {
      reader.faults().Add(value.place, "a header takes its text, null (absent) or a matcher");
    }
    CheckMatcher(value, reader.faults());
    out.push_back({member.key, value.ToJson()});
  }
}

// What through_client.h tells, and nothing else: a slip of the pen would never be true.
void CheckClient(const Node& node, Faults& faults) {
  constexpr std::array<std::string_view, 6> told = {"value",  "kind",  "code",
                                                    "wait_s", "tries", "waited_s"};
  for (const Node::Member& member : node.members) {
    if (member.key.starts_with("$") || std::ranges::find(told, member.key) != told.end()) continue;
    faults.Add(member.place, "'client' tells value, kind, code, wait_s, tries and waited_s; not '" +
                                 member.key + "'");
  }
}

}  // namespace

Expectation LoadExpectation(const Node& node, Faults& faults) {
  Expectation expect;
  ObjectReader reader(node, faults);
  std::int64_t status = 0, bytes = 0;
  std::string reason, body;
  if (reader.Whole("status", status, 100, 599)) expect.status = static_cast<int>(status);
  if (reader.Text("reason", reason)) expect.reason = reason;
  if (reader.Text("body", body)) expect.body = body;
  if (reader.Whole("bytes", bytes, 0, INT32_MAX)) expect.bytes = static_cast<std::size_t>(bytes);
  ReadHeaders(reader, expect.headers);
  ReadMatcher(reader, "json", expect.json);
  ReadMatcher(reader, "json_exactly", expect.json_exactly);
  ReadMatcher(reader, "journal", expect.journal);
  ReadMatcher(reader, "client", expect.client);
  if (const Node* client = reader.Find("client")) CheckClient(*client, faults);
  reader.Finish();
  if (node.kind == Node::Kind::kObject && node.members.empty()) {
    faults.Add(node.place, "nothing is expected here; say at least a status");
  }
  return expect;
}

Saves LoadSaves(const Node& node, Faults& faults) {
  Saves saves;
  if (node.kind != Node::Kind::kObject) {
    faults.Add(node.place, "'save' takes an object: a name, and where in the answer it is");
  }
  for (const Node::Member& member : node.members) {
    const std::string from = member.value.IsText() ? member.value.scalar.get<std::string>() : "";
    if (!from.starts_with("/") && !from.starts_with("header ") && !from.starts_with("journal /")) {
      faults.Add(member.value.place,
                 "say where it is: a JSON pointer, \"header NAME\" or \"journal /POINTER\"");
    }
    saves.emplace_back(member.key, from);
  }
  return saves;
}

void CheckNames(const Node& node, const Names& names, Faults& faults) {
  for (const Node& item : node.items) CheckNames(item, names, faults);
  for (const Node::Member& member : node.members) CheckNames(member.value, names, faults);
  if (!node.IsText()) return;
  const std::string text = node.scalar.get<std::string>();
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2)) {
    const std::size_t end = text.find('}', at);
    const std::string name = text.substr(at + 2, end == std::string::npos ? end : end - at - 2);
    if (end != std::string::npos && names.contains(name)) continue;
    faults.Add(node.place, "nothing has brought a value for '${" + name + "}' by here");
  }
}

}  // namespace kondor::scenarios
