// What the whole mock costs: start, memory, sandboxes, an hour of vendor time, ten million calls.
// Each figure that has a bound in bench/README.md is one benchmark here; counters carry memory.
#include <benchmark/benchmark.h>
#include <httplib.h>
#include <malloc.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "mock_server/mock_server.h"

extern char** environ;

namespace kondor {
namespace {

constexpr std::string_view kStatusPath = "/k2/pipelines/2040/status?";

double ResidentMiB(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmRSS:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

// Gives back what the benchmarks before have freed: each is to show its own memory.
void ForgetEarlierMemory() { malloc_trim(0); }

std::unique_ptr<MockServer> Server(MockServerOptions options = {}) {
  return MockServer::Create(std::move(options)).value();
}

std::string Credentials(const nlohmann::json& kondado) {
  return "key=" + kondado["key"].get<std::string>() +
         "&token=" + kondado["token"].get<std::string>();
}

// A sandbox is made, asked for one status, and dropped.
void BM_SandboxLife(benchmark::State& state) {
  const auto server = Server();
  for (auto _ : state) {
    const LocalReply made = server->Call("POST", "/_kondor/sandboxes", R"({"name": "b"})");
    const auto kondado = nlohmann::json::parse(made.body)["kondado"];
    const LocalReply reply =
        server->Call("GET", "/@b" + std::string(kStatusPath) + Credentials(kondado));
    if (reply.body.find("active") == std::string::npos) state.SkipWithError("not answered");
    server->Call("DELETE", "/_kondor/sandboxes/b");
  }
}
BENCHMARK(BM_SandboxLife)->Unit(benchmark::kMicrosecond);

// Ten thousand live sandboxes, each asked for one status. Resident memory of this process before
// and after tells what they hold.
void BM_TenThousandSandboxes(benchmark::State& state) {
  ForgetEarlierMemory();
  for (auto _ : state) {
    const auto server = Server();
    const double before = ResidentMiB(getpid());
    for (int i = 0; i < 10'000; ++i) {
      const LocalReply made = server->Call("POST", "/_kondor/sandboxes");
      const auto object = nlohmann::json::parse(made.body);
      server->Call("GET", "/@" + object["name"].get<std::string>() + std::string(kStatusPath) +
                              Credentials(object["kondado"]));
    }
    state.counters["process_MiB"] = ResidentMiB(getpid());
    state.counters["sandboxes_MiB"] = ResidentMiB(getpid()) - before;
  }
}
BENCHMARK(BM_TenThousandSandboxes)->Iterations(1)->Unit(benchmark::kMillisecond);

// Twenty calls a minute for an hour of the sandbox's time, over real HTTP, every answer checked.
void BM_HourOfVendorTime(benchmark::State& state) {
  MockServerOptions options;
  options.clock = DefaultClock::kManual;
  const auto server = Server(std::move(options));
  if (!server->Start()) return state.SkipWithError("no port");
  httplib::Client client("127.0.0.1", server->port());
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  const std::string status = std::string(kStatusPath) + "key=" + server->credentials().key +
                             "&token=" + server->credentials().token;
  for (auto _ : state) {
    int admitted = 0;
    for (int call = 0; call < 1200; ++call) {
      const auto reply = client.Get(status);
      if (reply && reply->body.rfind(R"({"2040": )", 0) == 0) ++admitted;
      client.Post("/_kondor/sandboxes/default/clock/advance", R"({"ms": 3000})",
                  "application/json");
    }
    if (admitted != 1200) state.SkipWithError("a call was refused");
  }
}
BENCHMARK(BM_HourOfVendorTime)->Iterations(5)->Unit(benchmark::kMillisecond);

// Ten million calls through the whole handler, each written to the journal at its default bound.
void BM_TenMillionJournaled(benchmark::State& state) {
  ForgetEarlierMemory();
  MockServerOptions options;
  options.settings = {{"kondado.per_second", "0"}, {"kondado.per_minute", "0"}};
  for (auto _ : state) {
    const auto server = Server(options);
    const std::string status = std::string(kStatusPath) + "key=" + server->credentials().key +
                               "&token=" + server->credentials().token;
    for (int i = 0; i < 10'000'000; ++i) server->Call("GET", status);
    state.counters["process_MiB"] = ResidentMiB(getpid());
  }
}
BENCHMARK(BM_TenMillionJournaled)->Iterations(1)->Unit(benchmark::kSecond);

// From exec to the ready line of the kondor-mock beside this program, and what it holds then.
void BM_ReadyFromExec(benchmark::State& state) {
  double resident = 0;
  for (auto _ : state) {
    std::array<int, 2> out{};
    if (pipe(out.data()) != 0) return state.SkipWithError("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, out[0]);
    std::string path = KONDOR_MOCK_PATH, flag = "--port", port = "0", level = "--log-level",
                off = "off";
    std::array<char*, 6> arguments{path.data(),  flag.data(), port.data(),
                                   level.data(), off.data(),  nullptr};
    const auto begin = std::chrono::steady_clock::now();
    pid_t pid = 0;
    if (posix_spawn(&pid, path.c_str(), &actions, nullptr, arguments.data(), environ) != 0) {
      return state.SkipWithError("cannot start kondor-mock");
    }
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    char byte = 0;
    const bool ready = read(out[0], &byte, 1) == 1;
    const auto end = std::chrono::steady_clock::now();
    resident = ResidentMiB(pid);
    kill(pid, SIGTERM);
    waitpid(pid, nullptr, 0);
    close(out[0]);
    if (!ready) return state.SkipWithError("kondor-mock did not become ready");
    state.SetIterationTime(std::chrono::duration<double>(end - begin).count());
  }
  state.counters["resident_MiB"] = resident;
}
BENCHMARK(BM_ReadyFromExec)->Iterations(20)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kondor

BENCHMARK_MAIN();
