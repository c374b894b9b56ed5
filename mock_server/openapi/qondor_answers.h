// What Qondor answers when it refuses, byte for byte the gateway's where that is published.
// Thread-safe: pure functions.
#pragma once

#include "mock_server/json/parse.h"

namespace kondor::openapi {

// "components/responses".
Json QondorRefusals();
// The refusals that every operation shares, as its "responses" refer to them.
enum class Takes { kNoBody, kBody };
Json QondorRefusalRefs(Takes takes);

}  // namespace kondor::openapi
