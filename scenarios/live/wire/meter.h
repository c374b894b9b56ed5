// Counts every call that goes onto the wire, retries included, and lets none through once the
// budget is spent: then it also stops whoever is calling. Keeps the last answer as it came.
// Thread-safe, but for last(), which belongs to the one who calls.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "client/http/transport.h"

namespace kondor::live {

class Meter {
 public:
  Meter(int budget, const Clock& clock);

  // The same transport, metered. `transport` and this must outlive it.
  std::unique_ptr<client::Transport> Over(client::Transport& transport);

  int left() const { return left_; }
  int used() const { return used_; }
  std::stop_token token() const;  // asked to stop once the budget is spent, or by Stop()
  void Stop() { stop_.request_stop(); }
  // Why no call goes out any more; empty while they do.
  std::string WhyStopped() const;

  struct Exchanged {
    TimePoint sent, answered;
    std::optional<client::Response> response;  // nothing: there was no answer
  };
  const Exchanged& last() const { return last_; }

 private:
  class Metered;

  const Clock& clock_;
  int left_;
  int used_ = 0;
  std::stop_source stop_;
  Exchanged last_;
};

}  // namespace kondor::live
