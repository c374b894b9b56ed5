#include "client/budget/redis_log.h"
#include "tests/client/budget/place.h"
#include "tests/client/budget/redis_server.h"

namespace kondor::limiter {
namespace {

// One server for all places: each has a name of its own there.
RedisServer* Server() {
  static const std::unique_ptr<RedisServer> server = RedisServer::Start();
  return server.get();
}

class RedisPlace final : public Place {
 public:
  explicit RedisPlace(const Clock& clock)
      : clock_(clock), name_("place-" + std::to_string(++places_)) {}

  Result<std::unique_ptr<SharedLog>> Join(const Terms& terms) override {
    auto log = std::make_unique<RedisLog>(
        RedisLog::Options{.address = {.host = {}, .socket_path = Server()->socket()},
                          .name = name_,
                          .terms = terms,
                          .patience = std::chrono::seconds(10),
                          .call_lease = std::chrono::hours(1),
                          .events_max = 50,
                          .clock = &clock_,
                          .pretended = &clock_});
    if (const Result<void> looked = log->Look(); !looked) return Unexpected(looked.error());
    return std::unique_ptr<SharedLog>(std::move(log));
  }

 private:
  static inline int places_ = 0;
  const Clock& clock_;
  const std::string name_;
};

}  // namespace

std::unique_ptr<Place> MakeRedisPlace(const Clock& clock) {
  if (Server() == nullptr) return nullptr;
  return std::make_unique<RedisPlace>(clock);
}

}  // namespace kondor::limiter
