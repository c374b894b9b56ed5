#include "mock_server/kondado/account.h"

#include <algorithm>
#include <utility>

#include "mock_server/secrets/random.h"

namespace kondor::kondado {
namespace {

// Where the element of that id stands, or should be put.
template <typename T>
typename std::vector<T>::iterator Place(std::vector<T>& list, std::int64_t id) {
  return std::lower_bound(list.begin(), list.end(), id, [](const T& element, std::int64_t wanted) {
    return element.id < wanted;
  });
}

template <typename T>
const T* Find(const std::vector<T>& list, std::int64_t id) {
  const auto found =
      std::lower_bound(list.begin(), list.end(), id,
                       [](const T& element, std::int64_t wanted) { return element.id < wanted; });
  return found != list.end() && found->id == id ? &*found : nullptr;
}

template <typename T>
void Put(std::vector<T>& list, const T& element) {
  const auto place = Place(list, element.id);
  if (place != list.end() && place->id == element.id) {
    *place = element;
  } else {
    list.insert(place, element);
  }
}

template <typename T>
std::vector<T> SortedById(std::vector<T> list) {
  std::sort(list.begin(), list.end(), [](const T& a, const T& b) { return a.id < b.id; });
  return list;
}

// No timer moves a pipeline on: what it does at `now` follows from when its run was asked for.
Pipeline StandingAt(Pipeline pipeline, TimePoint now) {
  if (!pipeline.run_requested_at) return pipeline;
  const Duration since = now - *pipeline.run_requested_at;
  if (since < pipeline.queue) {
    pipeline.status = PipelineStatus::kScheduled;
  } else if (since < pipeline.queue + pipeline.run) {
    pipeline.status = PipelineStatus::kRunning;
  } else {
    pipeline.status = PipelineStatus::kActive;
  }
  return pipeline;
}

RunResult Admission(PipelineStatus status) {
  switch (status) {
    case PipelineStatus::kNotActive:
      return RunResult::kDisabled;
    case PipelineStatus::kTooManyFailedBuildsBlocked:
      return RunResult::kBlocked;
    case PipelineStatus::kRunning:
    case PipelineStatus::kScheduled:
    case PipelineStatus::kBuildingTables:
      return RunResult::kBusy;
    case PipelineStatus::kActive:
    case PipelineStatus::kErrorBuildingTables:
    case PipelineStatus::kTooManyFailedBuilds:
      return RunResult::kQueued;
  }
  return RunResult::kUnknown;
}

}  // namespace

Account::Account(std::shared_ptr<const Seed> seed, TimePoint now) : seed_(std::move(seed)) {
  for (const SeedToken& token : seed_->tokens) {
    created_.push_back(initial_tokens_.Create(token, now));
  }
  Reset();
}

void Account::Reset() {
  const MutexLock lock(mutex_);
  tokens_ = initial_tokens_;
  pipelines_ = SortedById(seed_->pipelines);
  models_ = SortedById(seed_->models);
  guests_ = 0;
}

Caller Account::CallerOf(const CheckedToken& checked) const {
  if (checked.token == nullptr) return {};
  Caller caller{checked.check, checked.token->serial, {}};
  for (const User& user : seed_->users) {
    if (user.id == checked.token->user_id) caller.permissions = user.permissions;  // K3
  }
  return caller;
}

Caller Account::CheckUser(std::string_view key, std::string_view secret) const {
  const secrets::Digest digest = secrets::Sha256(secret);
  const MutexLock lock(mutex_);
  return CallerOf(tokens_.CheckUser(key, digest));
}

Caller Account::CheckViaKondado(std::string_view secret) const {
  const secrets::Digest digest = secrets::Sha256(secret);
  const MutexLock lock(mutex_);
  return CallerOf(tokens_.CheckViaKondado(digest));
}

std::optional<Pipeline> Account::FindPipeline(std::int64_t id, TimePoint now) const {
  const MutexLock lock(mutex_);
  const Pipeline* pipeline = Find(pipelines_, id);
  if (pipeline == nullptr) return {};
  return StandingAt(*pipeline, now);
}

RunResult Account::RunPipeline(std::int64_t id, TimePoint now) {
  const MutexLock lock(mutex_);
  const auto place = Place(pipelines_, id);
  if (place == pipelines_.end() || place->id != id) return RunResult::kUnknown;
  const RunResult result = Admission(StandingAt(*place, now).status);
  if (result == RunResult::kQueued) {
    place->run_requested_at = now;
    place->raw_msg.reset();  // a message tells of the last build; this is a new one
  }
  return result;
}

std::optional<Model> Account::FindModel(std::int64_t id) const {
  const MutexLock lock(mutex_);
  const Model* model = Find(models_, id);
  return model == nullptr ? std::nullopt : std::optional(*model);
}

std::optional<std::string> Account::CreateGuest(const Guest& guest) {
  const auto fits = [&](const ParentCollection& collection) {
    const auto& tutorial =
        guest.direction == "src" ? collection.src_tutorial : collection.dest_tutorial;
    return collection.id == guest.parent_collection_id && tutorial.has_value();
  };
  if (std::none_of(seed_->parent_collections.begin(), seed_->parent_collections.end(), fits)) {
    return {};
  }
  const MutexLock lock(mutex_);
  ++guests_;
  return "/guests/" + secrets::NewUuid();
}

std::vector<Token> Account::Tokens() const {
  const MutexLock lock(mutex_);
  return tokens_.all();
}

std::optional<Token> Account::FindToken(std::string_view key) const {
  const MutexLock lock(mutex_);
  const Token* token = tokens_.Find(key);
  return token == nullptr ? std::nullopt : std::optional(*token);
}

bool Account::HasUser(std::int64_t id) const {
  return std::any_of(seed_->users.begin(), seed_->users.end(),
                     [&](const User& user) { return user.id == id; });
}

NewToken Account::CreateToken(const SeedToken& wanted, TimePoint now) {
  const MutexLock lock(mutex_);
  return tokens_.Create(wanted, now);
}

std::optional<Token> Account::SetTokenActive(std::string_view key, bool active) {
  const MutexLock lock(mutex_);
  const Token* token = tokens_.SetActive(key, active);
  return token == nullptr ? std::nullopt : std::optional(*token);
}

std::optional<NewToken> Account::ChangeTokenSecret(std::string_view key) {
  const MutexLock lock(mutex_);
  return tokens_.ChangeSecret(key);
}

std::vector<Pipeline> Account::Pipelines(TimePoint now) const {
  const MutexLock lock(mutex_);
  std::vector<Pipeline> pipelines;
  pipelines.reserve(pipelines_.size());
  for (const Pipeline& pipeline : pipelines_) pipelines.push_back(StandingAt(pipeline, now));
  return pipelines;
}

void Account::PutPipeline(const Pipeline& pipeline) {
  const MutexLock lock(mutex_);
  Put(pipelines_, pipeline);
}

std::vector<Model> Account::Models() const {
  const MutexLock lock(mutex_);
  return models_;
}

void Account::PutModel(const Model& model) {
  const MutexLock lock(mutex_);
  Put(models_, model);
}

std::int64_t Account::guests() const {
  const MutexLock lock(mutex_);
  return guests_;
}

}  // namespace kondor::kondado
