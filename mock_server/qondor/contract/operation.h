// One of Qondor's operations, as api.json describes it. Immutable once the contract is loaded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/qondor/contract/intake.h"
#include "mock_server/qondor/contract/resource.h"
#include "mock_server/qondor/contract/schema.h"

namespace kondor::qondor {

enum class Action { kGet, kList, kCreate, kUpdate, kDelete, kRelate };

// What becomes of a call: the "does" of api.json.
struct Effect {
  Action action = Action::kGet;
  const Resource* resource = nullptr;

  // A parameter or body field and what it is compared with.
  struct Condition {
    const Field* param = nullptr;
    std::unique_ptr<Source> source;
    const Resource* names = nullptr;  // whom the parameter names ...
    FieldIndex by = kIdField;         // ... and by which of its fields
  };
  struct Find {
    const Field* param = nullptr;
    FieldIndex field = kIdField;
    bool is_stored = false;  // beside another name it is what the entity is to be called
  };
  std::vector<Find> find;           // which entity: the first one sent decides, the others agree
  std::vector<Condition> within;    // and where it must be
  std::vector<Condition> where;     // of a list: equal to any of the values sent
  std::vector<Condition> after;     // later than
  std::vector<Condition> or_after;  // a flag, and the date that then will do for `after`, too
  std::vector<Condition> since;     // not earlier than
  std::vector<Hop> under;           // of a list: from an entity to the one that the call names ...
  std::vector<Find> under_find;     // ... by these
  struct Fixed {
    FieldIndex field = 0;
    Scalar value;
    bool is_now = false;
  };
  std::vector<Fixed> only;  // entities with other values are not there
  std::vector<Fixed> set;   // written besides what was sent
  std::vector<Fixed> when;  // states that allow it; empty: all do
  std::vector<std::pair<const Field*, std::string>> include;  // fields shown only on demand
  std::vector<std::string> needs;                             // links that must be sent
  std::optional<Find> copy_from;     // another entity, whose values serve where none was sent
  const Field* end = nullptr;        // of kRelate: the flag that ends the relation
  bool unknown_breaks_rule = false;  // an unknown entity is a broken rule, not a 404
};

// The {id} of a path, as a parameter.
const Field& IdParameter();

struct Operation {
  std::string method;   // "GET"
  std::string path;     // "/Customer/v1/Customer/{id}": what follows the environment
  std::string api;      // "Customer/v1": its first two segments
  std::string rule;     // "Q11"
  std::string summary;  // one sentence
  std::vector<Field> query;
  const Body* request = nullptr;   // nullptr: takes no body
  const Body* response = nullptr;  // nullptr: answers an empty one (Q12)
  bool answers_list = false;       // a bare array of `response`
  Effect does;
  const Intake* intake = nullptr;  // of `request`

  bool has_id() const { return path.ends_with("/{id}"); }
};

}  // namespace kondor::qondor
