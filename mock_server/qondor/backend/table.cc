#include "mock_server/qondor/backend/table.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "mock_server/http/ascii.h"

namespace kondor::qondor {
namespace {

std::uint64_t HashOf(const StoredField& field, const Scalar& value) {
  if (!value.is_text()) return static_cast<std::uint64_t>(value.whole);
  if (!field.is_any_case) return std::hash<std::string_view>()(value.text);
  std::string folded(value.text);
  for (char& letter : folded) letter = http::ToLowerAscii(letter);
  return std::hash<std::string_view>()(folded);
}

}  // namespace

Table::Table(const Resource& resource) : resource_(&resource), indexes_(resource.fields.size()) {
  for (std::size_t i = 0; i < resource.fields.size(); ++i) {
    if (resource.fields[i].is_indexed) indexes_[i] = std::make_unique<Index>();
  }
}

const Entity* Table::Find(std::int64_t id) const {
  if (id < 0 || id > INT32_MAX) return nullptr;
  const auto found = by_id_.find(static_cast<std::int32_t>(id));
  return found == by_id_.end() ? nullptr : found->second.get();
}

Scalar Table::ValueOf(const Entity& entity, FieldIndex field) const {
  if (field == kIdField) return Scalar::Int(entity.id);
  const Scalar value = entity.record.Get(field);
  return value.is_null() ? resource_->fields[field].fallback : value;
}

bool Table::Same(FieldIndex field, const Scalar& a, const Scalar& b) const {
  if (!resource_->fields[field].is_any_case || !a.is_text() || !b.is_text()) return a == b;
  return http::EqualsIgnoreCase(a.text, b.text);
}

const Table::Found* Table::Candidates(FieldIndex field, const Scalar& value) const {
  const auto found = indexes_[field]->find(HashOf(resource_->fields[field], value));
  return found == indexes_[field]->end() ? nullptr : &found->second;
}

const Entity* Table::FindBy(FieldIndex field, const Scalar& value) const {
  if (field == kIdField) return Find(value.whole);
  const Found* candidates = Candidates(field, value);
  if (candidates == nullptr) return nullptr;
  for (const Entity* entity : *candidates) {
    if (Same(field, entity->record.Get(field), value)) return entity;
  }
  return nullptr;
}

void Table::Enter(Entity& entity, FieldIndex field) {
  const Scalar value = entity.record.Get(field);
  if (indexes_[field] == nullptr || value.is_null()) return;
  Found& found = (*indexes_[field])[HashOf(resource_->fields[field], value)];
  found.insert(std::upper_bound(found.begin(), found.end(), &entity,
                                [](const Entity* a, const Entity* b) { return a->id < b->id; }),
               &entity);
}

void Table::Leave(Entity& entity, FieldIndex field) {
  const Scalar value = entity.record.Get(field);
  if (indexes_[field] == nullptr || value.is_null()) return;
  const auto place = indexes_[field]->find(HashOf(resource_->fields[field], value));
  Found& found = place->second;
  found.erase(std::lower_bound(found.begin(), found.end(), &entity,
                               [](const Entity* a, const Entity* b) { return a->id < b->id; }));
  if (found.empty()) indexes_[field]->erase(place);
}

Entity& Table::Add(std::int32_t id, Record record) {
  auto owned = std::make_unique<Entity>();
  Entity& entity = *owned;
  entity.id = id;
  entity.record = std::move(record);
  entity.previous = last_;
  (last_ == nullptr ? first_ : last_->next) = &entity;
  last_ = &entity;
  next_id_ = id + 1;
  by_id_.emplace(id, std::move(owned));
  for (const Cell& cell : entity.record.cells()) Enter(entity, cell.field());
  return entity;
}

void Table::Replace(Entity& entity, Record record) {
  for (const Cell& cell : entity.record.cells()) Leave(entity, cell.field());
  entity.record = std::move(record);
  for (const Cell& cell : entity.record.cells()) Enter(entity, cell.field());
}

void Table::Set(Entity& entity, FieldIndex field, const Scalar& value) {
  Leave(entity, field);
  entity.record.Set(field, value);
  Enter(entity, field);
}

void Table::Remove(Entity& entity) {
  for (const Cell& cell : entity.record.cells()) Leave(entity, cell.field());
  (entity.previous == nullptr ? first_ : entity.previous->next) = entity.next;
  (entity.next == nullptr ? last_ : entity.next->previous) = entity.previous;
  by_id_.erase(entity.id);
}

std::size_t Table::bytes() const {
  std::size_t bytes = by_id_.size() * sizeof(Entity) +
                      by_id_.bucket_count() * (sizeof(std::int32_t) + 2 * sizeof(void*));
  for (const Entity* entity = first_; entity != nullptr; entity = entity->next) {
    bytes += entity->record.bytes();
  }
  for (const auto& index : indexes_) {
    if (index == nullptr) continue;
    bytes += index->bucket_count() * sizeof(void*) +
             index->size() * (sizeof(Index::value_type) + 3 * sizeof(void*));
  }
  return bytes;
}

}  // namespace kondor::qondor
