// The shapes of Kondado's answers, byte for byte where they are documented.
// Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "mock_server/kondado/seed.h"
#include "mock_server/sandbox/exchange.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::kondado {

// Why a call failed. The codes are ours (KO6, KO7): the vendor documents only the rate limit's.
enum class Failure {
  kMissingCredentials,
  kInvalidCredentials,
  kInactiveToken,
  kUnknownRoute,
  kMethodNotAllowed,
  kPermissionDenied,
  kPlanNotAllowed,
  kNotFound,
  kInvalidParameters,
  kInvalidBody,
  kPipelineDisabled,
  kPipelineBlocked,
  kPipelineAlreadyRunning,
};

std::string_view CodeOf(Failure failure);

// 200 with this body.
Answer Success(std::string body);
// K7, W1: {"success": true}
Answer PlainSuccess();
// K5: HTTP 200, whatever the host.
Answer RateLimited();
// {"success": false, "error": CODE, "message": ...} with the status the surface and settings say.
Answer Failed(Failure failure, Surface surface, const KondadoSettings& settings,
              std::string_view message);

// What a failure was decided on, for the journal's explanation.
Answer WithGrounds(Answer answer, Grounds grounds);

// K9, KO9
std::string PipelineStatusBody(const Pipeline& pipeline, const KondadoSettings& settings);
// K11
std::string ModelStatusBody(const Model& model);

}  // namespace kondor::kondado
