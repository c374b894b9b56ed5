#include "mock_server/control/qondor_views.h"

#include <string>

#include "mock_server/sandbox/time_text.h"

namespace kondor::control {
namespace {

Json TimeOrNull(const std::optional<TimePoint>& at) {
  return at ? Json(FormatIsoTime(*at)) : Json(nullptr);
}

Json KeysView(const qondor::Subscription& subscription) {
  return {{"id", subscription.id},
          {"primary_key", subscription.primary_key},
          {"secondary_key", subscription.secondary_key}};
}

}  // namespace

Json QondorUserView(const qondor::User& user) {
  return {{"id", user.id},
          {"first_name", user.first_name},
          {"last_name", user.last_name},
          {"email", user.email},
          {"state", ToText(user.state)},
          {"note", user.note},
          {"registered_at", FormatIsoTime(user.registered)}};
}

Json QondorSubscriptionView(const qondor::Subscription& subscription) {
  return {{"id", subscription.id},
          {"user", subscription.user.empty() ? Json(nullptr) : Json(subscription.user)},
          {"product", subscription.product},
          {"name", subscription.name},
          {"state", ToText(subscription.state)},
          {"created_at", FormatIsoTime(subscription.created)},
          {"started_at", TimeOrNull(subscription.start)},
          {"ended_at", TimeOrNull(subscription.end)},
          {"primary_key", subscription.primary_key},
          {"primary_key_works_from", TimeOrNull(subscription.primary_from)},
          {"secondary_key", subscription.secondary_key},
          {"secondary_key_works_from", TimeOrNull(subscription.secondary_from)}};
}

QondorCredentials FindQondorCredentials(Sandbox& sandbox) {
  qondor::Directory& directory = sandbox.qondor().directory();
  QondorCredentials found;
  for (qondor::Subscription& subscription : directory.Subscriptions(sandbox.clock().Now())) {
    const qondor::Product* product = directory.FindProduct(subscription.product);
    if (product == nullptr) continue;
    if (!found.production && product->environments.Has(qondor::Environment::kProd)) {
      found.production = subscription;
    }
    if (!found.test && product->environments.Has(qondor::Environment::kTest)) {
      found.test = subscription;
    }
  }
  return found;
}

Json QondorCredentialsView(Sandbox& sandbox) {
  const QondorCredentials found = FindQondorCredentials(sandbox);
  Json view = Json::object();
  if (found.production) view["production"] = KeysView(*found.production);
  if (found.test) view["test"] = KeysView(*found.test);
  return view;
}

}  // namespace kondor::control
