// kondor_http_baseline MODE FILE TYPE: serves FILE's bytes as TYPE to whatever is asked, on a free
// port, until its stdin ends.
//
// The port is the only thing on stdout, so that a script can hand it to a load generator, e.g.
//   wrk -t1 -c16 -d5 http://127.0.0.1:PORT/k2/pipelines/2040/status
// MODE: bare (the library, answer as a string), bare-provider (the library, never compressed) or
// edge (ours, the same bytes).
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "bench/http/bare_server.h"
#include "mock_server/http/server.h"

namespace {

struct Answer {
  std::string body;
  std::string type;
};

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

int ServeBare(Answer answer, kondor::bench::Giving giving) {
  kondor::bench::BareServer server(std::move(answer.body), std::move(answer.type), giving);
  return Serve(server.Start());
}

int ServeEdge(const Answer& fixed) {
  using namespace kondor::http;
  const auto answer = [&fixed](int status, std::string body) {
    Response response;
    response.status = status;
    response.content_type = fixed.type;
    response.body = std::move(body);
    return response;
  };
  Server server(
      {}, [&](const Request&) { return answer(200, fixed.body); },
      [&](int status, std::string_view, std::string_view) { return answer(status, "{}"); });
  const kondor::Result<void> started = server.Start();
  return Serve(started ? server.port() : -1);
}

}  // namespace

int main(int argc, char** argv) {
  using kondor::bench::Giving;
  const std::string_view mode = argc == 4 ? argv[1] : "";
  if (mode != "bare" && mode != "bare-provider" && mode != "edge") {
    std::fputs("usage: kondor_http_baseline bare|bare-provider|edge FILE CONTENT-TYPE\n", stderr);
    return 2;
  }
  std::ifstream file(argv[2], std::ios::binary);
  Answer answer{{std::istreambuf_iterator<char>(file), {}}, argv[3]};
  if (!file || answer.body.empty()) {
    std::fprintf(stderr, "kondor_http_baseline: %s cannot be read or is empty\n", argv[2]);
    return 1;
  }
  if (mode == "bare") return ServeBare(std::move(answer), Giving::kString);
  if (mode == "bare-provider") return ServeBare(std::move(answer), Giving::kProvider);
  return ServeEdge(answer);
}
