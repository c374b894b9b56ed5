// Who wants to hear of Qondor's events (Q17), and the one event that no vendor API brings about.
#include <algorithm>
#include <array>
#include <charconv>

#include "mock_server/control/visit.h"
#include "mock_server/http/ascii.h"
#include "mock_server/json/object_reader.h"
#include "mock_server/secrets/redact.h"

namespace kondor::control {
namespace {

using qondor::Environment;
using qondor::Webhook;
using qondor::WebhookState;

Json WebhookView(const WebhookState& state) {
  const Webhook& webhook = state.webhook;
  Json environments = Json::array();
  for (const Environment environment : webhook.environments) {
    environments.push_back(ToText(environment));
  }
  Json header = nullptr;
  if (!webhook.header_name.empty()) {
    header = Json::object();
    header["name"] = webhook.header_name;
    header["value"] = secrets::kRedacted;
  }
  return {{"id", webhook.id},
          {"url", qondor::ShownUrl(webhook.url)},
          {"topics", webhook.topics},
          {"environments", std::move(environments)},
          {"header", std::move(header)},
          {"pending", state.pending},
          {"delivered", state.delivered},
          {"abandoned", state.abandoned}};
}

http::Response ListWebhooks(Visit& visit) {
  Json list = Json::array();
  for (const WebhookState& state : visit.sandbox->webhooks().List()) {
    list.push_back(WebhookView(state));
  }
  return OwnJson(200, {{"webhooks", std::move(list)}});
}

// A list of words, each once; `parse` gives a value that is false for an unknown one.
template <typename Parse, typename Add>
void ReadWords(ObjectReader& reader, std::string_view name, std::string_view allowed, Parse parse,
               Add add) {
  const Json* list = reader.Array(name);
  if (list == nullptr) return;
  if (list->empty()) reader.Fail(name, "is empty; leave it out for all");
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& word = (*list)[i];
    if (word.is_string() && parse(word.get<std::string>())) {
      add(word.get<std::string>());
    } else {
      reader.Fail(std::string(name) + "/" + std::to_string(i),
                  "unknown value; allowed: " + std::string(allowed));
    }
  }
}

// Headers that say how the request is to be read are not the caller's.
bool IsOwnHeader(std::string_view name) {
  constexpr std::array<std::string_view, 8> kOwn = {
      "Host",       "Content-Length", "Content-Type", "Transfer-Encoding",
      "Connection", "User-Agent",     "Expect",       "Upgrade"};
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [&](std::string_view own) { return http::EqualsIgnoreCase(own, name); });
}

Result<void> ReadHeader(const Json& object, Webhook& webhook) {
  ObjectReader reader(object, "/header");
  reader.Require("name");
  reader.Text("name", webhook.header_name);
  reader.Require("value");
  reader.Text("value", webhook.header_value);
  const std::string& name = webhook.header_name;
  if (name.empty() || name.size() > 256 || IsOwnHeader(name) ||
      !std::all_of(name.begin(), name.end(), &http::IsTokenChar)) {
    reader.Fail("name", "expected the name of a header of your own");
  }
  const std::string& value = webhook.header_value;
  if (value.empty() || value.size() > 4096 ||
      !std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; })) {
    reader.Fail("value", "expected 1 to 4096 printable ASCII characters");
  }
  return reader.Finish();
}

http::Response AddWebhook(Visit& visit) {  // Q17
  ObjectReader reader(visit.body, "");
  Webhook webhook;
  reader.Require("url");
  reader.Text("url", webhook.url);
  ReadWords(
      reader, "topics", "OfferSentV1, OfferAnsweredV1, OfferCommentToCustomerCreatedV1",
      [](const std::string& word) { return !qondor::ParseTopic(word).empty(); },
      [&](const std::string& word) { webhook.topics.push_back(qondor::ParseTopic(word)); });
  if (webhook.topics.empty()) webhook.topics = qondor::Topics();
  ReadWords(
      reader, "environments", "Prod, Test, Dev",
      [](const std::string& word) { return qondor::ParseEnvironment(word).has_value(); },
      [&](const std::string& word) {
        webhook.environments.push_back(*qondor::ParseEnvironment(word));
      });
  if (webhook.environments.empty()) {
    webhook.environments.assign(qondor::kEnvironments.begin(), qondor::kEnvironments.end());
  }
  const Json* header = reader.Object("header");
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());
  if (header != nullptr) {
    if (Result<void> read = ReadHeader(*header, webhook); !read) return ErrorReply(read.error());
  }
  const Result<WebhookState> added = visit.sandbox->webhooks().Add(std::move(webhook));
  return added ? OwnJson(201, WebhookView(*added)) : ErrorReply(added.error());
}

http::Response RemoveWebhook(Visit& visit) {
  if (!visit.sandbox->webhooks().Remove(visit.captures[1])) {
    return OwnError(404, "NOT_FOUND",
                    "there is no such webhook; GET .../qondor/webhooks lists them");
  }
  http::Response response;
  response.status = 204;
  return response;
}

// What a person does on Qondor's pages, and no documented operation: OfferCommentToCustomerCreated.
http::Response CommentOnOffer(Visit& visit) {
  ObjectReader reader(visit.body, "");
  std::string word, text;
  reader.Require("environment");
  std::optional<Environment> environment;
  if (reader.Text("environment", word)) {
    environment = qondor::ParseEnvironment(word);
    if (!environment) reader.Fail("environment", "unknown value; allowed: Prod, Test, Dev");
  }
  reader.Require("text");
  if (reader.Text("text", text) && text.empty()) reader.Fail("text", "cannot be empty");
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());

  const std::string& id_text = visit.captures[1];
  std::int32_t id = 0;
  const char* const end = id_text.data() + id_text.size();
  const auto [stop, fault] = std::from_chars(id_text.data(), end, id);
  Sandbox& sandbox = *visit.sandbox;
  const TimePoint now = sandbox.clock().Now();
  std::optional<qondor::Event> event;
  if (fault == std::errc() && stop == end) {
    event = sandbox.qondor().backend(*environment)->CommentOnOffer(id, text, now);
  }
  if (!event) return OwnError(404, "NOT_FOUND", "there is no such offer in this environment");
  sandbox.webhooks().Fire(*environment, *event, now, sandbox.regime()->settings.qondor.webhooks);
  return OwnJson(200, {{"topic", event->topic}, {"event", event->fields}});
}

constexpr std::array kWebhookRoutes = {
    Route{"GET", "/sandboxes/:s/qondor/webhooks", BodyUse::kNone, &ListWebhooks},
    Route{"POST", "/sandboxes/:s/qondor/webhooks", BodyUse::kRequired, &AddWebhook},
    Route{"DELETE", "/sandboxes/:s/qondor/webhooks/:id", BodyUse::kNone, &RemoveWebhook},
    Route{"POST", "/sandboxes/:s/qondor/offers/:id/comment", BodyUse::kRequired, &CommentOnOffer},
};

}  // namespace

std::span<const Route> WebhookRoutes() { return kWebhookRoutes; }

}  // namespace kondor::control
