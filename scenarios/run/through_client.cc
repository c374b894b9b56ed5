#include "scenarios/run/through_client.h"

#include <memory>
#include <utility>

#include "client/http/http_transport.h"
#include "client/limiter/budget.h"
#include "scenarios/run/typed_call.h"

namespace kondor::scenarios {
namespace {

// Real HTTP, and a note of each exchange: what is judged is what was on the wire.
class NotingTransport final : public client::Transport {
 public:
  NotingTransport(std::unique_ptr<client::Transport> wire, const CallStep& step, Session& session)
      : wire_(std::move(wire)), step_(step), session_(session) {}

  std::variant<client::Response, client::TransportFault> Send(const client::Request& request,
                                                              Duration timeout,
                                                              std::stop_token stop) override {
    client::Request sent = request;
    if (!step_.call.ip.empty()) sent.headers.push_back({"Kondor-Client-Ip", step_.call.ip});
    Note(sent);
    auto delivery = wire_->Send(sent, timeout, std::move(stop));
    reply_.reset();
    if (const auto* response = std::get_if<client::Response>(&delivery)) {
      reply_ = Reply{response->status, "", {}, response->body};
      for (const client::Field& header : response->headers) {
        reply_->headers.emplace_back(header.name, header.value);
      }
    }
    return delivery;
  }

  int tries() const { return tries_; }
  const std::optional<Reply>& reply() const { return reply_; }

 private:
  // For the line that repeats it in a shell.
  void Note(const client::Request& request) {
    ++tries_;
    Call call;
    call.surface = step_.call.surface;
    call.method = client::ToText(request.method);
    call.path = request.path;
    call.with = "none";  // the client has added them
    for (const client::Field& field : request.query)
      call.query.emplace_back(field.name, field.value);
    for (const client::Field& field : request.headers) {
      call.headers.emplace_back(field.name, field.value);
    }
    if (!request.body.empty()) call.body = request.body;
    session_.Note(session_.VendorRequest(call), step_.save);
  }

  const std::unique_ptr<client::Transport> wire_;
  const CallStep& step_;
  Session& session_;
  int tries_ = 0;
  std::optional<Reply> reply_;
};

// Lets everybody in, and keeps what the client understood of the last answer.
class OpenDoor final : public limiter::Budget {
 public:
  Result<limiter::Pass> Enter(TimePoint, std::stop_token) override {
    return limiter::Pass(this, 0);
  }
  const limiter::Answer& last() const { return last_; }

 private:
  void Settle(limiter::CallId, const limiter::Answer& answer) override { last_ = answer; }

  limiter::Answer last_;
};

// To wait is to move the sandbox's clock.
class SandboxTime final : public Sleeper {
 public:
  explicit SandboxTime(Session& session) : session_(session) {}

  void SleepUntil(TimePoint until, std::stop_token) override {
    const auto step = std::chrono::ceil<std::chrono::milliseconds>(until - clock_.Now());
    if (step.count() <= 0) return;
    // Where the clock cannot be moved the next answer will say so.
    static_cast<void>(session_.Advance(step.count()));
    clock_.Advance(step);
    waited_ += step;
  }

  const Clock& clock() const { return clock_; }
  std::chrono::milliseconds waited() const { return waited_; }

 private:
  Session& session_;
  ManualClock clock_{TimePoint{}};
  std::chrono::milliseconds waited_{0};
};

std::int64_t WholeSeconds(Duration wait) {
  return std::chrono::ceil<std::chrono::seconds>(wait).count();
}

Call Filled(const Call& call, const Variables& names) {
  Call filled = call;
  filled.path = names.FillText(call.path);
  for (auto& [name, value] : filled.query) value = names.FillText(value);
  for (auto& [name, value] : filled.headers) value = names.FillText(value);
  if (filled.body) filled.body = names.FillText(*filled.body);
  return filled;
}

ClientSetup SetupOf(const CallStep& step, const Variables& names) {
  ClientSetup setup;
  const std::string& with = step.call.with;
  const bool kondado = step.call.surface != Surface::kQondor;
  setup.key = names.Text(with + ".key");
  setup.token = names.Text(kondado ? with + ".token" : with);
  setup.endpoint.caller.retry.tries_max = step.tries;
  return setup;
}

}  // namespace

ClientOutcome CallThroughClient(const CallStep& step, Session& session, const Target& target) {
  ClientOutcome outcome;
  auto wire = client::MakeHttpTransport({.base_url = session.BaseUrl(step.call.surface)});
  if (!wire) {
    outcome.what = {{"kind", WordOf(wire.error().kind)}};
    outcome.message = wire.error().message;
    return outcome;
  }
  NotingTransport transport(std::move(*wire), step, session);
  OpenDoor door;
  SandboxTime time(session);
  ClientSetup setup = SetupOf(step, session.variables());
  setup.endpoint.budget = &door;
  setup.endpoint.clock = &time.clock();
  setup.endpoint.sleeper = &time;
  setup.endpoint.transport = &transport;
  setup.options.try_timeout = target.patience();
  const Result<Json> value = CallTyped(Filled(step.call, session.variables()), std::move(setup));
  if (value) {
    outcome.what = {{"value", *value}};
  } else {
    outcome.what = {{"kind", WordOf(value.error().kind)}, {"code", value.error().code}};
    outcome.message = value.error().message;
    if (door.last().hint) outcome.what["wait_s"] = WholeSeconds(*door.last().hint);
  }
  outcome.what["tries"] = transport.tries();
  outcome.reply = transport.reply();
  outcome.waited = time.waited();
  if (outcome.waited.count() > 0) {
    outcome.what["waited_s"] = std::chrono::floor<std::chrono::seconds>(outcome.waited).count();
  }
  return outcome;
}

std::string_view WordOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidArgument:
      return "invalid_argument";
    case ErrorKind::kNotFound:
      return "not_found";
    case ErrorKind::kAlreadyExists:
      return "already_exists";
    case ErrorKind::kStale:
      return "stale";
    case ErrorKind::kUnavailable:
      return "unavailable";
    case ErrorKind::kDeadline:
      return "deadline";
    case ErrorKind::kCancelled:
      return "cancelled";
    case ErrorKind::kRateLimited:
      return "rate_limited";
    case ErrorKind::kCredentials:
      return "credentials";
    case ErrorKind::kPlan:
      return "plan";
    case ErrorKind::kRejected:
      return "rejected";
    case ErrorKind::kTransport:
      return "transport";
    case ErrorKind::kServerFault:
      return "server_fault";
    case ErrorKind::kMalformed:
      return "malformed";
  }
  return "malformed";
}

}  // namespace kondor::scenarios
