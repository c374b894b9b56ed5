#include "tests/client/call/fakes.h"

#include <utility>

namespace kondor::client {

Response Ok(std::string body) { return {200, {}, std::move(body)}; }

Response Status(int status, std::string body, std::vector<Field> headers) {
  return {status, std::move(headers), std::move(body)};
}

TransportFault NotSent(std::string message) {
  return {TransportFault::Reach::kNotSent, std::move(message)};
}

TransportFault Lost(std::string message) {
  return {TransportFault::Reach::kMaybeCarriedOut, std::move(message)};
}

Response Envelope(const std::string& code, const std::string& message, int status) {
  return {status,
          {},
          R"({"success": false, "error": ")" + code + R"(", "message": ")" + message + R"("})"};
}

FakeTransport& FakeTransport::Then(Delivery delivery) {
  return Then([delivery = std::move(delivery)](const Request&) { return delivery; });
}

FakeTransport& FakeTransport::Then(Answerer answerer) {
  const MutexLock lock(mutex_);
  script_.push_back(std::move(answerer));
  return *this;
}

Delivery FakeTransport::Send(const Request& request, Duration timeout, std::stop_token) {
  Answerer answerer = always_;
  {
    const MutexLock lock(mutex_);
    requests_.push_back(request);
    timeouts_.push_back(timeout);
    if (!answerer) {
      if (script_.empty()) return Lost("the script is at its end");
      answerer = std::move(script_.front());
      script_.pop_front();
    }
  }
  return answerer(request);
}

std::vector<Request> FakeTransport::requests() const {
  const MutexLock lock(mutex_);
  return requests_;
}

std::vector<Duration> FakeTransport::timeouts() const {
  const MutexLock lock(mutex_);
  return timeouts_;
}

Result<limiter::Pass> FakeBudget::Enter(TimePoint deadline, std::stop_token) {
  deadlines.push_back(deadline);
  if (on_enter) on_enter();
  if (!refusals.empty()) {
    const Error error = refusals.front();
    refusals.pop_front();
    if (!error.message.empty()) return Unexpected(error);
  }
  return limiter::Pass(this, deadlines.size());
}

namespace {

std::string ValueOf(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name == name) return field.value;
  }
  return "";
}

}  // namespace

std::string QueryValue(const Request& request, std::string_view name) {
  return ValueOf(request.query, name);
}

std::string HeaderValue(const Request& request, std::string_view name) {
  return ValueOf(request.headers, name);
}

}  // namespace kondor::client
