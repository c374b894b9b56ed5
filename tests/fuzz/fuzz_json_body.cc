// JSON bodies: the first byte picks where the rest goes as a body. Nothing a client sends may end
// the server, be answered with a 5xx, or come back as something that is not JSON.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mock_server/json/parse.h"
#include "mock_server/mock_server.h"
#include "tests/fuzz/require.h"

namespace {

struct Target {
  std::string_view method;
  std::string_view path;
};

constexpr std::string_view kFaults = "/_kondor/sandboxes/default/faults";

constexpr std::array<Target, 9> kTargets = {{
    {"POST", "/_kondor/sandboxes/default/verify"},
    {"PATCH", "/_kondor/sandboxes/default/settings"},
    {"PUT", "/_kondor/sandboxes/default/clock"},
    {"POST", "/_kondor/sandboxes/default/clock/advance"},
    {"POST", "/_kondor/sandboxes/default/kondado/tokens"},
    {"PUT", "/_kondor/sandboxes/default/kondado/pipelines/2040"},
    {"PUT", "/_kondor/sandboxes/default/kondado/models/162"},
    {"POST", "/k1?pipeline_id=2040&"},
    {"POST", kFaults},
}};

std::unique_ptr<kondor::MockServer> NewServer() {
  kondor::MockServerOptions options;
  options.settings = {{"kondado.per_second", "0"}, {"kondado.per_minute", "0"}};
  return kondor::MockServer::Create(std::move(options)).value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using kondor::fuzz::Require;
  static std::unique_ptr<kondor::MockServer> server = NewServer();
  static int calls = 0;
  // Tokens and the journal grow, and with them what each further call costs.
  if (++calls % 200 == 0) server = NewServer();
  if (size == 0) return 0;

  const Target& target = kTargets[data[0] % kTargets.size()];
  std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string path(target.path);
  if (path.back() == '&') {
    path += "key=" + server->credentials().key + "&token=" + server->credentials().token;
  }
  const kondor::LocalReply reply = server->Call(target.method, path, std::move(body));
  Require(reply.status >= 200 && reply.status < 500);
  Require(reply.body.empty() || kondor::CheckJson(reply.body).has_value());
  if (reply.status == 201 && target.path == kFaults) {
    // What the script does to a call is its own affair; it must not spoil the next input's.
    server->Call("POST", "/k2/pipelines/2040/run?key=" + server->credentials().key +
                             "&token=" + server->credentials().token);
    server->Call("DELETE", kFaults);
  }
  return 0;
}
