// The resources of api.json: what is stored, and what belongs to what.
#include <algorithm>
#include <utility>

#include "mock_server/json/object_reader.h"
#include "mock_server/qondor/contract/draft.h"
#include "mock_server/qondor/contract/wire_type.h"

namespace kondor::qondor {

Resource* Draft::FindResource(const Json& name, const std::string& place) {
  for (const auto& resource : resources) {
    if (name == resource->name) return resource.get();
  }
  Fail(place, "no such resource: " + DumpJson(name));
  return nullptr;
}

const Body* Draft::FindBody(std::string_view name) const {
  for (const Body& body : bodies) {
    if (body.name == name) return &body;
  }
  return nullptr;
}

Scalar Draft::Constant(const Json& value, const std::string& place) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return Scalar::Bool(value.get<bool>());
  if (value.is_number_integer()) return Scalar::Int(value.get<std::int64_t>());
  if (value.is_number()) return Scalar::Number(value.get<double>());
  if (value.is_string()) return Scalar::Text(texts.emplace_back(value.get<std::string>()));
  Fail(place, "expected a plain value");
  return {};
}

namespace {

std::string Pascal(std::string name) {
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  }
  return name;
}

bool IsDerived(const Json& resource, const std::string& field) {
  return field == "id" || (resource.contains("derived") && resource["derived"].contains(field));
}

class ResourceReader {
 public:
  ResourceReader(const Json& json, Resource& resource, Draft& draft)
      : json_(json),
        resource_(resource),
        draft_(draft),
        place_("/resources/" + resource.name),
        reader_(json, place_) {}

  void ReadFields() {
    for (const Json& name : List("bodies")) AddFieldsOf(name);
    for (const auto& [name, type] : Map("stored").items()) {
      const Result<ParsedType> parsed = ParseWireType(TextOf(type), draft_.enums, draft_.bodies);
      if (!parsed) {
        draft_.Fail(place_ + "/stored/" + name, parsed.error().message);
      } else {
        AddField(name, parsed->type);
      }
    }
    for (const auto& [name, value] : Map("defaults").items()) {
      if (StoredField* field = Stored(name, "defaults")) {
        field->fallback = draft_.Constant(value, place_ + "/defaults/" + name);
      }
    }
  }

  // REQUIRES: every resource has read its fields.
  void ReadLinks() {
    for (const auto& [name, link] : Map("links").items()) ReadLink(name, link);
    for (const Json& name : List("parents")) {
      resource_.parents.push_back(IndexOf(TextOf(name), "parents"));
      resource_.fields[resource_.parents.back()].is_indexed = true;
    }
    for (const Json& name : List("indexed")) {
      if (StoredField* field = Stored(TextOf(name), "indexed")) field->is_indexed = true;
    }
    for (const Json& name : List("any_case")) {
      if (StoredField* field = Stored(TextOf(name), "any_case")) field->is_any_case = true;
    }
    for (const auto& [name, within] : Map("unique").items()) {
      StoredField* field = Stored(name, "unique");
      if (field == nullptr) continue;
      field->is_indexed = field->is_unique = true;
      const std::string scope = TextOf(within);
      if (!scope.empty()) field->unique_within = IndexOf(scope, "unique");
    }
    for (const auto& [name, generator] : Map("generated").items()) {
      resource_.generated.emplace_back(IndexOf(name, "generated"), generator == "uuid"
                                                                       ? Resource::Generator::kUuid
                                                                       : Resource::Generator::kId);
    }
    ReadNames();
  }

  // REQUIRES: every resource has read its links.
  void ReadRest() {
    for (const auto& [name, through] : Map("elsewhere").items()) ReadElsewhere(name, through);
    for (const auto& [path, field] : Map("touches").items()) ReadTouch(path, TextOf(field));
    for (const auto& [name, child] : Map("nested").items()) {
      resource_.nested.emplace_back(name, draft_.FindResource(child, place_ + "/nested/" + name));
    }
    reader_.Object("derived");  // read later, when there is something to derive from
    reader_.Object("agree");
    if (Result<void> read = reader_.Finish(); !read && !draft_.fault) draft_.fault = read.error();
  }

