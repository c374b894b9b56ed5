// What of an entity follows from the rest of it only in Qondor's own way, worked out while the call
// can still be refused: the "before_write" of api.json.
// Thread-safe: pure functions of the store, under the backend's lock.
#pragma once

#include <cstdint>
#include <string_view>

#include "mock_server/qondor/backend/pending.h"

namespace kondor::qondor {

struct Planned {
  const Store& store;
  const Contract& contract;
  const Input& input;
  std::int32_t self = 0;  // the id of the entity; 0: it is new
};

// Fills in what follows for the entity, those in its lists and its followers, or says what would be
// too much.
void BeforeWrite(const Planned& planned, Pending& pending, Verdict& verdict);
// Whether there is something of that name to do.
bool IsBeforeWrite(std::string_view name);

}  // namespace kondor::qondor
