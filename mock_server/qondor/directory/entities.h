// Who may call Qondor, and how: users, products, groups and subscriptions as the developer portal's
// service keeps them (Q1, Q4, G9, ARM3, ARM5). Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "mock_server/qondor/contract/environment.h"

namespace kondor::qondor {

class EnvironmentSet {
 public:
  void Add(Environment environment) { bits_ |= Bit(environment); }
  bool Has(Environment environment) const { return (bits_ & Bit(environment)) != 0; }
  bool empty() const { return bits_ == 0; }

 private:
  static unsigned Bit(Environment environment) { return 1U << static_cast<unsigned>(environment); }

  unsigned bits_ = 0;
};

enum class UserState { kActive, kBlocked };
std::string_view ToText(UserState state);  // "active"
std::optional<UserState> ParseUserState(std::string_view text);
inline constexpr std::string_view kUserStateWords = "active, blocked";

struct User {
  std::string id;
  std::string first_name, last_name, email;
  UserState state = UserState::kActive;  // a blocked one's subscriptions let no call through
  std::string note;
  TimePoint registered;
  std::uint64_t version = 0;  // counts up with every change; for ETags
};

// Q4: what a subscription is for, and so where its keys open.
struct Product {
  std::string id;    // "qondor-production"
  std::string name;  // "Qondor Production"
  EnvironmentSet environments;
};

struct Group {
  std::string_view id, name, description;
};

enum class SubscriptionState {  // G9
  kSubmitted,
  kActive,
  kSuspended,
  kRejected,
  kCancelled,
  kExpired,
};
std::string_view ToText(SubscriptionState state);  // "submitted"
std::optional<SubscriptionState> ParseSubscriptionState(std::string_view text);
inline constexpr std::string_view kSubscriptionStateWords =
    "submitted, active, suspended, rejected, cancelled, expired";

enum class KeyName { kPrimary, kSecondary };
std::string_view ToText(KeyName name);  // "primary"

struct Subscription {
  std::string id;
  std::string user;     // nobody's when empty
  std::string product;  // id
  std::string name;     // as people see it
  SubscriptionState state = SubscriptionState::kActive;
  TimePoint created;
  std::optional<TimePoint> start;  // since it was first active: the day quota counts from here (G7)
  std::optional<TimePoint> end;    // since it was cancelled, rejected or expired
  std::string state_comment;
  std::string expiration;  // as it was written; a date ends nothing by itself (G9)
  bool allow_tracing = false;
  std::uint32_t serial = 0;   // its name in the books; never used again
  std::uint64_t version = 0;  // counts up with every change; for ETags

  // The newest ones. While one is still spreading (QO5), `..._from` tells when it begins to work.
  std::string primary_key, secondary_key;
  std::optional<TimePoint> primary_from, secondary_from;
};

}  // namespace kondor::qondor
