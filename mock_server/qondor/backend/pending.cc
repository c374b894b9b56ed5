#include "mock_server/qondor/backend/pending.h"

#include <algorithm>

namespace kondor::qondor {
namespace {

bool IsEmptyText(const Scalar& value) { return value.is_text() && value.text.empty(); }

std::string PascalOf(std::string name) {
  if (!name.empty()) name.front() = static_cast<char>(name.front() & ~0x20);
  return name;
}

void RequireField(const std::string& place, const std::string& pascal_name, Verdict& verdict) {
  verdict.invalid.Add(place + pascal_name, "The " + pascal_name + " field is required.");
}

// The item of a link's key, if the body has such a field and it was sent.
const Input::Item* ItemOf(const Intake& intake, const Input& input, std::string_view name,
                          Intake::Use use) {
  for (std::size_t i = 0; i < intake.steps.size(); ++i) {
    const Field& field = intake.body->fields[i];
    if (intake.steps[i].use == use && field.name == name) return input.Find(&field);
  }
  return nullptr;
}

bool IsNeeded(const Resource& resource, FieldIndex link) {
  const auto& parents = resource.parents;
  if (std::find(parents.begin(), parents.end(), link) != parents.end()) return true;
  return std::any_of(resource.needs.begin(), resource.needs.end(),
                     [&](const std::string& need) { return need == resource.fields[link].name; });
}

}  // namespace

void Proposal::Apply(const Intake& intake, const Input& input, Stage stage,
                     const std::string& place, Pending& pending, Verdict& verdict) {
  pending.resource = intake.resource;
  const auto for_each_stored = [&](auto use) {
    for (std::size_t i = 0; i < intake.steps.size(); ++i) {
      if (intake.steps[i].use != Intake::Use::kStore) continue;
      const Input::Item* item = input.Find(&intake.body->fields[i]);
      if (item != nullptr) use(*item, intake.steps[i].field);
    }
  };
  // Nulls first: two fields of a body may be names of one stored field.
  for_each_stored([&](const Input::Item& item, FieldIndex field) {
    const StoredField& stored = intake.resource->fields[field];
    const bool open = item.is_null() || IsEmptyText(item.Value());
    if (stage == Stage::kKnown && open && stored.is_required) {
      RequireField(place, item.field->pascal_name, verdict);
    }
    // An empty name would be shared by all that have none.
    if (item.is_null() || (open && stored.is_indexed)) pending.record.Set(field, {});
  });
  for_each_stored([&](const Input::Item& item, FieldIndex field) {
    const Scalar value = item.Value();
    const bool open = IsEmptyText(value) && intake.resource->fields[field].is_indexed;
    if (!value.is_null() && !open) pending.record.Set(field, value);
  });
  for (const Link& link : intake.resource->links) {
    ApplyLink(link, intake, input, stage, place, pending, verdict);
  }
  for (std::size_t i = 0; i < intake.steps.size(); ++i) {
    if (intake.steps[i].use != Intake::Use::kNested) continue;
    const Field& field = intake.body->fields[i];
    if (const Input::Item* item = input.Find(&field)) {
      ApplyNested(*intake.steps[i].nested, *item, place + field.pascal_name, pending, verdict);
    }
  }
}

void Proposal::ApplyLink(const Link& link, const Intake& intake, const Input& input, Stage stage,
                         const std::string& place, Pending& pending, Verdict& verdict) {
  const Input::Item* flag = link.specified_by.empty()
                                ? nullptr
                                : ItemOf(intake, input, link.specified_by, Intake::Use::kElsewhere);
  const bool is_specified = flag != nullptr && flag->scalar.is_true();
  if (flag != nullptr && !flag->is_null() && !is_specified) return;
  bool sent = is_specified;
  const Input::Item* named = nullptr;
  FieldIndex by = kIdField;
  for (const Key& key : link.by) {
    const Input::Item* item = ItemOf(intake, input, key.name, Intake::Use::kLinkKey);
    if (item == nullptr) continue;
    sent = true;
    if (named != nullptr || item->is_null() || IsEmptyText(item->Value())) continue;
    named = item;
    by = key.field;
  }
  if (!sent) return;
  Scalar target;
  if (named != nullptr) {
    const Seen found =
        finder_.Named(*link.to, by, named->Value(), place + named->field->pascal_name, verdict);
    if (!found) return;
    target = Scalar::Int(found.entity->id);
  } else if (stage == Stage::kKnown && !link.elsewhere && IsNeeded(*intake.resource, link.field)) {
    return RequireField(place, PascalOf(link.by.front().name), verdict);
  }
  if (link.elsewhere) {
    pending.elsewhere.push_back({*link.elsewhere, link.field, target, 0});
  } else {
    pending.record.Set(link.field, target);
  }
}

void Proposal::ApplyNested(const Intake& nested, const Input::Item& item, const std::string& place,
                           Pending& pending, Verdict& verdict) {
  Pending::Children children;
  children.resource = nested.resource;
  for (const Link& link : nested.resource->links) {
    if (link.to == pending.resource) children.link = link.field;
  }
  for (std::size_t i = 0; i < item.list.size(); ++i) {
    const std::string here = place + "[" + std::to_string(i) + "].";
    Pending& child = children.list.emplace_back();
    Apply(nested, item.list[i], Stage::kNew, here, child, verdict);
    CheckNeeds(nested.resource->needs, here, child, verdict);
  }
  // Of two names for one list the one that says something counts.
  for (Pending::Children& known : pending.children) {
    if (known.resource != children.resource) continue;
    if (known.list.empty()) known = std::move(children);
    return;
  }
  pending.children.push_back(std::move(children));
}

void Proposal::CopyTemplate(const Operation& operation, const Input& input, Pending& pending,
                            Verdict& verdict) {
  const auto& copy = operation.does.copy_from;
  if (!copy) return;
  const Scalar name = input.ValueOf(copy->param);
  if (name.is_null() || IsEmptyText(name)) return;
  const Seen from =
      finder_.Named(*pending.resource, copy->field, name, copy->param->pascal_name, verdict);
  if (!from) return;
  const auto copy_field = [&](FieldIndex field) {
    if (pending.resource->fields[field].is_unique || !pending.record.Get(field).is_null()) return;
    pending.record.Set(field, from.entity->record.Get(field));
  };
  for (const Intake::Step& step : operation.intake->steps) {
    if (step.use == Intake::Use::kStore) copy_field(step.field);
  }
  for (const Link& link : pending.resource->links) {
    if (!link.by.empty()) copy_field(link.field);
  }
}

void Proposal::Set(const std::vector<Effect::Fixed>& fixed, std::int64_t now,
                   Pending& pending) const {
  for (const Effect::Fixed& one : fixed) {
    const StoredField& field = pending.resource->fields[one.field];
    pending.record.Set(one.field, one.is_now ? NowFor(field, now) : one.value);
  }
}

bool Proposal::Agree(const Resource& resource, Record& record) {
  Entity entity;
  for (const auto& [source, field] : resource.agree) {
    entity.record = record;
    const Scalar there = values_.Value(*source, {&store_.TableOf(resource), &entity});
    if (there.is_null()) continue;
    const Scalar here = record.Get(field);
    if (!here.is_null() && !(here == there)) return false;
    record.Set(field, there);
  }
  return true;
}

void Proposal::Check(const Operation& operation, const Input& input, std::int32_t self,
                     Pending& pending, Verdict& verdict) {
  const Resource& resource = *pending.resource;
  const std::string first = resource.agree.empty()
                                ? std::string()
                                : resource.fields[resource.agree.front().second].pascal_name;
  if (!Agree(resource, pending.record)) {
    verdict.broken.Add(first, "What the call names belongs to another " + first + ".");
  }
  CheckNeeds(operation.does.needs, "", pending, verdict);
  CheckNeeds(resource.needs, "", pending, verdict);
  CheckUnique(self, pending, verdict);
  Entity entity;
  entity.record = pending.record;
  const Seen seen{&store_.TableOf(resource), &entity};
  if (self == 0) {  // an entity that is found is found within; one that is made must be made there
    for (const auto& within : operation.does.within) {
      const Scalar wanted = input.ValueOf(within.param);
      if (wanted.is_null() || values_.Value(*within.source, seen) == wanted) continue;
      verdict.broken.Add(within.param->pascal_name, "What the call names belongs to another " +
                                                        within.param->pascal_name + ".");
    }
  }
  for (Pending::Elsewhere& elsewhere : pending.elsewhere) {
    const Scalar id = pending.record.Get(elsewhere.through);
    if (id.is_null()) continue;
    elsewhere.id = id.whole;
    const Resource& there = *resource.fields[elsewhere.through].to;
    Record record = store_.Find(there, id.whole).entity->record;
    record.Set(elsewhere.field, elsewhere.value);
    if (!Agree(there, record)) {
      const std::string& name = there.fields[elsewhere.field].pascal_name;
      verdict.broken.Add(name, "This " + name + " belongs to another offer.");
    }
  }
}

void Proposal::CheckNeeds(const std::vector<std::string>& needs, const std::string& place,
                          const Pending& pending, Verdict& verdict) const {
  if (!verdict.broken.empty()) return;  // a link that leads nowhere is not missing
  for (const std::string& need : needs) {
    const FieldIndex field = *pending.resource->FieldNamed(need);
    if (!pending.record.Get(field).is_null()) continue;
    RequireField(place, PascalOf(pending.resource->LinkAt(field)->by.front().name), verdict);
  }
}

void Proposal::CheckUnique(std::int32_t self, const Pending& pending, Verdict& verdict) const {
  const Resource& resource = *pending.resource;
  const Table& table = store_.TableOf(resource);
  for (const Cell& cell : pending.record.cells()) {
    const StoredField& field = resource.fields[cell.field()];
    const Table::Found* candidates =
        field.is_unique ? table.Candidates(cell.field(), cell.value()) : nullptr;
    if (candidates == nullptr) continue;
    for (const Entity* other : *candidates) {
      const bool same_place =
          field.unique_within == kIdField ||
          other->record.Get(field.unique_within) == pending.record.Get(field.unique_within);
      if (other->id == self || !same_place || !(other->record.Get(cell.field()) == cell.value())) {
        continue;
      }
      verdict.broken.Add(field.pascal_name, "This " + field.pascal_name + " is already in use.");
      break;
    }
  }
}

}  // namespace kondor::qondor
