// What Qondor's support does, and a signed-in user on the profile page: users, grants, states, keys
// (Q1, Q4-Q6, G9).
#include <array>
#include <optional>

#include "mock_server/control/qondor_views.h"
#include "mock_server/control/visit.h"
#include "mock_server/json/object_reader.h"
#include "mock_server/qondor/directory/text_rules.h"

namespace kondor::control {
namespace {

using qondor::Directory;
using qondor::Edit;
using qondor::KeyName;
using qondor::TextRule;

constexpr std::string_view kBy = "control";

Directory& DirectoryOf(Visit& visit) { return visit.sandbox->qondor().directory(); }

Edit EditOf(Visit& visit) { return {kBy, visit.sandbox->clock().Now()}; }

// A state by its word; a fault of the reader when it is none.
template <typename State>
std::optional<State> ReadState(ObjectReader& reader,
                               std::optional<State> (*parse)(std::string_view),
                               std::string_view words) {
  std::string text;
  if (!reader.Text("state", text)) return {};
  const std::optional<State> state = parse(text);
  if (!state) reader.Fail("state", "unknown value; allowed: " + std::string(words));
  return state;
}

http::Response NoContent() {
  http::Response response;
  response.status = 204;
  return response;
}

http::Response SubscriptionReply(int status, const Result<qondor::Subscription>& subscription) {
  return subscription ? OwnJson(status, QondorSubscriptionView(*subscription))
                      : ErrorReply(subscription.error());
}

http::Response ListQondorUsers(Visit& visit) {
  Json list = Json::array();
  for (const qondor::User& user : DirectoryOf(visit).Users()) list.push_back(QondorUserView(user));
  return OwnJson(200, {{"users", std::move(list)}});
}

http::Response AddQondorUser(Visit& visit) {  // Q1
  ObjectReader reader(visit.body, "");
  qondor::User user;
  ReadText(reader, "id", TextRule::kUserId, user.id);
  reader.Require("email");
  ReadText(reader, "email", TextRule::kEmail, user.email);
  ReadText(reader, "first_name", TextRule::kName, user.first_name);
  ReadText(reader, "last_name", TextRule::kName, user.last_name);
  reader.Text("note", user.note);
  if (const auto state = ReadState(reader, &qondor::ParseUserState, qondor::kUserStateWords)) {
    user.state = *state;
  }
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());
  const Result<qondor::User> added = DirectoryOf(visit).AddUser(std::move(user), EditOf(visit));
  return added ? OwnJson(201, QondorUserView(*added)) : ErrorReply(added.error());
}

http::Response RemoveQondorUser(Visit& visit) {  // Q1, Q6: the subscriptions' keys die with it
  const Result<void> removed = DirectoryOf(visit).RemoveUser(visit.captures[1], EditOf(visit));
  return removed ? NoContent() : ErrorReply(removed.error());
}

http::Response ListQondorProducts(Visit& visit) {
  Json list = Json::array();
  for (const qondor::Product& product : DirectoryOf(visit).products()) {
    Json environments = Json::array();
    for (const qondor::Environment environment : qondor::kEnvironments) {
      if (product.environments.Has(environment)) environments.push_back(ToText(environment));
    }
    list.push_back(
        {{"id", product.id}, {"name", product.name}, {"environments", std::move(environments)}});
  }
  return OwnJson(200, {{"products", std::move(list)}});
}

http::Response ListSubscriptions(Visit& visit) {
  Json list = Json::array();
  for (const auto& subscription : DirectoryOf(visit).Subscriptions(visit.sandbox->clock().Now())) {
    list.push_back(QondorSubscriptionView(subscription));
  }
  return OwnJson(200, {{"subscriptions", std::move(list)}});
}

http::Response GrantSubscription(Visit& visit) {  // Q1: support grants
  ObjectReader reader(visit.body, "");
  qondor::Subscription wanted;
  ReadText(reader, "id", TextRule::kSubscriptionId, wanted.id);
  reader.Require("user");
  reader.Text("user", wanted.user);
  reader.Require("product");
  reader.Text("product", wanted.product);
  if (!ReadText(reader, "name", TextRule::kName, wanted.name)) {
    const qondor::Product* product = DirectoryOf(visit).FindProduct(wanted.product);
    wanted.name = product == nullptr ? wanted.product : product->name;
  }
  if (const auto state =
          ReadState(reader, &qondor::ParseSubscriptionState, qondor::kSubscriptionStateWords)) {
    wanted.state = *state;
  }
  if (wanted.user.empty()) reader.Fail("user", "cannot be empty");
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());
  return SubscriptionReply(201, DirectoryOf(visit).Grant(std::move(wanted), EditOf(visit)));
}

