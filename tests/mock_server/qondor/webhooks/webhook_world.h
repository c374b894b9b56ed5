// A sandbox, a receiver, and what is needed to make an event happen. Not thread-safe: a test's own.
#pragma once

#include <string>
#include <vector>

#include "tests/mock_server/http/receiver.h"
#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {

class WebhookWorld : public QondorWorld {
 protected:
  using json = nlohmann::json;

  std::string Subscribe(const std::string& url, const std::string& more = "") {
    return ControlJson("POST", "/qondor/webhooks",
                       R"({"url": ")" + url + "\"" + (more.empty() ? "" : ", " + more) + "}")["id"];
  }
  // OfferSentV1 in Dev; answers 200 whatever the receivers do.
  int MakeOfferSent() {
    return Send("POST", "/Dev/Offer/v1/Offer", {{kKeyHeader, test_primary_}},
                R"({"projectId": 101, "heading": "Two days", "status": 2,
                    "validUntil": "2026-04-01T00:00:00"})")
        .status;
  }
  json Comment(const std::string& environment = "Dev", const std::string& text = "Welcome") {
    return ControlJson("POST", "/qondor/offers/101/comment",
                       json({{"environment", environment}, {"text", text}}).dump());
  }
  json Webhook(std::size_t index = 0) {
    return ControlJson("GET", "/qondor/webhooks")["webhooks"][index];
  }
  // The deliveries that the journal tells of, each one's body with its event and instant.
  std::vector<json> Tries(const std::string& filter = "surface=webhooks") {
    std::vector<json> tries;
    const json journal = ControlJson("GET", "/journal?limit=10000&" + filter);
    for (const json& entry : journal["entries"]) {
      json made = json::parse(entry["body"].get<std::string>());
      made["event"] = entry["event"];
      made["at"] = entry["at"];
      made["path"] = entry["path"];
      tries.push_back(std::move(made));
    }
    return tries;
  }
  static json BodyOf(const std::string& request) {
    return json::parse(request.substr(request.find("\r\n\r\n") + 4));
  }

  Receiver receiver_;
};

}  // namespace kondor
