#include "mock_server/qondor/seed.h"

#include <utility>

#include "mock_server/json/object_reader.h"

namespace kondor::qondor {

Result<std::shared_ptr<const Seed>> LoadSeed(const Json& qondor, const Seed& base,
                                             const std::string& place) {
  ObjectReader reader(qondor, place);
  const Json* environments = reader.Object("environments");
  auto directory = LoadDirectorySeed(reader, *base.directory);
  if (!directory) return Unexpected(directory.error());
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  auto seed = std::make_shared<Seed>(base);
  seed->directory = std::move(directory).value();
  if (environments != nullptr) {
    auto backend =
        LoadBackendSeed(*environments, *BackendSeedOf(base), reader.PlaceOf("environments"));
    if (!backend) return Unexpected(backend.error());
    seed->backend = std::move(backend).value();
  }
  return std::shared_ptr<const Seed>(std::move(seed));
}

std::shared_ptr<const BackendSeed> BackendSeedOf(const Seed& seed) {
  return seed.backend != nullptr ? seed.backend : DefaultBackendSeed();
}

std::shared_ptr<const Seed> DefaultSeed() {
  static const auto seed = std::make_shared<const Seed>(Seed{DefaultDirectorySeed(), nullptr});
  return seed;
}

std::shared_ptr<const Seed> WithDemoKeys(const Seed& seed) {
  return std::make_shared<const Seed>(Seed{WithDemoKeys(*seed.directory), seed.backend});
}

}  // namespace kondor::qondor