http::Response GetSubscription(Visit& visit) {
  const auto found =
      DirectoryOf(visit).FindSubscription(visit.captures[1], visit.sandbox->clock().Now());
  if (found) return OwnJson(200, QondorSubscriptionView(*found));
  return OwnError(404, "NOT_FOUND",
                  "there is no such subscription; GET .../qondor/subscriptions lists them");
}

http::Response PatchSubscription(Visit& visit) {
  ObjectReader reader(visit.body, "");
  qondor::SubscriptionChange change;
  change.state =
      ReadState(reader, &qondor::ParseSubscriptionState, qondor::kSubscriptionStateWords);
  reader.OptionalText("name", change.name);
  if (const std::string fault = change.name ? FaultIn(*change.name, TextRule::kName) : "";
      !fault.empty()) {
    reader.Fail("name", fault);
  }
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());
  return SubscriptionReply(200, DirectoryOf(visit).ChangeSubscription(visit.captures[1], change,
                                                                      Duration(0), EditOf(visit)));
}

http::Response RemoveSubscription(Visit& visit) {
  const Result<void> removed =
      DirectoryOf(visit).RemoveSubscription(visit.captures[1], EditOf(visit));
  return removed ? NoContent() : ErrorReply(removed.error());
}

http::Response RegenerateKey(Visit& visit, KeyName name) {                         // Q5
  const std::uint32_t ms = visit.sandbox->regime()->settings.qondor.key_delay_ms;  // QO5
  return SubscriptionReply(
      200, DirectoryOf(visit).Regenerate(visit.captures[1], name, std::chrono::milliseconds(ms),
                                         EditOf(visit)));
}

http::Response RegeneratePrimary(Visit& visit) { return RegenerateKey(visit, KeyName::kPrimary); }
http::Response RegenerateSecondary(Visit& visit) {
  return RegenerateKey(visit, KeyName::kSecondary);
}

constexpr std::array kQondorRoutes = {
    Route{"GET", "/sandboxes/:s/qondor/users", BodyUse::kNone, &ListQondorUsers},
    Route{"POST", "/sandboxes/:s/qondor/users", BodyUse::kRequired, &AddQondorUser},
    Route{"DELETE", "/sandboxes/:s/qondor/users/:id", BodyUse::kNone, &RemoveQondorUser},
    Route{"GET", "/sandboxes/:s/qondor/products", BodyUse::kNone, &ListQondorProducts},
    Route{"GET", "/sandboxes/:s/qondor/subscriptions", BodyUse::kNone, &ListSubscriptions},
    Route{"POST", "/sandboxes/:s/qondor/subscriptions", BodyUse::kRequired, &GrantSubscription},
    Route{"GET", "/sandboxes/:s/qondor/subscriptions/:id", BodyUse::kNone, &GetSubscription},
    Route{"PATCH", "/sandboxes/:s/qondor/subscriptions/:id", BodyUse::kRequired,
          &PatchSubscription},
    Route{"DELETE", "/sandboxes/:s/qondor/subscriptions/:id", BodyUse::kNone, &RemoveSubscription},
    Route{"POST", "/sandboxes/:s/qondor/subscriptions/:id/regeneratePrimaryKey", BodyUse::kNone,
          &RegeneratePrimary},
    Route{"POST", "/sandboxes/:s/qondor/subscriptions/:id/regenerateSecondaryKey", BodyUse::kNone,
          &RegenerateSecondary},
};

}  // namespace

std::span<const Route> QondorRoutes() { return kQondorRoutes; }

}  // namespace kondor::control
