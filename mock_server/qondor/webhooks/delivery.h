// One event on its way to one receiver, and its tries as the journal tells of them.
// Not thread-safe; plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "mock_server/http/post.h"
#include "mock_server/journal/journal.h"
#include "mock_server/qondor/backend/event.h"
#include "mock_server/qondor/webhooks/webhook.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::qondor {

struct Delivery {
  std::uint64_t serial = 0;  // within its webhook
  std::string webhook_id;    // the payload's (Q17): the same at every try, for de-duplication
  Environment environment = Environment::kProd;
  std::string_view topic;
  std::string payload;
  QondorWebhookSettings how;  // as they were when the event happened (QO8)
  std::uint32_t tries = 0;    // made so far
};

// Q17: webhookId, timestamp and topic, then the event's own fields.
std::string WritePayload(const Event& event, const std::string& webhook_id, TimePoint now);

// How long after the failure of try number `tries` the next one is due: it doubles each time.
Duration BackoffAfter(std::uint32_t tries, const QondorWebhookSettings& how);

enum class TryOutcome { kDelivered, kFailed, kAbandoned };

// What became of one try.
struct Try {
  TimePoint at;
  TryOutcome outcome = TryOutcome::kFailed;
  std::string reason;  // "status 500", "timeout"; empty when delivered
  int status = 0;      // 0: no answer
  std::string answer;  // the beginning of the receiver's body
  TimePoint next_try;  // of kFailed
};

// For the journal, without the header's secret, wherever the receiver may have repeated it.
JournalEntry EntryOf(const Webhook& webhook, const Delivery& delivery, const Try& made);

}  // namespace kondor::qondor
