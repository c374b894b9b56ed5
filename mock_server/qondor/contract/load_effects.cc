// What the operations of api.json do: the "does" of each.
#include <algorithm>
#include <array>
#include <utility>

#include "mock_server/json/object_reader.h"
#include "mock_server/qondor/contract/draft.h"

namespace kondor::qondor {
namespace {

constexpr std::array<std::pair<std::string_view, Action>, 6> kActions = {{
    {"get", Action::kGet},
    {"list", Action::kList},
    {"create", Action::kCreate},
    {"update", Action::kUpdate},
    {"delete", Action::kDelete},
    {"relate", Action::kRelate},
}};

class EffectReader {
 public:
  EffectReader(const Json& json, const std::string& place, Operation& operation, Draft& draft)
      : operation_(operation),
        effect_(operation.does),
        place_(place),
        draft_(draft),
        reader_(json, place) {}

  void Read() {
    ReadAction();
    if (draft_.fault || effect_.resource == nullptr) {
      return draft_.Fail(place_, "says not what it does to what");
    }
    ReadFinds("find", *effect_.resource, effect_.find);
    ReadConditions("within", effect_.within);
    for (Effect::Condition& within : effect_.within) FindNamed(within);
    ReadConditions("where", effect_.where);
    ReadConditions("after", effect_.after);
    ReadConditions("or_after", effect_.or_after);
    ReadConditions("since", effect_.since);
    ReadUnder();
    ReadFixed("only", effect_.only);
    ReadFixed("set", effect_.set);
    ReadFixed("when", effect_.when);
    ReadRest();
    if (Result<void> read = reader_.Finish(); !read && !draft_.fault) draft_.fault = read.error();
  }

 private:
  void Fail(std::string_view part, const std::string& what) {
    draft_.Fail(reader_.PlaceOf(part), what);
  }

  void ReadAction() {
    for (const auto& [word, action] : kActions) {
      const Json* resource = reader_.Any(word);
      if (resource == nullptr) continue;
      effect_.action = action;
      effect_.resource = draft_.FindResource(*resource, reader_.PlaceOf(word));
    }
  }

  // The parameter or body field of that name.
  const Field* Param(const std::string& name, std::string_view part) {
    if (name == "id" && operation_.has_id()) return &IdParameter();
    for (const Field& field : operation_.query) {
      if (field.name == name) return &field;
    }
    const Field* in_body = operation_.request == nullptr ? nullptr : operation_.request->Find(name);
    if (in_body == nullptr) Fail(part, "the call has no '" + name + "'");
    return in_body;
  }

  void ReadFinds(std::string_view part, const Resource& in, std::vector<Effect::Find>& out) {
    const Json* finds = reader_.Object(part);
    if (finds == nullptr) return;
    for (const auto& [name, field] : finds->items()) {
      if (!field.is_string()) return Fail(part, "expected the name of a field");
      AddFind(name, field.get<std::string>(), part, in, out);
    }
  }

  void AddFind(const std::string& name, const std::string& field, std::string_view part,
               const Resource& in, std::vector<Effect::Find>& out) {
    Effect::Find find{Param(name, part)};
    if (field != "id") {
      const auto stored = in.FieldNamed(field);
      if (!stored) return Fail(part, "no stored field '" + field + "'");
      draft_.resources[in.index]->fields[*stored].is_indexed = true;
      find.field = *stored;
    }
    out.push_back(find);
  }

  void ReadConditions(std::string_view part, std::vector<Effect::Condition>& out) {
    const Json* conditions = reader_.Object(part);
    if (conditions == nullptr) return;
    for (const auto& [name, source] : conditions->items()) {
      Effect::Condition condition;
      condition.param = Param(name, part);
      condition.source = ReadSource(source, *effect_.resource, reader_.PlaceOf(part), draft_);
      out.push_back(std::move(condition));
    }
  }

  // "roomId.accommodationProductId" names a product by its id, and with ".externalReference" behind
  // it by that.
  void FindNamed(Effect::Condition& condition) {
    const Source& source = *condition.source;
    if (draft_.fault || source.op != Source::Op::kPath) return;
    if (source.target->op != Source::Op::kField) return;
    const Resource& at = source.hops.empty() ? *effect_.resource : *source.hops.back().to;
    const StoredField& field = at.fields[source.target->field];
    condition.names = field.to == nullptr ? &at : field.to;
    if (field.to != nullptr) return;
    condition.by = source.target->field;
    draft_.resources[at.index]->fields[condition.by].is_indexed = true;
  }

