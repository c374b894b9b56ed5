#include "mock_server/qondor/directory/directory_seed.h"

#include <algorithm>
#include <set>
#include <utility>

#include "mock_server/qondor/directory/rotating_key.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor::qondor {
namespace {

void ReadEntityId(ObjectReader& reader, std::string& id) {
  reader.Require("id");
  if (reader.Text("id", id) && !IsEntityId(id)) reader.Fail("id", std::string(kEntityIdWords));
}

// A key's value is never part of a message.
void ReadKey(ObjectReader& reader, std::string_view name, std::string& key) {
  if (reader.Text(name, key) && !IsSubscriptionKey(key)) {
    reader.Fail(name, "expected 32 lower-case hex digits, a version-4 GUID without dashes");
  }
}

Result<User> ReadSeedUser(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  User user;
  ReadEntityId(reader, user.id);
  reader.Text("first_name", user.first_name);
  reader.Text("last_name", user.last_name);
  reader.Require("email");
  if (reader.Text("email", user.email) && user.email.empty()) {
    reader.Fail("email", "cannot be empty");
  }
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
  ReadEntityId(reader, product.id);
  product.name = product.id;
  reader.Text("name", product.name);
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
  ReadEntityId(reader, subscription.id);
  reader.Text("user", subscription.user);
  reader.Require("product");
  reader.Text("product", subscription.product);
  subscription.name = subscription.id;
  reader.Text("name", subscription.name);
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

// References must lead somewhere, and a key to one subscription only.
Result<void> CheckSubscriptions(const DirectorySeed& seed, const std::string& place) {
  std::set<std::string> keys;
  for (std::size_t i = 0; i < seed.subscriptions.size(); ++i) {
    const SeedSubscription& subscription = seed.subscriptions[i];
    const std::string here = place + "/" + std::to_string(i);
    if (!subscription.user.empty() && !Holds(seed.users, subscription.user)) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + "/user: there is no user " + subscription.user);
    }
    if (!Holds(seed.products, subscription.product)) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + "/product: there is no product " + subscription.product);
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

bool IsEntityId(std::string_view text) {
  return !text.empty() && text.size() <= kEntityIdMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c > 0x20 && c < 0x7f &&
                  std::string_view("*#&+:<>?/%\"\\").find(c) == std::string_view::npos;
         });
}

Result<std::shared_ptr<const DirectorySeed>> LoadDirectorySeed(ObjectReader& reader,
                                                               const DirectorySeed& base) {
  auto seed = std::make_shared<DirectorySeed>(base);
  for (const Result<void>& replaced :
       {ReplaceEntities(reader, "users", seed->users, &ReadSeedUser),
        ReplaceEntities(reader, "products", seed->products, &ReadProduct),
        ReplaceEntities(reader, "subscriptions", seed->subscriptions, &ReadSubscription),
        CheckSubscriptions(*seed, reader.PlaceOf("subscriptions"))}) {
    if (!replaced) return Unexpected(replaced.error());
  }
  return std::shared_ptr<const DirectorySeed>(std::move(seed));
}

}  // namespace kondor::qondor
