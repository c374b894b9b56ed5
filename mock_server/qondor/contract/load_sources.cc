// How api.json says where a value that goes out comes from.
#include <algorithm>
#include <array>
#include <utility>

#include "mock_server/qondor/contract/draft.h"

namespace kondor::qondor {
namespace {

using Op = Source::Op;

constexpr std::array<std::pair<std::string_view, Op>, 9> kOneOrMore = {{
    {"text", Op::kWord},
    {"country", Op::kCountry},
    {"local", Op::kLocal},
    {"not", Op::kNot},
    {"first", Op::kFirst},
    {"join", Op::kJoin},
    {"plus", Op::kPlus},
    {"minus", Op::kMinus},
    {"times", Op::kTimes},
}};

// The enum that a value is a number of.
const Enum* EnumOf(const Source& source) {
  if (source.op == Op::kPath) return EnumOf(*source.target);
  return source.op == Op::kField ? source.words : nullptr;
}

class SourceReader {
 public:
  SourceReader(const Resource& resource, std::string place, Draft& draft)
      : resource_(resource), place_(std::move(place)), draft_(draft) {}

  void Read(const Json& json, Source& out) {
    if (json.is_string()) return ReadPath(json.get_ref<const std::string&>(), out);
    if (!json.is_object() || json.empty()) return Fail("expected a path or one word about values");
    const std::string& word = json.items().begin().key();
    const Json& value = json.begin().value();
    std::size_t known = 1;
    if (word == "constant") {
      out.op = Op::kConstant;
      out.constant = draft_.Constant(value, place_);
    } else if (word == "format") {
      known = 2;
      out.op = Op::kFormat;
      if (value.is_string()) out.text = value.get<std::string>();
      if (json.contains("of")) Argument(json["of"], out);
    } else if (word == "children" || word == "count") {
      out.op = word == "count" ? Op::kCount : Op::kChildren;
      ReadChildren(value, out);
    } else if (word == "sum") {
      known = 2;
      ReadSum(json, out);
    } else if (word == "linked") {
      known = json.contains("with") ? 2 : 1;
      ReadLinked(json, out);
    } else if (word == "object") {
      out.op = Op::kObject;
      for (const auto& [name, member] : value.items()) Member(name, member, out);
    } else {
      ReadOneOrMore(word, value, out);
    }
    if (json.size() != known) Fail("a word too many about one value");
  }

 private:
  void Fail(const std::string& what) { draft_.Fail(place_, what); }

  void ReadPath(const std::string& path, Source& out) {
    out.op = Op::kPath;
    const Resource* at = &resource_;
    std::size_t begin = 0;
    for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', begin)) {
      const auto link = at->FieldNamed(path.substr(begin, dot - begin));
      if (!link || at->fields[*link].to == nullptr) return Fail("no link leads along " + path);
      at = at->fields[*link].to;
      out.hops.push_back({*link, at});
      begin = dot + 1;
    }
    const std::string last = path.substr(begin);
    if (last == "id") {  // the entity's own, whatever it shows as its id
      auto own = std::make_unique<Source>();
      own->op = Op::kId;
      out.target = draft_.own_ids.emplace_back(std::move(own)).get();
      return;
    }
    out.target = at->SourceOf(last);
    if (out.target == nullptr) Fail("no field '" + last + "' at the end of " + path);
  }

  void Argument(const Json& json, Source& out) {
    out.args.push_back(ReadSource(json, resource_, place_, draft_));
  }
  void Member(const std::string& name, const Json& json, Source& out) {
    out.members.emplace_back(name, ReadSource(json, resource_, place_ + "/" + name, draft_));
  }

  void ReadOneOrMore(const std::string& word, const Json& value, Source& out) {
    for (const auto& [name, op] : kOneOrMore) {
      if (name != word) continue;
      out.op = op;
      if (!value.is_array()) return Argument(value, out);
      for (const Json& element : value) Argument(element, out);
      return;
    }
    Fail("unknown word '" + word + "'");
  }

  void ReadChildren(const Json& name, Source& out) {
    const Resource* children = draft_.FindResource(name, place_);
    if (children == nullptr) return;
    out.resource = children;
    for (const Link& link : children->links) {
      if (link.to != &resource_) continue;
      out.by = link.field;
      if (!children->fields[link.field].is_indexed) Fail(children->name + " has other parents");
      return;
    }
    Fail("nothing links " + children->name + " to " + resource_.name);
  }