  // "offerId.projectId": the call names a project, by the names that offers call it.
  void ReadUnder() {
    std::string path;
    if (!reader_.Text("under", path)) return;
    const Resource* at = effect_.resource;
    const Link* last = nullptr;
    for (std::size_t begin = 0; begin <= path.size();) {
      const std::size_t end = std::min(path.find('.', begin), path.size());
      const auto field = at->FieldNamed(path.substr(begin, end - begin));
      last = field ? at->LinkAt(*field) : nullptr;
      if (last == nullptr) return Fail("under", "no link leads along " + path);
      draft_.resources[at->index]->fields[*field].is_indexed = true;
      effect_.under.push_back({*field, last->to});
      at = last->to;
      begin = end + 1;
    }
    for (const Field& param : operation_.query) {
      for (const Key& key : last->by) {
        if (key.name == param.name) effect_.under_find.push_back({&param, key.field, false});
      }
    }
    if (effect_.under_find.empty()) Fail("under", "no parameter says under which");
  }

  void ReadFixed(std::string_view part, std::vector<Effect::Fixed>& out) {
    const Json* fixed = reader_.Object(part);
    if (fixed == nullptr) return;
    for (const auto& [name, value] : fixed->items()) {
      const auto field = effect_.resource->FieldNamed(name);
      if (!field) return Fail(part, "no stored field '" + name + "'");
      const bool is_now =
          value == "now" && effect_.resource->fields[*field].type.kind == Kind::kDate;
      const Json values = value.is_array() ? value : Json::array({value});
      for (const Json& one : values) {
        out.push_back({*field, draft_.Constant(one, reader_.PlaceOf(part)), is_now});
      }
    }
  }

  void ReadRest() {
    if (const Json* include = reader_.Object("include")) {
      for (const auto& [flag, field] : include->items()) {
        effect_.include.emplace_back(Param(flag, "include"), field.get<std::string>());
        if (operation_.response->Find(effect_.include.back().second) == nullptr) {
          Fail("include", "the answer has no such field");
        }
      }
    }
    if (const Json* needs = reader_.Array("needs")) {
      for (const Json& name : *needs) effect_.needs.push_back(name.get<std::string>());
    }
    std::vector<Effect::Find> templates;
    ReadFinds("template", *effect_.resource, templates);
    if (!templates.empty()) effect_.copy_from = templates.front();
    std::string name;
    if (reader_.Text("end", name)) effect_.end = Param(name, "end");
    if (reader_.Text("unknown", name)) effect_.unknown_breaks_rule = name == "business_rule";
    for (const std::string& need : effect_.needs) {
      const auto field = effect_.resource->FieldNamed(need);
      if (!field || effect_.resource->LinkAt(*field) == nullptr) Fail("needs", "no link " + need);
    }
  }

  Operation& operation_;
  Effect& effect_;
  const std::string place_;
  Draft& draft_;
  ObjectReader reader_;
};

// Works out what becomes of each field of one body in one resource.
class IntakeReader {
 public:
  IntakeReader(const Resource& resource, const Effect* effect, Draft& draft)
      : resource_(resource), effect_(effect), draft_(draft) {}

  const Intake* Read(const Body& body) {
    auto intake = std::make_unique<Intake>();
    intake->body = &body;
    intake->resource = &resource_;
    for (const Field& field : body.fields) {
      Intake::Step step = StepOf(body, field);
      step.twin = TwinOf(step, intake->steps);
      intake->steps.push_back(step);
    }
    return draft_.intakes.emplace_back(std::move(intake)).get();
  }

 private:
  static std::optional<std::size_t> TwinOf(const Intake::Step& step,
                                           const std::vector<Intake::Step>& earlier) {
    for (std::size_t i = 0; i < earlier.size(); ++i) {
      const Intake::Step& other = earlier[i];
      if (other.use != step.use) continue;
      const bool same_field = step.use == Intake::Use::kStore && other.field == step.field;
      const bool same_list =
          step.use == Intake::Use::kNested && other.nested->resource == step.nested->resource;
      if (same_field || same_list) return i;
    }
    return {};
  }

