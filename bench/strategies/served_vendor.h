// The mock as a client meets it, over HTTP: a sandbox of its own on a manual clock, with one
// reading. The server adds to the ledger what a simulation leaves out: dialect, credentials, whose
// address counts, and the order in which it looks at all of that. Not thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "bench/strategies/vendor.h"
#include "mock_server/mock_server.h"

namespace kondor::bench {

class ServedVendor final : public Vendor {
 public:
  // A sandbox with that many keys, whose clock stands at `begin`. REQUIRES: `server` is started and
  // outlives it.
  static Result<std::unique_ptr<ServedVendor>> Open(MockServer& server,
                                                    const ledger::Reading& reading, TimePoint begin,
                                                    std::uint32_t keys);
  ~ServedVendor() override;  // drops the sandbox

  // The sandbox's clock is put to `now`, and a real request asks for a pipeline's status.
  limiter::Answer Arrives(TimePoint now, std::uint32_t key) override;

  // Why the last answer was kUnknown.
  const std::string& fault() const { return fault_; }

 private:
  class Line;
  explicit ServedVendor(std::unique_ptr<Line> line);

  const std::unique_ptr<Line> line_;
  std::string fault_;
};

}  // namespace kondor::bench
