// A test that brings its own vendor: the mock server in-process, on a free port, on a clock it
// holds.
#include <httplib.h>

#include <cstdio>

#include "mock_server/mock_server.h"

int main() {
  kondor::MockServerOptions options;
  options.clock = kondor::DefaultClock::kManual;
  auto server = kondor::MockServer::Create(options).value();
  if (!server->Start()) return 1;

  httplib::Client client("127.0.0.1", server->port());
  const std::string call = "/k2/pipelines/2040/status?key=" + server->credentials().key +
                           "&token=" + server->credentials().token;
  const auto first = client.Get(call);
  const auto second = client.Get(call);  // too early: HTTP 200, and a refusal in the body
  server->Call("POST", "/_kondor/sandboxes/default/clock/advance", R"({"ms": 1000})");
  const auto third = client.Get(call);

  const auto refused = [](const httplib::Result& reply) {
    return reply && reply->body.find("RATE_LIMIT_EXCEEDED") != std::string::npos;
  };
  const bool good = first && !refused(first) && refused(second) && third && !refused(third);
  std::puts(good ? "met a refusal, advanced the clock, went on" : "that is not Kondado");
  return good ? 0 : 1;
}