 private:
  const Json& List(std::string_view name) {
    static const Json none = Json::array();
    const Json* list = reader_.Array(name);
    return list == nullptr ? none : *list;
  }
  const Json& Map(std::string_view name) {
    static const Json none = Json::object();
    const Json* map = reader_.Object(name);
    return map == nullptr ? none : *map;
  }
  static std::string TextOf(const Json& json) {
    return json.is_string() ? json.get<std::string>() : DumpJson(json);
  }

  void AddFieldsOf(const Json& name) {
    const Body* body = draft_.FindBody(TextOf(name));
    if (body == nullptr) return draft_.Fail(place_ + "/bodies", "no such body: " + DumpJson(name));
    for (const Field& field : body->fields) {
      if (!IsDerived(json_, field.name) && !IsWordOfSibling(*body, field)) {
        AddField(field.name, field.type);
      }
    }
  }

  // "statusText" beside an enum "status" (Q12).
  static bool IsWordOfSibling(const Body& body, const Field& field) {
    if (!field.name.ends_with("Text")) return false;
    const Field* sibling = body.Find(std::string_view(field.name).substr(0, field.name.size() - 4));
    return sibling != nullptr && sibling->type.kind == Kind::kEnum;
  }

  void AddField(const std::string& name, const WireType& type) {
    if (resource_.FieldNamed(name)) return;  // the first body that has it says what it is
    if (type.kind == Kind::kObject || type.is_list) {
      return draft_.Fail(place_ + "/derived", name + " is no plain value; say where it comes from");
    }
    StoredField field;
    field.name = name;
    field.pascal_name = Pascal(name);
    field.type = type;
    if (type.kind == Kind::kBool) field.fallback = Scalar::Bool(false);  // as in .NET
    resource_.fields.push_back(std::move(field));
  }

  StoredField* Stored(const std::string& name, std::string_view part) {
    const auto field = resource_.FieldNamed(name);
    if (field) return &resource_.fields[*field];
    draft_.Fail(place_ + "/" + std::string(part), "no stored field '" + name + "'");
    return nullptr;
  }

  FieldIndex IndexOf(const std::string& name, std::string_view part) {
    return Stored(name, part) == nullptr ? FieldIndex{0} : *resource_.FieldNamed(name);
  }

  void ReadLink(const std::string& name, const Json& json) {
    const std::string here = place_ + "/links/" + name;
    const std::string keys = here + "/by/";
    ObjectReader reader(json, here);
    Link link;
    link.field = IndexOf(name, "links");
    reader.Require("to");
    Resource* to = nullptr;
    if (const Json* target = reader.Any("to")) to = draft_.FindResource(*target, here + "/to");
    link.to = to;
    if (const Json* by = reader.Object("by"); by != nullptr && to != nullptr) {
      for (const auto& [key, field] : by->items()) {
        link.by.push_back({key, KeyField(*to, TextOf(field), keys + key), Pascal(key)});
      }
    }
    reader.Text("specified_by", link.specified_by);
    if (to != nullptr) ReadKind(reader, *to, link);
    if (Result<void> read = reader.Finish(); !read && !draft_.fault) draft_.fault = read.error();
    if (draft_.fault) return;
    resource_.fields[link.field].to = to;
    resource_.links.push_back(std::move(link));
  }

