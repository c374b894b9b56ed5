// Works out what a call would make of an entity, without writing anything: all that speaks against
// it is found first, so that nothing is ever half-written. Not thread-safe: one call's own.
#pragma once

#include <string>
#include <vector>

#include "mock_server/qondor/backend/find.h"

namespace kondor::qondor {

// An entity as it would be.
struct Pending {
  const Resource* resource = nullptr;
  Record record;
  // Lists that were sent: what is there goes, these come.
  struct Children {
    const Resource* resource = nullptr;
    FieldIndex link = 0;  // theirs, to this one
    std::vector<Pending> list;
  };
  std::vector<Children> children;
  // Links that the entity behind one of this one's links keeps.
  struct Elsewhere {
    FieldIndex through = 0;
    FieldIndex field = 0;
    Scalar value;
    std::int64_t id = 0;  // of the entity behind `through`, once that is known
  };
  std::vector<Elsewhere> elsewhere;
};

enum class Stage { kNew, kKnown };

// Works out proposals against what is there.
class Proposal {
 public:
  Proposal(const Store& store, const Contract& contract)
      : store_(store), finder_(store, contract), values_(store, contract) {}

  // Takes over what was sent. `place` goes before the fields' names in errors ("Prices[0].").
  void Apply(const Intake& intake, const Input& input, Stage stage, const std::string& place,
             Pending& pending, Verdict& verdict);
  // What is not there is taken from the entity that the call names as a template.
  void CopyTemplate(const Operation& operation, const Input& input, Pending& pending,
                    Verdict& verdict);
  void Set(const std::vector<Effect::Fixed>& fixed, std::int64_t now, Pending& pending) const;
  // Whether all that must agree does. `self`: the id of the entity itself, 0 when it is new.
  void Check(const Operation& operation, const Input& input, std::int32_t self, Pending& pending,
             Verdict& verdict);
  // Fields that follow from links; false when they contradict each other.
  bool Agree(const Resource& resource, Record& record);

 private:
  void ApplyLink(const Link& link, const Intake& intake, const Input& input, Stage stage,
                 const std::string& place, Pending& pending, Verdict& verdict);
  void ApplyNested(const Intake& nested, const Input::Item& item, const std::string& place,
                   Pending& pending, Verdict& verdict);
  void CheckNeeds(const std::vector<std::string>& needs, const std::string& place,
                  const Pending& pending, Verdict& verdict) const;
  void CheckUnique(std::int32_t self, const Pending& pending, Verdict& verdict) const;

  const Store& store_;
  Finder finder_;
  Evaluator values_;
};

}  // namespace kondor::qondor
