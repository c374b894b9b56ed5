// The gateway in front of Qondor's API: route, key, scope, state, rate, quota, and then the backend
// (G1-G12, in that order).
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "mock_server/http/query.h"
#include "mock_server/qondor/api.h"
#include "mock_server/qondor/gateway/destination.h"
#include "mock_server/qondor/gateway/presented_key.h"
#include "mock_server/qondor/gateway/reply.h"

namespace kondor::qondor {
namespace {

// Ours, for the journal: on the wire all of these are one answer (G2).
std::string_view CodeOf(KeyCheck check) {
  switch (check) {
    case KeyCheck::kGood:
      return {};
    case KeyCheck::kUnknown:
      return "UNKNOWN_KEY";
    case KeyCheck::kNotYet:
      return "KEY_NOT_YET_VALID";
    case KeyCheck::kRetired:
      return "REGENERATED_KEY";
    case KeyCheck::kOutOfScope:
      return "WRONG_PRODUCT";
    case KeyCheck::kNotActive:
      return "SUBSCRIPTION_NOT_ACTIVE";
    case KeyCheck::kOwnerBlocked:
      return "USER_BLOCKED";
  }
  return {};
}

Answer Refused(http::Response response, Outcome outcome, std::string_view code, TimePoint at,
               std::shared_ptr<const Grounds> grounds = nullptr) {
  Answer answer;
  answer.response = std::move(response);
  answer.outcome = outcome;
  answer.code = code;
  answer.at = at;
  answer.grounds = std::move(grounds);
  return answer;
}

// The limits as the journal and its explanations put them.
ledger::Reading ReadingOf(const QondorLimits& limits) {
  ledger::Reading reading;
  reading.window = limits.window == RateWindow::kSliding ? ledger::Window::kSlidingLog
                                                         : ledger::Window::kTokenBucket;
  reading.count_refused = limits.count_refused;
  reading.per_second = limits.per_second;
  reading.per_minute = 0;
  return reading;
}

Answer OverLimit(const ledger::Decision& decision, const QondorSettings& settings) {
  const ledger::Refusal& refusal = *decision.refusal;
  const std::int64_t seconds = RetryAfter(decision.at, refusal.retry_at);
  if (refusal.period == ledger::Period::kSecond) {
    return Refused(RateLimitExceeded(seconds), Outcome::kRateLimited, "RATE_LIMIT", decision.at);
  }
  return Refused(OutOfQuota(seconds, settings.quota_status), Outcome::kRateLimited, "QUOTA",
                 decision.at);
}

// Which fields it refused for; nothing when it did not refuse.
std::shared_ptr<const Grounds> GroundsOfBackend(Environment environment, std::string fields) {
  if (fields.empty()) return nullptr;
  Grounds grounds;
  grounds.where = ToText(environment);
  grounds.about = std::move(fields);
  return std::make_shared<Grounds>(std::move(grounds));
}

Answer FromBackend(const Call& call, const World& world, const Destination& to, TimePoint now) {
  try {
    BackendAnswer answered = world.tenant.backend(to.environment)
                                 ->Answer(to.route, call.query, call.request, now, world.settings);
    for (const Event& event : answered.events) {  // Q17
      world.webhooks.Fire(to.environment, event, now, world.settings.webhooks);
    }
    Answer answer;
    answer.response = std::move(answered.response);
    answer.outcome = answered.outcome;
    answer.code = answered.code;
    answer.at = now;
    answer.grounds = GroundsOfBackend(to.environment, std::move(answered.about));
    return answer;
  } catch (const std::exception&) {  // G8 is what a caller sees of a broken backend
    return Refused(InternalServerError(), Outcome::kFailed, "INTERNAL", now);
  }
}

}  // namespace

Answer AnswerGateway(const Call& call, const World& world) {
  TimePoint now = world.clock.Now();
  const std::optional<Destination> to = FindDestination(call.request.method, call.path);
  if (!to) {
    return Refused(ResourceNotFound(), Outcome::kUnknownRoute, "RESOURCE_NOT_FOUND", now,
                   GroundsOfNoRoute(call.path));
  }
  const std::string_view api = to->route.operation->api;
  const std::string key = PresentedKey(call.request, call.query, world.settings.query_key);
  if (key.empty()) {
    return Refused(MissingKey(to->environment, api), Outcome::kAuthError, "MISSING_KEY", now,
                   GroundsOfNoKey(call.request, call.query));
  }
  const CheckedKey checked = world.tenant.directory().Check(key, to->environment, now);
  Answer answer;
  if (checked.check != KeyCheck::kGood) {
    answer =
        Refused(InvalidKey(to->environment, api), Outcome::kAuthError, CodeOf(checked.check), now,
                checked.grounds ? checked.grounds : GroundsOfStrangersKey(call.request, key));
  } else {
    const ledger::Decision decision = world.meters.Decide(checked.serial, now, checked.start);
    now = decision.at;
    answer = decision.admitted() ? FromBackend(call, world, *to, now)
                                 : OverLimit(decision, world.settings);
    answer.decision = decision;
    answer.reading = ReadingOf(world.settings.limits);
    answer.key = ledger::KeyIdentity{checked.serial};
  }
  if (checked.check != KeyCheck::kUnknown) {
    answer.subscription = checked.subscription;
    answer.key_name = ToText(checked.name);
  }
  return answer;
}

Answer AnswerCall(const Call& call, const World& world) {
  return call.surface == Surface::kArm ? AnswerArm(call, world) : AnswerGateway(call, world);
}

}  // namespace kondor::qondor
