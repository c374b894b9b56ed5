#include "mock_server/qondor/webhooks/webhook.h"

#include <algorithm>

#include "mock_server/qondor/backend/event.h"
#include "mock_server/secrets/redact.h"

namespace kondor::qondor {

bool Webhook::Hears(Environment environment, std::string_view topic) const {
  return std::find(topics.begin(), topics.end(), topic) != topics.end() &&
         std::find(environments.begin(), environments.end(), environment) != environments.end();
}

std::string ShownUrl(const std::string& url) {
  const std::size_t mark = url.find('?');
  if (mark == std::string::npos) return secrets::RedactPath(url);
  return secrets::RedactPath(std::string_view(url).substr(0, mark)) + "?" +
         secrets::RedactQuery(std::string_view(url).substr(mark + 1));
}

std::vector<std::string_view> Topics() { return {kOfferSent, kOfferAnswered, kOfferComment}; }

std::string_view ParseTopic(std::string_view text) {
  for (const std::string_view topic : Topics()) {
    if (topic == text) return topic;
  }
  return {};
}

}  // namespace kondor::qondor
