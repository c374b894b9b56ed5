// Works out what a call would make of an entity, without writing anything: all that speaks against
// it is found first, so that nothing is ever half-written. Not thread-safe: one call's own.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mock_server/qondor/backend/find.h"

namespace kondor::qondor {

// An entity as it would be.
struct Pending {
  const Resource* resource = nullptr;
  Record record;
  std::string place;  // before its fields' names in errors ("Prices[0].")
  // Lists that were sent: what is there goes, these come.
  struct Children {
    const Resource* resource = nullptr;
    FieldIndex link = 0;  // theirs, to this one
    std::vector<Pending> list;
  };
  std::vector<Children> children;
  std::vector<FieldIndex> named;  // links that the call names something for, there or not
  // What the call calls the links that it names something for.
  struct Sent {
    FieldIndex link = 0;
    std::string name;  // "Prices[0].ArtNo"
  };
  std::vector<Sent> sent;
  // Links that the entity behind one of this one's links keeps.
  struct Elsewhere {
    FieldIndex through = 0;
    FieldIndex field = 0;
    Scalar value;
    std::int64_t id = 0;  // of the entity behind `through`, once that is known
    std::string name;     // what the call calls it
  };
  std::vector<Elsewhere> elsewhere;
  // Other entities that change with it.
  struct Follower {
    const Resource* resource = nullptr;
    std::int32_t id = 0;
    Record record;
  };
  std::vector<Follower> followers;
};

enum class Stage { kNew, kKnown };

// Works out proposals against what is there.
class Proposal {
 public:
  Proposal(const Store& store, const Contract& contract)
      : store_(store), contract_(contract), finder_(store, contract), values_(store, contract) {}

  // What a change is about must be said, even if it stays. REQUIRES: a body, if something is
  // needed.
  static void CheckSaid(const Operation& operation, const Input& input, Verdict& verdict);
  // Takes over what was sent.
  void Apply(const Operation& operation, const Input& input, Stage stage, Pending& pending,
             Verdict& verdict);
  // What is not there is taken from the entity that the call names as a template.
  void CopyTemplate(const Operation& operation, const Input& input, Pending& pending,
                    Verdict& verdict);
  void Set(const std::vector<Effect::Fixed>& fixed, std::int64_t now, Pending& pending) const;
  // Whether all that must agree does, and what then follows. `self`: the id of the entity itself, 0
  // when it is new.
  void Check(const Operation& operation, const Input& input, std::int32_t self, Pending& pending,
             Verdict& verdict);
  // Fields that follow from links; the agreement that they break, or nullptr.
  const Resource::Agreement* Agree(const Resource& resource, Record& record);

 private:
  // One body, or one object in a list of one. `place` goes before the fields' names in errors
  // ("Prices[0].").
  struct Part {
    const Effect* effect = nullptr;  // of the whole body only
    const Intake& intake;
    const Input& input;
    Stage stage = Stage::kNew;
    std::string place;
  };
  void ApplyPart(const Part& part, Pending& pending, Verdict& verdict);
  void ApplyStored(const Part& part, Pending& pending, Verdict& verdict) const;
  void ApplyLink(const Link& link, const Part& part, Pending& pending, Verdict& verdict);
  void ApplyNested(const Part& part, std::size_t index, Pending& pending, Verdict& verdict);
  bool Suits(const Link& link, const Part& part, const Pending& pending, Seen candidate);
  void CheckAgreements(Pending& pending, Verdict& verdict);
  void CheckWithin(const Effect& effect, const Input& input, const Pending& pending,
                   Verdict& verdict);
  void CheckElsewhere(Pending& pending, Verdict& verdict);
  void CheckNeeds(const std::vector<std::string>& needs, const std::string& place,
                  const Pending& pending, Verdict& verdict) const;
  void CheckUnique(std::int32_t self, const Pending& pending, Verdict& verdict) const;

  const Store& store_;
  const Contract& contract_;
  Finder finder_;
  Evaluator values_;
};

}  // namespace kondor::qondor
