#include "client/kondado/kondado.h"

#include <utility>

#include "client/json/fields.h"
#include "client/kondado/dialect.h"
#include "client/kondado/replies.h"

namespace kondor::client {
namespace {

std::string IdPath(const char* before, std::int64_t id, const char* after) {
  return before + std::to_string(id) + after;
}

Unexpected NoCredentials() {
  return Unexpected(ErrorKind::kInvalidArgument,
                    "Kondado's key and token are both needed: set KONDADO_KEY and KONDADO_TOKEN");
}

}  // namespace

const std::vector<limiter::Quota>& KondadoQuotas() {
  static const std::vector<limiter::Quota> quotas = {{1, std::chrono::seconds(1)},
                                                     {20, std::chrono::seconds(60)}};
  return quotas;
}

struct Kondado::Parts {
  explicit Parts(KondadoCredentials credentials, CallOptions options)
      : dialect(std::move(credentials)), call(std::move(options)) {}

  // What the endpoint answers, read as the documentation says it should be.
  template <typename Read>
  auto Ask(const Request& request, const Read& read) {
    return endpoint->Ask(request, call, read);
  }

  KondadoDialect dialect;
  const CallOptions call;
  std::unique_ptr<Endpoint> endpoint;  // after the dialect it refers to
};

Result<std::unique_ptr<Kondado>> Kondado::Make(KondadoOptions options) {
  if (options.credentials.key.empty() || options.credentials.token.empty()) return NoCredentials();
  if (options.endpoint.http.base_url.empty()) {
    options.endpoint.http.base_url = "https://k2.kondado.com.br";
  }
  auto parts = std::make_unique<Parts>(std::move(options.credentials), std::move(options.call));
  auto endpoint = Endpoint::Make(std::move(options.endpoint), parts->dialect, KondadoQuotas());
  if (!endpoint) return Unexpected(endpoint.error());
  parts->endpoint = std::move(*endpoint);
  return std::unique_ptr<Kondado>(new Kondado(std::move(parts)));
}

Kondado::Kondado(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Kondado::~Kondado() = default;

Result<void> Kondado::RunPipeline(std::int64_t id) {
  return parts_->Ask({Method::kPost, IdPath("/pipelines/", id, "/run")}, &ReadSuccess);
}

Result<PipelineStatus> Kondado::GetPipelineStatus(std::int64_t id) {
  return parts_->Ask({Method::kGet, IdPath("/pipelines/", id, "/status")},
                     [id](const std::string& body) { return ReadPipelineStatus(body, id); });
}

Result<ModelStatus> Kondado::GetModelStatus(std::int64_t id) {
  return parts_->Ask({Method::kGet, IdPath("/models/", id, "/status")},
                     [id](const std::string& body) { return ReadModelStatus(body, id); });
}

Result<std::vector<ParentCollection>> Kondado::ListSourceCollections() {
  return parts_->Ask({Method::kGet, "/parent_collections/src"}, &ReadCollections);
}

Result<std::vector<ParentCollection>> Kondado::ListDestinationCollections() {
  return parts_->Ask({Method::kGet, "/parent_collections/dest"}, &ReadCollections);
}

Result<std::vector<ParentPipeline>> Kondado::ListParentPipelines(std::int64_t collection) {
  return parts_->Ask(
      {Method::kGet, IdPath("/parent_collections/src/", collection, "/parent_pipelines")},
      [collection](const std::string& body) { return ReadParentPipelines(body, collection); });
}

Result<std::string> Kondado::InviteGuest(const CollectionGuest& guest) {
  const bool source = guest.direction == CollectionGuest::Direction::kSource;
  const Json body = {{"client_id", guest.client_id},
                     {"recipient_email", guest.recipient_email},
                     {"parent_collection_id", guest.parent_collection_id},
                     {"parent_collection_direction", source ? "src" : "dest"},
                     {"assigned_collection_name", guest.assigned_collection_name}};
  Request request{Method::kPost, "/collection_guests"};
  request.headers = {{"Content-Type", "application/json"}};
  request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return parts_->Ask(request, &ReadAccessLink);
}

Result<std::string> Kondado::Call(const Request& request) { return Call(request, parts_->call); }

Result<std::string> Kondado::Call(const Request& request, const CallOptions& options) {
  auto response = parts_->endpoint->Call(request, options);
  if (!response) return Unexpected(response.error());
  return std::move(response->body);
}

void Kondado::SwapCredentials(KondadoCredentials credentials) {
  parts_->dialect.Swap(std::move(credentials));
}

struct KondadoWebhook::Parts {
  explicit Parts(KondadoWebhookOptions& options)
      : pipeline_id(options.pipeline_id),
        dialect(std::move(options.credentials)),
        call(std::move(options.call)) {}

  const std::int64_t pipeline_id;
  KondadoDialect dialect;
  const CallOptions call;
  std::unique_ptr<Endpoint> endpoint;
};

Result<std::unique_ptr<KondadoWebhook>> KondadoWebhook::Make(KondadoWebhookOptions options) {
  if (options.credentials.key.empty() || options.credentials.token.empty()) return NoCredentials();
  if (options.endpoint.http.base_url.empty()) {
    options.endpoint.http.base_url = "https://k1.kondado.com.br";
  }
  auto parts = std::make_unique<Parts>(options);
  // W2: the limits are stated for k2 alone.
  auto endpoint = Endpoint::Make(std::move(options.endpoint), parts->dialect, {});
  if (!endpoint) return Unexpected(endpoint.error());
  parts->endpoint = std::move(*endpoint);
  return std::unique_ptr<KondadoWebhook>(new KondadoWebhook(std::move(parts)));
}

KondadoWebhook::KondadoWebhook(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
KondadoWebhook::~KondadoWebhook() = default;

Result<void> KondadoWebhook::Post(const std::string& json) {
  if (!ParseJson(json)) {
    return Unexpected(ErrorKind::kInvalidArgument, "what is posted to the webhook has to be JSON");
  }
  const Request request{Method::kPost,
                        "/",
                        {{"pipeline_id", std::to_string(parts_->pipeline_id)}},
                        {{"Content-Type", "application/json"}},
                        json};
  return parts_->endpoint->Ask(request, parts_->call, &ReadSuccess);
}

}  // namespace kondor::client
