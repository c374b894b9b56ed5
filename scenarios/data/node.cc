#include "scenarios/data/node.h"

#include <algorithm>
#include <utility>

namespace kondor::scenarios {
namespace {

std::string Placed(const std::string& file, Place place, std::string_view what) {
  return file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
         std::string(what);
}

// Where in the text the byte at `offset` stands. Columns count letters, not bytes of UTF-8.
Place PlaceAt(std::string_view text, std::size_t offset) {
  Place place;
  for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

constexpr int kDepthMax = 100;  // the walker recurses

// How deep brackets are nested, strings aside.
int DepthOf(std::string_view text) {
  int depth = 0, deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      deepest = std::max(deepest, ++depth);
    } else if (!in_string && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return deepest;
}

// Walks text that is known to be JSON, so it needs no checks of syntax: only places and twins.
class Walker {
 public:
  Walker(std::string_view text, Faults& faults) : text_(text), faults_(faults) {}

  Node Value() {
    SkipBlanks();
    Node node;
    node.place = place_;
    if (text_[at_] == '{') {
      node.kind = Node::Kind::kObject;
      Members(node);
    } else if (text_[at_] == '[') {
      node.kind = Node::Kind::kArray;
      Items(node);
    } else {
      node.scalar = Json::parse(Token());
    }
    return node;
  }

 private:
  void Members(Node& node) {
    Step();
    for (SkipBlanks(); text_[at_] != '}'; SkipBlanks()) {
      Node::Member member;
      member.place = place_;
      member.key = Json::parse(Token()).get<std::string>();
      SkipBlanks();
      Step();  // the colon
      member.value = Value();
      if (node.Find(member.key) != nullptr) {
        faults_.Add(member.place, "the key '" + member.key + "' stands twice; keep one");
      }
      node.members.push_back(std::move(member));
      SkipBlanks();
      if (text_[at_] == ',') Step();
    }
    Step();
  }

  void Items(Node& node) {
    Step();
    for (SkipBlanks(); text_[at_] != ']'; SkipBlanks()) {
      node.items.push_back(Value());
      SkipBlanks();
      if (text_[at_] == ',') Step();
    }
    Step();
  }

  // A string, number, or word.
  std::string_view Token() {
    const std::size_t begin = at_;
    if (text_[at_] == '"') {
      for (Step(); text_[at_] != '"'; Step()) {
        if (text_[at_] == '\\') Step();
      }
      Step();
    } else {
      while (at_ < text_.size() &&
             std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) {
        Step();
      }
    }
    return text_.substr(begin, at_ - begin);
  }

  void SkipBlanks() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
      Step();
    }
  }

  void Step() {
    if (text_[at_] == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
      ++place_.column;
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Place place_;
  Faults& faults_;
};

}  // namespace

const Node* Node::Find(std::string_view key) const {
  const auto it = std::find_if(members.begin(), members.end(),
                               [&](const Member& member) { return member.key == key; });
  return it == members.end() ? nullptr : &it->value;
}

Json Node::ToJson() const {
  if (kind == Kind::kScalar) return scalar;
  if (kind == Kind::kArray) {
    Json array = Json::array();
    for (const Node& item : items) array.push_back(item.ToJson());
    return array;
  }
  Json object = Json::object();
  for (const Member& member : members) object[member.key] = member.value.ToJson();
  return object;
}

void Faults::Add(Place place, std::string_view what) { lines.push_back(Placed(file, place, what)); }

Result<Node> ReadNode(std::string_view text, const std::string& file) {
  if (DepthOf(text) > kDepthMax) {
    return Unexpected(ErrorKind::kInvalidArgument, Placed(file, {}, "nested too deeply"));
  }
  try {
    [[maybe_unused]] const Json parsed = Json::parse(text);
  } catch (const Json::parse_error& error) {
    // "... at line 3, column 5: what": the place is told in our own way, and the rest kept.
    std::string what = error.what();
    const std::size_t colon = what.find(": ", what.find("column"));
    if (colon != std::string::npos) what.erase(0, colon + 2);
    return Unexpected(ErrorKind::kInvalidArgument,
                      Placed(file, PlaceAt(text, error.byte == 0 ? 0 : error.byte - 1), what));
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // the parser skips it, too
  Faults faults{file};
  Node node = Walker(text, faults).Value();
  if (!faults.none()) return Unexpected(ErrorKind::kInvalidArgument, faults.lines.front());
  return node;
}

}  // namespace kondor::scenarios
