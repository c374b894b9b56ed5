// The log of a budget in a Redis (redis_script.h). Optimistic: what a participant wants to write
// goes out together with how far it has read, and is written if that is far enough; if not, it
// comes back with what was missing. Not thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/budget/redis_address.h"
#include "client/budget/redis_connection.h"
#include "client/budget/replay.h"
#include "client/budget/shared_log.h"

namespace kondor::limiter {

class RedisLog final : public SharedLog {
 public:
  struct Options {
    RedisAddress address;
    std::string password = {};
    std::string name;  // of the budget, in its keys
    Terms terms;
    Duration patience = std::chrono::milliseconds(500);  // for connecting, and for each command
    Duration retry = std::chrono::seconds(1);            // after it could not be reached
    Duration call_lease = std::chrono::seconds(60);      // no call takes longer
    Duration wait_lease = std::chrono::seconds(5);       // nobody who waits is silent for longer
    std::uint64_t events_max = 2'048;                    // kept beside a checkpoint
    // The caller's: tells how much time passed, against a server whose clock is set forward.
    const Clock* clock = nullptr;
    // Instead of the server's clock, in tests; with it the server counts as long started.
    const Clock* pretended = nullptr;
  };

  explicit RedisLog(Options options);

  // Whether it can be reached, and is on the same terms; Exchange would tell, too.
  Result<void> Look();

  Result<Seen> Exchange(const Wish& wish) override;
  CallId Name() override { return NameCall(holder_, ++named_); }
  CallId FirstInLine() const override {
    return replay_.line().empty() ? 0 : replay_.line().front();
  }

 private:
  // What goes into the script for one wish.
  struct Request {
    char wish;  // as in the script
    CallId call = 0;
    std::string text = {};
    Duration patience{};
  };
  enum class Status { kDone, kStale, kJump, kTaken, kWaiting };

  Result<Status> Ask(const Request& request);
  std::vector<std::string> Words(const Request& request, TimePoint now);
  Result<RedisReply> Run(const std::vector<std::string>& words);
  Result<Status> Digest(const RedisReply& reply, TimePoint asked);
  Result<void> Play(const RedisReply& reply);
  Result<void> Compact();
  Result<void> Connect();
  Result<std::string> Ready(const std::vector<std::string>& words);
  Unexpected Fail(ErrorKind kind, const std::string& message);
  Unexpected Lost(const std::string& why);
  Unexpected Malformed() { return Lost("what it answers is not ours; is its key space shared?"); }
  std::string NewLife();
  // The latest the server's clock can say, if nobody set it forward; `now` is our own.
  TimePoint LatestCredible(TimePoint now) const;

  // Constant.
  const Options options_;
  const long process_;  // a fork shares its parent's connection, so it may not use it
  const Holder holder_;

  std::unique_ptr<RedisConnection> connection_;
  std::string script_sha_;
  std::string run_;                    // of the server
  Duration uptime_{};                  // of the server, when we connected
  std::optional<Error> failure_ = {};  // not to be tried again before ...
  TimePoint try_again_ = TimePoint::min();

  Replay replay_;
  std::string life_;  // empty: nothing is known
  std::uint64_t first_ = 0;
  std::uint64_t next_ = 0;
  // The last answer: the server's clock, and ours when it was asked.
  struct Reading {
    TimePoint server;
    TimePoint asked;
  };
  std::optional<Reading> reading_ = {};
  bool lost_ = false;  // calls were made that the log does not know of, or knows at wrong instants
  std::uint64_t named_ = 0;
  std::uint64_t lives_ = 0;
};

}  // namespace kondor::limiter
