// Works out what a source of the contract comes to for one entity. Not thread-safe: one call's own.
#pragma once

#include <string>

#include "mock_server/qondor/backend/store.h"

namespace kondor::qondor {

class Evaluator {
 public:
  Evaluator(const Store& store, const Contract& contract) : store_(store), contract_(contract) {}

  // A text that was put together is good until the next call. REQUIRES: the source is a plain
  // value, no list and no object.
  Scalar Value(const Source& source, Seen of);

 private:
  Scalar Arithmetic(const Source& source, Seen of);
  Scalar Joined(const Source& source, Seen of);
  Scalar Total(const Source& source, Seen of);

  const Store& store_;
  const Contract& contract_;
  std::string made_;
};

}  // namespace kondor::qondor
