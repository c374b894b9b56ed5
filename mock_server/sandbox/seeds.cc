#include "mock_server/sandbox/seeds.h"

#include <utility>

#include "mock_server/json/object_reader.h"
#include "mock_server/kondado/seed.h"
#include "mock_server/qondor/seed.h"

namespace kondor {

Result<void> LoadSeeds(const Json& object, const std::string& place, SandboxConfig& config) {
  ObjectReader reader(object, place);
  const Json* kondado = reader.Object("kondado");
  const Json* qondor = reader.Object("qondor");
  if (Result<void> read = reader.Finish(); !read) return read;
  auto kondado_seed = config.kondado_seed;
  auto qondor_seed = config.qondor_seed;
  if (kondado != nullptr) {
    auto loaded = kondado::LoadSeed(*kondado, *kondado_seed, reader.PlaceOf("kondado"));
    if (!loaded) return Unexpected(loaded.error());
    kondado_seed = std::move(loaded).value();
  }
  if (qondor != nullptr) {
    auto loaded = qondor::LoadSeed(*qondor, *qondor_seed, reader.PlaceOf("qondor"));
    if (!loaded) return Unexpected(loaded.error());
    qondor_seed = std::move(loaded).value();
  }
  config.kondado_seed = std::move(kondado_seed);
  config.qondor_seed = std::move(qondor_seed);
  return {};
}

Json DefaultSeeds() {
  Json seeds = ParseJson(kondado::DefaultSeedText()).value();
  seeds.update(ParseJson(qondor::DefaultDirectoryText()).value());
  seeds["qondor"]["environments"] = ParseJson(qondor::DefaultBackendSeedText()).value();
  return seeds;
}

}  // namespace kondor
