// Qondor's refusals, as ASP.NET's problem details (Q14, QO6). Thread-safe: pure functions.
#pragma once

#include "mock_server/http/message.h"
#include "mock_server/qondor/backend/input.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";
inline constexpr std::string_view kProblemType = "application/problem+json; charset=utf-8";

// 400: the call is not what the contract says; with a traceId.
http::Response ValidationProblem(const FieldErrors& errors);
// 400: the call is well-formed, but cannot be; without one.
http::Response RuleProblem(const FieldErrors& errors);
// 404, with a body or without (QO6).
http::Response NotFoundProblem(UnknownId reading);

}  // namespace kondor::qondor
