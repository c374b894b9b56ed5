// Reads a seed, strictly: what is half understood makes tests that prove nothing.
#include "mock_server/qondor/backend/backend_seed.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "mock_server/json/object_reader.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/backend/date_text.h"
#include "mock_server/qondor/backend/pending.h"

namespace kondor::qondor {
namespace {

using Row = BackendSeed::Row;

constexpr std::int64_t kSeedIdMax = 1'000'000'000;  // leaves room for those that are created

Unexpected SeedFault(const std::string& place, const std::string& what) {
  return Unexpected(ErrorKind::kInvalidArgument, place + ": " + what);
}

// The field's value, if it is one; its text lives as long as `json`.
std::optional<Scalar> SeedValue(const Json& json, const WireType& type) {
  switch (type.kind) {
    case Kind::kBool:
      if (json.is_boolean()) return Scalar::Bool(json.get<bool>());
      return {};
    case Kind::kNumber:
      if (json.is_number() && std::abs(json.get<double>()) <= kDecimalMax) {
        return Scalar::Number(json.get<double>());
      }
      return {};
    case Kind::kText:
      if (json.is_string()) return Scalar::Text(json.get_ref<const std::string&>());
      return {};
    case Kind::kDate:
      if (json.is_string()) return ParseDate(json.get_ref<const std::string&>());
      return {};
    default:
      break;
  }
  if (!json.is_number_integer()) return {};
  const auto number = json.get<std::int64_t>();
  if (type.words != nullptr && type.words->TextOf(number).empty()) return {};
  if (number < INT32_MIN || number > INT32_MAX) return {};
  return Scalar::Int(number);
}

std::string_view Expected(const WireType& type) {
  switch (type.kind) {
    case Kind::kBool:
      return "expected true or false";
    case Kind::kNumber:
      return "expected a number";
    case Kind::kText:
      return "expected text";
    case Kind::kDate:
      return "expected a date like 2026-04-01T00:00:00Z";
    default:
      return type.words == nullptr ? "expected a whole number of 32 bits"
                                   : "expected one of the numbers of its enum";
  }
}

Result<Row> ReadRow(const Json& json, const Resource& resource, const std::string& place) {
  ObjectReader reader(json, place);
  Row row;
  std::int64_t id = 0;
  reader.Require("id");
  if (reader.Whole("id", id, 1, kSeedIdMax)) row.id = static_cast<std::int32_t>(id);
  for (std::size_t i = 0; i < resource.fields.size(); ++i) {
    const StoredField& field = resource.fields[i];
    const Json* value = reader.Any(field.name);
    if (value == nullptr || value->is_null()) continue;
    const std::optional<Scalar> scalar = SeedValue(*value, field.type);
    if (scalar) {
      row.record.Set(static_cast<FieldIndex>(i), *scalar);
    } else {
      reader.Fail(field.name, std::string(Expected(field.type)));
    }
  }
  if (!resource.parents.empty() && row.record.Get(resource.parents.front()).is_null()) {
    reader.Require(resource.fields[resource.parents.front()].name);
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return row;
}

Result<std::vector<Row>> ReadRows(const Json& list, const Resource& resource,
                                  const std::string& place) {
  if (!list.is_array()) return SeedFault(place, "expected an array");
  std::vector<Row> rows;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Result<Row> row = ReadRow(list[i], resource, place + "/" + std::to_string(i));
    if (!row) return Unexpected(row.error());
    rows.push_back(std::move(row).value());
  }
  std::vector<std::int32_t> ids;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ids.push_back(rows[i].id);
    const auto before = std::find(ids.begin(), ids.end() - 1, rows[i].id);
    if (before != ids.end() - 1) {
      return SeedFault(place + "/" + std::to_string(i) + "/id", "stands twice; it must be unique");
    }
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
  return rows;
}

// The field in which what a link leads to is not what it must be; nullptr when there is none.
const StoredField* WrongKind(const Store& store, const Link& link, const Entity& from) {
  if (link.elsewhere) return nullptr;
  const Scalar id = from.record.Get(link.field);
  if (id.is_null()) return nullptr;
  const Seen target = store.Find(*link.to, id.whole);
  for (const auto& [field, value] : link.only) {
    if (!(target.Get(field) == value)) return &link.to->fields[field];
  }
  return nullptr;
}

// What is wrong with an entity among all the others; nothing when all is well.
std::optional<std::string> FaultAmong(const Store& store, const Resource& resource,
                                      const Entity& entity) {
  const Table& table = store.TableOf(resource);
  for (const Cell& cell : entity.record.cells()) {
    const StoredField& field = resource.fields[cell.field()];
    if (field.to != nullptr && !store.Find(*field.to, cell.value().whole)) {
      return "/" + field.name + ": links to nothing: there is no such id in " + field.to->name;
    }
    if (!field.is_unique) continue;
    for (const Entity* other : *table.Candidates(cell.field(), cell.value())) {
      const bool same_place =
          field.unique_within == kIdField ||
          other->record.Get(field.unique_within) == entity.record.Get(field.unique_within);
      if (other != &entity && same_place &&
          table.Same(cell.field(), other->record.Get(cell.field()), cell.value())) {
        return "/" + field.name + ": stands twice; it must be unique";
      }
    }
  }
  for (const Link& link : resource.links) {
    if (const StoredField* kind = WrongKind(store, link, entity)) {
      return "/" + resource.fields[link.field].name + ": leads to one of another " + kind->name;
    }
  }
  return {};
}

Result<void> CheckEnvironment(const BackendSeed& seed, Environment environment,
                              const std::string& place) {
  const Contract& contract = Contract::Get();
  Store store(contract);
  Fill(store, seed, environment);
  Proposal proposal(store, contract);
  for (const auto& resource : contract.resources()) {
    std::size_t index = 0;
    const Table& table = store.TableOf(*resource);
    for (const Entity* entity = table.first(); entity != nullptr; entity = entity->next) {
      // The place in the sorted list: that of the file, when the file is sorted, too.
      const std::string here = place + "/" + resource->name + "/" + std::to_string(index++);
      if (const auto fault = FaultAmong(store, *resource, *entity)) {
        return Unexpected(ErrorKind::kInvalidArgument, here + *fault);
      }
      Record record = entity->record;
      if (proposal.Agree(*resource, record) != nullptr) {
        return SeedFault(here, "its links contradict each other");
      }
    }
  }
  return {};
}

const Resource* ResourceNamed(std::string_view name) {
  for (const auto& resource : Contract::Get().resources()) {
    if (resource->name == name) return resource.get();
  }
  return nullptr;
}

}  // namespace

Result<std::shared_ptr<const BackendSeed>> LoadBackendSeed(const Json& environments,
                                                           const BackendSeed& base,
                                                           const std::string& place) {
  if (!environments.is_object()) return SeedFault(place, "expected an object");
  auto seed = std::make_shared<BackendSeed>(base);
  for (const auto& [word, lists] : environments.items()) {
    const std::string here = place + "/" + Shown(word);
    const std::optional<Environment> environment = ParseEnvironment(word);
    if (!environment || word != ToText(*environment)) {
      return SeedFault(here, "unknown environment; there are Prod, Test and Dev");
    }
    if (!lists.is_object()) return SeedFault(here, "expected an object of lists");
    auto& of_environment = seed->lists[static_cast<std::size_t>(*environment)];
    of_environment.resize(Contract::Get().resources().size());
    for (const auto& [name, list] : lists.items()) {
      const Resource* resource = ResourceNamed(name);
      if (resource == nullptr) {
        std::string known;
        for (const auto& one : Contract::Get().resources()) {
          if (!known.empty()) known += ", ";
          known += one->name;
        }
        return SeedFault(here + "/" + Shown(name), "unknown list; known here: " + known);
      }
      Result<std::vector<Row>> rows = ReadRows(list, *resource, here + "/" + name);
      if (!rows) return Unexpected(rows.error());
      of_environment[resource->index] = std::move(rows).value();
    }
    if (Result<void> checked = CheckEnvironment(*seed, *environment, here); !checked) {
      return Unexpected(checked.error());
    }
  }
  return std::shared_ptr<const BackendSeed>(std::move(seed));
}

void Fill(Store& store, const BackendSeed& seed, Environment environment) {
  const auto& lists = seed.lists[static_cast<std::size_t>(environment)];
  for (std::size_t i = 0; i < lists.size(); ++i) {
    Table& table = store.TableOf(*Contract::Get().resources()[i]);
    for (const Row& row : lists[i]) table.Add(row.id, row.record);
  }
}

}  // namespace kondor::qondor
