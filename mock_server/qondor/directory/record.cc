#include "mock_server/qondor/directory/record.h"

#include <string>
#include <utility>

#include "mock_server/json/parse.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor::qondor {
namespace {

JournalEntry SubscriptionRecord(std::string_view event, const Subscription& subscription,
                                const Edit& edit, const Json& details) {
  Json body = {{"by", edit.by}, {"subscription", subscription.id}, {"user", subscription.user}};
  body.update(details);
  JournalEntry entry = MakeEvent(edit.now, Surface::kDirectory, event,
                                 "/subscriptions/" + subscription.id, DumpJson(body));
  entry.subscription = subscription.id;
  return entry;
}

JournalEntry UserEvent(std::string_view event, const User& user, const Edit& edit,
                       const Json& details) {
  Json body = {{"by", edit.by}, {"user", user.id}, {"state", ToText(user.state)}};
  body.update(details);
  return MakeEvent(edit.now, Surface::kDirectory, event, "/users/" + user.id, DumpJson(body));
}

}  // namespace

JournalEntry UserRecord(std::string_view event, const User& user, const Edit& edit) {
  return UserEvent(event, user, edit, Json::object());
}

JournalEntry UserChangeRecord(const User& after, const std::vector<std::string_view>& changed,
                              const Edit& edit) {
  return UserEvent("user_changed", after, edit, {{"changed", changed}});
}

JournalEntry GrantRecord(const Subscription& subscription, const Edit& edit) {
  return SubscriptionRecord(
      "subscription_granted", subscription, edit,
      {{"product", subscription.product}, {"state", ToText(subscription.state)}});
}

JournalEntry ChangeRecord(const Subscription& before, const Subscription& after,
                          const std::vector<std::string_view>& changed, const Edit& edit) {
  return SubscriptionRecord("subscription_changed", after, edit,
                            {{"changed", changed},
                             {"product", after.product},
                             {"state_before", ToText(before.state)},
                             {"state", ToText(after.state)}});
}

JournalEntry RemovalRecord(const Subscription& subscription, const Edit& edit) {
  return SubscriptionRecord("subscription_removed", subscription, edit, Json::object());
}

JournalEntry KeyRecord(std::string_view event, const Subscription& subscription, KeyName name,
                       TimePoint from, const Edit& edit) {
  JournalEntry entry = SubscriptionRecord(
      event, subscription, edit, {{"key", ToText(name)}, {"works_from", FormatIsoTime(from)}});
  entry.key = ToText(name);
  return entry;
}

}  // namespace kondor::qondor
