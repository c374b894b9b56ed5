#include "mock_server/mock_server.h"

#include "mock_server/control/control.h"
#include "mock_server/control/qondor_views.h"
#include "mock_server/front/front.h"
#include "mock_server/front/own_reply.h"
#include "mock_server/http/server.h"
#include "mock_server/http/target.h"
#include "mock_server/kondado/seed.h"
#include "mock_server/qondor/seed.h"
#include "mock_server/sandbox/seeds.h"

namespace kondor {
namespace {

constexpr std::size_t kJournalBytesMin = 256 * 1024;

Unexpected Invalid(std::string message) {
  return Unexpected(ErrorKind::kInvalidArgument, std::move(message));
}

bool IsLoopbackHost(const std::string& host) {
  const auto address = net::IpAddress::Parse(host);
  return host == "localhost" || (address && address->is_loopback());
}

Result<void> ReadSeed(const std::string& text, SandboxConfig& config) {
  config.kondado_seed = kondado::DefaultSeed();
  config.qondor_seed = qondor::DefaultSeed();
  if (text.empty()) return {};
  const Result<Json> json = ParseJson(text);
  if (!json) return Unexpected(json.error());
  return LoadSeeds(*json, "", config);
}

Result<SandboxConfig> BaseConfig(const MockServerOptions& options) {
  SandboxConfig config;
  for (const auto& [name, value] : options.settings) {
    if (Result<void> set = SetByName(config.settings, name, value); !set) {
      return Unexpected(set.error());
    }
  }
  if (Result<void> seed = ReadSeed(options.seed_json, config); !seed) {
    return Invalid("seed: " + seed.error().message);
  }
  if (options.clock == DefaultClock::kManual) config.clock.mode = ClockMode::kManual;
  if (options.journal_bytes_max < kJournalBytesMin) {
    return Invalid("a journal needs at least " + std::to_string(kJournalBytesMin) + " bytes");
  }
  config.journal_bytes_max = options.journal_bytes_max;
  Result<qondor::TargetPolicy> policy = qondor::TargetPolicy::Allowing(options.webhook_hosts);
  if (!policy) return Unexpected(policy.error());
  config.outbound = std::make_shared<qondor::Outbound>();
  config.outbound->policy = std::move(policy).value();
  return config;
}

Result<FrontOptions> ReadFrontOptions(const MockServerOptions& options) {
  FrontOptions front;
  for (const std::string& text : options.trusted_proxies) {
    Result<net::Cidr> range = net::Cidr::Parse(text);
    if (!range) return Unexpected(range.error());
    front.trusted_proxies.push_back(*range);
  }
  front.request_id_header = options.request_id == RequestIdHeader::kSend;
  front.on_call = options.on_call;
  return front;
}

http::ServerOptions EdgeOptions(const MockServerOptions& options) {
  http::ServerOptions edge;
  edge.host = options.host;
  edge.port = options.port;
  return edge;
}

}  // namespace

class MockServer::Impl {
 public:
  Impl(const MockServerOptions& options, SandboxConfig base, FrontOptions front)
      : host_(options.host),
        sandboxes_(std::move(base), machine_),
        control_({options.control_token, options.host}, sandboxes_, counters_),
        front_(std::move(front), sandboxes_, control_, counters_),
        edge_(
            EdgeOptions(options), [this](const http::Request& r) { return front_.Handle(r); },
            &OwnError) {}

  Result<void> MakeDefaultSandbox() {
    SandboxConfig config = sandboxes_.base();
    config.name = kDefaultSandbox;
    config.kondado_seed = kondado::WithDemoCredentials(*config.kondado_seed);
    config.qondor_seed = qondor::WithDemoKeys(*config.qondor_seed);
    const Result<std::shared_ptr<Sandbox>> made = sandboxes_.Create(std::move(config));
    if (!made) return Unexpected(made.error());
    for (const kondado::NewToken& token : (*made)->kondado().created()) {
      const bool user = token.token.kind == kondado::TokenKind::kUser;
      std::string& secret = user ? credentials_.token : credentials_.via_kondado_token;
      if (!secret.empty()) continue;
      secret = token.secret;
      if (user) credentials_.key = token.token.key;
    }
    (*made)->kondado().ForgetSecrets();
    const control::QondorCredentials qondor = control::FindQondorCredentials(**made);
    if (qondor.production) {
      credentials_.qondor_primary_key = qondor.production->primary_key;
      credentials_.qondor_secondary_key = qondor.production->secondary_key;
    }
    if (qondor.test) {
      credentials_.qondor_test_primary_key = qondor.test->primary_key;
      credentials_.qondor_test_secondary_key = qondor.test->secondary_key;
    }
    return {};
  }

  // Deliveries and late answers under way end with it, and with them every wait for one.
  void Stop() {
    for (const auto& sandbox : sandboxes_.All()) sandbox->End();
    edge_.Stop();
  }

  http::Server& edge() { return edge_; }
  Front& front() { return front_; }
  const std::string& host() const { return host_; }
  const Credentials& credentials() const { return credentials_; }

 private:
  const std::string host_;
  const SystemClock machine_;
  Counters counters_;
  Sandboxes sandboxes_;
  const Control control_;
  Front front_;
  http::Server edge_;
  Credentials credentials_;  // constant once created
};

Result<std::unique_ptr<MockServer>> MockServer::Create(const MockServerOptions& options) {
  if (options.control_token.empty() && !IsLoopbackHost(options.host)) {
    return Invalid("host " + options.host +
                   " can be reached from other machines: set --control-token, or listen on "
                   "127.0.0.1");
  }
  Result<SandboxConfig> base = BaseConfig(options);
  if (!base) return Unexpected(base.error());
  Result<FrontOptions> front = ReadFrontOptions(options);
  if (!front) return Unexpected(front.error());
  auto impl = std::make_unique<Impl>(options, std::move(base).value(), std::move(front).value());
  if (Result<void> made = impl->MakeDefaultSandbox(); !made) return Unexpected(made.error());
  return std::unique_ptr<MockServer>(new MockServer(std::move(impl)));
}

MockServer::MockServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MockServer::~MockServer() { Stop(); }

Result<void> MockServer::Start() { return impl_->edge().Start(); }
void MockServer::Stop() { impl_->Stop(); }
int MockServer::port() const { return impl_->edge().port(); }

std::string MockServer::url() const {
  const std::string& host = impl_->host();
  const bool v6 = host.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port());
}

LocalReply MockServer::Call(std::string_view method, std::string_view target, std::string body,
                            const std::vector<std::pair<std::string, std::string>>& headers) {
  http::Request request;
  request.method = method;
  http::TakeTargetApart(target, request);
  const std::string length = std::to_string(body.size());
  for (const auto& [name, value] : headers) request.headers.push_back({name, value});
  if (!body.empty()) request.headers.push_back({"Content-Length", length});
  request.body = std::move(body);
  request.peer_address = "127.0.0.1";

  http::Response response = impl_->front().Handle(request);
  if (http::SendsNothing(response)) return {};
  LocalReply reply{response.status, std::string(http::SentBody(response)), {}};
  for (http::Header& header : response.headers) {
    reply.headers.emplace_back(std::move(header.name), std::move(header.value));
  }
  return reply;
}

const MockServer::Credentials& MockServer::credentials() const { return impl_->credentials(); }

}  // namespace kondor
