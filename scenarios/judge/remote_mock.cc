// A mock somewhere else, over HTTP.
#include <utility>

#include "scenarios/judge/control.h"
#include "scenarios/judge/fields.h"
#include "scenarios/wire/connection.h"

namespace kondor::judge {
namespace {

constexpr Duration kPatience = std::chrono::seconds(10);

class RemoteMock final : public Control {
 public:
  RemoteMock(scenarios::Url url, std::string token)
      : url_(std::move(url)), token_(std::move(token)) {}

  // A connection for each: several threads ask, and seldom.
  Result<Reply> Exchange(std::string_view method, const std::string& target,
                         const std::string& body) override {
    scenarios::Request request;
    request.method = method;
    request.target = url_.path + target;
    request.headers = {{"Host", url_.Authority()}, {"Connection", "close"}};
    if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
    if (!body.empty() || method == "POST" || method == "PUT") {
      request.headers.emplace_back("Content-Length", std::to_string(body.size()));
    }
    request.body = body;
    scenarios::Connection connection(url_, kPatience);
    Result<scenarios::Reply> reply = connection.Exchange(request);
    if (!reply) return Unexpected(reply.error());
    return Reply{reply->status, std::move(reply->body)};
  }

 private:
  const scenarios::Url url_;
  const std::string token_;
};

}  // namespace

Result<std::unique_ptr<Control>> ReachMock(const std::string& url,
                                           const std::string& control_token) {
  Result<scenarios::Url> parsed = scenarios::ParseUrl(url);
  if (!parsed) return Unexpected(parsed.error());
  std::unique_ptr<Control> mock(new RemoteMock(std::move(parsed).value(), control_token));
  const Result<Json> health = mock->Ask("GET", "/_kondor/health");
  if (!health && health.error().kind == ErrorKind::kTransport) return Unexpected(health.error());
  if (!health || TextIn(*health, "status") != "ok") {
    return Unexpected(ErrorKind::kRejected,
                      url + " is no kondor-mock: its /_kondor/health does not say so");
  }
  return mock;
}

}  // namespace kondor::judge
