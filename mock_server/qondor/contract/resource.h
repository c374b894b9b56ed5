// What the mock keeps of each kind of entity, and how the fields that nobody stores come about.
// Read from the "resources" of api.json; docs/QONDOR.md explains its words.
// Immutable once the contract is loaded; pointers between the parts stay good as long as it lives.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/qondor/contract/scalar.h"
#include "mock_server/qondor/contract/schema.h"

namespace kondor::qondor {

struct Resource;

// A stored field of a resource by its number; an entity's id is not among them.
using FieldIndex = std::uint16_t;
inline constexpr FieldIndex kIdField = 0xFFFF;

// From an entity to the one that one of its links names.
struct Hop {
  FieldIndex link = 0;
  const Resource* to = nullptr;
};

// How a value that goes out is come by.
struct Source {
  enum class Op {
    kField,     // stored
    kId,        // the entity's own
    kPath,      // `hops`, and there `target`
    kWord,      // the word of the enum number of args[0]; of no enum: no word (Q12)
    kCountry,   // the name of the country whose code args[0] is
    kLocal,     // the date args[0] without its zone
    kConstant,  //
    kNot,       //
    kFirst,     // the first of args that is not null
    kJoin,      // the texts of args, a blank between them
    kFormat,    // `text`, "{}" replaced by args[0]
    kPlus,      // numbers; null when any of them is
    kMinus,
    kTimes,
    kCount,     // how many `resource` entities are linked here through `by`
    kSum,       // of their `target`
    kChildren,  // they themselves: a list
    kLinked,    // the entity behind args[0]; in a list when the field is one
    kObject,    // `members` of this very entity; null when all of them are
  };
  Op op = Op::kField;
  FieldIndex field = 0;
  std::vector<Hop> hops;
  const Source* target = nullptr;
  std::vector<std::unique_ptr<Source>> args;
  const Enum* words = nullptr;
  const Resource* resource = nullptr;
  FieldIndex by = 0;
  std::string text;
  Scalar constant;
  // kObject: where its fields come from; kLinked: what overrides the linked entity's own.
  std::vector<std::pair<std::string, std::unique_ptr<Source>>> members;
};

struct StoredField {
  std::string name;
  std::string pascal_name;
  WireType type;
  Scalar fallback;                      // what it shows while unset
  const Resource* to = nullptr;         // of a link: whose id it holds
  bool is_required = false;             // no create goes without it
  bool is_indexed = false;              // entities are found by it
  bool is_any_case = false;             // whose ASCII letters count as the same in either case
  bool is_unique = false;               // within the same `unique_within`
  FieldIndex unique_within = kIdField;  // kIdField: in the whole environment
};

// A name by which a request says which entity it means, and the field it is looked up in.
struct Key {
  std::string name;
  FieldIndex field = kIdField;  // of the entity looked for
  std::string pascal_name;
};

struct Link {
  FieldIndex field = 0;
  const Resource* to = nullptr;
  std::vector<Key> by;       // the first one sent decides
  std::string specified_by;  // a flag that must not be false for the link to be taken over
  std::optional<FieldIndex> elsewhere;  // the link's value belongs to the entity behind this one
  // What the entity it leads to must have.
  std::vector<std::pair<FieldIndex, Scalar>> only;
  // Of several that have a name, those count whose second field equals this one's first.
  std::optional<std::pair<FieldIndex, FieldIndex>> among;
};

struct Resource {
  std::string name;  // "offers", as in a seed
  std::vector<StoredField> fields;
  std::vector<Link> links;
  std::vector<FieldIndex> parents;  // links whose entity takes this one along when it is deleted
  // Of every field that can go out, by name.
  std::map<std::string, std::unique_ptr<Source>, std::less<>> sources;
  std::vector<std::pair<std::string, std::string>> renames;     // of a request: to stored
  std::vector<std::pair<std::string, const Resource*>> nested;  // lists in a request
  std::vector<std::string> ignored;                             // in a request
  std::vector<std::string> needs;  // links without which there is no such entity
  // When both are there they are equal; when only the path leads somewhere, the field follows it.
  using Agreement = std::pair<std::unique_ptr<Source>, FieldIndex>;
  std::vector<Agreement> agree;
  std::vector<FieldIndex> created;   // dates of its creation
  std::vector<FieldIndex> modified;  // dates of its latest change
  // Dates of other entities that its changes change.
  struct Touch {
    std::vector<Hop> hops;
    FieldIndex field = 0;
  };
  std::vector<Touch> touches;
  std::optional<FieldIndex> numbered;  // its place among its siblings, from 1
  enum class Generator { kId, kUuid };
  std::vector<std::pair<FieldIndex, Generator>> generated;
  // The names of what follows from a change in Qondor's own way; mostly none.
  std::string before_write, after_write;
  std::size_t index = 0;  // among the contract's resources

  std::optional<FieldIndex> FieldNamed(std::string_view field) const;
  const Link* LinkAt(FieldIndex field) const;
  const Source* SourceOf(std::string_view field) const;
};

}  // namespace kondor::qondor
