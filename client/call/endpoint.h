// One host of a vendor with all that calling it takes. What is not given is made: HTTP, a budget
// for this process alone with the default strategy, the machine's clock.
// Thread-safe, but for the plain values.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sleeper.h"
#include "client/call/caller.h"
#include "client/call/dialect.h"
#include "client/http/http_transport.h"
#include "client/limiter/budget.h"
#include "client/limiter/strategy.h"
#include "client/limiter/waiting.h"

namespace kondor::client {

// A client of one's own, of any strategy (client/limiter/), is {.strategy = ...}; one that shares
// its quota with others is {.budget = ...}. Whatever is pointed at must outlive the client.
struct EndpointOptions {
  HttpOptions http = {};  // an empty base_url is the vendor's own
  // Makes the strategy from the vendor's published quotas; empty: MakeLearning.
  std::function<limiter::StrategyPtr(const std::vector<limiter::Quota>&)> strategy = {};
  // Of a budget that is made; may be empty.
  limiter::OnWait on_wait = {};
  // What decides instead of a strategy; its clock and sleeper have to be those below.
  limiter::Budget* budget = nullptr;
  // Both or neither.
  const Clock* clock = nullptr;
  Sleeper* sleeper = nullptr;
  Transport* transport = nullptr;  // instead of `http`
  CallerOptions caller = {};
};

// Thread-safe.
class Endpoint {
 public:
  // No quotas: nothing is held back. kInvalidArgument: the base URL cannot be used.
  static Result<std::unique_ptr<Endpoint>> Make(EndpointOptions options, Dialect& dialect,
                                                const std::vector<limiter::Quota>& quotas);

  Result<Response> Call(const Request& request, const CallOptions& options) {
    return caller_->Call(request, options);
  }

  // What `read`, a function from a body to a Result, makes of the answer. A body that it takes for
  // none is a failed try like any other: asked for again, or told that it may have been carried
  // out.
  template <typename Read>
  auto Ask(const Request& request, const CallOptions& options, const Read& read)
      -> decltype(read(std::string())) {
    std::optional<decltype(read(std::string()))> answer;
    const auto response = caller_->Call(request, options, [&](const Response& one) {
      answer.emplace(read(one.body));
      return *answer ? std::nullopt : std::optional(answer->error());
    });
    if (!response) return Unexpected(response.error());
    return *std::move(answer);
  }

 private:
  Endpoint() = default;

  std::unique_ptr<SystemClock> own_clock_;
  std::unique_ptr<Sleeper> own_sleeper_;
  std::unique_ptr<Transport> own_transport_;
  std::unique_ptr<limiter::Budget> own_budget_;
  std::unique_ptr<Caller> caller_;
};

}  // namespace kondor::client
