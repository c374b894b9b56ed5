// What every command has: credentials, one deadline, one way to stop, one mouth. Not thread-safe.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/sleeper.h"
#include "client/call/endpoint.h"
#include "client/command/exit_code.h"
#include "client/command/options.h"
#include "client/command/output.h"
#include "client/credentials/access.h"
#include "client/limiter/learning.h"

namespace kondor::client::command {

class Session {
 public:
  // `output` must outlive it.
  Session(Options options, Access access, Output& output, std::stop_token stop);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const Options& options() const { return options_; }
  const Access& access() const { return access_; }
  Output& output() { return output_; }
  bool stopped() const { return stop_.stop_requested(); }

  // From now on calls go by the budget that --budget names, if it does.
  Result<void> ShareBudget(const char* vendor, const std::vector<limiter::Quota>& quotas);

  // Completes the options of any of the vendors' clients by what they have in common.
  template <typename ClientOptions>
  ClientOptions Equip(ClientOptions client) {
    client.endpoint = Equipped(std::move(client.endpoint));
    client.call = CallOptionsOf();
    return client;
  }

  TimePoint Now() const { return clock_.Now(); }
  TimePoint begun() const { return begun_; }
  // Whether the deadline leaves that much; if so, waits, unless it is stopped. On a terminal
  // `text` and the time that has passed are redrawn meanwhile.
  bool Wait(Duration time, const std::string& text);

  // What was asked for, and what nobody knows should no answer come.
  struct About {
    OrderedJson subject = OrderedJson::object();  // {"pipeline_id": 2040}
    std::string unknown = {};                     // "the run may have been queued"
    // Of an earlier call that what failed is about, too.
    CarriedOut carried_out = CarriedOut::kNo;
  };
  // What is told from now on is about a call that was not tried yet, and about that: {"model_id":
  // 7}.
  void BeginCall(OrderedJson subject);
  // Tells of a failure, in the way that was asked for.
  ExitCode Fail(const Error& error, const About& about);
  ExitCode Fail(const Error& error) { return Fail(error, {}); }

 private:
  EndpointOptions Equipped(EndpointOptions endpoint);
  CallOptions CallOptionsOf() const;
  void OnStep(const Step& step);
  void OnWait(const limiter::Waiting& waiting);
  // Each is told once, however often a shared budget plays it again.
  void OnLesson(const limiter::Lesson& lesson);
  // For --explain: since the begin, and what it is about.
  std::string When() const;
  OrderedJson Told(const char* step) const;
  std::string Sentence(const Step& step) const;

  const Options options_;
  const Access access_;
  Output& output_;
  const std::stop_token stop_;
  const SystemClock clock_;
  SystemSleeper sleeper_{clock_};
  const TimePoint begun_;
  const TimePoint deadline_;
  std::unique_ptr<limiter::Budget> budget_;  // null: a client's own
  OrderedJson subject_ = OrderedJson::object();
  Duration learnt_{};  // between two calls, by the last lesson
  int tries_ = 0;      // of the last call
  bool maybe_carried_out_ = false;
};

// "1.250 s", rounded up.
std::string Seconds(Duration d);

}  // namespace kondor::client::command
