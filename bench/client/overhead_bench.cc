// What a call of the client adds to a bare call of the HTTP library: both fetch the same status
// from the same mock in this process, by turns, so that whatever else the machine does meets both
// alike. The difference of their medians has to be at most 10 us.
#include <benchmark/benchmark.h>
#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/kondado/kondado.h"
#include "client/limiter/strategy.h"
#include "mock_server/mock_server.h"

namespace kondor {
namespace {

using Seconds = std::chrono::duration<double>;

MockServer& Mock() {
  static const std::unique_ptr<MockServer> server = [] {
    MockServerOptions options;
    options.settings = {{"kondado.per_second", "0"}, {"kondado.per_minute", "0"}};
    auto made = MockServer::Create(options).value();
    if (!made->Start()) std::abort();
    return made;
  }();
  return *server;
}

// Lets everything go at once: what is measured here is the way there and back. What a strategy and
// the gate cost is measured where they are (kondor-bench limiter).
class AtOnce final : public limiter::Strategy {
 public:
  TimePoint Check(TimePoint now) const override { return now; }
  void Take(TimePoint, limiter::CallId) override {}
  void Settle(TimePoint, limiter::CallId, const limiter::Answer&) override {}
};

std::unique_ptr<client::Kondado> MakeClient() {
  const MockServer::Credentials& own = Mock().credentials();
  client::KondadoOptions options{.credentials = {own.key, own.token}};
  options.endpoint.http.base_url = Mock().url() + "/k2";
  options.endpoint.strategy = [](const auto&) { return std::make_unique<AtOnce>(); };
  auto made = client::Kondado::Make(std::move(options));
  return std::move(*made);
}

class Bare {
 public:
  Bare()
      : client_("127.0.0.1", Mock().port()),
        target_("/k2/pipelines/2040/status?key=" + Mock().credentials().key +
                "&token=" + Mock().credentials().token) {
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
    client_.set_url_encode(false);
  }
  void Call() {
    const httplib::Result reply = client_.Get(target_);
    if (!reply || reply->status != 200) std::abort();
    benchmark::DoNotOptimize(reply->body.data());
  }

 private:
  httplib::Client client_;
  const std::string target_;
};

double Timed(const auto& call) {
  const auto begin = std::chrono::steady_clock::now();
  call();
  return Seconds(std::chrono::steady_clock::now() - begin).count();
}

// In microseconds. The tenth percentile is what other programs' load spoils least.
double Percentile(std::vector<double>& values, std::size_t percent) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * percent / 100);
  std::nth_element(values.begin(), at, values.end());
  return *at * 1e6;
}

void PairedWithABareCall(benchmark::State& state) {
  Bare bare;
  const auto api = MakeClient();
  const auto ours = [&] {
    const auto status = api->GetPipelineStatus(2040);
    if (!status) std::abort();
    benchmark::DoNotOptimize(status->status.data());
  };
  std::vector<double> bare_s, ours_s;
  for (auto _ : state) {
    const double bare_took = Timed([&] { bare.Call(); });
    const double ours_took = Timed(ours);
    bare_s.push_back(bare_took);
    ours_s.push_back(ours_took);
    state.SetIterationTime(ours_took);
  }
  for (const auto& [percent, name] : {std::pair{10, "_us_p10"}, std::pair{50, "_us_p50"}}) {
    const double bare_us = Percentile(bare_s, static_cast<std::size_t>(percent));
    const double ours_us = Percentile(ours_s, static_cast<std::size_t>(percent));
    state.counters[std::string("bare") + name] = bare_us;
    state.counters[std::string("client") + name] = ours_us;
    state.counters[std::string("added") + name] = ours_us - bare_us;
  }
}
BENCHMARK(PairedWithABareCall)
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(20'000)
    ->Repetitions(3);

}  // namespace
}  // namespace kondor

BENCHMARK_MAIN();
