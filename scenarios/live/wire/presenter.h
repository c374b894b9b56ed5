// A vendor's dialect whose credentials are chosen call by call: ours, none, or some that are wrong.
// Thread-safe once its field is chosen; one call at a time.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "client/call/dialect.h"
#include "client/http/message.h"

namespace kondor::live {

class Presenter final : public client::Dialect {
 public:
  using Reader = std::optional<client::Refusal> (*)(const client::Response&);
  explicit Presenter(Reader read) : read_(read) {}

  // What the next call carries, beside what it says itself.
  void Present(std::vector<client::Field> query, std::vector<client::Field> headers) {
    query_ = std::move(query);
    headers_ = std::move(headers);
  }

  client::CredentialsUsed Prepare(client::Request& request) override {
    request.query.insert(request.query.end(), query_.begin(), query_.end());
    request.headers.insert(request.headers.end(), headers_.begin(), headers_.end());
    return 1;
  }
  std::optional<client::Refusal> Read(const client::Response& response) const override {
    auto refusal = read_(response);
    if (refusal && refusal->kind == ErrorKind::kRateLimited) ++refused_;
    return refusal;
  }
  std::optional<std::string> UseOthers(client::CredentialsUsed) override { return {}; }
  // The report masks all that it shows.
  std::string Conceal(std::string_view text) const override { return std::string(text); }

  // How many answers so far were refusals for the limits.
  int refused() const { return refused_; }

 private:
  const Reader read_;
  std::vector<client::Field> query_, headers_;
  mutable std::atomic<int> refused_{0};
};

}  // namespace kondor::live
