#include "mock_server/qondor/backend/pending.h"

#include <algorithm>
#include <utility>

namespace kondor::qondor {
namespace {

bool IsBlankText(const Scalar& value) { return value.is_text() && IsBlank(value.text); }

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

void Contradict(const std::string& place, const Field& field, const Field& twin, Verdict& verdict) {
  verdict.broken.Add(place + field.pascal_name,
                     "This " + field.pascal_name + " contradicts " + twin.pascal_name + ".");
}

// The field in which what a link leads to is not what it must be; nullptr when there is none.
const StoredField* WrongKind(const Link& link, Seen target) {
  for (const auto& [field, value] : link.only) {
    if (!(target.Get(field) == value)) return &link.to->fields[field];
  }
  return nullptr;
}

bool IsSame(const std::vector<Pending>& some, const std::vector<Pending>& others) {
  const auto same_cell = [](const Cell& a, const Cell& b) {
    return a.field() == b.field() && a.value() == b.value();
  };
  const auto same_children = [](const Pending::Children& a, const Pending::Children& b) {
    return a.resource == b.resource && IsSame(a.list, b.list);
  };
  const auto same = [&](const Pending& a, const Pending& b) {
    const auto& cells = a.record.cells();
    const auto& others_cells = b.record.cells();
    return std::equal(cells.begin(), cells.end(), others_cells.begin(), others_cells.end(),
                      same_cell) &&
           std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                      same_children);
  };
  return std::equal(some.begin(), some.end(), others.begin(), others.end(), same);
}

}  // namespace

void Proposal::Apply(const Operation& operation, const Input& input, Stage stage, Pending& pending,
                     Verdict& verdict) {
  ApplyPart({&operation.does, *operation.intake, input, stage, ""}, pending, verdict);
}

void Proposal::ApplyPart(const Part& part, Pending& pending, Verdict& verdict) {
  pending.resource = part.intake.resource;
  ApplyStored(part, pending, verdict);
  for (const Link& link : part.intake.resource->links) ApplyLink(link, part, pending, verdict);
  for (std::size_t i = 0; i < part.intake.steps.size(); ++i) {
    const Intake::Step& step = part.intake.steps[i];
    if (step.use == Intake::Use::kNested) ApplyNested(part, i, pending, verdict);
  }
}

void Proposal::ApplyStored(const Part& part, Pending& pending, Verdict& verdict) const {
  const auto for_each_stored = [&](auto use) {
    for (std::size_t i = 0; i < part.intake.steps.size(); ++i) {
      if (part.intake.steps[i].use != Intake::Use::kStore) continue;
      const Input::Item* item = part.input.Find(&part.intake.body->fields[i]);
      if (item != nullptr) use(*item, part.intake.steps[i]);
    }
  };
  // Nulls first: two fields of a body may be names of one stored field.
  for_each_stored([&](const Input::Item& item, const Intake::Step& step) {
    const StoredField& stored = pending.resource->fields[step.field];
    const Scalar value = item.Value();
    const bool blank = item.is_null() || IsBlankText(value);
    if (part.stage == Stage::kKnown && blank && stored.is_required) {
      verdict.Require(part.place, item.field->pascal_name);
    }
    // A blank name would be shared by all that have none.
    if (item.is_null() || (IsBlankText(value) && stored.is_indexed)) {
      pending.record.Set(step.field, {});
    }
  });
  for_each_stored([&](const Input::Item& item, const Intake::Step& step) {
    const Scalar value = item.Value();
    const bool open = IsBlankText(value) && pending.resource->fields[step.field].is_indexed;
    if (value.is_null() || open) return;
    const Field* twin = step.twin ? &part.intake.body->fields[*step.twin] : nullptr;
    const Scalar said = twin == nullptr ? Scalar{} : part.input.ValueOf(twin);
    if (!said.is_null() && !(said == value)) Contradict(part.place, *item.field, *twin, verdict);
    pending.record.Set(step.field, value);
  });
}

