// A change that Qondor tells the world of (Q17). Not thread-safe; a plain value.
#pragma once

#include <string_view>

#include "mock_server/json/parse.h"

namespace kondor::qondor {

struct Event {
  std::string_view topic;  // "OfferSentV1"
  Json fields;  // as Q17 lists them, in that order, without webhookId, timestamp and topic
};

inline constexpr std::string_view kOfferSent = "OfferSentV1";
inline constexpr std::string_view kOfferAnswered = "OfferAnsweredV1";
inline constexpr std::string_view kOfferComment = "OfferCommentToCustomerCreatedV1";

}  // namespace kondor::qondor
