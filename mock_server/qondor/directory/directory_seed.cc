#include "mock_server/qondor/directory/directory_seed.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "mock_server/qondor/directory/rotating_key.h"
#include "mock_server/qondor/directory/text_rules.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor::qondor {
namespace {

void ReadEntityId(ObjectReader& reader, TextRule rule, std::string& id) {
  reader.Require("id");
  ReadText(reader, "id", rule, id);
}

// Left out, it is the id, which may be too long for a name.
void ReadEntityName(ObjectReader& reader, const std::string& id, std::string& name) {
  name = id;
  if (ReadText(reader, "name", TextRule::kName, name)) return;
  if (const std::string fault = FaultIn(id, TextRule::kName); !fault.empty()) {
    reader.Fail("name", "required, as the id cannot stand in for it: " + fault);
  }
}

// A key's value is never part of a message.
void ReadKey(ObjectReader& reader, std::string_view name, std::string& key) {
  if (reader.Text(name, key) && !IsSubscriptionKey(key)) {
    reader.Fail(name, "expected " + std::string(kKeyWords));
  }
}

Result<User> ReadSeedUser(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  User user;
  ReadEntityId(reader, TextRule::kUserId, user.id);
  ReadText(reader, "first_name", TextRule::kName, user.first_name);
  ReadText(reader, "last_name", TextRule::kName, user.last_name);
  reader.Require("email");
  ReadText(reader, "email", TextRule::kEmail, user.email);
  std::string state;
  if (reader.Text("state", state)) {
    const auto parsed = ParseUserState(state);
    if (parsed) {
      user.state = *parsed;
    } else {
      reader.Fail("state", "unknown value; allowed: " + std::string(kUserStateWords));
    }
  }
  reader.Text("note", user.note);
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return user;
}

Result<Product> ReadProduct(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  Product product;
  ReadEntityId(reader, TextRule::kProductId, product.id);
  ReadEntityName(reader, product.id, product.name);
  reader.Require("environments");
  if (const Json* list = reader.Array("environments")) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      const Json& word = (*list)[i];
      const auto environment =
          word.is_string() ? ParseEnvironment(word.get_ref<const std::string&>()) : std::nullopt;
      if (environment) {
        product.environments.Add(*environment);
      } else {
        reader.Fail("environments/" + std::to_string(i), "expected one of Prod, Test, Dev");
      }
    }
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return product;
}

Result<SeedSubscription> ReadSubscription(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  SeedSubscription subscription;
  ReadEntityId(reader, TextRule::kSubscriptionId, subscription.id);
  reader.Text("user", subscription.user);
  reader.Require("product");
  reader.Text("product", subscription.product);
  ReadEntityName(reader, subscription.id, subscription.name);
  std::string state, start;
  if (reader.Text("state", state)) {
    const auto parsed = ParseSubscriptionState(state);
    if (parsed) {
      subscription.state = *parsed;
    } else {
      reader.Fail("state", "unknown value; allowed: " + std::string(kSubscriptionStateWords));
    }
  }
  if (reader.Text("start", start)) {
    const Result<TimePoint> instant = ParseIsoTime(start);
    if (instant) {
      subscription.start = *instant;
    } else {
      reader.Fail("start", instant.error().message);
    }
  }
  ReadKey(reader, "primary_key", subscription.primary_key);
  ReadKey(reader, "secondary_key", subscription.secondary_key);
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return subscription;
}

// Replaces `list` by the array of field `name`, when there is one. Ids are unique in it.
template <typename T>
Result<void> ReplaceEntities(ObjectReader& reader, std::string_view name, std::vector<T>& list,
                             Result<T> (*read)(const Json&, const std::string&)) {
  const Json* array = reader.Array(name);
  if (array == nullptr) return {};
  std::vector<T> replaced;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const std::string here = reader.PlaceOf(name, i);
    Result<T> element = read((*array)[i], here);
    if (!element) return Unexpected(element.error());
    if (!ids.insert(element->id).second) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + "/id: " + element->id + " stands twice; it must be unique");
    }
    replaced.push_back(std::move(element).value());
  }
  list = std::move(replaced);
  return {};
}

template <typename T>
bool Holds(const std::vector<T>& list, const std::string& id) {
  return std::any_of(list.begin(), list.end(), [&](const T& element) { return element.id == id; });
}

// An address is one user's.
Result<void> CheckEmails(const std::vector<User>& users, const std::string& place) {
  std::map<std::string, const User*> owners;
  for (std::size_t i = 0; i < users.size(); ++i) {
    const auto [owner, is_new] = owners.emplace(EmailKey(users[i].email), &users[i]);
    if (is_new) continue;
    return Unexpected(ErrorKind::kInvalidArgument, place + "/" + std::to_string(i) +
                                                       "/email: user " + owner->second->id +
                                                       " has this address");
  }
  return {};
}

// References must lead somewhere, and a key to one subscription only.
Result<void> CheckSubscriptions(const DirectorySeed& seed, const std::string& place) {
  std::set<std::string> keys;
  for (std::size_t i = 0; i < seed.subscriptions.size(); ++i) {
    const SeedSubscription& subscription = seed.subscriptions[i];
    const std::string here = place + "/" + std::to_string(i);
    if (!subscription.user.empty() && !Holds(seed.users, subscription.user)) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + "/user: there is no user " + Shown(subscription.user));
    }
    if (!Holds(seed.products, subscription.product)) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + "/product: there is no product " + Shown(subscription.product));
    }
    for (const auto& [key, field] : {std::pair(&subscription.primary_key, "/primary_key"),
                                     std::pair(&subscription.secondary_key, "/secondary_key")}) {
      if (key->empty() || keys.insert(*key).second) continue;
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + field + ": stands twice; keys are unique");
    }
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<const DirectorySeed>> LoadDirectorySeed(ObjectReader& reader,
                                                               const DirectorySeed& base) {
  auto seed = std::make_shared<DirectorySeed>(base);
  for (const Result<void>& replaced :
       {ReplaceEntities(reader, "users", seed->users, &ReadSeedUser),
        ReplaceEntities(reader, "products", seed->products, &ReadProduct),
        ReplaceEntities(reader, "subscriptions", seed->subscriptions, &ReadSubscription),
        CheckEmails(seed->users, reader.PlaceOf("users")),
        CheckSubscriptions(*seed, reader.PlaceOf("subscriptions"))}) {
    if (!replaced) return Unexpected(replaced.error());
  }
  return std::shared_ptr<const DirectorySeed>(std::move(seed));
}

}  // namespace kondor::qondor
