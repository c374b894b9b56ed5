#include "client/call/endpoint.h"

#include <utility>

#include "client/limiter/gate.h"
#include "client/limiter/learning.h"

namespace kondor::client {
namespace {

// For hosts without limits.
class FreePass final : public limiter::Budget {
 public:
  Result<limiter::Pass> Enter(TimePoint, std::stop_token stop) override {
    if (stop.stop_requested()) return Unexpected(ErrorKind::kCancelled, "cancelled");
    return limiter::Pass(this, 0);
  }

 private:
  void Settle(limiter::CallId, const limiter::Answer&) override {}
};

}  // namespace

Result<std::unique_ptr<Endpoint>> Endpoint::Make(EndpointOptions options, Dialect& dialect,
                                                 const std::vector<limiter::Quota>& quotas) {
  if ((options.clock == nullptr) != (options.sleeper == nullptr)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a clock and a sleeper are given together, or neither");
  }
  std::unique_ptr<Endpoint> made(new Endpoint);  // make_unique cannot see the constructor
  if (options.clock == nullptr) {
    made->own_clock_ = std::make_unique<SystemClock>();
    made->own_sleeper_ = std::make_unique<SystemSleeper>(*made->own_clock_);
    options.clock = made->own_clock_.get();
    options.sleeper = made->own_sleeper_.get();
  }
  if (options.transport == nullptr) {
    auto transport = MakeHttpTransport(std::move(options.http));
    if (!transport) return Unexpected(transport.error());
    made->own_transport_ = std::move(*transport);
    options.transport = made->own_transport_.get();
  }
  if (options.budget == nullptr) {
    if (quotas.empty()) {
      made->own_budget_ = std::make_unique<FreePass>();
    } else {
      auto strategy =
          options.strategy ? options.strategy(quotas) : limiter::MakeLearning({.quotas = quotas});
      made->own_budget_ = std::make_unique<limiter::Gate>(
          std::move(strategy), *options.clock, *options.sleeper, std::move(options.on_wait));
    }
    options.budget = made->own_budget_.get();
  }
  made->caller_ =
      std::make_unique<Caller>(*options.transport, dialect, *options.budget, *options.clock,
                               *options.sleeper, std::move(options.caller));
  return made;
}

}  // namespace kondor::client
