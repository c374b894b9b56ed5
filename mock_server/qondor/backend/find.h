// Finds the entities a call is about. Not thread-safe: one call's own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mock_server/qondor/backend/evaluate.h"
#include "mock_server/qondor/backend/verdict.h"

namespace kondor::qondor {

// A name that a call gives an entity, and the field of the entity that it stands in.
struct Name {
  const Field* param = nullptr;
  FieldIndex field = kIdField;
  Scalar value;
};
using Names = std::vector<Name>;

// A blank text names nothing.
bool IsName(const Scalar& value);

// Parameters that a call leaves open and that would help to tell entities apart.
using Hints = std::vector<std::string>;
// "A, B or C". REQUIRES: a word.
std::string EitherOf(const std::vector<std::string>& words);

class Finder {
 public:
  Finder(const Store& store, const Contract& contract) : store_(store), values_(store, contract) {}

  // The one entity the call names; else says in `verdict` why there is none.
  Seen One(const Effect& effect, const Input& input, Verdict& verdict);
  // The one of `resource` that has all these names; of several the one that suits. Nothing, and a
  // broken rule, when there is none or still several. `place` goes before the names of the fields
  // in errors, `hints` after them. REQUIRES: a name.
  using Suits = std::function<bool(Seen)>;
  Seen Named(const Resource& resource, const Names& names, const Suits& suits,
             const std::string& place, const Hints& hints, Verdict& verdict);
  // Those of where the entity must be that the call leaves open.
  static void AddWithin(const Effect& effect, const Input& input, Hints& hints);
  bool Exists(const Resource& resource, const Name& name) const;
  // Those that the filters of the call leave, in the order of their ids.
  std::vector<const Entity*> List(const Effect& effect, const Input& input, Verdict& verdict);

 private:
  void Refuse(const Resource& resource, const Names& names, int first, const Name* odd,
              const std::string& place, const Hints& hints, Verdict& verdict) const;
  Seen Top(const Effect& effect, const Input& input, Verdict& verdict);
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
