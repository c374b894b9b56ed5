// How each body is written for an entity: worked out once for all of the contract, so that an
// answer costs little more than its bytes. Immutable after construction, so thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "mock_server/qondor/contract/contract.h"

namespace kondor::qondor {

struct Plan {
  struct Step {
    std::string lead;  // `{"id":`, `,"name":`
    const Source* source = nullptr;
    const Plan* inner = nullptr;  // of a list or an object
    bool is_list = false;
    // Of an operation that shows this only on demand: which of its flags (from 1) must be true.
    std::uint32_t flag = 0;
  };
  std::vector<Step> steps;
  const Resource* resource = nullptr;
  bool null_when_empty = false;  // rather an object whose fields are all null
};

class Plans {
 public:
  explicit Plans(const Contract& contract);
  // Those of the one contract there is, built on first use.
  static const Plans& Get();

  // Of one entity in the operation's answer. REQUIRES: it has one.
  const Plan& Of(const Operation& operation) const { return *of_operation_.at(&operation); }
  // Of the body that a webhook of that topic sends.
  const Plan& OfEvent(std::string_view topic) const;

 private:
  using Members = std::vector<std::pair<std::string, std::unique_ptr<Source>>>;
  using Key = std::tuple<const Body*, const Resource*, const Source*>;

  const Plan* Make(const Body& body, const Resource& resource, const Source* members);
  Plan::Step StepFor(const Field& field, const Resource& resource, const Source* members);

  std::map<Key, std::unique_ptr<Plan>> plans_;
  std::vector<std::unique_ptr<Plan>> flagged_;
  std::map<const Operation*, const Plan*> of_operation_;
  std::map<std::string, const Plan*, std::less<>> of_event_;
};

}  // namespace kondor::qondor
