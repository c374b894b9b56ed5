// The shapes of the management REST's answers (ARM1, ARM2, ARM4). Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "mock_server/http/message.h"
#include "mock_server/json/parse.h"
#include "mock_server/sandbox/exchange.h"

namespace kondor::qondor {

// The code of a path that leads nowhere.
inline constexpr std::string_view kUnknownArmRoute = "InvalidResourceType";

// {"error": {"code", "message", "details"}}; `code` is a literal. The outcome follows from status
// and code.
struct FieldFault {
  std::string target, message;
};
Answer ArmError(int status, std::string_view code, std::string_view message,
                const std::vector<FieldFault>& details = {});
Answer ArmNotFound(std::string_view what);  // "Subscription": "Subscription not found."
Answer ArmInvalid(const std::vector<FieldFault>& faults);
Answer ArmPreconditionFailed();
// What a change to the directory was refused for, with the field to blame. `what` as above.
Answer ArmRefused(const Error& error, std::string_view what);

// 200 or 201 with the body, and an entity's ETag.
Answer ArmEntity(int status, const Json& entity, std::uint64_t version);
Answer ArmJson(const Json& body);
Answer ArmEmpty(int status);

// An opaque tag that changes with the version, quoted: "\"AAAAAAAAAAE=\"".
std::string EntityTag(std::uint64_t version);

enum class IfMatch { kMissing, kAny, kMatches, kStale };
IfMatch ReadIfMatch(const http::Request& request, std::uint64_t version);

}  // namespace kondor::qondor
