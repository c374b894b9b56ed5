// All entities of one resource, found by id and by their indexed fields in the same time however
// many there are. Not thread-safe: the store's, which locks.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mock_server/qondor/backend/record.h"
#include "mock_server/qondor/contract/resource.h"

namespace kondor::qondor {

struct Entity {
  std::int32_t id = 0;
  Record record;
  // In the order of their ids.
  Entity* previous = nullptr;
  Entity* next = nullptr;
};

class Table {
 public:
  using Found = std::vector<Entity*>;  // in the order of their ids

  explicit Table(const Resource& resource);
  Table(Table&&) = default;

  const Resource& resource() const { return *resource_; }
  std::size_t size() const { return by_id_.size(); }
  const Entity* first() const { return first_; }

  const Entity* Find(std::int64_t id) const;
  Entity* Find(std::int64_t id) { return const_cast<Entity*>(std::as_const(*this).Find(id)); }
  // What an entity shows in a field: its value, or what the resource says instead.
  Scalar ValueOf(const Entity& entity, FieldIndex field) const;

  // Whether two values are one and the same in that field.
  bool Same(FieldIndex field, const Scalar& a, const Scalar& b) const;
  // Those whose indexed `field` has that value; a hash of it decides, so look again. Nullptr when
  // there are none. REQUIRES: the field is indexed, `value` is not null.
  const Found* Candidates(FieldIndex field, const Scalar& value) const;
  // The first of them that really has it, and whose `within` field, if asked for, has that, too.
  const Entity* FindBy(FieldIndex field, const Scalar& value) const;

  std::int32_t NextId() const { return next_id_; }
  // REQUIRES: the id is free and larger than any before.
  Entity& Add(std::int32_t id, Record record);
  void Replace(Entity& entity, Record record);
  // One field alone, indexed or not.
  void Set(Entity& entity, FieldIndex field, const Scalar& value);
  void Remove(Entity& entity);

  std::size_t bytes() const;

 private:
  using Index = std::unordered_map<std::uint64_t, Found>;

  void Enter(Entity& entity, FieldIndex field);
  void Leave(Entity& entity, FieldIndex field);

  const Resource* resource_;
  std::unordered_map<std::int32_t, std::unique_ptr<Entity>> by_id_;
  std::vector<std::unique_ptr<Index>> indexes_;  // one for each field; none: not indexed
  Entity* first_ = nullptr;
  Entity* last_ = nullptr;
  std::int32_t next_id_ = 1;
};

}  // namespace kondor::qondor
