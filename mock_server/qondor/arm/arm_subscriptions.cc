// Subscriptions and their keys through the management REST (ARM1-ARM3).
#include <array>
#include <optional>
#include <utility>

#include "mock_server/qondor/arm/arm_views.h"
#include "mock_server/qondor/arm/arm_visit.h"

namespace kondor::qondor {
namespace {

constexpr std::string_view kSubscription = "Subscription";

Answer SubscriptionEntity(const ArmVisit& visit, int status, const Subscription& subscription) {
  return ArmEntity(status, ArmSubscriptionView(visit.service, subscription), subscription.version);
}

Answer ListSubscriptions(const ArmVisit& visit) {
  std::vector<Json> entities;
  for (const Subscription& subscription : visit.directory().Subscriptions(visit.now)) {
    entities.push_back(ArmSubscriptionView(visit.service, subscription));
  }
  return ArmList(visit, std::move(entities));
}

Answer GetSubscription(const ArmVisit& visit) {
  const auto found = visit.directory().FindSubscription(visit.ids[0], visit.now);
  return found ? SubscriptionEntity(visit, 200, *found) : ArmNotFound(kSubscription);
}

SubscriptionChange ReadChange(ArmFields& fields) {
  SubscriptionChange change;
  change.user = fields.LastOfId("ownerId", "/users/");
  change.product = fields.LastOfId("scope", "/products/");  // Q4: of products only
  change.name = fields.Text("displayName", TextRule::kName);
  change.state =
      fields.OneOf("state", &ParseSubscriptionState, std::string_view(kSubscriptionStateWords));
  change.state_comment = fields.Text("stateComment");
  change.expiration = fields.Date("expirationDate");
  change.allow_tracing = fields.Flag("allowTracing");
  change.primary_key = fields.Key("primaryKey");
  change.secondary_key = fields.Key("secondaryKey");
  return change;
}

Subscription NewSubscription(const std::string& id, const SubscriptionChange& asked) {
  Subscription wanted;
  wanted.id = id;
  wanted.user = asked.user.value_or("");
  wanted.product = asked.product.value_or("");
  wanted.name = asked.name.value_or("");
  wanted.state = asked.state.value_or(SubscriptionState::kSubmitted);  // as Azure's default is
  wanted.state_comment = asked.state_comment.value_or("");
  wanted.expiration = asked.expiration.value_or("");
  wanted.allow_tracing = asked.allow_tracing.value_or(false);
  wanted.primary_key = asked.primary_key.value_or("");
  wanted.secondary_key = asked.secondary_key.value_or("");
  return wanted;
}

// If-Match is asked for only when the caller sends it: a PUT may create.
Answer ReplaceSubscription(const ArmVisit& visit, const Subscription& before,
                           const SubscriptionChange& asked) {
  Edit edit = visit.edit();
  switch (ReadIfMatch(visit.call.request, before.version)) {
    case IfMatch::kStale:
      return ArmPreconditionFailed();
    case IfMatch::kMatches:
      edit.only_version = before.version;
      break;
    case IfMatch::kMissing:
    case IfMatch::kAny:
      break;
  }
  const auto changed =
      visit.directory().ChangeSubscription(before.id, asked, visit.key_spread(), edit);
  return changed ? SubscriptionEntity(visit, 200, *changed)
                 : ArmRefused(changed.error(), kSubscription);
}

Answer PutSubscription(const ArmVisit& visit) {
  const std::string& id = visit.ids[0];
  ArmFields fields(visit.body);
  fields.Require("scope");
  fields.Require("displayName");
  const SubscriptionChange asked = ReadChange(fields);
  fields.Check("sid", id, TextRule::kSubscriptionId);
  if (!fields.faults().empty()) return ArmInvalid(fields.faults());
  if (const auto before = visit.directory().FindSubscription(id, visit.now)) {
    return ReplaceSubscription(visit, *before, asked);
  }
  const auto made = visit.directory().Grant(NewSubscription(id, asked), visit.edit());
  if (made) return SubscriptionEntity(visit, 201, *made);
  const auto meanwhile = visit.directory().FindSubscription(id, visit.now);
  if (made.error().kind == ErrorKind::kAlreadyExists && meanwhile) {
    return ReplaceSubscription(visit, *meanwhile, asked);
  }
  return ArmRefused(made.error(), kSubscription);
}

Answer PatchSubscription(const ArmVisit& visit) {
  const auto before = visit.directory().FindSubscription(visit.ids[0], visit.now);
  if (!before) return ArmNotFound(kSubscription);
  Precondition precondition = CheckPrecondition(visit, before->version);
  if (precondition.refused) return *std::move(precondition.refused);
  ArmFields fields(visit.body);
  const SubscriptionChange asked = ReadChange(fields);
  if (!fields.faults().empty()) return ArmInvalid(fields.faults());
  Edit edit = visit.edit();
  edit.only_version = precondition.only_version;
  const auto changed =
      visit.directory().ChangeSubscription(visit.ids[0], asked, visit.key_spread(), edit);
  return changed ? SubscriptionEntity(visit, 200, *changed)
                 : ArmRefused(changed.error(), kSubscription);
}

Answer DeleteSubscription(const ArmVisit& visit) {
  const auto before = visit.directory().FindSubscription(visit.ids[0], visit.now);
  if (!before && ReadIfMatch(visit.call.request, 0) != IfMatch::kMissing) return ArmEmpty(204);
  Precondition precondition = CheckPrecondition(visit, before ? before->version : 0);
  if (precondition.refused) return *std::move(precondition.refused);
  Edit edit = visit.edit();
  edit.only_version = precondition.only_version;
  const Result<void> removed = visit.directory().RemoveSubscription(visit.ids[0], edit);
  if (removed) return ArmEmpty(200);
  if (removed.error().kind == ErrorKind::kNotFound) return ArmEmpty(204);  // gone meanwhile
  return ArmRefused(removed.error(), kSubscription);
}

Answer ListSecrets(const ArmVisit& visit) {
  const auto found = visit.directory().FindSubscription(visit.ids[0], visit.now);
  if (!found) return ArmNotFound(kSubscription);
  return ArmEntity(200,
                   {{"primaryKey", found->primary_key}, {"secondaryKey", found->secondary_key}},
                   found->version);
}

// ARM2: 204 without a body; the official client throws at anything else.
Answer RegenerateKey(const ArmVisit& visit, KeyName name) {
  const auto changed =
      visit.directory().Regenerate(visit.ids[0], name, visit.key_spread(), visit.edit());
  return changed ? ArmEmpty(204) : ArmRefused(changed.error(), kSubscription);
}

Answer RegeneratePrimary(const ArmVisit& visit) { return RegenerateKey(visit, KeyName::kPrimary); }
Answer RegenerateSecondary(const ArmVisit& visit) {
  return RegenerateKey(visit, KeyName::kSecondary);
}

using ArmBody = ArmRoute::Body;
constexpr std::array kSubscriptionRoutes = {
    ArmRoute{"GET", "/subscriptions", ArmBody::kNone, &ListSubscriptions},
    ArmRoute{"GET", "/subscriptions/:id", ArmBody::kNone, &GetSubscription},
    ArmRoute{"PUT", "/subscriptions/:id", ArmBody::kRequired, &PutSubscription},
    ArmRoute{"PATCH", "/subscriptions/:id", ArmBody::kRequired, &PatchSubscription},
    ArmRoute{"DELETE", "/subscriptions/:id", ArmBody::kNone, &DeleteSubscription},
    ArmRoute{"POST", "/subscriptions/:id/listSecrets", ArmBody::kNone, &ListSecrets},
    ArmRoute{"POST", "/subscriptions/:id/regeneratePrimaryKey", ArmBody::kNone, &RegeneratePrimary},
    ArmRoute{"POST", "/subscriptions/:id/regenerateSecondaryKey", ArmBody::kNone,
             &RegenerateSecondary},
};

}  // namespace

std::span<const ArmRoute> ArmSubscriptionRoutes() { return kSubscriptionRoutes; }

}  // namespace kondor::qondor
