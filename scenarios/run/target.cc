#include "scenarios/run/target.h"

#include <utility>

#include "scenarios/data/node.h"

namespace kondor::scenarios {

Result<Target> Target::Make(const TargetOptions& options) {
  Target target;
  target.options_ = options;
  if (options.url.empty()) {
    if (Result<void> started = target.StartOwn(); !started) return Unexpected(started.error());
  }
  const Result<Url> url = ParseUrl(options.url.empty() ? target.own_->url() : options.url);
  if (!url) return Unexpected(url.error());
  target.url_ = *url;
  if (Result<void> probed = target.Probe(); !probed) return Unexpected(probed.error());
  if (target.has_control() && !target.is_own()) {
    if (Result<void> in = target.KnockAtControl(); !in) return Unexpected(in.error());
    if (Result<void> learnt = target.LearnUsualSettings(); !learnt) {
      return Unexpected(learnt.error());
    }
  }
  return target;
}

Result<void> Target::StartOwn() {
  MockServerOptions options;
  options.clock = DefaultClock::kManual;
  Result<std::unique_ptr<MockServer>> server = MockServer::Create(options);
  if (!server) return Unexpected(server.error());
  own_ = std::move(*server);
  return own_->Start();
}

Result<void> Target::Probe() {
  Connection connection = NewConnection();
  const Result<Reply> reply =
      connection.Exchange({"GET", url_.path + "/_kondor/health", {{"Host", url_.Authority()}}, ""});
  if (!reply) return Unexpected(reply.error());
  const Json health = Json::parse(reply->body, nullptr, false);
  has_control_ = reply->status == 200 && health.is_object() && health.contains("version") &&
                 health.value("status", "") == "ok";
  return {};
}

Result<void> Target::Knock() const {
  Connection connection = NewConnection();
  const Result<Reply> reply =
      connection.Exchange({"GET", url_.path + "/", {{"Host", url_.Authority()}}, ""});
  if (!reply) return Unexpected(reply.error());
  return {};
}

Result<void> Target::KnockAtControl() const {
  Connection connection = NewConnection();
  Request request{"GET", url_.path + "/_kondor/sandboxes", {{"Host", url_.Authority()}}, ""};
  if (!options_.control_token.empty()) {
    request.headers.emplace_back("Kondor-Control-Token", options_.control_token);
  }
  const Result<Reply> reply = connection.Exchange(request);
  if (!reply) return Unexpected(reply.error());
  if (reply->status != 401 && reply->status != 403) return {};
  return Unexpected(ErrorKind::kCredentials,
                    url_.Text() +
                        " does not take this control token: name its own with "
                        "--control-token or KONDOR_CONTROL_TOKEN");
}

// Those of a mock that was told nothing: one of our own, which need not even listen.
Result<void> Target::LearnUsualSettings() {
  const Result<std::unique_ptr<MockServer>> usual = MockServer::Create({});
  if (!usual) return Unexpected(usual.error());
  const LocalReply reply = (*usual)->Call("GET", "/_kondor/sandboxes/default/settings");
  settings_ = Json::parse(reply.body, nullptr, false);
  if (reply.status == 200 && settings_.is_object()) return {};
  return Unexpected(ErrorKind::kMalformed, "the mock inside does not tell its settings");
}

}  // namespace kondor::scenarios
