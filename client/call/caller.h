// One call, whatever it takes: its turn in the budget, the tries, the waits, and one deadline over
// all of it.
//
// A call fails with the kind of its last failure (base/error.h), and its message says why it was
// given up: that the same call would be answered the same, that it may have been carried out and
// must not be twice, that all tries are used up, or that the deadline comes first. It fails with
// kDeadline only if nothing else was learnt before; with kCancelled also in the middle of a try,
// and says then whether it may have been carried out. Thread-safe, but for the plain values.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "base/sleeper.h"
#include "client/call/dialect.h"
#include "client/call/retry.h"
#include "client/http/transport.h"
#include "client/limiter/budget.h"

namespace kondor::client {

// What a caller does, step by step: for --explain, logs and metrics.
struct Step {
  enum class What {
    kEntered,   // the budget let it go, after `took`
    kAnswered,  // a try ended with an answer or a fault, after `took`; the text says which
    kWaiting,   // it is sent again after `took`; the text says why
    kOtherCredentials,
  } what = What::kEntered;
  int tries = 0;  // the try it is about; the first is 1
  Duration took{};
  std::string text = {};  // for people, without secrets
  // Of kAnswered, when the try failed: whether it may have been carried out all the same.
  CarriedOut carried_out = CarriedOut::kNo;
};

struct CallOptions {
  // Over queueing, all tries and waits, by the caller's clock.
  Duration timeout = std::chrono::minutes(5);
  // The same as an instant, for several calls that have to share it: what comes first counts.
  TimePoint deadline = TimePoint::max();
  // Over one try, by the machine's clock.
  Duration try_timeout = std::chrono::seconds(30);
  // By the method when it is not said: POST and PATCH are not idempotent.
  std::optional<Idempotency> idempotency = std::nullopt;
  std::stop_token stop = {};
};

struct CallerOptions {
  RetryPolicy retry = {};
  std::uint64_t seed = 1;  // of the jitter
  // May be empty; called by the thread that calls. Must not throw.
  std::function<void(const Step&)> on_step = {};
};

// Why an answer that the dialect takes for one is none: its body is not what that call is answered
// by. It is asked during the call, because what to do about it is the call's to decide.
using Judge = std::function<std::optional<Error>(const Response&)>;

// Thread-safe.
class Caller {
 public:
  // All of them must outlive it. `clock` and `sleeper` are those of `budget`.
  Caller(Transport& transport, Dialect& dialect, limiter::Budget& budget, const Clock& clock,
         Sleeper& sleeper, CallerOptions options);

  // `judge` may be empty; the calling thread asks it of each answer.
  Result<Response> Call(const Request& request, const CallOptions& options,
                        const Judge& judge = {});

 private:
  struct Attempt;  // one call on its way
  struct Outcome;  // of one try

  Outcome Try(const Request& request, const Attempt& attempt, limiter::Pass pass);
  // Nothing, when it is what was asked for.
  std::optional<Refusal> WhyNot(const Response& response, const Judge& judge) const;
  // Whether it is sent again at once with other credentials.
  bool FailOver(Attempt& attempt, const Outcome& outcome);
  // Waits for the next try; or says at once why there is none, in no words if the refusal does.
  std::optional<std::string> Wait(const Attempt& attempt, const Outcome& outcome);
  Unexpected GiveUp(const Attempt& attempt, const Outcome& outcome, const std::string& why) const;
  Duration Delay(int tries, std::optional<Duration> hint) KONDOR_EXCLUDES(mutex_);
  std::string ForPeople(std::string_view text) const;
  void Tell(const Step& step) const;

  // Constant.
  Transport& transport_;
  Dialect& dialect_;
  limiter::Budget& budget_;
  const Clock& clock_;
  Sleeper& sleeper_;
  const CallerOptions options_;

  Mutex mutex_;
  Rng rng_ KONDOR_GUARDED_BY(mutex_);
};

}  // namespace kondor::client