  Intake::Step StepOf(const Body& body, const Field& field) {
    if (effect_ != nullptr && IsAbout(field)) return {};
    for (const auto& [name, children] : resource_.nested) {
      if (name != field.name || children == nullptr) continue;
      return {Intake::Use::kNested,
              0,
              IntakeReader(*children, nullptr, draft_).Read(*field.type.body),
              {}};
    }
    for (const Link& link : resource_.links) {
      if (link.specified_by == field.name) return {};
      for (const Key& key : link.by) {
        if (key.name == field.name) return {Intake::Use::kLinkKey, 0, nullptr, {}};
      }
    }
    if (const auto stored = resource_.FieldNamed(StoredName(field.name))) {
      return {Intake::Use::kStore, *stored, nullptr, {}};
    }
    const auto& ignored = resource_.ignored;
    if (std::find(ignored.begin(), ignored.end(), field.name) == ignored.end()) {
      draft_.Fail("/bodies/" + body.name + "/" + field.name,
                  "nothing becomes of it in " + resource_.name);
    }
    return {};
  }

  std::string StoredName(const std::string& name) const {
    for (const auto& [from, to] : resource_.renames) {
      if (from == name) return to;
    }
    return name;
  }

  // Whether the field says which entity is meant, or where it is, rather than what it becomes.
  bool IsAbout(const Field& field) const {
    const auto is_it = [&](const auto& part) { return part.param == &field; };
    if (std::any_of(effect_->within.begin(), effect_->within.end(), is_it)) return true;
    if (effect_->end == &field) return true;
    if (effect_->copy_from && effect_->copy_from->param == &field) return true;
    if (std::none_of(effect_->find.begin(), effect_->find.end(), is_it)) return false;
    // With an id beside it, an external reference can also be what the entity is to be called.
    return field.name == "id" ||
           std::none_of(effect_->find.begin(), effect_->find.end(),
                        [](const Effect::Find& find) { return find.param->name == "id"; });
  }

  const Resource& resource_;
  const Effect* effect_;
  Draft& draft_;
};

// A name that the operation also writes down does not have to be the entity's yet.
void MarkStored(Operation& operation) {
  for (Effect::Find& find : operation.does.find) {
    for (std::size_t i = 0; i < operation.intake->steps.size(); ++i) {
      if (find.param != &operation.request->fields[i]) continue;
      find.is_stored = operation.intake->steps[i].use == Intake::Use::kStore;
    }
  }
}

// What a create cannot go without, an update cannot take away.
void MarkRequired(const Operation& operation, const Draft& draft) {
  Resource& resource = *draft.resources[operation.does.resource->index];
  for (std::size_t i = 0; i < operation.intake->steps.size(); ++i) {
    const Intake::Step& step = operation.intake->steps[i];
    if (step.use != Intake::Use::kStore || !operation.request->fields[i].required) continue;
    resource.fields[step.field].is_required = true;
  }
}

// Links to what can be deleted are opened then, so they must be found.
void IndexLinks(Resource& resource, const Draft& draft) {
  for (StoredField& field : resource.fields) {
    if (field.to == nullptr) continue;
    const bool goes_along = !field.to->parents.empty();
    const bool goes = std::any_of(
        draft.operations.begin(), draft.operations.end(), [&](const Operation& operation) {
          return operation.does.action == Action::kDelete && operation.does.resource == field.to;
        });
    if (goes || goes_along) field.is_indexed = true;
  }
}

}  // namespace

void ReadEffects(const Json& operations, Draft& draft) {
  for (std::size_t i = 0; i < operations.size() && !draft.fault; ++i) {
    const std::string place = "/operations/" + std::to_string(i) + "/does";
    EffectReader(operations[i]["does"], place, draft.operations[i], draft).Read();
  }
}

void ReadIntakes(Draft& draft) {
  for (Operation& operation : draft.operations) {
    if (operation.request == nullptr || draft.fault) continue;
    operation.intake =
        IntakeReader(*operation.does.resource, &operation.does, draft).Read(*operation.request);
    MarkStored(operation);
    if (operation.does.action == Action::kCreate) MarkRequired(operation, draft);
  }
  for (const auto& resource : draft.resources) IndexLinks(*resource, draft);
}

}  // namespace kondor::qondor