void Proposal::ApplyLink(const Link& link, const Part& part, Pending& pending, Verdict& verdict) {
  const auto item_of = [&](std::string_view name, Intake::Use use) {
    return ItemOf(part.intake, part.input, name, use);
  };
  const Input::Item* flag =
      link.specified_by.empty() ? nullptr : item_of(link.specified_by, Intake::Use::kElsewhere);
  const bool is_specified = flag != nullptr && flag->scalar.is_true();
  if (flag != nullptr && !flag->is_null() && !is_specified) return;
  bool sent = is_specified;
  Names names;
  Hints hints;
  for (const Key& key : link.by) {
    const Input::Item* item = item_of(key.name, Intake::Use::kLinkKey);
    sent = sent || item != nullptr;
    if (item != nullptr && IsName(item->Value())) {
      names.push_back({item->field, key.field, item->Value()});
    } else if (part.intake.body->Find(key.name) != nullptr) {
      hints.push_back(key.pascal_name);
    }
  }
  if (!sent) return;
  Scalar target;
  std::string name;
  if (!names.empty()) {
    pending.named.push_back(link.field);
    if (part.effect != nullptr && part.stage == Stage::kNew) {
      Finder::AddWithin(*part.effect, part.input, hints);
    }
    const std::string& first = names.front().param->pascal_name;
    name = part.place + first;
    const auto suits = [&](Seen candidate) { return Suits(link, part, pending, candidate); };
    const Seen found = finder_.Named(*link.to, names, suits, part.place, hints, verdict);
    if (!found) return;
    if (const StoredField* kind = WrongKind(link, found)) {
      verdict.broken.Add(name, "This " + first + " has another " + kind->pascal_name + ".");
    }
    target = Scalar::Int(found.entity->id);
  } else if (part.stage == Stage::kKnown && !link.elsewhere &&
             IsNeeded(*pending.resource, link.field)) {
    return verdict.Require(part.place, link.by.front().pascal_name);
  }
  if (link.elsewhere) {
    pending.elsewhere.push_back({*link.elsewhere, link.field, target, 0, std::move(name)});
  } else {
    pending.record.Set(link.field, target);
    if (!name.empty()) pending.sent.push_back({link.field, std::move(name)});
  }
}

bool Proposal::Suits(const Link& link, const Part& part, const Pending& pending, Seen candidate) {
  if (WrongKind(link, candidate) != nullptr) return false;
  if (link.among) {
    const auto [own, theirs] = *link.among;
    if (!(candidate.Get(theirs) == pending.record.Get(own))) return false;
  }
  const Scalar id = Scalar::Int(candidate.entity->id);
  Entity entity;
  const Resource* resource = pending.resource;
  if (link.elsewhere) {
    const Scalar through = pending.record.Get(*link.elsewhere);
    if (through.is_null()) return true;
    resource = resource->fields[*link.elsewhere].to;
    entity.record = store_.Find(*resource, through.whole).entity->record;
  } else {
    entity.record = pending.record;
  }
  entity.record.Set(link.field, id);
  if (Agree(*resource, entity.record) != nullptr) return false;
  if (link.elsewhere || part.effect == nullptr || part.stage != Stage::kNew) return true;
  const Seen seen{&store_.TableOf(*resource), &entity};
  const auto& within = part.effect->within;
  return std::all_of(within.begin(), within.end(), [&](const Effect::Condition& condition) {
    const Scalar wanted = part.input.ValueOf(condition.param);
    return !IsName(wanted) || values_.Value(*condition.source, seen) == wanted;
  });
}

void Proposal::ApplyNested(const Part& part, std::size_t index, Pending& pending,
                           Verdict& verdict) {
  const Field& field = part.intake.body->fields[index];
  const Intake::Step& step = part.intake.steps[index];
  const Intake& nested = *step.nested;
  const Input::Item* item = part.input.Find(&field);
  if (item == nullptr) return;
  Pending::Children children;
  children.resource = nested.resource;
  for (const Link& link : nested.resource->links) {
    if (link.to == pending.resource) children.link = link.field;
  }
  for (std::size_t i = 0; i < item->list.size(); ++i) {
    const std::string here = part.place + field.pascal_name + "[" + std::to_string(i) + "].";
    Pending& child = children.list.emplace_back();
    child.place = here;
    ApplyPart({nullptr, nested, item->list[i], Stage::kNew, here}, child, verdict);
    CheckNeeds(nested.resource->needs, here, child, verdict);
  }
  // Of two names for one list the one that says something counts.
  for (Pending::Children& known : pending.children) {
    if (known.resource != children.resource) continue;
    if (known.list.empty()) {
      known = std::move(children);
    } else if (!children.list.empty() && !IsSame(known.list, children.list)) {
      Contradict(part.place, field, part.intake.body->fields[*step.twin], verdict);
    }
    return;
  }
  pending.children.push_back(std::move(children));
}

void Proposal::CopyTemplate(const Operation& operation, const Input& input, Pending& pending,
                            Verdict& verdict) {
  const auto& copy = operation.does.copy_from;
  if (!copy) return;
  const Scalar name = input.ValueOf(copy->param);
  if (!IsName(name)) return;
  const FieldIndex place = pending.resource->fields[copy->field].unique_within;
  const auto suits = [&](Seen candidate) {
    return place == kIdField || candidate.Get(place) == pending.record.Get(place);
  };
  Hints hints;
  if (place != kIdField) hints.push_back(pending.resource->fields[place].pascal_name);
  const Seen from = finder_.Named(*pending.resource, {{copy->param, copy->field, name}}, suits, "",
                                  hints, verdict);
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

}  // namespace kondor::qondor
