// What rotating a subscription's keys costs, and that it costs nobody a call (Q5): regenerating one
// key while 16 connections call with the other, and a hundred thousand rotations with calls on
// both.
#include <benchmark/benchmark.h>
#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "mock_server/mock_server.h"

namespace kondor {
namespace {

constexpr char kPath[] = "/qondor/Test/Customer/v1/Customer/15409";
constexpr char kKey[] = "Ocp-Apim-Subscription-Key";
constexpr char kRegeneratePrimary[] =
    "/_kondor/sandboxes/default/qondor/subscriptions/test/regeneratePrimaryKey";

std::unique_ptr<MockServer> Unlimited() {
  MockServerOptions options;
  options.settings = {{"qondor.per_second", "0"}, {"qondor.per_day", "0"}};
  return MockServer::Create(std::move(options)).value();
}

std::unique_ptr<httplib::Client> Connect(const MockServer& server) {
  auto client = std::make_unique<httplib::Client>("127.0.0.1", server.port());
  client->set_keep_alive(true);
  client->set_tcp_nodelay(true);
  return client;
}

// Connections that call with one key until they are told to stop.
class Callers {
 public:
  Callers(const MockServer& server, const std::string& key, int connections) {
    for (int n = 0; n < connections; ++n) {
      threads_.emplace_back([this, &server, key] {
        const auto client = Connect(server);
        while (!over_) {
          const auto reply = client->Get(kPath, {{kKey, key}});
          ++calls_;
          if (!reply || reply->status != 200) ++lost_;
        }
      });
    }
    while (calls_ < connections) std::this_thread::yield();
  }
  ~Callers() { over_ = true; }  // the threads join themselves

  std::int64_t calls() const { return calls_; }
  std::int64_t lost() const { return lost_; }

 private:
  std::atomic<bool> over_{false};
  std::atomic<std::int64_t> calls_{0}, lost_{0};
  std::vector<std::jthread> threads_;
};

double Percentile(std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

// `regenerate` once for each iteration, timed by itself.
template <typename Regenerate>
void MeasureUnderLoad(benchmark::State& state, const MockServer& server,
                      const Regenerate& regenerate) {
  std::vector<double> took_us;
  {
    const Callers callers(server, server.credentials().qondor_test_secondary_key,
                          static_cast<int>(state.range(0)));
    for (auto _ : state) {
      const auto begin = std::chrono::steady_clock::now();
      const bool done = regenerate();
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      if (!done) state.SkipWithError("not regenerated");
      state.SetIterationTime(took.count());
      took_us.push_back(took.count() * 1e6);
    }
    state.counters["calls"] = static_cast<double>(callers.calls());
    state.counters["lost"] = static_cast<double>(callers.lost());
    if (callers.lost() > 0) state.SkipWithError("a call with the other key was lost");
  }
  std::sort(took_us.begin(), took_us.end());
  state.counters["us_p50"] = Percentile(took_us, 0.5);
  state.counters["us_p99"] = Percentile(took_us, 0.99);
}

// Inside the server: what the change itself takes, the journal and its answer included.
void BM_RegenerateWhileOthersCall(benchmark::State& state) {
  const auto server = Unlimited();
  if (!server->Start()) return state.SkipWithError("no port");
  MeasureUnderLoad(state, *server,
                   [&] { return server->Call("POST", kRegeneratePrimary).status == 200; });
}
BENCHMARK(BM_RegenerateWhileOthersCall)
    ->Arg(0)
    ->Arg(16)
    ->Iterations(2'000)
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);

// Over HTTP: with the time that its connection waits for a turn among the others.
void BM_RegenerateOverHttpWhileOthersCall(benchmark::State& state) {
  const auto server = Unlimited();
  if (!server->Start()) return state.SkipWithError("no port");
  const auto client = Connect(*server);
  MeasureUnderLoad(state, *server, [&] {
    const auto reply = client->Post(kRegeneratePrimary, "", "application/json");
    return reply && reply->status == 200;
  });
}
BENCHMARK(BM_RegenerateOverHttpWhileOthersCall)
    ->Arg(0)
    ->Arg(16)
    ->Iterations(1'000)
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);

// The two keys in turn; after each, the fresh key and the other one must work and the old one must
// not, while four more threads call with a key that stays.
void BM_HundredThousandRotations(benchmark::State& state) {
  constexpr int kRotations = 100'000, kThreads = 4;
  const auto server = Unlimited();
  const auto status = [&](const std::string& key) {
    return server->Call("GET", kPath, "", {{kKey, key}}).status;
  };
  const std::string steady = [&] {  // of a subscription that nobody rotates
    const std::string base = "/_kondor/sandboxes/default/qondor/subscriptions";
    const auto made = server->Call("POST", base, R"({"user": "1", "product": "qondor-test"})");
    return nlohmann::json::parse(made.body)["primary_key"].get<std::string>();
  }();
  const std::string regenerate = "/_kondor/sandboxes/default/qondor/subscriptions/test/regenerate";
  for (auto _ : state) {
    std::atomic<bool> over{false};
    std::atomic<std::int64_t> wrong{0}, calls{0};
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int n = 0; n < kThreads; ++n) {
      threads.emplace_back([&] {
        while (!over) {
          if (status(steady) != 200) ++wrong;
          ++calls;
        }
      });
    }
    std::string keys[] = {server->credentials().qondor_test_primary_key,
                          server->credentials().qondor_test_secondary_key};
    for (int i = 0; i < kRotations; ++i) {
      const bool primary = i % 2 == 0;
      std::string& key = keys[primary ? 0 : 1];
      const auto reply =
          server->Call("POST", regenerate + (primary ? "PrimaryKey" : "SecondaryKey"));
      const auto view = nlohmann::json::parse(reply.body);
      const std::string fresh = view[primary ? "primary_key" : "secondary_key"];
      if (status(fresh) != 200 || status(key) != 401) ++wrong;
      if (status(keys[primary ? 1 : 0]) != 200) ++wrong;
      key = fresh;
    }
    over = true;
    threads.clear();
    state.counters["rotations"] = kRotations;
    state.counters["calls_beside"] = static_cast<double>(calls);
    state.counters["wrong"] = static_cast<double>(wrong);
    if (wrong > 0) state.SkipWithError("a call was wrongly accepted or refused");
    server->Call("POST", "/_kondor/sandboxes/default/reset");
  }
}
BENCHMARK(BM_HundredThousandRotations)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace kondor

BENCHMARK_MAIN();
