// The management REST's entities as JSON, never with a key (ARM1, ARM3, ARM5).
// Thread-safe: pure functions over snapshots.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "mock_server/json/parse.h"
#include "mock_server/qondor/directory/entities.h"

namespace kondor::qondor {

// Those that every service has. All users are developers.
inline constexpr std::array kGroups = {
    Group{"administrators", "Administrators",
          "Administrators is a built-in group. Its membership is managed by the system."},
    Group{"developers", "Developers",
          "Developers is a built-in group. Its membership is managed by the system."},
    Group{"guests", "Guests",
          "Guests is a built-in group. Its membership is managed by the system."},
};

// What an entity is listed under, when that is not the service: the user or product it belongs to.
struct ArmParent {
  std::string_view collection, name;  // "users", "1"
};

// `service` is the id of the whole service, which every entity's id begins with. Below a parent an
// entity has another id and type: ".../users/1/subscriptions/test".
Json ArmSubscriptionView(const std::string& service, const Subscription& subscription,
                         const ArmParent& parent = {});
Json ArmUserView(const std::string& service, const User& user);
Json ArmProductView(const std::string& service, const Product& product);
Json ArmGroupView(const std::string& service, const Group& group, const ArmParent& parent = {});

}  // namespace kondor::qondor
