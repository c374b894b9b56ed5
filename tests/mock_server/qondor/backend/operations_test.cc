// Every operation once, on a fresh environment each: what must hold of all of them.
#include <gtest/gtest.h>

#include <set>

#include "mock_server/qondor/backend/after_write.h"
#include "mock_server/qondor/backend/before_write.h"
#include "mock_server/qondor/backend/plan.h"
#include "tests/mock_server/qondor/backend/dev_backend.h"
#include "tests/mock_server/qondor/backend/example_calls.h"

namespace kondor::qondor {
namespace {

using QondorOperations = DevBackend;

const Operation& OperationOf(const ExampleCall& call) {
  const std::string path = call.target.substr(0, call.target.find('?'));
  return *Contract::Get().Find(call.method, path)->operation;
}

bool IsOfType(const Json& value, const WireType& type);

bool IsOfBody(const Json& object, const Body& body) {
  if (!object.is_object() || object.size() != body.fields.size()) return false;
  std::size_t index = 0;
  for (const auto& [name, value] : object.items()) {
    const Field& field = body.fields[index++];
    if (name == field.name && IsOfType(value, field.type)) continue;
    ADD_FAILURE() << body.name << "." << field.name << " goes out as " << name << ": " << value;
    return false;
  }
  return true;
}

bool IsOfType(const Json& value, const WireType& type) {
  if (value.is_null()) return true;
  if (type.is_list) {
    if (!value.is_array()) return false;
    for (const Json& element : value) {
      if (!IsOfBody(element, *type.body)) return false;
    }
    return true;
  }
  switch (type.kind) {
    case Kind::kBool:
      return value.is_boolean();
    case Kind::kInt:
      return value.is_number_integer();
    case Kind::kNumber:
      return value.is_number();
    case Kind::kEnum:
      return value.is_number_integer() && !type.words->TextOf(value.get<int>()).empty();
    case Kind::kObject:
      return IsOfBody(value, *type.body);
    default:
      return value.is_string();
  }
}

TEST_F(QondorOperations, HaveAnExampleEach) {
  std::set<const Operation*> called;
  for (const ExampleCall& call : ExampleCalls()) called.insert(&OperationOf(call));
  for (const Operation& operation : Contract::Get().operations()) {
    EXPECT_TRUE(called.count(&operation)) << operation.method << " " << operation.path;
  }
}

TEST_F(QondorOperations, AnswerWithTheFieldsOfTheirBodyInItsOrder) {  // Q11, Q12
  for (const ExampleCall& call : ExampleCalls()) {
    backend_.Reset();
    const Operation& operation = OperationOf(call);
    const Reply reply = Call(call.method, call.target, call.body);
    const std::string what = call.method + " " + call.target + "\n" + reply.text;
    EXPECT_EQ(reply.status, 200) << what;
    if (operation.response == nullptr) {
      EXPECT_EQ(reply.text, "") << what;
      EXPECT_EQ(reply.type, "") << what;
      continue;
    }
    EXPECT_EQ(reply.type, "application/json; charset=utf-8");
    if (!operation.answers_list) {
      EXPECT_TRUE(IsOfBody(reply.json, *operation.response)) << what;
      continue;
    }
    ASSERT_TRUE(reply.json.is_array()) << what;
    EXPECT_FALSE(reply.json.empty()) << what;
    for (const Json& element : reply.json) {
      EXPECT_TRUE(IsOfBody(element, *operation.response)) << what;
    }
  }
}

TEST_F(QondorOperations, AnswerCompactJson) {  // Q12
  for (const ExampleCall& call : ExampleCalls()) {
    backend_.Reset();
    const Reply reply = Call(call.method, call.target, call.body);
    if (reply.text.empty()) continue;
    EXPECT_EQ(reply.text.find('\n'), std::string::npos);
    EXPECT_EQ(reply.text.find("\": "), std::string::npos) << reply.text;
    EXPECT_EQ(reply.text.find(",\" "), std::string::npos) << reply.text;
  }
}

TEST_F(QondorOperations, ChangeSomethingWhenTheyWriteAndNothingWhenTheyRead) {
  for (const ExampleCall& call : ExampleCalls()) {
    backend_.Reset();
    const std::string before = backend_.Dump();
    Call(call.method, call.target, call.body);
    const bool changed = backend_.Dump() != before;
    EXPECT_EQ(changed, call.method != "GET") << call.method << " " << call.target;
  }
}

TEST_F(QondorOperations, AResetBringsBackWhatWas) {
  const std::string before = backend_.Dump();
  for (const ExampleCall& call : ExampleCalls()) Call(call.method, call.target, call.body);
  EXPECT_NE(backend_.Dump(), before);
  backend_.Reset();
  EXPECT_EQ(backend_.Dump(), before);
}

TEST_F(QondorOperations, ParametersAreNamedWithoutRegardToCase) {
  EXPECT_EQ(Get("/Office/v1/Office/GetAllCustomerCategories?OFFICEID=3"),
            Get("/Office/v1/Office/GetAllCustomerCategories?officeId=3"));
}

TEST_F(QondorOperations, AnUnknownEntityIsNotFound) {  // QO6
  for (const std::string target :
       {"/Customer/v1/Customer/999", "/Customer/v1/Customer/-1", "/Customer/v1/Customer/0",
        "/Customer/v1/Customer/GetByExternalReference?externalReference=nobody",
        "/Project/v1/Project/GetByProjectNo?projectNo=999",
        "/Project/v1/Project/GetByProjectNo?projectNo=101&officeId=3",
        "/Offer/v1/Offer/GetAllForProject?projectId=999",
        "/AccommodationProduct/v1/AccommodationProduct/101",  // no accommodation
        "/ParticipantStatistics/v1/ParticipantStatistics/GetStatisticsForProject?projectId=9"}) {
    const Reply reply = Call("GET", target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.code, "NOT_FOUND");
    EXPECT_EQ(reply.type, "application/problem+json; charset=utf-8");
    EXPECT_EQ(reply.json["title"], "Not Found");
    EXPECT_EQ(reply.json["status"], 404);
    EXPECT_EQ(reply.json["traceId"].get<std::string>().size(), 55U);
  }
  settings_.unknown_id = UnknownId::kEmpty;
  const Reply empty = Call("GET", "/Customer/v1/Customer/999");
  EXPECT_EQ(empty.status, 404);
  EXPECT_EQ(empty.text, "");
  EXPECT_EQ(empty.type, "");
}

TEST_F(QondorOperations, AnUnknownEntityIsNotChanged) {  // QO6
  const std::string before = backend_.Dump();
  EXPECT_EQ(StatusOf("PUT", "/Customer/v1/Customer", R"({"id": 999, "name": "x"})"), 404);
  EXPECT_EQ(StatusOf("PUT", "/Offer/v1/Offer", R"({"externalReference": "no", "heading": "x"})"),
            404);
  EXPECT_EQ(StatusOf("DELETE", "/Offer/v1/Offer/999"), 404);
  EXPECT_EQ(StatusOf("DELETE", "/Product/v1/Product/DeletePrice?id=1&productId=102"), 404);
  EXPECT_EQ(StatusOf("PUT", "/Invoicing/v1/Invoice/SetAsPaid", R"({"id": 999})"), 404);
  EXPECT_EQ(StatusOf("PUT", "/Participant/v1/Participant", R"({"reference": "no"})"), 404);
  EXPECT_EQ(backend_.Dump(), before);
}

TEST(QondorPlans, EveryAfterWriteIsOneThatIsKnown) {
  for (const auto& resource : Contract::Get().resources()) {
    const std::string& before = resource->before_write;
    const std::string& after = resource->after_write;
    EXPECT_TRUE(before.empty() || IsBeforeWrite(before)) << before;
    EXPECT_TRUE(after.empty() || IsAfterWrite(after)) << after;
  }
}

}  // namespace
}  // namespace kondor::qondor
