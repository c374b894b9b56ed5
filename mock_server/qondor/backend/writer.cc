#include "mock_server/qondor/backend/writer.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/secrets/random.h"

namespace kondor::qondor {

namespace {

// In which state the entity is, and which the call needs.
void RefuseState(Seen entity, const Effect& effect, Verdict& verdict) {
  const FieldIndex state = effect.when.front().field;
  const StoredField& field = effect.resource->fields[state];
  const auto word = [&](const Scalar& value) {
    return field.type.words == nullptr ? std::to_string(value.whole)
                                       : std::string(field.type.words->TextOf(value.whole));
  };
  std::vector<std::string> needed;
  for (const Effect::Fixed& one : effect.when) needed.push_back(word(one.value));
  verdict.broken.Add(field.pascal_name, "Its " + field.pascal_name + " is " +
                                            word(entity.Get(state)) + "; this needs " +
                                            EitherOf(needed) + ".");
}

}  // namespace

Seen Writer::Create(const Operation& operation, const Input& input, Verdict& verdict) {
  Pending pending;
  proposal_.Apply(operation, input, Stage::kNew, pending, verdict);
  proposal_.CopyTemplate(operation, input, pending, verdict);
  proposal_.Set(operation.does.set, now_, pending);
  proposal_.Check(operation, input, 0, pending, verdict);
  return verdict.ok() ? Add(pending, input) : Seen{};
}

Seen Writer::Update(const Operation& operation, const Input& input, Verdict& verdict) {
  const Effect& effect = operation.does;
  Proposal::CheckSaid(operation, input, verdict);
  const Seen known = Finder(store_, contract_).One(effect, input, verdict);
  if (!known) return {};
  if (!effect.when.empty() && !HasFixed(known, effect.when)) {
    RefuseState(known, effect, verdict);
    return {};
  }
  Pending pending;
  pending.resource = effect.resource;
  pending.record = known.entity->record;
  if (operation.intake != nullptr) {
    proposal_.Apply(operation, input, Stage::kKnown, pending, verdict);
  }
  proposal_.Set(effect.set, now_, pending);
  proposal_.Check(operation, input, known.entity->id, pending, verdict);
  if (!verdict.ok()) return {};

  const Resource& resource = *effect.resource;
  const std::int32_t id = known.entity->id;
  const Record before = known.entity->record;
  Stamp(resource.modified, resource, pending.record);
  store_.TableOf(resource).Replace(*store_.TableOf(resource).Find(id), std::move(pending.record));
  SetElsewhere(pending);
  AddChildren(pending, id, input);
  Finish(resource, id, &before, input);
  return store_.Find(resource, id);
}

Seen Writer::Delete(const Operation& operation, const Input& input, Verdict& verdict) {
  const Seen known = Finder(store_, contract_).One(operation.does, input, verdict);
  if (!known) return {};
  const Resource& resource = *operation.does.resource;
  const std::int32_t id = known.entity->id;
  store_.Touch(resource, id, now_);  // while it still hangs where it hung
  store_.Remove(resource, id);
  return {};
}

Seen Writer::Relate(const Operation& operation, const Input& input, Verdict& verdict) {
  Pending pending;
  proposal_.Apply(operation, input, Stage::kNew, pending, verdict);
  proposal_.Check(operation, input, 0, pending, verdict);
  if (!verdict.ok()) return {};
  const Resource& resource = *operation.does.resource;
  const FieldIndex first = resource.parents.front();
  const FieldIndex second = resource.parents.back();
  Entity* related = nullptr;
  store_.ForEachChild(resource, first, static_cast<std::int32_t>(pending.record.Get(first).whole),
                      [&](const Entity& entity) {
                        if (!(entity.record.Get(second) == pending.record.Get(second))) return;
                        related = store_.TableOf(resource).Find(entity.id);
                      });
  if (input.ValueOf(operation.does.end).is_true()) {
    if (related != nullptr) store_.Remove(resource, related->id);
    return {};
  }
  if (related == nullptr) return Add(pending, input);
  Record record = related->record;
  for (const Cell& cell : pending.record.cells()) record.Set(cell.field(), cell.value());
  store_.TableOf(resource).Replace(*related, std::move(record));
  return {&store_.TableOf(resource), related};
}

Seen Writer::Add(Pending& pending, const Input& input) {
  const Resource& resource = *pending.resource;
  Table& table = store_.TableOf(resource);
  const std::int32_t id = table.NextId();
  Generate(resource, id, pending.record);
  Number(resource, pending.record);
  Stamp(resource.created, resource, pending.record);
  Stamp(resource.modified, resource, pending.record);
  table.Add(id, std::move(pending.record));
  SetElsewhere(pending);
  AddChildren(pending, id, input);
  Finish(resource, id, nullptr, input);
  return store_.Find(resource, id);
}

void Writer::AddChildren(Pending& pending, std::int32_t id, const Input& input) {
  for (Pending::Children& children : pending.children) {
    std::vector<std::int32_t> gone;
    store_.ForEachChild(*children.resource, children.link, id,
                        [&](const Entity& child) { gone.push_back(child.id); });
    for (const std::int32_t child : gone) store_.Remove(*children.resource, child);
    for (Pending& child : children.list) {
      child.record.Set(children.link, Scalar::Int(id));
      proposal_.Agree(*children.resource, child.record);
      Add(child, input);
    }
  }
}

void Writer::Finish(const Resource& resource, std::int32_t id, const Record* before,
                    const Input& input) {
  store_.Touch(resource, id, now_);
  if (resource.after_write.empty()) return;
  AfterWrite({store_, contract_, resource, id, before, input, now_, notices_});
}

void Writer::Stamp(const std::vector<FieldIndex>& fields, const Resource& resource,
                   Record& record) const {
  for (const FieldIndex field : fields) record.Set(field, NowFor(resource.fields[field], now_));
}

void Writer::Generate(const Resource& resource, std::int32_t id, Record& record) const {
  for (const auto& [field, generator] : resource.generated) {
    if (!record.Get(field).is_null()) continue;
    std::string text =
        generator == Resource::Generator::kUuid ? secrets::NewUuid() : std::to_string(id);
    const Table& table = store_.TableOf(resource);
    while (table.FindBy(field, Scalar::Text(text)) != nullptr) text += "-1";  // somebody's choice
    record.Set(field, Scalar::Text(text));
  }
}

void Writer::Number(const Resource& resource, Record& record) const {
  if (!resource.numbered || !record.Get(*resource.numbered).is_null()) return;
  const FieldIndex parent = resource.parents.front();
  std::int64_t last = 0;
  store_.ForEachChild(resource, parent, static_cast<std::int32_t>(record.Get(parent).whole),
                      [&](const Entity& sibling) {
                        const Scalar number = sibling.record.Get(*resource.numbered);
                        if (!number.is_null()) last = std::max(last, number.whole);
                      });
  record.Set(*resource.numbered, Scalar::Int(std::min<std::int64_t>(last, INT32_MAX - 1) + 1));
}

void Writer::SetElsewhere(Pending& pending) {
  for (const Pending::Elsewhere& elsewhere : pending.elsewhere) {
    // What was pending is written now; the entity behind the link is known by its own id.
    Table& there = store_.TableOf(*pending.resource->fields[elsewhere.through].to);
    if (Entity* entity = there.Find(elsewhere.id)) {
      there.Set(*entity, elsewhere.field, elsewhere.value);
    }
  }
  for (Pending::Follower& follower : pending.followers) {
    Table& table = store_.TableOf(*follower.resource);
    if (Entity* entity = table.Find(follower.id))
      table.Replace(*entity, std::move(follower.record));
  }
}

}  // namespace kondor::qondor
