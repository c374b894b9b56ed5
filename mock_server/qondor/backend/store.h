// One environment's entities, and how they hang together. Not thread-safe: the backend's, which
// locks.
#pragma once

#include <cstdint>
#include <vector>

#include "mock_server/qondor/backend/table.h"
#include "mock_server/qondor/contract/contract.h"

namespace kondor::qondor {

// An entity and where it is from; or nothing.
struct Seen {
  const Table* table = nullptr;
  const Entity* entity = nullptr;

  explicit operator bool() const { return entity != nullptr; }
  Scalar Get(FieldIndex field) const { return table->ValueOf(*entity, field); }
};

class Store {
 public:
  explicit Store(const Contract& contract);

  const Table& TableOf(const Resource& resource) const { return tables_[resource.index]; }
  Table& TableOf(const Resource& resource) { return tables_[resource.index]; }
  const std::vector<Table>& tables() const { return tables_; }

  Seen Find(const Resource& resource, std::int64_t id) const;
  // Nothing when one of the links on the way is open.
  Seen Follow(Seen from, const std::vector<Hop>& hops) const;

  // Calls visit(const Entity&) for every entity of `children` that `link` ties to `parent`.
  template <typename Visit>
  void ForEachChild(const Resource& children, FieldIndex link, std::int32_t parent,
                    const Visit& visit) const {
    const Table& table = TableOf(children);
    const Table::Found* found = table.Candidates(link, Scalar::Int(parent));
    if (found == nullptr) return;
    for (const Entity* child : *found) visit(*child);
  }

  // With all that belongs to it; links to any of them are open afterwards.
  void Remove(const Resource& resource, std::int32_t id);
  // Sets the dates that a change of this entity changes elsewhere, and those that these change.
  void Touch(const Resource& resource, std::int32_t id, std::int64_t micros);

  std::size_t bytes() const;

 private:
  // A link that leads to a resource.
  struct Referrer {
    const Resource* resource = nullptr;
    FieldIndex link = 0;
    bool belongs = false;  // goes when what it leads to goes
  };

  std::vector<Table> tables_;                     // by the resources' index
  std::vector<std::vector<Referrer>> referrers_;  // likewise
};

// "now" as a field has it: with a Z when its name says Utc, else without a zone (Q13).
Scalar NowFor(const StoredField& field, std::int64_t micros);

}  // namespace kondor::qondor
