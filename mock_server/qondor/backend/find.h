// Finds the entities a call is about. Not thread-safe: one call's own.
#pragma once

#include <vector>

#include "mock_server/qondor/backend/evaluate.h"
#include "mock_server/qondor/backend/verdict.h"

namespace kondor::qondor {

class Finder {
 public:
  Finder(const Store& store, const Contract& contract) : store_(store), values_(store, contract) {}

  // The one entity the call names; else says in `verdict` why there is none.
  Seen One(const Effect& effect, const Input& input, Verdict& verdict);
  // The one of `resource` whose `field` has that value; nothing, and a broken rule of `name`, when
  // none has or several have.
  Seen Named(const Resource& resource, FieldIndex field, const Scalar& value,
             const std::string& name, Verdict& verdict);
  // Those that the filters of the call leave, in the order of their ids.
  std::vector<const Entity*> List(const Effect& effect, const Input& input, Verdict& verdict);

 private:
  bool Fits(const Effect& effect, const Input& input, Seen entity);
  bool IsLate(const Effect& effect, const Input& input, Seen entity);
  void Descend(const Effect& effect, std::size_t hop, std::int32_t parent,
               std::vector<const Entity*>& out) const;

  const Store& store_;
  Evaluator values_;
};

// Whether the entity has one of the values wanted for each field that `fixed` names.
bool HasFixed(Seen entity, const std::vector<Effect::Fixed>& fixed);

}  // namespace kondor::qondor
