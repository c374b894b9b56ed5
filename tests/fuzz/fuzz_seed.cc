// Seed files: whatever the text, it is loaded whole or refused with a message of one line.
#include <cstddef>
#include <cstdint>
#include <string>

#include "mock_server/mock_server.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using kondor::fuzz::Require;
  kondor::MockServerOptions options;
  options.seed_json.assign(reinterpret_cast<const char*>(data), size);
  const auto server = kondor::MockServer::Create(std::move(options));
  if (!server) {
    const std::string& message = server.error().message;
    Require(!message.empty() && message.find('\n') == std::string::npos);
    return 0;
  }
  // What was loaded must also be answerable.
  const std::string sandbox = "/_kondor/sandboxes/default";
  Require((*server)->Call("GET", sandbox).status == 200);
  Require((*server)->Call("GET", sandbox + "/kondado/pipelines").status == 200);
  Require((*server)->Call("POST", sandbox + "/reset").status == 200);
  return 0;
}
