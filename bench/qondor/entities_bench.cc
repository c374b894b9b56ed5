// What Qondor's entities cost by themselves: one environment, called as the gateway calls it, but
// without a socket. Lists must come at 50 MB/s of JSON, and one entity as fast among a million as
// among a hundred.
#include <benchmark/benchmark.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "mock_server/qondor/backend/backend.h"

namespace kondor::qondor {
namespace {

constexpr TimePoint kNow = FromUnixMicros(1'772'366'400'000'000);
const QondorSettings kSettings;

Route RouteTo(std::string_view method, std::string_view path) {
  return *Contract::Get().Find(method, path);
}

// The answer's body.
std::string Call(Backend& backend, std::string_view method, const std::string& path,
                 const std::string& query, const std::string& body = {}) {
  http::Request request;
  request.body = body;
  return backend.Answer(RouteTo(method, path), http::Query(query), request, kNow, kSettings)
      .response.body;
}

// An environment with that many projects, or customers, beside the seed's.
std::unique_ptr<Backend> Projects(std::int64_t count) {
  auto backend = std::make_unique<Backend>(Environment::kDev, DefaultBackendSeed());
  for (std::int64_t i = 0; i < count; ++i) {
    Call(*backend, "POST", "/Project/v1/Project", "",
         R"({"officeId": 2, "name": "Conference number )" + std::to_string(i) +
             R"(", "customerId": 1, "mainProjectManagerId": 5, "pax": 40, "locationCode": "OSL",
                "startDate": "2026-05-01", "endDate": "2026-05-03", "currency": "NOK",
                "leadFrom": "Web", "projectCategory": "Conference"})");
  }
  return backend;
}

std::unique_ptr<Backend> Customers(std::int64_t count) {
  auto backend = std::make_unique<Backend>(Environment::kDev, DefaultBackendSeed());
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    const nlohmann::json customer = {{"officeId", 2},
                                     {"name", "Customer " + number},
                                     {"externalReference", "C-" + number},
                                     {"customerNumber", number},
                                     {"countryCode", "NO"}};
    Call(*backend, "POST", "/Customer/v1/Customer", "", customer.dump());
  }
  return backend;
}

void GetAllProjects(benchmark::State& state) {
  const auto backend = Projects(state.range(0));
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = Call(*backend, "GET", "/Project/v1/Project/GetAll", "").size();
    state.SetBytesProcessed(state.bytes_processed() + static_cast<std::int64_t>(bytes));
  }
  state.counters["body_mb"] = static_cast<double>(bytes) / 1e6;
}
BENCHMARK(GetAllProjects)->Arg(10'000)->Unit(benchmark::kMillisecond);

void GetAllProjectsOfOneStatus(benchmark::State& state) {
  const auto backend = Projects(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(Call(*backend, "GET", "/Project/v1/Project/GetAll", "status=3"));
  }
}
BENCHMARK(GetAllProjectsOfOneStatus)->Arg(10'000)->Unit(benchmark::kMillisecond);

// Made once for all that is measured on as many.
Backend& SharedCustomers(benchmark::State& state) {
  static std::unique_ptr<Backend> backend;
  static std::int64_t count = -1;
  if (count != state.range(0)) {
    backend.reset();
    count = state.range(0);
    backend = Customers(count);
  }
  state.counters["bytes_each"] = static_cast<double>(backend->bytes()) / static_cast<double>(count);
  return *backend;
}

// 0 .. count-1 in an order that no prefetcher guesses.
class Scattered {
 public:
  explicit Scattered(std::int64_t count) : count_(static_cast<std::uint64_t>(count)) {}
  std::string Next() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return std::to_string((state_ >> 33) % count_);
  }

 private:
  const std::uint64_t count_;
  std::uint64_t state_ = 1;
};

void GetById(benchmark::State& state) {
  Backend& backend = SharedCustomers(state);
  Scattered ids(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(Call(backend, "GET", "/Customer/v1/Customer/" + ids.Next(), ""));
  }
}

void GetByExternalReference(benchmark::State& state) {
  Backend& backend = SharedCustomers(state);
  Scattered ids(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(Call(backend, "GET", "/Customer/v1/Customer/GetByExternalReference",
                                  "externalReference=C-" + ids.Next()));
  }
}

void UpdateOne(benchmark::State& state) {
  Backend& backend = SharedCustomers(state);
  Scattered ids(state.range(0));
  for (auto _ : state) {
    const std::string id = ids.Next();
    benchmark::DoNotOptimize(Call(backend, "PUT", "/Customer/v1/Customer", "",
                                  R"({"externalReference": "C-)" + id + R"(", "city": "Oslo"})"));
  }
}
BENCHMARK(GetById)->RangeMultiplier(10)->Range(100, 1'000'000);
BENCHMARK(GetByExternalReference)->RangeMultiplier(10)->Range(100, 1'000'000);
BENCHMARK(UpdateOne)->RangeMultiplier(10)->Range(100, 1'000'000);

void CreateOne(benchmark::State& state) {
  auto backend = Customers(0);
  std::int64_t count = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Call(*backend, "POST", "/Customer/v1/Customer", "",
                                  R"({"officeId": 2, "name": "N", "externalReference": "C-)" +
                                      std::to_string(++count) + R"("})"));
  }
}
BENCHMARK(CreateOne)->Iterations(200'000);

void RefuseOne(benchmark::State& state) {
  auto backend = Customers(0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        Call(*backend, "POST", "/Project/v1/Project", "", R"({"officeId": 2})"));
  }
}
BENCHMARK(RefuseOne);

void OpenAnEnvironment(benchmark::State& state) {
  for (auto _ : state) {
    Backend backend(Environment::kDev, DefaultBackendSeed());
    benchmark::DoNotOptimize(&backend);
  }
  Backend backend(Environment::kDev, DefaultBackendSeed());
  state.counters["bytes"] = static_cast<double>(backend.bytes());
}
BENCHMARK(OpenAnEnvironment);

void FindTheRoute(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Contract::Get().Find("GET", "/Customer/v1/Customer/15409"));
  }
}
BENCHMARK(FindTheRoute);

void ReadTheContract(benchmark::State& state) {
  const Json api = ParseJson(Contract::Text()).value();
  for (auto _ : state) benchmark::DoNotOptimize(Contract::Load(api));
}
BENCHMARK(ReadTheContract)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kondor::qondor
