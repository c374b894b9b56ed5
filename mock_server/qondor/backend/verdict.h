// What speaks against a call. Not thread-safe; a plain value.
#pragma once

#include <string>

#include "mock_server/qondor/backend/input.h"

namespace kondor::qondor {

struct Verdict {
  FieldErrors invalid;      // not what the contract says: with a traceId (Q14)
  FieldErrors broken;       // rules of business: without one
  bool is_unknown = false;  // there is no such entity (QO6)
  std::string looked_up;    // what the call names it by, then: "id and offerId"

  // `place` goes before the field's name ("Prices[0].").
  void Require(const std::string& place, const std::string& pascal_name) {
    invalid.Add(place + pascal_name, "The " + pascal_name + " field is required.");
  }
  bool ok() const { return invalid.empty() && broken.empty() && !is_unknown; }
};

}  // namespace kondor::qondor
