#include "mock_server/qondor/backend/store.h"

#include <algorithm>

namespace kondor::qondor {

Scalar NowFor(const StoredField& field, std::int64_t micros) {
  const bool utc = field.name.ends_with("Utc");
  return Scalar::Date(micros, utc ? ScalarKind::kDateUtc : ScalarKind::kDateLocal);
}

Store::Store(const Contract& contract) : referrers_(contract.resources().size()) {
  tables_.reserve(contract.resources().size());
  for (const auto& resource : contract.resources()) {
    tables_.emplace_back(*resource);
    for (const Link& link : resource->links) {
      if (link.elsewhere || !resource->fields[link.field].is_indexed) continue;
      const auto& parents = resource->parents;
      const bool belongs = std::find(parents.begin(), parents.end(), link.field) != parents.end();
      referrers_[link.to->index].push_back({resource.get(), link.field, belongs});
    }
  }
}

Seen Store::Find(const Resource& resource, std::int64_t id) const {
  const Table& table = TableOf(resource);
  return {&table, table.Find(id)};
}

Seen Store::Follow(Seen from, const std::vector<Hop>& hops) const {
  for (const Hop& hop : hops) {
    const Scalar id = from.Get(hop.link);
    if (id.is_null()) return {};
    from = Find(*hop.to, id.whole);
    if (!from) return {};
  }
  return from;
}

void Store::Remove(const Resource& resource, std::int32_t id) {
  // Each removal can reach far: nothing found before it is looked at after it.
  for (const Referrer& referrer : referrers_[resource.index]) {
    Table& table = TableOf(*referrer.resource);
    std::vector<std::int32_t> ids;
    ForEachChild(*referrer.resource, referrer.link, id,
                 [&](const Entity& child) { ids.push_back(child.id); });
    for (const std::int32_t child : ids) {
      Entity* entity = table.Find(child);
      if (entity == nullptr) continue;
      if (referrer.belongs) {
        Remove(*referrer.resource, child);
      } else {
        table.Set(*entity, referrer.link, {});
      }
    }
  }
  Table& table = TableOf(resource);
  if (Entity* entity = table.Find(id)) table.Remove(*entity);
}

void Store::Touch(const Resource& resource, std::int32_t id, std::int64_t micros) {
  const Seen from = Find(resource, id);
  if (!from) return;
  for (const Resource::Touch& touch : resource.touches) {
    const Seen to = Follow(from, touch.hops);
    if (!to) continue;
    const Resource& target = to.table->resource();
    const std::int32_t target_id = to.entity->id;
    Table& table = TableOf(target);
    table.Set(*table.Find(target_id), touch.field, NowFor(target.fields[touch.field], micros));
    Touch(target, target_id, micros);
  }
}

std::size_t Store::bytes() const {
  std::size_t bytes = 0;
  for (const Table& table : tables_) bytes += table.bytes();
  return bytes;
}

}  // namespace kondor::qondor
