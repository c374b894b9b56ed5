// Users through the management REST (ARM5).
#include <array>
#include <optional>
#include <utility>

#include "mock_server/qondor/arm/arm_views.h"
#include "mock_server/qondor/arm/arm_visit.h"

namespace kondor::qondor {
namespace {

constexpr std::string_view kUser = "User";

Answer UserEntity(const ArmVisit& visit, int status, const User& user) {
  return ArmEntity(status, ArmUserView(visit.service, user), user.version);
}

Answer ListUsers(const ArmVisit& visit) {
  std::vector<Json> entities;
  for (const User& user : visit.directory().Users()) {
    entities.push_back(ArmUserView(visit.service, user));
  }
  return ArmList(visit, std::move(entities));
}

Answer GetUser(const ArmVisit& visit) {
  const auto found = visit.directory().FindUser(visit.ids[0]);
  return found ? UserEntity(visit, 200, *found) : ArmNotFound(kUser);
}

UserChange ReadUserChange(ArmFields& fields) {
  UserChange change;
  change.first_name = fields.Text("firstName", TextRule::kName);
  change.last_name = fields.Text("lastName", TextRule::kName);
  change.email = fields.Text("email", TextRule::kEmail);
  change.note = fields.Text("note");
  change.state = fields.OneOf("state", &ParseUserState, std::string_view(kUserStateWords));
  return change;
}

Answer ReplaceUser(const ArmVisit& visit, const User& before, const UserChange& asked) {
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
  const auto changed = visit.directory().ChangeUser(before.id, asked, edit);
  return changed ? UserEntity(visit, 200, *changed) : ArmRefused(changed.error(), kUser);
}

Answer PutUser(const ArmVisit& visit) {
  const std::string& id = visit.ids[0];
  ArmFields fields(visit.body);
  for (const std::string_view name : {"email", "firstName", "lastName"}) fields.Require(name);
  const UserChange asked = ReadUserChange(fields);
  fields.Check("uid", id, TextRule::kUserId);
  if (!fields.faults().empty()) return ArmInvalid(fields.faults());
  if (const auto before = visit.directory().FindUser(id)) return ReplaceUser(visit, *before, asked);
  User user;
  user.id = id;
  user.first_name = *asked.first_name;
  user.last_name = *asked.last_name;
  user.email = *asked.email;
  user.note = asked.note.value_or("");
  user.state = asked.state.value_or(UserState::kActive);
  const auto added = visit.directory().AddUser(std::move(user), visit.edit());
  return added ? UserEntity(visit, 201, *added) : ArmRefused(added.error(), kUser);
}

Answer PatchUser(const ArmVisit& visit) {
  const auto before = visit.directory().FindUser(visit.ids[0]);
  if (!before) return ArmNotFound(kUser);
  Precondition precondition = CheckPrecondition(visit, before->version);
  if (precondition.refused) return *std::move(precondition.refused);
  ArmFields fields(visit.body);
  const UserChange asked = ReadUserChange(fields);
  if (!fields.faults().empty()) return ArmInvalid(fields.faults());
  Edit edit = visit.edit();
  edit.only_version = precondition.only_version;
  const auto changed = visit.directory().ChangeUser(visit.ids[0], asked, edit);
  return changed ? UserEntity(visit, 200, *changed) : ArmRefused(changed.error(), kUser);
}

// A user's subscriptions go with it, whether `deleteSubscriptions` asks for it or not (Q1).
Answer DeleteUser(const ArmVisit& visit) {
  const auto before = visit.directory().FindUser(visit.ids[0]);
  if (!before && ReadIfMatch(visit.call.request, 0) != IfMatch::kMissing) return ArmEmpty(204);
  Precondition precondition = CheckPrecondition(visit, before ? before->version : 0);
  if (precondition.refused) return *std::move(precondition.refused);
  Edit edit = visit.edit();
  edit.only_version = precondition.only_version;
  const Result<void> removed = visit.directory().RemoveUser(visit.ids[0], edit);
  if (removed) return ArmEmpty(200);
  if (removed.error().kind == ErrorKind::kNotFound) return ArmEmpty(204);  // gone meanwhile
  return ArmRefused(removed.error(), kUser);
}

ArmParent UserParent(const ArmVisit& visit) { return {"users", visit.ids[0]}; }

Answer ListSubscriptionsOfUser(const ArmVisit& visit) {
  if (!visit.directory().FindUser(visit.ids[0])) return ArmNotFound(kUser);
  std::vector<Json> entities;
  for (const Subscription& subscription : visit.directory().Subscriptions(visit.now)) {
    if (subscription.user != visit.ids[0]) continue;
    entities.push_back(ArmSubscriptionView(visit.service, subscription, UserParent(visit)));
  }
  return ArmList(visit, std::move(entities));
}

Answer GetSubscriptionOfUser(const ArmVisit& visit) {
  if (!visit.directory().FindUser(visit.ids[0])) return ArmNotFound(kUser);
  const auto found = visit.directory().FindSubscription(visit.ids[1], visit.now);
  if (!found || found->user != visit.ids[0]) return ArmNotFound("Subscription");
  return ArmEntity(200, ArmSubscriptionView(visit.service, *found, UserParent(visit)),
                   found->version);
}

Answer ListGroupsOfUser(const ArmVisit& visit) {
  if (!visit.directory().FindUser(visit.ids[0])) return ArmNotFound(kUser);
  std::vector<Json> entities;
  for (const Group& group : kGroups) {
    if (group.id != "developers") continue;
    entities.push_back(ArmGroupView(visit.service, group, UserParent(visit)));
  }
  return ArmList(visit, std::move(entities));
}

using ArmBody = ArmRoute::Body;
constexpr std::array kUserRoutes = {
    ArmRoute{"GET", "/users", ArmBody::kNone, &ListUsers},
    ArmRoute{"GET", "/users/:id", ArmBody::kNone, &GetUser},
    ArmRoute{"PUT", "/users/:id", ArmBody::kRequired, &PutUser},
    ArmRoute{"PATCH", "/users/:id", ArmBody::kRequired, &PatchUser},
    ArmRoute{"DELETE", "/users/:id", ArmBody::kNone, &DeleteUser},
    ArmRoute{"GET", "/users/:id/subscriptions", ArmBody::kNone, &ListSubscriptionsOfUser},
    ArmRoute{"GET", "/users/:id/subscriptions/:sid", ArmBody::kNone, &GetSubscriptionOfUser},
    ArmRoute{"GET", "/users/:id/groups", ArmBody::kNone, &ListGroupsOfUser},
};

}  // namespace

std::span<const ArmRoute> ArmUserRoutes() { return kUserRoutes; }

}  // namespace kondor::qondor
