// Qondor's directory as the control API shows it: with the keys, as a user's own profile does (Q6).
// Thread-safe: pure functions over snapshots.
#pragma once

#include <optional>

#include "mock_server/json/parse.h"
#include "mock_server/qondor/directory/entities.h"
#include "mock_server/sandbox/sandbox.h"

namespace kondor::control {

Json QondorUserView(const qondor::User& user);
Json QondorSubscriptionView(const qondor::Subscription& subscription);

// What somebody who only wants to call needs: the first subscription that opens Prod, and the first
// that opens Test.
struct QondorCredentials {
  std::optional<qondor::Subscription> production, test;
};
QondorCredentials FindQondorCredentials(Sandbox& sandbox);
// {"production": {"id", "primary_key", "secondary_key"}, "test": {...}}
Json QondorCredentialsView(Sandbox& sandbox);

}  // namespace kondor::control
