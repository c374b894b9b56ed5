// One sandbox's outbound webhooks (Q17): who wants to hear what, and its deliveries. A sandbox
// without any has no thread and costs nothing. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "mock_server/journal/journal.h"
#include "mock_server/qondor/backend/event.h"
#include "mock_server/qondor/webhooks/sender.h"
#include "mock_server/qondor/webhooks/target.h"
#include "mock_server/qondor/webhooks/webhook.h"
#include "mock_server/sandbox/sandbox_clock.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

// What the webhooks of all sandboxes of a server share.
struct Outbound {
  static constexpr int kSendersMax = 64;  // each is a thread

  TargetPolicy policy;
  std::atomic<int> senders{0};
};

class Webhooks {
 public:
  // Everything referred to must outlive this. `outbound` is never null.
  Webhooks(std::shared_ptr<Outbound> outbound, const SandboxClock& clock, Journal& journal)
      : outbound_(std::move(outbound)), clock_(clock), journal_(journal) {}
  ~Webhooks() { Clear(); }
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  // The id is given here. kInvalidArgument when its URL is not allowed, kUnavailable when there are
  // as many as this server serves.
  Result<WebhookState> Add(Webhook webhook);
  std::vector<WebhookState> List() const;
  // Its deliveries end at once. False when there is none of that id.
  bool Remove(std::string_view id);
  // Back to none, as at the start.
  void Clear();

  // Tells whoever wants to hear it; never blocks on a receiver.
  void Fire(Environment environment, const Event& event, TimePoint now,
            const QondorWebhookSettings& how);

  // When the next try after `after` falls due; nothing when none waits for that.
  std::optional<TimePoint> NextDue(TimePoint after) const;
  // The clock was moved or set. Returns once all that is due at `through` has been tried.
  void AwaitTried(TimePoint through) const;

 private:
  using Senders = std::vector<std::shared_ptr<Sender>>;

  Senders senders() const;
  void End(const Senders& senders);

  const std::shared_ptr<Outbound> outbound_;
  const SandboxClock& clock_;
  Journal& journal_;

  mutable Mutex mutex_;
  Senders senders_ KONDOR_GUARDED_BY(mutex_);
  std::uint64_t last_id_ KONDOR_GUARDED_BY(mutex_) = 0;
};

}  // namespace kondor::qondor
