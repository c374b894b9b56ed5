#include "scenarios/judge/control.h"

#include "mock_server/mock_server.h"

namespace kondor::judge {
namespace {

class OwnMock final : public Control {
 public:
  explicit OwnMock(std::unique_ptr<MockServer> server)
      : server_(std::move(server)), authority_(server_->url().substr(sizeof("http://") - 1)) {}

  Result<Reply> Exchange(std::string_view method, const std::string& target,
                         const std::string& body) override {
    // The addresses of a new sandbox are told as the caller reached the server.
    LocalReply reply = server_->Call(method, target, body, {{"Host", authority_}});
    return Reply{reply.status, std::move(reply.body)};
  }

 private:
  const std::unique_ptr<MockServer> server_;
  const std::string authority_;
};

}  // namespace

Result<Json> Control::Ask(std::string_view method, const std::string& target, const Json& body) {
  const Result<Reply> reply = Exchange(method, target, body.is_null() ? "" : body.dump());
  if (!reply) return Unexpected(reply.error());
  Json json = reply->body.empty() ? Json() : Json::parse(reply->body, nullptr, false);
  if (reply->status >= 200 && reply->status < 300 && !json.is_discarded()) return json;
  std::string why = "status " + std::to_string(reply->status);
  if (json.is_object() && json.contains("message") && json["message"].is_string()) {
    why = json["message"].get<std::string>();
  }
  return Unexpected(reply->status == 404 ? ErrorKind::kNotFound : ErrorKind::kRejected,
                    std::string(method) + " " + target + ": " + why);
}

Result<std::unique_ptr<Control>> StartOwnMock() {
  Result<std::unique_ptr<MockServer>> server = MockServer::Create({});
  if (!server) return Unexpected(server.error());
  if (Result<void> started = (*server)->Start(); !started) return Unexpected(started.error());
  return std::unique_ptr<Control>(new OwnMock(std::move(server).value()));
}

}  // namespace kondor::judge
