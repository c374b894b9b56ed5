// A subscription to what happens in Qondor, and how its deliveries stand (Q17).
// Not thread-safe; plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/qondor/contract/environment.h"

namespace kondor::qondor {

struct Webhook {
  std::string id;
  std::string url;
  std::vector<std::string_view> topics;   // literals of event.h; never empty
  std::vector<Environment> environments;  // whose events it hears; never empty
  std::string header_name;                // empty: none is sent
  std::string header_value;               // a secret: it goes to the receiver and nowhere else

  bool Hears(Environment environment, std::string_view topic) const;
};

struct WebhookState {
  Webhook webhook;
  std::uint64_t pending = 0;    // not delivered yet, the one under way included
  std::uint64_t delivered = 0;  // answered 2xx
  std::uint64_t abandoned = 0;  // given up after the last try
};

// Without what looks like a secret.
std::string ShownUrl(const std::string& url);

// The topics there are (Q17); empty when `text` is none of them.
std::vector<std::string_view> Topics();
std::string_view ParseTopic(std::string_view text);

}  // namespace kondor::qondor
