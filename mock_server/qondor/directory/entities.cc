#include "mock_server/qondor/directory/entities.h"

#include <array>
#include <utility>

namespace kondor::qondor {
namespace {

constexpr std::array<std::pair<UserState, std::string_view>, 2> kUserStates = {{
    {UserState::kActive, "active"},
    {UserState::kBlocked, "blocked"},
}};

constexpr std::array<std::pair<SubscriptionState, std::string_view>, 6> kSubscriptionStates = {{
    {SubscriptionState::kSubmitted, "submitted"},
    {SubscriptionState::kActive, "active"},
    {SubscriptionState::kSuspended, "suspended"},
    {SubscriptionState::kRejected, "rejected"},
    {SubscriptionState::kCancelled, "cancelled"},
    {SubscriptionState::kExpired, "expired"},
}};

template <typename Rows, typename Value>
std::string_view WordOf(const Rows& rows, Value wanted) {
  for (const auto& [value, word] : rows) {
    if (value == wanted) return word;
  }
  return {};
}

}  // namespace

std::string_view ToText(UserState state) { return WordOf(kUserStates, state); }

std::optional<UserState> ParseUserState(std::string_view text) {
  for (const auto& [state, word] : kUserStates) {
    if (word == text) return state;
  }
  return {};
}

std::string_view ToText(SubscriptionState state) { return WordOf(kSubscriptionStates, state); }

std::optional<SubscriptionState> ParseSubscriptionState(std::string_view text) {
  for (const auto& [state, word] : kSubscriptionStates) {
    if (word == text) return state;
  }
  return {};
}

std::string_view ToText(KeyName name) {
  return name == KeyName::kPrimary ? "primary" : "secondary";
}

}  // namespace kondor::qondor
