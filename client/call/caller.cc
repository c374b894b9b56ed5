#include "client/call/caller.h"

#include <algorithm>
#include <utility>

#include "client/call/one_line.h"
#include "client/http/url.h"
#include "client/limiter/waiting.h"

namespace kondor::client {
namespace {

using limiter::Answer;
using limiter::InTenths;

Idempotency ByMethod(Method method) {
  return method == Method::kPost || method == Method::kPatch ? Idempotency::kNotIdempotent
                                                             : Idempotency::kIdempotent;
}

// No deadline lies beyond what an instant can be.
TimePoint After(TimePoint now, Duration timeout) {
  return timeout > TimePoint::max() - now ? TimePoint::max() : now + timeout;
}

// A refusal and bad credentials are looked at before anything is done (K4, G5, G6). A vendor that
// failed, or whose answer makes no sense, may have done all of it or nothing.
CarriedOut Reached(ErrorKind kind) {
  return kind == ErrorKind::kServerFault || kind == ErrorKind::kMalformed ? CarriedOut::kMaybe
                                                                          : CarriedOut::kNo;
}

}  // namespace

struct Caller::Attempt {
  TimePoint begun;
  TimePoint deadline;
  const CallOptions& options;
  const Judge& judge;
  Idempotency idempotency;
  int tries = 0;
  int failovers = 0;
};

struct Caller::Outcome {
  std::optional<Response> response;  // or else
  Refusal refusal = {};
  CarriedOut carried_out = CarriedOut::kNo;
  CredentialsUsed credentials = 0;
};

Caller::Caller(Transport& transport, Dialect& dialect, limiter::Budget& budget, const Clock& clock,
               Sleeper& sleeper, CallerOptions options)
    : transport_(transport),
      dialect_(dialect),
      budget_(budget),
      clock_(clock),
      sleeper_(sleeper),
      options_(std::move(options)),
      rng_(options_.seed) {}

Result<Response> Caller::Call(const Request& request, const CallOptions& options,
                              const Judge& judge) {
  if (const auto good = CheckRequest(request); !good) return Unexpected(good.error());
  const TimePoint begun = clock_.Now();
  Attempt attempt{begun, std::min(After(begun, options.timeout), options.deadline), options, judge,
                  options.idempotency.value_or(ByMethod(request.method))};
  std::optional<Outcome> last;
  for (;;) {
    const TimePoint queued = clock_.Now();
    auto pass = budget_.Enter(attempt.deadline, options.stop);
    // The clock may have jumped since: a request with no time left for its answer is not sent.
    if (pass && clock_.Now() >= attempt.deadline) {
      pass = Unexpected(ErrorKind::kDeadline, "the deadline left no time to send it");
    }
    if (!pass) {
      if (!last) return Unexpected(pass.error());
      return GiveUp(attempt, *last, pass.error().message);
    }
    ++attempt.tries;
    Tell({Step::What::kEntered, attempt.tries, clock_.Now() - queued});
    last = Try(request, attempt, std::move(*pass));
    if (last->response) return std::move(*last->response);
    if (FailOver(attempt, *last)) continue;
    if (const auto why_not = Wait(attempt, *last)) return GiveUp(attempt, *last, *why_not);
  }
}

bool Caller::FailOver(Attempt& attempt, const Outcome& outcome) {
  if (outcome.refusal.kind != ErrorKind::kCredentials) return false;
  // Beside the tries: with one try alone a rotation would lose calls. But not for ever.
  constexpr int kFailoversMax = 5;
  if (attempt.failovers == kFailoversMax) return false;
  auto others = dialect_.UseOthers(outcome.credentials);
  if (!others) return false;
  ++attempt.failovers;
  Tell({Step::What::kOtherCredentials, attempt.tries, {}, std::move(*others)});
  return true;
}

Caller::Outcome Caller::Try(const Request& request, const Attempt& attempt, limiter::Pass pass) {
  Request prepared = request;
  Outcome outcome;
  outcome.credentials = dialect_.Prepare(prepared);
  const TimePoint sent = clock_.Now();
  const Duration timeout = std::min(attempt.options.try_timeout, attempt.deadline - sent);
  auto delivery = transport_.Send(prepared, timeout, attempt.options.stop);
  Step step{Step::What::kAnswered, attempt.tries, clock_.Now() - sent};
  Answer answer{Answer::Fate::kAdmitted};
  if (const auto* fault = std::get_if<TransportFault>(&delivery)) {
    const bool cancelled = attempt.options.stop.stop_requested();
    outcome.refusal = {
        cancelled ? ErrorKind::kCancelled : ErrorKind::kTransport, {}, ForPeople(fault->message)};
    const bool sent_nothing = fault->reach == TransportFault::Reach::kNotSent;
    outcome.carried_out = sent_nothing ? CarriedOut::kNo : CarriedOut::kMaybe;
    answer.fate = Answer::Fate::kUnknown;
    step.text = outcome.refusal.message;
  } else {
    auto& response = std::get<Response>(delivery);
    step.text = std::to_string(response.status);
    if (auto refusal = WhyNot(response, attempt.judge)) {
      outcome.refusal = std::move(*refusal);
      outcome.carried_out = Reached(outcome.refusal.kind);
      if (outcome.refusal.kind == ErrorKind::kRateLimited) answer.fate = Answer::Fate::kRefused;
      step.text += " " + outcome.refusal.message;
    } else {
      outcome.response = std::move(response);
    }
  }
  answer.hint = outcome.refusal.hint;
  step.carried_out = outcome.carried_out;
  pass.Settle(answer);
  Tell(step);
  return outcome;
}

std::optional<Refusal> Caller::WhyNot(const Response& response, const Judge& judge) const {
  auto refusal = dialect_.Read(response);
  if (!refusal && judge) {
    if (auto error = judge(response)) {
      refusal = Refusal{error->kind, std::move(error->code), std::move(error->message), {}};
    }
  }
  if (!refusal) return {};
  refusal->message = ForPeople(refusal->message);
  refusal->code = ForPeople(refusal->code);
  return refusal;
}

std::optional<std::string> Caller::Wait(const Attempt& attempt, const Outcome& outcome) {
  if (outcome.refusal.kind == ErrorKind::kCancelled) {
    return outcome.carried_out == CarriedOut::kMaybe ? "it may have been carried out" : "";
  }
  switch (WhetherAgain(outcome.refusal.kind, outcome.carried_out, attempt.idempotency)) {
    case Again::kWouldNotHelp:
      return "";  // the refusal says it all
    case Again::kNotSafe:
      return "it may have been carried out, so it is not sent again";
    case Again::kMay:
      break;
  }
  if (attempt.tries - attempt.failovers >= options_.retry.tries_max) {
    return "gave up, because it may be tried " +
           (attempt.tries == 1 ? "once" : std::to_string(attempt.tries) + " times");
  }
  const Duration delay = Delay(attempt.tries - attempt.failovers, outcome.refusal.hint);
  const TimePoint now = clock_.Now();
  if (delay >= attempt.deadline - now) {
    return "the next try would be in " + InTenths(delay) + ", past the deadline; allow more time";
  }
  Tell({Step::What::kWaiting, attempt.tries, delay, outcome.refusal.message});
  sleeper_.SleepUntil(now + delay, attempt.options.stop);
  if (attempt.options.stop.stop_requested()) return "cancelled";
  return {};
}

Unexpected Caller::GiveUp(const Attempt& attempt, const Outcome& outcome,
                          const std::string& why) const {
  Error error{outcome.refusal.kind, outcome.refusal.message};
  error.code = outcome.refusal.code;
  if (!why.empty()) {
    error.message += " (after " + InTenths(clock_.Now() - attempt.begun) + ": " + why + ")";
  }
  return Unexpected(std::move(error));
}

Duration Caller::Delay(int tries, std::optional<Duration> hint) {
  const MutexLock lock(mutex_);
  return DelayAfter(tries, hint, options_.retry, rng_);
}

// Concealed before it is cut: half a secret would not be recognised.
std::string Caller::ForPeople(std::string_view text) const {
  return OneLine(dialect_.Conceal(text));
}

void Caller::Tell(const Step& step) const {
  if (options_.on_step) options_.on_step(step);
}

}  // namespace kondor::client