  void ReadSum(const Json& json, Source& out) {
    out.op = Op::kSum;
    if (!json.contains("over") || !json["sum"].is_string())
      return Fail("a sum of what, over what?");
    ReadChildren(json["over"], out);
    if (out.resource == nullptr) return;
    out.target = out.resource->SourceOf(json["sum"].get_ref<const std::string&>());
    if (out.target == nullptr) Fail("no such field in " + out.resource->name);
  }

  void ReadLinked(const Json& json, Source& out) {
    out.op = Op::kLinked;
    const auto link = json["linked"].is_string()
                          ? resource_.FieldNamed(json["linked"].get_ref<const std::string&>())
                          : std::nullopt;
    if (!link || resource_.fields[*link].to == nullptr) return Fail("expected a link");
    out.field = *link;
    out.resource = resource_.fields[*link].to;
    if (!json.contains("with")) return;
    for (const auto& [name, value] : json["with"].items()) {
      Member(name, Json{{"constant", value}}, out);
    }
  }

  const Resource& resource_;
  const std::string place_;
  Draft& draft_;
};

// One empty source for every field there is, so that paths can be tied to them in any order.
void NameSources(const Json& json, Resource& resource, const Draft& draft) {
  for (std::size_t i = 0; i < resource.fields.size(); ++i) {
    auto stored = std::make_unique<Source>();
    stored->op = Op::kField;
    stored->field = static_cast<FieldIndex>(i);
    stored->words = resource.fields[i].type.words;
    resource.sources.emplace(resource.fields[i].name, std::move(stored));
  }
  if (json.contains("derived")) {
    for (const auto& [name, source] : json["derived"].items()) {
      resource.sources.emplace(name, std::make_unique<Source>());
    }
  }
  if (resource.SourceOf("id") == nullptr) {
    auto own = std::make_unique<Source>();
    own->op = Op::kId;
    resource.sources.emplace("id", std::move(own));
  }
  if (!json.contains("bodies")) return;
  for (const Json& name : json["bodies"]) {
    const Body* body = draft.FindBody(name.get_ref<const std::string&>());
    for (const Field& field : body->fields) {  // Q12: "statusText" beside an enum "status"
      if (resource.SourceOf(field.name) != nullptr) continue;
      auto word = std::make_unique<Source>();
      word->op = Op::kWord;
      word->words = body->Find(field.name.substr(0, field.name.size() - 4))->type.words;
      auto number = std::make_unique<Source>();
      number->op = Op::kPath;
      number->target = resource.SourceOf(field.name.substr(0, field.name.size() - 4));
      word->args.push_back(std::move(number));
      resource.sources.emplace(field.name, std::move(word));
    }
  }
}

void FindWords(Source& source, const std::string& place, Draft& draft) {
  for (const auto& argument : source.args) FindWords(*argument, place, draft);
  for (const auto& [name, member] : source.members) FindWords(*member, place, draft);
  if (source.op != Op::kWord || source.words != nullptr) return;
  source.words = EnumOf(*source.args.front());
  if (source.words == nullptr) draft.Fail(place, "has no words: it is no enum");
}

}  // namespace

std::unique_ptr<Source> ReadSource(const Json& json, const Resource& resource,
                                   const std::string& place, Draft& draft) {
  auto source = std::make_unique<Source>();
  SourceReader(resource, place, draft).Read(json, *source);
  return source;
}

void ReadSources(const Json& resources, Draft& draft) {
  for (const auto& resource : draft.resources) {
    NameSources(resources[resource->name], *resource, draft);
  }
  for (const auto& resource : draft.resources) {
    const Json& json = resources[resource->name];
    const std::string place = "/resources/" + resource->name;
    const std::string derived = place + "/derived/";
    if (json.contains("derived")) {
      for (const auto& [name, source] : json["derived"].items()) {
        SourceReader(*resource, derived + name, draft).Read(source, *resource->sources[name]);
      }
    }
    if (json.contains("agree")) {
      for (const auto& [path, field] : json["agree"].items()) {
        const auto own = resource->FieldNamed(field.get<std::string>());
        if (!own) draft.Fail(place + "/agree", "no such field");
        resource->agree.emplace_back(ReadSource(path, *resource, place + "/agree", draft),
                                     own.value_or(0));
      }
    }
  }
  if (draft.fault) return;
  for (const auto& resource : draft.resources) {
    for (const auto& [name, source] : resource->sources) {
      FindWords(*source, "/resources/" + resource->name + "/derived/" + name, draft);
    }
  }
}

}  // namespace kondor::qondor
