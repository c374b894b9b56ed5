// What a sandbox's Kondado account holds when it starts. The default is documented in docs/SEED.md;
// a seed file replaces any of its lists.
// Immutable once loaded: many sandboxes share one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "mock_server/json/parse.h"
#include "mock_server/kondado/permission.h"

namespace kondor::kondado {

enum class PipelineStatus {  // K10
  kRunning,
  kScheduled,
  kActive,
  kNotActive,
  kBuildingTables,
  kErrorBuildingTables,
  kTooManyFailedBuilds,
  kTooManyFailedBuildsBlocked,
};
std::string_view ToText(PipelineStatus status);
std::optional<PipelineStatus> ParsePipelineStatus(std::string_view text);
std::string_view PipelineStatusWords();  // for messages: all of them, comma separated

enum class ModelStatus { kRunning, kScheduled, kActive, kNotActive };  // K11
std::string_view ToText(ModelStatus status);
std::optional<ModelStatus> ParseModelStatus(std::string_view text);
std::string_view ModelStatusWords();

enum class KuboStatus { kNotPublished, kRebuilding, kOperational };  // K11
std::string_view ToText(KuboStatus status);
std::optional<KuboStatus> ParseKuboStatus(std::string_view text);
std::string_view KuboStatusWords();

struct User {
  std::int64_t id = 0;
  std::string name;
  PermissionSet permissions;
};

enum class TokenKind { kUser, kViaKondado };  // T1
std::string_view ToText(TokenKind kind);

struct SeedToken {
  TokenKind kind = TokenKind::kUser;
  std::string description;
  std::int64_t user_id = 0;
  bool active = true;
  std::string key;     // empty: made at random for each sandbox
  std::string secret;  // empty: made at random for each sandbox
};

struct Pipeline {
  std::int64_t id = 0;
  std::string name;
  PipelineStatus status = PipelineStatus::kActive;
  std::optional<std::string> raw_msg;
  // How long a run waits and works, on the sandbox's clock.
  Duration queue = std::chrono::seconds(2);
  Duration run = std::chrono::seconds(5);
  std::optional<TimePoint> run_requested_at;
};

struct Model {
  std::int64_t id = 0;
  std::string name;
  ModelStatus status = ModelStatus::kActive;
  KuboStatus kubo_status = KuboStatus::kOperational;
  std::optional<std::string> raw_msg;
};

struct ParentPipeline {
  std::int64_t id = 0;
  std::string created_at, updated_at, name;
  bool is_billable = true;
};

struct ParentCollection {
  std::int64_t id = 0;
  std::string created_at, updated_at, name, image;
  std::optional<std::string> src_tutorial;   // set: the collection is a source
  std::optional<std::string> dest_tutorial;  // set: the collection is a destination
  std::vector<ParentPipeline> parent_pipelines;
};

struct Table {
  std::string name;
  std::int64_t id = 0;
  std::string origin_object_type;  // pipeline | kubo
  std::int64_t origin_object_id = 0;
  std::string origin_object_sub_location;
  Json rows = Json::array();
};

struct Seed {
  std::vector<User> users;
  std::vector<SeedToken> tokens;
  std::vector<Pipeline> pipelines;
  std::vector<Model> models;
  std::vector<ParentCollection> parent_collections;
  std::vector<Table> tables;
};

// Reads the "kondado" object of a seed. Lists it names replace `base`'s, the others stay.
// kInvalidArgument that begins with the JSON pointer of the fault, under `place`.
Result<std::shared_ptr<const Seed>> LoadSeed(const Json& kondado, const Seed& base,
                                             const std::string& place);

// One pipeline or model as the control API writes it; `place` as above. The id comes from outside.
Result<Pipeline> LoadPipeline(const Json& object, Pipeline base, const std::string& place);
Result<Model> LoadModel(const Json& object, Model base, const std::string& place);

// The seed that is built in.
std::shared_ptr<const Seed> DefaultSeed();
// Its text, as a seed file would have it.
std::string_view DefaultSeedText();
// The same with the fixed demo credentials that the README's examples use.
std::shared_ptr<const Seed> WithDemoCredentials(const Seed& seed);

}  // namespace kondor::kondado
