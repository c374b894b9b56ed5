// Every operation with every kind of bad body and parameter: never a 500, never half-written.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "tests/mock_server/qondor/backend/dev_backend.h"
#include "tests/mock_server/qondor/backend/example_calls.h"

namespace kondor::qondor {
namespace {

class QondorHostile : public DevBackend {
 protected:
  // Calls, and checks what must hold whatever was sent. True when it went well.
  bool CallIsSound(const ExampleCall& call, const std::string& target, const std::string& body) {
    const Reply reply = Call(call.method, target, body);
    const bool changed = backend_.Dump() != pristine_;
    if (changed) backend_.Reset();
    const std::string what =
        call.method + " " + target + "\n" + body.substr(0, 300) + "\n" + reply.text.substr(0, 300);
    EXPECT_TRUE(reply.status == 200 || reply.status == 400 || reply.status == 404) << what;
    if (reply.status == 200) return true;
    EXPECT_FALSE(changed) << what;
    EXPECT_TRUE(reply.events.empty()) << what;
    if (reply.status == 400) {
      EXPECT_FALSE(ErrorsOf(reply).empty()) << what;
      for (const auto& [field, messages] : reply.json["errors"].items()) {
        EXPECT_TRUE(field.empty() || field == "$" || (field[0] >= 'A' && field[0] <= 'Z')) << what;
      }
    }
    return false;
  }

  static const Operation& OperationOf(const ExampleCall& call) {
    return *Contract::Get()
                .Find(call.method, call.target.substr(0, call.target.find('?')))
                ->operation;
  }

  void TryEveryFieldOf(std::string_view method);

