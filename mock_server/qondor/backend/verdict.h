// What speaks against a call. Not thread-safe; a plain value.
#pragma once

#include "mock_server/qondor/backend/input.h"

namespace kondor::qondor {

struct Verdict {
  FieldErrors invalid;      // not what the contract says: with a traceId (Q14)
  FieldErrors broken;       // rules of business: without one
  bool is_unknown = false;  // there is no such entity (QO6)

  bool ok() const { return invalid.empty() && broken.empty() && !is_unknown; }
};

}  // namespace kondor::qondor
