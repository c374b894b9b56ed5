#include "mock_server/qondor/contract/schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "mock_server/qondor/contract/contract.h"

namespace kondor::qondor {
namespace {

const Enum& EnumNamed(std::string_view name) {
  const auto& all = Contract::Get().enums();
  return *std::find_if(all.begin(), all.end(), [&](const Enum& e) { return e.name == name; });
}

const Body& BodyNamed(std::string_view name) {
  const auto& all = Contract::Get().bodies();
  return *std::find_if(all.begin(), all.end(), [&](const Body& b) { return b.name == name; });
}

TEST(QondorContract, HasAllOperationsOfItsRules) {
  std::map<std::string, int> of_rule;
  for (const Operation& operation : Contract::Get().operations()) ++of_rule[operation.rule];
  EXPECT_EQ(of_rule, (std::map<std::string, int>{{"Q11", 76}, {"Q15", 5}, {"Q16", 6}}));
}

TEST(QondorContract, EveryOperationTellsWhatItDoes) {
  for (const Operation& operation : Contract::Get().operations()) {
    EXPECT_GT(operation.summary.size(), 10U) << operation.path;
    EXPECT_TRUE(operation.summary.ends_with('.')) << operation.summary;
  }
}

TEST(QondorContract, BodiesTravelAsTheStyleSays) {  // Q12
  for (const Operation& operation : Contract::Get().operations()) {
    const bool writes = operation.method == "POST" || operation.method == "PUT";
    EXPECT_EQ(operation.request != nullptr, writes) << operation.method << " " << operation.path;
    const bool answers = operation.method == "GET" || operation.method == "POST";
    EXPECT_EQ(operation.response != nullptr, answers) << operation.method << " " << operation.path;
    EXPECT_TRUE(!operation.answers_list || operation.method == "GET") << operation.path;
  }
}

TEST(QondorContract, EveryBodyIsUsed) {
  std::set<const Body*> used;
  const auto use = [&](const Body* body, const auto& self) -> void {
    if (body == nullptr || !used.insert(body).second) return;
    for (const Field& field : body->fields) self(field.type.body, self);
  };
  for (const Operation& operation : Contract::Get().operations()) {
    use(operation.request, use);
    use(operation.response, use);
  }
  for (const Body* event : Contract::Get().events()) use(event, use);
  for (const auto& resource : Contract::Get().resources()) {
    for (const auto& [children, other] : resource->nested) EXPECT_NE(other, nullptr) << children;
  }
  for (const Body& body : Contract::Get().bodies()) {
    EXPECT_TRUE(used.count(&body))
        << body.name << " is described, but no operation or event has it";
  }
}

TEST(QondorContract, NamesAreCamelCaseAndOnceInABody) {  // Q12, Q14
  for (const Body& body : Contract::Get().bodies()) {
    std::set<std::string> names;
    for (const Field& field : body.fields) {
      EXPECT_TRUE(names.insert(field.name).second) << body.name << "." << field.name;
      EXPECT_TRUE(field.name.front() >= 'a' && field.name.front() <= 'z') << field.name;
      EXPECT_EQ(field.pascal_name.substr(1), field.name.substr(1));
      EXPECT_TRUE(field.pascal_name.front() >= 'A' && field.pascal_name.front() <= 'Z');
    }
  }
}

TEST(QondorContract, MinimalCreatesRequireWhatTheRuleSays) {  // Q13
  const std::map<std::string, std::set<std::string>> rule = {
      {"CreateProject", {"officeId", "name"}},
      {"CreateOffer", {"heading"}},  // and its project, by either name
      {"CreateSupplier", {"officeId", "name", "city", "countryCode", "zipCode", "status"}},
      {"CreateContactPerson", {"firstName", "lastName", "email"}},
      {"AddPrice", {"artNo"}},
      {"UpdateOffer", {}},
      {"CreateCustomer", {}},
  };
  for (const auto& [name, fields] : rule) {
    std::set<std::string> required;
    for (const Field& field : BodyNamed(name).fields) {
      if (field.required) required.insert(field.name);
    }
    EXPECT_EQ(required, fields) << name;
  }
}

TEST(QondorContract, OnlyRequestsRequireFields) {
  for (const Operation& operation : Contract::Get().operations()) {
    if (operation.response == nullptr) continue;
    for (const Field& field : operation.response->fields) {
      EXPECT_FALSE(field.required) << operation.response->name << "." << field.name;
    }
  }
}

TEST(QondorEnum, KnowsItsWordsAndNumbers) {
  const Enum& status = EnumNamed("OfferStatus");
  EXPECT_EQ(status.TextOf(1), "NotSent");
  EXPECT_EQ(status.TextOf(4), "Declined");
  EXPECT_EQ(status.TextOf(0), "");
  EXPECT_EQ(status.TextOf(5), "");
  EXPECT_EQ(status.TextOf(INT64_MIN), "");
  EXPECT_EQ(status.NumberOf("sent"), 2);
  EXPECT_EQ(status.NumberOf("Sen"), std::nullopt);
}

TEST(QondorEnum, CurrenciesAreIsoNumbers) {  // Q13
  const Enum& currency = EnumNamed("ISO4217CurrencyCode");
  for (const auto& [number, letters] : std::map<int, std::string>{{578, "NOK"},
                                                                  {752, "SEK"},
                                                                  {208, "DKK"},
                                                                  {978, "EUR"},
                                                                  {840, "USD"},
                                                                  {826, "GBP"},
                                                                  {986, "BRL"}}) {
    EXPECT_EQ(currency.TextOf(number), letters);
    EXPECT_EQ(currency.NumberOf(letters), number);
  }
  std::set<std::string> letters;
  for (const auto& [number, word] : currency.words) {
    EXPECT_EQ(word.size(), 3U);
    EXPECT_TRUE(letters.insert(word).second) << word << " stands twice";
  }
}

}  // namespace
}  // namespace kondor::qondor
