// What speaks against an entity as it would be.
#include <algorithm>

#include "mock_server/qondor/backend/before_write.h"
#include "mock_server/qondor/backend/pending.h"

namespace kondor::qondor {
namespace {

// What the call calls a link, if it named something for it.
const std::string* SentAs(const Pending& pending, FieldIndex link) {
  for (const Pending::Sent& sent : pending.sent) {
    if (sent.link == link) return &sent.name;
  }
  return nullptr;
}

// "offerId": an offer.
std::string KindOf(const StoredField& link) { return link.name.substr(0, link.name.size() - 2); }

}  // namespace

const Resource::Agreement* Proposal::Agree(const Resource& resource, Record& record) {
  Entity entity;
  for (const Resource::Agreement& agreement : resource.agree) {
    const auto& [source, field] = agreement;
    entity.record = record;
    const Scalar there = values_.Value(*source, {&store_.TableOf(resource), &entity});
    if (there.is_null()) continue;
    const Scalar here = record.Get(field);
    if (!here.is_null() && !(here == there)) return &agreement;
    record.Set(field, there);
  }
  return nullptr;
}

void Proposal::Check(const Operation& operation, const Input& input, std::int32_t self,
                     Pending& pending, Verdict& verdict) {
  const Resource& resource = *pending.resource;
  CheckAgreements(pending, verdict);
  // An entity that is found is found within; one that is made must be made there.
  if (self == 0) CheckWithin(operation.does, input, pending, verdict);
  if (self == 0) CheckNeeds(operation.does.needs, "", pending, verdict);
  CheckNeeds(resource.needs, "", pending, verdict);
  CheckUnique(self, pending, verdict);
  CheckElsewhere(pending, verdict);
  if (verdict.ok()) BeforeWrite({store_, contract_, input, self}, pending, verdict);
}

void Proposal::CheckSaid(const Operation& operation, const Input& input, Verdict& verdict) {
  const Resource& resource = *operation.does.resource;
  for (const std::string& need : operation.does.needs) {
    const auto& keys = resource.LinkAt(*resource.FieldNamed(need))->by;
    const bool is_said = std::any_of(keys.begin(), keys.end(), [&](const Key& key) {
      const Field* field = operation.request->Find(key.name);
      return field != nullptr && IsName(input.ValueOf(field));
    });
    if (!is_said) verdict.Require("", keys.front().pascal_name);
  }
}

void Proposal::CheckAgreements(Pending& pending, Verdict& verdict) {
  const Resource& resource = *pending.resource;
  const Resource::Agreement* broken = Agree(resource, pending.record);
  if (broken == nullptr) return;
  const FieldIndex through = broken->first->hops.front().link;
  const std::string* sent = SentAs(pending, through);
  const std::string& name = sent == nullptr ? resource.fields[through].pascal_name : *sent;
  verdict.broken.Add(name, "This " + name + " belongs to another " +
                               KindOf(resource.fields[broken->second]) + ".");
}

void Proposal::CheckWithin(const Effect& effect, const Input& input, const Pending& pending,
                           Verdict& verdict) {
  Entity entity;
  entity.record = pending.record;
  const Seen seen{&store_.TableOf(*pending.resource), &entity};
  for (const Effect::Condition& within : effect.within) {
    const Name name{within.param, within.by, input.ValueOf(within.param)};
    if (!IsName(name.value)) continue;
    const std::string& text = within.param->pascal_name;
    const auto& hops = within.source->hops;
    if (within.names != nullptr && !finder_.Exists(*within.names, name)) {
      verdict.broken.Add(text, "This " + text + " does not exist.");
    } else if (!hops.empty() && pending.record.Get(hops.front().link).is_null()) {
      continue;  // what should be there was not found, which is said already
    } else if (!(values_.Value(*within.source, seen) == name.value)) {
      const std::string* sent = hops.empty() ? nullptr : SentAs(pending, hops.front().link);
      verdict.broken.Add(text, (sent == nullptr ? "What the call names" : "This " + *sent) +
                                   " does not belong to this " + text + ".");
    }
  }
}

void Proposal::CheckElsewhere(Pending& pending, Verdict& verdict) {
  for (Pending::Elsewhere& elsewhere : pending.elsewhere) {
    const Scalar id = pending.record.Get(elsewhere.through);
    if (id.is_null()) continue;
    elsewhere.id = id.whole;
    const Resource& there = *pending.resource->fields[elsewhere.through].to;
    Record record = store_.Find(there, id.whole).entity->record;
    record.Set(elsewhere.field, elsewhere.value);
    const Resource::Agreement* broken = Agree(there, record);
    if (broken == nullptr) continue;
    verdict.broken.Add(elsewhere.name, "This " + elsewhere.name + " belongs to another " +
                                           KindOf(there.fields[broken->second]) + ".");
  }
}

void Proposal::CheckNeeds(const std::vector<std::string>& needs, const std::string& place,
                          const Pending& pending, Verdict& verdict) const {
  // A link that leads nowhere is not missing, nor is what would have followed from it.
  const auto is_named = [&](FieldIndex link) {
    return std::find(pending.named.begin(), pending.named.end(), link) != pending.named.end();
  };
  const auto& agree = pending.resource->agree;
  for (const std::string& need : needs) {
    const FieldIndex field = *pending.resource->FieldNamed(need);
    if (!pending.record.Get(field).is_null() || is_named(field)) continue;
    const bool follows = std::any_of(agree.begin(), agree.end(), [&](const auto& agreement) {
      return agreement.second == field && is_named(agreement.first->hops.front().link);
    });
    if (follows) continue;
    verdict.Require(place, pending.resource->LinkAt(field)->by.front().pascal_name);
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
      if (other->id == self || !same_place ||
          !table.Same(cell.field(), other->record.Get(cell.field()), cell.value())) {
        continue;
      }
      verdict.broken.Add(field.pascal_name, "This " + field.pascal_name + " is already in use.");
      break;
    }
  }
}

}  // namespace kondor::qondor
