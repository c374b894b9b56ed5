// Delivers to one receiver, on a thread of its own: what one receiver does slowly, no other feels.
// At least once, in the order in which deliveries fall due on the sandbox's clock; a failed one is
// tried again later and holds up none (QO8). Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "base/mutex.h"
#include "mock_server/journal/journal.h"
#include "mock_server/qondor/webhooks/delivery.h"
#include "mock_server/qondor/webhooks/target.h"
#include "mock_server/sandbox/sandbox_clock.h"

namespace kondor::qondor {

class Sender {
 public:
  static constexpr std::size_t kPendingMax = 10'000;

  // Everything referred to must outlive the sender. Starts its thread.
  Sender(Webhook webhook, Target target, const TargetPolicy& policy, const SandboxClock& clock,
         Journal& journal);
  ~Sender();  // Stop()

  const Webhook& webhook() const { return webhook_; }
  WebhookState State() const;

  // Due at once. Beyond kPendingMax it is given up at once, which the journal tells.
  void Add(Delivery delivery, TimePoint now);

  // The clock was moved or set: what is due may have changed.
  void ClockMoved();
  // When the next one after `after` falls due; nothing when none waits for that.
  std::optional<TimePoint> NextDue(TimePoint after) const;
  // Returns once all that was added before and is due at `through` has been tried and journaled.
  void AwaitTried(TimePoint through);

  // Ends at once what is under way; what was not delivered never will be. Idempotent.
  void Stop();

 private:
  using Queue = std::map<std::pair<TimePoint, std::uint64_t>, Delivery>;

  void Run();
  std::optional<Delivery> AwaitDue();
  void WaitUntil(TimePoint due) KONDOR_REQUIRES(mutex_);
  Try MakeTry(const Delivery& delivery) const;
  void Finish(Delivery delivery, const Try& made);
  bool IsAnyDue(TimePoint through, std::uint64_t serial_max) const KONDOR_REQUIRES(mutex_);

  const Webhook webhook_;
  const Target target_;
  const TargetPolicy& policy_;
  const SandboxClock& clock_;
  Journal& journal_;
  http::StopButton stop_button_;

  // Before the clock's own lock where both are taken.
  mutable Mutex mutex_;
  std::condition_variable changed_;  // something was added, due, tried or stopped
  Queue queue_ KONDOR_GUARDED_BY(mutex_);
  // Of the one under way.
  std::optional<std::pair<TimePoint, std::uint64_t>> trying_ KONDOR_GUARDED_BY(mutex_);
  std::uint64_t last_serial_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::uint64_t delivered_ KONDOR_GUARDED_BY(mutex_) = 0;
  std::uint64_t abandoned_ KONDOR_GUARDED_BY(mutex_) = 0;
  bool stopped_ KONDOR_GUARDED_BY(mutex_) = false;

  Mutex join_mutex_;  // two that stop it at once both wait for its end
  std::thread thread_ KONDOR_GUARDED_BY(join_mutex_);
};

}  // namespace kondor::qondor
