#include "mock_server/kondado/reply.h"

#include <memory>
#include <utility>

#include "mock_server/json/spaced.h"

namespace kondor::kondado {
namespace {

struct FailureRow {
  Failure failure;
  std::string_view code;
  Outcome outcome;
  int honest_status;  // under kondado.failure_status 4xx (KO7)
};

constexpr FailureRow kFailures[] = {
    {Failure::kMissingCredentials, "MISSING_CREDENTIALS", Outcome::kAuthError, 401},
    {Failure::kInvalidCredentials, "INVALID_CREDENTIALS", Outcome::kAuthError, 401},
    {Failure::kInactiveToken, "INACTIVE_TOKEN", Outcome::kAuthError, 401},
    {Failure::kUnknownRoute, "UNKNOWN_ROUTE", Outcome::kUnknownRoute, 404},
    {Failure::kMethodNotAllowed, "METHOD_NOT_ALLOWED", Outcome::kFailed, 405},
    {Failure::kPermissionDenied, "PERMISSION_DENIED", Outcome::kFailed, 403},
    {Failure::kPlanNotAllowed, "PLAN_NOT_ALLOWED", Outcome::kFailed, 403},
    {Failure::kNotFound, "NOT_FOUND", Outcome::kFailed, 404},
    {Failure::kInvalidParameters, "INVALID_PARAMETERS", Outcome::kFailed, 400},
    {Failure::kInvalidBody, "INVALID_BODY", Outcome::kFailed, 400},
    {Failure::kPipelineDisabled, "PIPELINE_DISABLED", Outcome::kFailed, 409},
    {Failure::kPipelineBlocked, "PIPELINE_BLOCKED", Outcome::kFailed, 409},
    {Failure::kPipelineAlreadyRunning, "PIPELINE_ALREADY_RUNNING", Outcome::kFailed, 409},
};

const FailureRow& RowOf(Failure failure) {
  for (const FailureRow& row : kFailures) {
    if (row.failure == failure) return row;
  }
  return kFailures[0];
}

int AuthStatus(AuthError setting) {  // KO6
  switch (setting) {
    case AuthError::k200:
      return 200;
    case AuthError::k401:
      return 401;
    case AuthError::k403:
      return 403;
  }
  return 200;
}

int HubAuthStatus(HubErrorStatus setting) {  // KO10
  switch (setting) {
    case HubErrorStatus::k401:
      return 401;
    case HubErrorStatus::k200:
      return 200;
    case HubErrorStatus::k403:
      return 403;
  }
  return 401;
}

int StatusOf(const FailureRow& row, Surface surface, const KondadoSettings& settings) {
  if (row.outcome == Outcome::kUnknownRoute) return 404;  // KO7
  if (surface == Surface::kK1) return 400;                // W1: 400 on failure
  if (row.outcome == Outcome::kAuthError) {
    return surface == Surface::kHub ? HubAuthStatus(settings.hub_error_status)
                                    : AuthStatus(settings.auth_error);
  }
  return settings.failure_status == FailureStatus::k200 ? 200 : row.honest_status;
}

http::Response JsonResponse(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

std::string_view Bool(bool value) { return value ? "true" : "false"; }

void AppendRawMsg(std::string& body, const std::optional<std::string>& raw_msg) {
  if (raw_msg) {
    AppendJsonString(body, *raw_msg);
  } else {
    body += "null";
  }
}

bool IsBlocked(PipelineStatus status) {
  return status == PipelineStatus::kTooManyFailedBuildsBlocked;
}

// KO9: a blocked or disabled pipeline is not active; a failing one is, unless the setting says no.
bool IsActive(PipelineStatus status, const KondadoSettings& settings) {
  switch (status) {
    case PipelineStatus::kNotActive:
    case PipelineStatus::kTooManyFailedBuildsBlocked:
      return false;
    case PipelineStatus::kErrorBuildingTables:
    case PipelineStatus::kTooManyFailedBuilds:
      return settings.error_is_active == Choice::kYes;
    case PipelineStatus::kRunning:
    case PipelineStatus::kScheduled:
    case PipelineStatus::kActive:
    case PipelineStatus::kBuildingTables:
      return true;
  }
  return true;
}

}  // namespace

std::string_view CodeOf(Failure failure) { return RowOf(failure).code; }

Answer Success(std::string body) {
  Answer answer;
  answer.response = JsonResponse(200, std::move(body));
  return answer;
}

Answer PlainSuccess() { return Success(R"({"success": true})"); }

Answer RateLimited() {
  Answer answer;
  answer.outcome = Outcome::kRateLimited;
  answer.code = "RATE_LIMIT_EXCEEDED";
  // K6: the text is the same for both limits, and always says 60 seconds.
  answer.response =
      JsonResponse(200, R"({"success": false, "error": "RATE_LIMIT_EXCEEDED", )"
                        R"("message": "Too many requests. Please try again in 60 seconds."})");
  return answer;
}

Answer Failed(Failure failure, Surface surface, const KondadoSettings& settings,
              std::string_view message) {
  const FailureRow& row = RowOf(failure);
  std::string body = R"({"success": false, "error": ")";
  body += row.code;
  body += R"(", "message": )";
  AppendJsonString(body, message);
  body += '}';
  Answer answer;
  answer.outcome = row.outcome;
  answer.code = row.code;
  answer.response = JsonResponse(StatusOf(row, surface, settings), std::move(body));
  return answer;
}

Answer WithGrounds(Answer answer, Grounds grounds) {
  answer.grounds = std::make_shared<Grounds>(std::move(grounds));
  return answer;
}

std::string PipelineStatusBody(const Pipeline& pipeline, const KondadoSettings& settings) {
  const PipelineStatus status = pipeline.status;
  std::string body = "{\"" + std::to_string(pipeline.id) + R"(": {"status": ")";
  body += ToText(status);
  body += R"(", "is_running": )";
  body += Bool(status == PipelineStatus::kRunning);
  body += R"(, "is_active": )";
  body += Bool(IsActive(status, settings));
  body += R"(, "is_blocked": )";
  body += Bool(IsBlocked(status));
  body += R"(, "raw_msg": )";
  AppendRawMsg(body, pipeline.raw_msg);
  body += "}}";
  return body;
}

std::string ModelStatusBody(const Model& model) {
  std::string body = R"({"success": true, "data": {")" + std::to_string(model.id);
  body += R"(": {"status": ")";
  body += ToText(model.status);
  body += R"(", "is_running": )";
  body += Bool(model.status == ModelStatus::kRunning);
  body += R"(, "is_active": )";
  body += Bool(model.status != ModelStatus::kNotActive);
  body += R"(, "kubo_status_type": ")";
  body += ToText(model.kubo_status);
  body += '"';
  // K11 describes raw_msg but its example has none: it is there only when there is one.
  if (model.raw_msg) {
    body += R"(, "raw_msg": )";
    AppendRawMsg(body, model.raw_msg);
  }
  body += "}}}";
  return body;
}

}  // namespace kondor::kondado
