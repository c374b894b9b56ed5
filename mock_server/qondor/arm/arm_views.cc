#include "mock_server/qondor/arm/arm_views.h"

#include <optional>
#include <utility>

#include "mock_server/sandbox/time_text.h"

namespace kondor::qondor {
namespace {

Json EntityView(const std::string& service, const ArmParent& parent, std::string_view collection,
                std::string_view name, Json properties) {
  std::string id = service, type = "Microsoft.ApiManagement/service";
  if (!parent.collection.empty()) {
    id.append("/").append(parent.collection).append("/").append(parent.name);
    type.append("/").append(parent.collection);
  }
  id.append("/").append(collection).append("/").append(name);
  type.append("/").append(collection);
  return {{"id", std::move(id)},
          {"type", std::move(type)},
          {"name", name},
          {"properties", std::move(properties)}};
}

Json DateOrNull(const std::optional<TimePoint>& at) {
  return at ? Json(FormatIsoMillis(*at)) : Json(nullptr);
}

Json TextOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

Json ArmSubscriptionView(const std::string& service, const Subscription& subscription,
                         const ArmParent& parent) {
  const Json owner =
      subscription.user.empty() ? Json(nullptr) : Json(service + "/users/" + subscription.user);
  return EntityView(service, parent, "subscriptions", subscription.id,
                    {{"ownerId", owner},
                     {"scope", service + "/products/" + subscription.product},
                     {"displayName", subscription.name},
                     {"state", ToText(subscription.state)},
                     {"createdDate", FormatIsoMillis(subscription.created)},
                     {"startDate", DateOrNull(subscription.start)},
                     {"expirationDate", TextOrNull(subscription.expiration)},
                     {"endDate", DateOrNull(subscription.end)},
                     {"notificationDate", nullptr},
                     {"stateComment", TextOrNull(subscription.state_comment)},
                     {"allowTracing", subscription.allow_tracing}});
}

Json ArmUserView(const std::string& service, const User& user) {
  return EntityView(service, {}, "users", user.id,
                    {{"firstName", user.first_name},
                     {"lastName", user.last_name},
                     {"email", user.email},
                     {"state", ToText(user.state)},
                     {"registrationDate", FormatIsoMillis(user.registered)},
                     {"note", TextOrNull(user.note)},
                     {"groups", Json::array()},
                     {"identities", Json::array({{{"provider", "Basic"}, {"id", user.email}}})}});
}

Json ArmProductView(const std::string& service, const Product& product) {
  std::string opens;
  for (const Environment environment : kEnvironments) {
    if (!product.environments.Has(environment)) continue;
    opens += (opens.empty() ? "" : ", ") + std::string(ToText(environment));
  }
  return EntityView(service, {}, "products", product.id,
                    {{"displayName", product.name},
                     {"description", "Opens " + opens + "."},
                     {"terms", nullptr},
                     {"subscriptionRequired", true},
                     {"approvalRequired", true},
                     {"subscriptionsLimit", nullptr},
                     {"state", "published"}});
}

Json ArmGroupView(const std::string& service, const Group& group, const ArmParent& parent) {
  return EntityView(service, parent, "groups", group.id,
                    {{"displayName", group.name},
                     {"description", group.description},
                     {"builtIn", true},
                     {"type", "system"},
                     {"externalId", nullptr}});
}

}  // namespace kondor::qondor
