// A contract while it is being read: its parts, and the first fault found in them. Not thread-safe.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/contract/intake.h"
#include "mock_server/qondor/contract/operation.h"
#include "mock_server/qondor/contract/resource.h"
#include "mock_server/qondor/contract/schema.h"

namespace kondor::qondor {

struct Draft {
  std::vector<Enum> enums;
  std::vector<Body> bodies;
  std::map<std::string, std::string, std::less<>> countries;
  std::vector<std::unique_ptr<Resource>> resources;
  std::vector<Operation> operations;
  std::vector<std::unique_ptr<Intake>> intakes;
  std::vector<const Body*> events;
  std::deque<std::string> texts;  // what constant scalars look at
  std::vector<std::unique_ptr<Source>> own_ids;
  std::optional<Error> fault;

  // Keeps the first one only: what follows may be its consequence.
  void Fail(const std::string& place, const std::string& what) {
    if (!fault) fault = Error{ErrorKind::kInvalidArgument, place + ": " + what};
  }
  // Nullptr, and a fault, when there is none of that name.
  Resource* FindResource(const Json& name, const std::string& place);
  const Body* FindBody(std::string_view name) const;
  Scalar Constant(const Json& value, const std::string& place);
};

// Each reads its part of api.json into the draft; in this order.
void ReadResources(const Json& resources, Draft& draft);
void ReadSources(const Json& resources, Draft& draft);
void ReadEffects(const Json& operations, Draft& draft);
void ReadIntakes(Draft& draft);

// One source as it is written in the context of `resource`; nullptr and a fault when it cannot be.
std::unique_ptr<Source> ReadSource(const Json& json, const Resource& resource,
                                   const std::string& place, Draft& draft);

}  // namespace kondor::qondor
