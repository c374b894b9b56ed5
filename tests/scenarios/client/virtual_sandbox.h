// A sandbox of a mock in this process, called over real HTTP, and its clock: once all who call
// would have to wait it is moved on instead, to where the first of them goes on. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/sleeper.h"
#include "client/call/endpoint.h"
#include "mock_server/mock_server.h"

namespace kondor::scenarios {

class VirtualSandbox final : public Clock, public Sleeper {
 public:
  // {"kondado": {"window": "gcra"}}; `now` is where its clock begins.
  explicit VirtualSandbox(const nlohmann::json& settings = nlohmann::json::object(),
                          const std::string& now = "2026-01-01T00:00:00Z");

  // For a client of "/k2", "/k1", "/hub" or "/qondor" that waits by this clock.
  client::EndpointOptions Endpoint(const std::string& surface);

  // The control API below the sandbox; its answer has to be a success.
  nlohmann::json Control(const std::string& method, const std::string& path,
                         const std::string& body = "");
  // How many of the vendor calls ended so.
  int Count(const std::string& outcome);
  const nlohmann::json& credentials() const { return made_; }

  // How many threads there are to wait for; one, unless it is said.
  void ExpectThreads(int count);
  // One of them is done.
  void Leave();

  // Since it began.
  Duration Passed() const { return mirror_.Now() - kBegin; }

  TimePoint Now() const noexcept override { return mirror_.Now(); }
  void SleepUntil(TimePoint until, std::stop_token wake) override;

 private:
  static constexpr TimePoint kBegin{};
  struct Asleep {
    TimePoint until;
    std::stop_token wake;
  };

  // Whether everybody sleeps, and nobody is about to wake.
  bool AllAsleep() const;
  void MoveOn();
  void LookAgain();

  std::unique_ptr<MockServer> server_;
  nlohmann::json made_;
  ManualClock mirror_{kBegin};  // never ahead of the sandbox's own

  std::mutex mutex_;  // guards all below
  std::condition_variable_any changed_;
  std::uint64_t changes_ = 0;
  int threads_ = 1;
  std::list<Asleep> asleep_;
};

}  // namespace kondor::scenarios
