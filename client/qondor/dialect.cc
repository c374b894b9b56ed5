#include "client/qondor/dialect.h"

#include <utility>

#include "client/qondor/read.h"

namespace kondor::client {

QondorDialect::QondorDialect(QondorCredentials credentials) : keys_(std::move(credentials)) {
  secrets_.Add(keys_.primary_key);
  secrets_.Add(keys_.secondary_key);
}

void QondorDialect::SetKey(Key which, std::string key) {
  const MutexLock lock(mutex_);
  auto part =
      which == Key::kPrimary ? &QondorCredentials::primary_key : &QondorCredentials::secondary_key;
  keys_.*part = std::move(key);
  secrets_.Add(keys_.*part);
  if (which == in_use_) ++generation_;
}

void QondorDialect::Use(Key which) {
  const MutexLock lock(mutex_);
  if (which == in_use_) return;
  in_use_ = which;
  ++generation_;
}

QondorDialect::Key QondorDialect::in_use() const {
  const MutexLock lock(mutex_);
  return in_use_;
}

CredentialsUsed QondorDialect::Prepare(Request& request) {
  const MutexLock lock(mutex_);
  request.headers.push_back({"Ocp-Apim-Subscription-Key",
                             in_use_ == Key::kPrimary ? keys_.primary_key : keys_.secondary_key});
  return generation_;
}

std::optional<Refusal> QondorDialect::Read(const Response& response) const {
  return ReadQondor(response);
}

std::optional<std::string> QondorDialect::UseOthers(CredentialsUsed refused) {
  const MutexLock lock(mutex_);
  if (refused != generation_) return "the key was changed meanwhile: the new one is used";
  if (in_use_ == Key::kSecondary || keys_.secondary_key.empty()) return {};
  in_use_ = Key::kSecondary;
  ++generation_;
  return "the primary key is not taken any more: the secondary one is used";
}

std::string QondorDialect::Conceal(std::string_view text) const {
  const MutexLock lock(mutex_);
  return secrets_.Conceal(text);
}

}  // namespace kondor::client
