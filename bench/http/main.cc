// kondor_http_baseline MODE: serves one fixed answer on a free port until its stdin ends.
//
// The port is the only thing on stdout, so that a script can hand it to a load generator, e.g.
//   wrk -t1 -c16 -d5 http://127.0.0.1:PORT/k2/pipelines/2040/status
// MODE: bare (the library, answer as a string), bare-provider (the library, never compressed) or
// edge (ours, the same bytes).
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "bench/http/bare_server.h"
#include "mock_server/http/server.h"

namespace {

// What Kondado answers to GET /pipelines/2040/status (rule K9).
constexpr const char* kBody =
    R"({"2040": {"status": "active", "is_running": false, "is_active": true, )"
    R"("is_blocked": false, "raw_msg": null}})";
constexpr const char* kType = "application/json";

int Serve(int port) {
  if (port <= 0) {
    std::fputs("kondor_http_baseline: no port could be opened on 127.0.0.1\n", stderr);
    return 1;
  }
  std::printf("%d\n", port);
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}

int ServeBare(kondor::bench::Giving giving) {
  kondor::bench::BareServer server(kBody, kType, giving);
  return Serve(server.Start());
}

int ServeEdge() {
  using namespace kondor::http;
  const auto answer = [](int status, std::string body) {
    Response response;
    response.status = status;
    response.content_type = kType;
    response.body = std::move(body);
    return response;
  };
  Server server(
      {}, [&](const Request&) { return answer(200, kBody); },
      [&](int status, std::string_view, std::string_view) { return answer(status, "{}"); });
  const kondor::Result<void> started = server.Start();
  return Serve(started ? server.port() : -1);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc == 2 ? argv[1] : "";
  if (mode == "bare") return ServeBare(kondor::bench::Giving::kString);
  if (mode == "bare-provider") return ServeBare(kondor::bench::Giving::kProvider);
  if (mode == "edge") return ServeEdge();
  std::fputs("usage: kondor_http_baseline bare|bare-provider|edge\n", stderr);
  return 2;
}
