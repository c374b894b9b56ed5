#include "mock_server/qondor/webhooks/webhooks.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "mock_server/secrets/random.h"

namespace kondor::qondor {

Result<WebhookState> Webhooks::Add(Webhook webhook) {
  Result<Target> target = outbound_->policy.Admit(webhook.url);
  if (!target) return Unexpected(target.error());
  if (outbound_->senders.fetch_add(1) >= Outbound::kSendersMax) {
    --outbound_->senders;
    return Unexpected(ErrorKind::kUnavailable,
                      "this server has " + std::to_string(Outbound::kSendersMax) +
                          " webhooks already; drop some, or sandboxes that have them");
  }
  const MutexLock lock(mutex_);
  webhook.id = std::to_string(++last_id_);
  try {
    senders_.push_back(std::make_shared<Sender>(std::move(webhook), *std::move(target),
                                                outbound_->policy, clock_, journal_));
  } catch (const std::system_error&) {
    --outbound_->senders;
    return Unexpected(ErrorKind::kUnavailable, "the machine has no thread left for a webhook");
  }
  return senders_.back()->State();
}

Webhooks::Senders Webhooks::senders() const {
  const MutexLock lock(mutex_);
  return senders_;
}

std::vector<WebhookState> Webhooks::List() const {
  std::vector<WebhookState> states;
  for (const auto& sender : senders()) states.push_back(sender->State());
  return states;
}

bool Webhooks::Remove(std::string_view id) {
  Senders removed;
  {
    const MutexLock lock(mutex_);
    const auto found = std::find_if(senders_.begin(), senders_.end(),
                                    [&](const auto& sender) { return sender->webhook().id == id; });
    if (found == senders_.end()) return false;
    removed.push_back(std::move(*found));
    senders_.erase(found);
  }
  End(removed);
  return true;
}

void Webhooks::Clear() {
  Senders removed;
  {
    const MutexLock lock(mutex_);
    removed.swap(senders_);
    last_id_ = 0;
  }
  End(removed);
}

void Webhooks::End(const Senders& senders) {
  for (const auto& sender : senders) sender->Stop();
  outbound_->senders -= static_cast<int>(senders.size());
}

void Webhooks::Fire(Environment environment, const Event& event, TimePoint now,
                    const QondorWebhookSettings& how) {
  for (const auto& sender : senders()) {
    if (!sender->webhook().Hears(environment, event.topic)) continue;
    Delivery delivery;
    delivery.webhook_id = secrets::NewUuid();
    delivery.environment = environment;
    delivery.topic = event.topic;
    delivery.payload = WritePayload(event, delivery.webhook_id, now);
    delivery.how = how;
    sender->Add(std::move(delivery), now);
  }
}

std::optional<TimePoint> Webhooks::NextDue(TimePoint after) const {
  std::optional<TimePoint> next;
  for (const auto& sender : senders()) {
    const auto due = sender->NextDue(after);
    if (due && (!next || *due < *next)) next = due;
  }
  return next;
}

void Webhooks::AwaitTried(TimePoint through) const {
  const Senders all = senders();
  for (const auto& sender : all) sender->ClockMoved();  // all at once, then wait for each
  for (const auto& sender : all) sender->AwaitTried(through);
}

}  // namespace kondor::qondor