  // Which of those that have a name are meant.
  void ReadKind(ObjectReader& reader, const Resource& to, Link& link) {
    const Json none = Json::object();
    const Json* only = reader.Object("only");
    for (const auto& [name, value] : (only == nullptr ? none : *only).items()) {
      const auto field = to.FieldNamed(name);
      if (!field) return reader.Fail("only", "no stored field '" + name + "' in " + to.name);
      link.only.emplace_back(*field, draft_.Constant(value, reader.PlaceOf("only")));
    }
    std::string among;
    if (!reader.Text("among", among)) return;
    const auto own = resource_.FieldNamed(among);
    const auto theirs = to.FieldNamed(among);
    if (!own || !theirs) return reader.Fail("among", "not both have a field '" + among + "'");
    link.among = {*own, *theirs};
  }

  FieldIndex KeyField(Resource& to, const std::string& name, const std::string& place) {
    if (name == "id") return kIdField;
    const auto field = to.FieldNamed(name);
    if (!field) draft_.Fail(place, "no stored field '" + name + "' in " + to.name);
    if (!field) return kIdField;
    to.fields[*field].is_indexed = true;
    return *field;
  }

  void ReadNames() {
    for (const auto& [from, to] : Map("renames").items()) {
      Stored(TextOf(to), "renames");
      resource_.renames.emplace_back(from, TextOf(to));
    }
    for (const Json& name : List("ignored")) resource_.ignored.push_back(TextOf(name));
    for (const Json& name : List("needs")) resource_.needs.push_back(TextOf(name));
    for (const Json& name : List("created")) {
      resource_.created.push_back(IndexOf(TextOf(name), "created"));
    }
    for (const Json& name : List("modified")) {
      resource_.modified.push_back(IndexOf(TextOf(name), "modified"));
    }
    std::string numbered;
    if (reader_.Text("numbered", numbered)) resource_.numbered = IndexOf(numbered, "numbered");
    reader_.Text("before_write", resource_.before_write);
    reader_.Text("after_write", resource_.after_write);
  }

  void ReadElsewhere(const std::string& name, const Json& through) {
    const FieldIndex link = IndexOf(TextOf(through), "elsewhere");
    const Resource* to = draft_.fault ? nullptr : resource_.fields[link].to;
    const auto field = to == nullptr ? std::nullopt : to->FieldNamed(name);
    const Link* theirs = field ? to->LinkAt(*field) : nullptr;
    if (theirs == nullptr) return draft_.Fail(place_ + "/elsewhere", "no such link there: " + name);
    Link copy = *theirs;
    copy.elsewhere = link;
    resource_.links.push_back(std::move(copy));
  }

  void ReadTouch(const std::string& path, const std::string& field) {
    Resource::Touch touch;
    const Resource* at = &resource_;
    for (std::size_t begin = 0; begin <= path.size() && at != nullptr;) {
      const std::size_t end = std::min(path.find('.', begin), path.size());
      const auto link = at->FieldNamed(path.substr(begin, end - begin));
      at = link ? at->fields[*link].to : nullptr;
      if (at != nullptr) touch.hops.push_back({*link, at});
      begin = end + 1;
    }
    const auto target = at == nullptr ? std::nullopt : at->FieldNamed(field);
    if (!target) return draft_.Fail(place_ + "/touches/" + path, "leads to no field");
    touch.field = *target;
    resource_.touches.push_back(std::move(touch));
  }

  const Json& json_;
  Resource& resource_;
  Draft& draft_;
  const std::string place_;
  ObjectReader reader_;
};

}  // namespace

void ReadResources(const Json& resources, Draft& draft) {
  for (const auto& [name, json] : resources.items()) {
    auto resource = std::make_unique<Resource>();
    resource->name = name;
    resource->index = draft.resources.size();
    draft.resources.push_back(std::move(resource));
  }
  std::vector<ResourceReader> readers;
  readers.reserve(draft.resources.size());
  for (const auto& resource : draft.resources) {
    readers.emplace_back(resources[resource->name], *resource, draft);
  }
  for (ResourceReader& reader : readers) reader.ReadFields();
  for (ResourceReader& reader : readers) reader.ReadLinks();
  for (ResourceReader& reader : readers) reader.ReadRest();
}

}  // namespace kondor::qondor