  const std::string pristine_ = backend_.Dump();
};

std::string Deep(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') +
         std::string(static_cast<std::size_t>(levels), ']');
}

TEST_F(QondorHostile, NoBodyIsAnObject) {
  const std::vector<std::string> bodies = {"",
                                           " ",
                                           "null",
                                           "[]",
                                           "[{}]",
                                           "true",
                                           "0",
                                           "\"text\"",
                                           "{",
                                           "}",
                                           "{\"id\":}",
                                           "{]",
                                           "{\"id\": 1,}",

                                           std::string("{}\0", 3),
                                           std::string(3, '\0'),
                                           "\xff\xfe",
                                           "{\"a\": \"\xc3\"}",
                                           "NaN",
                                           "{'id': 1}",
                                           Deep(65),
                                           Deep(100'000),
                                           "{\"x\": " + Deep(64) + "}",
                                           "1e999",
                                           "{\"id\": 1e999}"};
  for (const ExampleCall& call : ExampleCalls()) {
    if (call.body.empty()) continue;
    for (const std::string& body : bodies) {
      EXPECT_FALSE(CallIsSound(call, call.target, body)) << call.target << "\n" << body;
    }
  }
}

void QondorHostile::TryEveryFieldOf(std::string_view method) {
  const std::vector<std::string> values = {"null",
                                           "true",
                                           "false",
                                           "0",
                                           "-1",
                                           "1",
                                           "2147483648",
                                           "-2147483649",
                                           "100000000000000000000",
                                           "1.5",
                                           "-0.0",
                                           "1e300",
                                           "-1e28",
                                           "\"\"",
                                           "\"text\"",
                                           "\"1\"",
                                           "\"2026-02-30\"",
                                           "[]",
                                           "[[]]",
                                           "{}",
                                           "[{}]",
                                           "[null]",
                                           "[1]",
                                           "{\"id\": 1}",
                                           "\"\\u0000\"",
                                           "\"\\ud83d\\ude00\""};
  for (const ExampleCall& call : ExampleCalls()) {
    if (call.body.empty() || call.method != method) continue;
    const Json example = ParseJson(call.body).value();
    for (const Field& field : OperationOf(call).request->fields) {
      for (const std::string& value : values) {
        Json body = example;
        body[field.name] = Json::parse(value);
        CallIsSound(call, call.target, DumpJson(body));
      }
    }
  }
}

TEST_F(QondorHostile, EveryFieldOfEveryWrongTypeInACreate) { TryEveryFieldOf("POST"); }
TEST_F(QondorHostile, EveryFieldOfEveryWrongTypeInAnUpdate) { TryEveryFieldOf("PUT"); }

TEST_F(QondorHostile, UnknownFieldsAreIgnored) {
  for (const ExampleCall& call : ExampleCalls()) {
    if (call.body.empty()) continue;
    Json body = ParseJson(call.body).value();
    body["unknown"] = 1;
    body["__proto__"] = {{"deep", {1, {{"er", Json::array({Json::object()})}}}}};
    body[""] = nullptr;
    body[std::string(5000, 'n')] = "long";
    EXPECT_TRUE(CallIsSound(call, call.target, DumpJson(body))) << call.target;
  }
}

TEST_F(QondorHostile, NamesInAnyCaseAndDoubled) {
  for (const ExampleCall& call : ExampleCalls()) {
    if (call.body.empty()) continue;
    Json body;
    const Json example = ParseJson(call.body).value();
    for (const auto& [name, value] : example.items()) {
      std::string shouted = name;
      for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      body[shouted] = value;
    }
    const std::string text = DumpJson(body);
    EXPECT_TRUE(CallIsSound(call, call.target, text)) << text;
    EXPECT_TRUE(CallIsSound(call, call.target, "{\"id\":null," + text.substr(1))) << text;
  }
}

TEST_F(QondorHostile, AHugeBodyIsReadOrRefused) {
  const std::string big(5 * 1024 * 1024, 'x');
  std::string many = "{";
  for (int i = 0; i < 100'000; ++i) many += "\"f" + std::to_string(i) + "\":0,";
  std::string list = "[{}";
  for (int i = 0; i < 100'000; ++i) list += ",{}";
  list += "]";
  const ExampleCall call{"POST", "/Customer/v1/Customer", "{}"};
  EXPECT_TRUE(CallIsSound(call, call.target, R"({"name":")" + big + R"("})"));
  EXPECT_TRUE(CallIsSound(call, call.target, R"({"unknown":")" + big + R"("})"));
  EXPECT_TRUE(CallIsSound(call, call.target, many + R"("name":"n"})"));
  EXPECT_FALSE(CallIsSound(call, call.target, R"({"name":)" + list + "}"));
  EXPECT_FALSE(CallIsSound(call, call.target, R"({"customerCustomFieldAnswers":)" + list + "}"));
  EXPECT_FALSE(CallIsSound(call, call.target, R"({"officeId":")" + big + R"("})"));
}

TEST_F(QondorHostile, EveryParameterOfEveryWrongKind) {
  const std::vector<std::string> values = {
      "",     "0",     "-1",    "abc",      "100000000000000000000",
      "1.5",  "%00",   "%ff",   "%20",      "2026-13-01",
      "true", "a%2Fb", "1%202", "%27%3B--", std::string(10'000, '9')};
  for (const ExampleCall& call : ExampleCalls()) {
    if (!call.body.empty()) continue;
    const Operation& operation = OperationOf(call);
    const std::string path = call.target.substr(0, call.target.find('?'));
    for (const std::string& value : values) {
      for (const Field& field : operation.query) {
        CallIsSound(call, path + "?" + field.name + "=" + value, "");
        CallIsSound(call, call.target + "&" + field.name + "=" + value, "");
      }
      if (operation.has_id() && !value.empty()) {
        CallIsSound(call, path.substr(0, path.rfind('/') + 1) + value, "");
      }
    }
  }
}

TEST_F(QondorHostile, RandomChangesToGoodBodies) {
  rc::check("never a 500, never half-written", [&] {
    const ExampleCall& call = *rc::gen::elementOf(ExampleCalls());
    if (call.body.empty()) return;
    std::string body = call.body;
    const int edits = *rc::gen::inRange(1, 6);
    for (int i = 0; i < edits; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
      const char c =
          *rc::gen::element('"', '{', '}', '[', ']', ',', ':', '0', '9', 'e', '-', '\\', ' ');
      if (*rc::gen::arbitrary<bool>()) {
        body[at] = c;
      } else {
        body.insert(at, 1, c);
      }
    }
    CallIsSound(call, call.target, body);
    RC_ASSERT(!HasFailure());
  });
}

}  // namespace
}  // namespace kondor::qondor
