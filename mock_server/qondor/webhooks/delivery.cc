#include "mock_server/qondor/webhooks/delivery.h"

#include <algorithm>
#include <utility>

#include "mock_server/qondor/webhooks/conceal.h"
#include "mock_server/sandbox/time_text.h"
#include "mock_server/secrets/redact.h"

namespace kondor::qondor {
namespace {

constexpr std::size_t kAnswerShown = 1024;

// Seven fractional digits, as .NET writes an instant.
std::string Timestamp(TimePoint now) {
  std::string text = FormatIsoTime(now);
  text.insert(text.size() - 1, "0");
  return text;
}

std::string_view EventName(TryOutcome outcome) {
  switch (outcome) {
    case TryOutcome::kDelivered:
      return "webhook_delivered";
    case TryOutcome::kFailed:
      return "webhook_failed";
    case TryOutcome::kAbandoned:
      return "webhook_abandoned";
  }
  return {};
}

// What has a secret's shape stands in values only: names are the contract's, and the longest of
// them is as long as a key.
void RedactValues(Json& value) {
  if (value.is_string()) value = secrets::RedactText(value.get_ref<const std::string&>());
  if (!value.is_structured()) return;
  for (Json& inner : value) RedactValues(inner);
}

// Redacted before it is cut: a cut could leave half a secret.
std::string Excerpt(const std::string& answer, const std::string& secret) {
  return Conceal(answer, secret).substr(0, kAnswerShown);
}

}  // namespace

std::string WritePayload(const Event& event, const std::string& webhook_id, TimePoint now) {
  Json payload{{"webhookId", webhook_id}, {"timestamp", Timestamp(now)}, {"topic", event.topic}};
  for (const auto& [name, value] : event.fields.items()) payload[name] = value;
  return DumpJson(payload);
}

Duration BackoffAfter(std::uint32_t tries, const QondorWebhookSettings& how) {
  // A day at most: what a test cannot mean, and long before an instant overflows.
  constexpr std::chrono::milliseconds most = std::chrono::hours(24);
  std::chrono::milliseconds backoff(how.backoff_ms);
  for (std::uint32_t i = 1; i < tries && backoff < most; ++i) backoff *= 2;
  return std::min(backoff, most);
}

JournalEntry EntryOf(const Webhook& webhook, const Delivery& delivery, const Try& made) {
  Json body{{"webhook", webhook.id},
            {"url", ShownUrl(webhook.url)},
            {"environment", ToText(delivery.environment)},
            {"topic", delivery.topic},
            {"webhook_id", delivery.webhook_id},
            {"try", delivery.tries},
            {"tries_max", delivery.how.tries}};
  if (!webhook.header_name.empty()) body["header"] = webhook.header_name + ": [redacted]";
  if (made.status != 0) body["status"] = made.status;
  if (!made.reason.empty()) body["reason"] = made.reason;
  if (made.outcome == TryOutcome::kFailed) body["next_try_at"] = FormatIsoTime(made.next_try);
  if (!made.answer.empty()) body["answer"] = Excerpt(made.answer, webhook.header_value);
  // As JSON, unless it repeats the secret: a test may have written that into an offer.
  std::string shown = Conceal(delivery.payload, webhook.header_value);
  body["payload"] = shown == delivery.payload
                        ? Json::parse(shown, nullptr, /*allow_exceptions=*/false)
                        : Json(std::move(shown));
  RedactValues(body);
  JournalEntry entry = MakeEvent(made.at, Surface::kWebhooks, EventName(made.outcome),
                                 "/webhooks/" + webhook.id + "/" + std::string(delivery.topic), "");
  entry.body = DumpJson(body);
  entry.body_bytes = entry.body.size();
  if (entry.body_cut()) entry.body.resize(JournalEntry::kBodyKept);
  return entry;
}

}  // namespace kondor::qondor
