// Kondado's management API on k2 (rules K1 to K15 in docs/VENDORS.md), its inbound webhook on k1
// (W1) and Via Kondado on hub (H1). Every field of an answer is checked before it is used; each
// call keeps to the limits of K4 by itself. Thread-safe, but for the plain values.
//
//   auto api = Kondado::Make({.credentials = {key, token}});
//   if (!api) ...
//   auto status = (*api)->GetPipelineStatus(2040);
//   if (!status) std::cerr << status.error().message;  // status.error().kind says what to do
// Thread-safe, but for the plain values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "client/call/endpoint.h"
#include "client/credentials/credentials.h"

namespace kondor::client {

// K10. `kOther` is one that the vendor does not document; its text is kept beside it.
enum class PipelineState {
  kRunning,
  kScheduled,
  kActive,
  kNotActive,
  kBuildingTables,
  kErrorBuildingTables,
  kTooManyFailedBuilds,
  kTooManyFailedBuildsBlocked,
  kOther,
};

struct PipelineStatus {  // K9
  std::int64_t id = 0;
  PipelineState state = PipelineState::kOther;
  std::string status;  // the vendor's word
  bool is_running = false;
  bool is_active = false;
  bool is_blocked = false;
  std::optional<std::string> raw_msg = std::nullopt;
};

// Whether there is nothing more to wait for.
bool IsIdle(PipelineState state);

struct ModelStatus {  // K11
  std::int64_t id = 0;
  std::string status;
  bool is_running = false;
  bool is_active = false;
  std::string kubo_status_type;
  std::optional<std::string> raw_msg = std::nullopt;
};

struct ParentCollection {  // K12, K13
  std::int64_t id = 0;
  std::string name;
  std::optional<std::string> image = std::nullopt;
  std::optional<std::string> created_at = std::nullopt;  // "2020-06-30T23:30:56.904Z"
  std::optional<std::string> updated_at = std::nullopt;
  std::optional<std::string> src_tutorial = std::nullopt;  // URLs
  std::optional<std::string> dest_tutorial = std::nullopt;
};

struct ParentPipeline {  // K14
  std::int64_t id = 0;
  std::string name;
  std::string created_at;
  std::string updated_at;
  bool is_billable = false;
};

struct CollectionGuest {  // K15
  std::string client_id;
  std::string recipient_email;
  std::int64_t parent_collection_id = 0;
  enum class Direction { kSource, kDestination } direction = Direction::kSource;
  std::string assigned_collection_name;
};

// K4, per IP and per key: what a budget that is shared has to know.
const std::vector<limiter::Quota>& KondadoQuotas();

struct KondadoOptions {
  KondadoCredentials credentials;
  EndpointOptions endpoint = {};  // of base_url "https://k2.kondado.com.br" unless another is given
  CallOptions call = {};          // for the calls that are given none
};

// Thread-safe.
class Kondado {
 public:
  // kInvalidArgument: credentials are missing, or the base URL cannot be used.
  static Result<std::unique_ptr<Kondado>> Make(KondadoOptions options);
  ~Kondado();

  // K7. Sent twice only if the first was refused: a lost answer may have queued it.
  Result<void> RunPipeline(std::int64_t id);
  Result<PipelineStatus> GetPipelineStatus(std::int64_t id);                         // K9
  Result<ModelStatus> GetModelStatus(std::int64_t id);                               // K11
  Result<std::vector<ParentCollection>> ListSourceCollections();                     // K12
  Result<std::vector<ParentCollection>> ListDestinationCollections();                // K13
  Result<std::vector<ParentPipeline>> ListParentPipelines(std::int64_t collection);  // K14
  // K15. The access link. The vendor does not show the answer: any URL in its `data` is taken.
  Result<std::string> InviteGuest(const CollectionGuest& guest);

  // Any other call: the JSON of an answer that is one.
  Result<std::string> Call(const Request& request);
  Result<std::string> Call(const Request& request, const CallOptions& options);

  // T5: from now on with these; calls under way lose nothing.
  void SwapCredentials(KondadoCredentials credentials);

 private:
  struct Parts;
  explicit Kondado(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

struct KondadoWebhookOptions {
  std::int64_t pipeline_id = 0;
  KondadoCredentials credentials;
  EndpointOptions endpoint = {};  // "https://k1.kondado.com.br"
  CallOptions call = {};
};

// W1. Thread-safe.
class KondadoWebhook {
 public:
  static Result<std::unique_ptr<KondadoWebhook>> Make(KondadoWebhookOptions options);
  ~KondadoWebhook();

  // `json` is stored as a row. Not sent again after a lost answer: it could be stored twice.
  Result<void> Post(const std::string& json);

 private:
  struct Parts;
  explicit KondadoWebhook(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

struct ViaKondadoOptions {
  std::string token;              // a Via Kondado token, no other kind opens hub
  EndpointOptions endpoint = {};  // "https://hub.kondado.io"
  CallOptions call = {};
};

struct KondadoTable {
  std::string name;
  std::int64_t id = 0;
  std::string origin_object_type;  // "pipeline" or "kubo"
  std::int64_t origin_object_id = 0;
  std::string origin_object_sub_location;
};

// H1. Thread-safe.
class ViaKondado {
 public:
  static Result<std::unique_ptr<ViaKondado>> Make(ViaKondadoOptions options);
  ~ViaKondado();

  enum class DecimalSeparator { kPoint, kComma };
  // The rows, as JSON.
  Result<std::string> ReadTable(const std::string& table,
                                DecimalSeparator separator = DecimalSeparator::kPoint);
  Result<std::vector<std::string>> ListTableNames();
  Result<std::vector<KondadoTable>> ListTables();

 private:
  struct Parts;
  explicit ViaKondado(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace kondor::client
