// Stand-ins for what a call goes through: a server with a script, and a budget that writes down
// what it is told.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/mutex.h"
#include "client/http/transport.h"
#include "client/limiter/budget.h"

namespace kondor::client {

using Delivery = std::variant<Response, TransportFault>;

inline constexpr TimePoint kBegin = FromUnixMicros(1'772'366'400'000'000);
inline constexpr std::string_view kRefused =  // K5
    R"({"success": false, "error": "RATE_LIMIT_EXCEEDED", )"
    R"("message": "Too many requests. Please try again in 60 seconds."})";

Response Ok(std::string body = R"({"success": true})");
Response Status(int status, std::string body = {}, std::vector<Field> headers = {});
TransportFault NotSent(std::string message = "GET http://fake/: nobody answers there");
TransportFault Lost(std::string message = "GET http://fake/: the connection broke");
// {"success": false, "error": code, "message": message}
Response Envelope(const std::string& code, const std::string& message = "No.", int status = 200);

// Answers as its script says; afterwards it is a fault that nobody expected. Thread-safe.
class FakeTransport final : public Transport {
 public:
  using Answerer = std::function<Delivery(const Request&)>;

  FakeTransport& Then(Delivery delivery);
  FakeTransport& Then(Answerer answerer);
  // Instead of a script; may be called from many threads.
  void Always(Answerer answerer) { always_ = std::move(answerer); }

  Delivery Send(const Request& request, Duration timeout, std::stop_token stop) override;

  std::vector<Request> requests() const;
  std::vector<Duration> timeouts() const;

 private:
  Answerer always_;
  mutable Mutex mutex_;
  std::deque<Answerer> script_ KONDOR_GUARDED_BY(mutex_);
  std::vector<Request> requests_ KONDOR_GUARDED_BY(mutex_);
  std::vector<Duration> timeouts_ KONDOR_GUARDED_BY(mutex_);
};

// Lets everybody in, until told otherwise. Not thread-safe.
class FakeBudget final : public limiter::Budget {
 public:
  Result<limiter::Pass> Enter(TimePoint deadline, std::stop_token stop) override;

  std::function<void()> on_enter = {};
  std::deque<Error> refusals = {};  // of the next to enter; one of no message lets in
  std::vector<TimePoint> deadlines = {};
  std::vector<limiter::Answer> settled = {};

 private:
  void Settle(limiter::CallId, const limiter::Answer& answer) override {
    settled.push_back(answer);
  }
};

// The value of that parameter of a request; "" when it has none.
std::string QueryValue(const Request& request, std::string_view name);
std::string HeaderValue(const Request& request, std::string_view name);

}  // namespace kondor::client
