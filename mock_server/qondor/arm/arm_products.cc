// Products and groups through the management REST: what there is stands in the seed, so they are
// read only (ARM5).
#include <array>
#include <utility>

#include "mock_server/qondor/arm/arm_views.h"
#include "mock_server/qondor/arm/arm_visit.h"

namespace kondor::qondor {
namespace {

constexpr std::uint64_t kOnlyVersion = 1;  // they never change

Answer ListProducts(const ArmVisit& visit) {
  std::vector<Json> entities;
  for (const Product& product : visit.directory().products()) {
    entities.push_back(ArmProductView(visit.service, product));
  }
  return ArmList(visit, std::move(entities));
}

Answer GetProduct(const ArmVisit& visit) {
  const Product* product = visit.directory().FindProduct(visit.ids[0]);
  if (product == nullptr) return ArmNotFound("Product");
  return ArmEntity(200, ArmProductView(visit.service, *product), kOnlyVersion);
}

Answer ListSubscriptionsOfProduct(const ArmVisit& visit) {
  if (visit.directory().FindProduct(visit.ids[0]) == nullptr) return ArmNotFound("Product");
  std::vector<Json> entities;
  for (const Subscription& subscription : visit.directory().Subscriptions(visit.now)) {
    if (subscription.product != visit.ids[0]) continue;
    entities.push_back(
        ArmSubscriptionView(visit.service, subscription, {"products", visit.ids[0]}));
  }
  return ArmList(visit, std::move(entities));
}

Answer ListGroups(const ArmVisit& visit) {
  std::vector<Json> entities;
  entities.reserve(kGroups.size());
  for (const Group& group : kGroups) entities.push_back(ArmGroupView(visit.service, group));
  return ArmList(visit, std::move(entities));
}

Answer GetGroup(const ArmVisit& visit) {
  for (const Group& group : kGroups) {
    if (group.id == visit.ids[0]) {
      return ArmEntity(200, ArmGroupView(visit.service, group), kOnlyVersion);
    }
  }
  return ArmNotFound("Group");
}

using ArmBody = ArmRoute::Body;
constexpr std::array kProductRoutes = {
    ArmRoute{"GET", "/products", ArmBody::kNone, &ListProducts},
    ArmRoute{"GET", "/products/:id", ArmBody::kNone, &GetProduct},
    ArmRoute{"GET", "/products/:id/subscriptions", ArmBody::kNone, &ListSubscriptionsOfProduct},
    ArmRoute{"GET", "/groups", ArmBody::kNone, &ListGroups},
    ArmRoute{"GET", "/groups/:id", ArmBody::kNone, &GetGroup},
};

}  // namespace

std::span<const ArmRoute> ArmProductRoutes() { return kProductRoutes; }

}  // namespace kondor::qondor
