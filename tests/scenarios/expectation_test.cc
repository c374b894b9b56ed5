#include <gtest/gtest.h>

#include "scenarios/judge/expect.h"

namespace kondor::scenarios {
namespace {

Reply Answered(int status, std::string body) {
  return {status, "OK", {{"Content-Type", "application/json"}, {"X", "1"}, {"x", "2"}}, body};
}

std::string DiffersIn(const Expectation& expect, const Reply& reply) {
  std::string whats;
  for (const Mismatch& mismatch : Judge(expect, reply)) whats += mismatch.what + ";";
  return whats;
}

TEST(Expectation, HoldsEachPart) {
  const Reply reply = Answered(200, R"({"a": 1})");
  Expectation expect;
  EXPECT_EQ(DiffersIn(expect, reply), "");
  expect.status = 201;
  expect.reason = "Created";
  expect.body = "{}";
  expect.bytes = 2;
  expect.headers = {{"content-type", "text/plain"}, {"Retry-After", "1"}, {"X", "1"}};
  expect.json = Json{{"a", 2}};
  expect.json_exactly = Json::object();
  EXPECT_EQ(DiffersIn(expect, reply),
            "status;reason;body;bytes of the body;header content-type;header Retry-After;header X;"
            "json /a;json /a;");
}

TEST(Expectation, HoldsHeadersByTextAbsenceAndMatcher) {
  const Reply reply = Answered(200, "");
  Expectation expect;
  expect.headers = {{"CONTENT-TYPE", "application/json"},
                    {"Retry-After", Json()},
                    {"content-type", Json{{"$matches", "^application/"}}}};
  EXPECT_EQ(DiffersIn(expect, reply), "");
  expect.headers = {{"Content-Type", Json()}};
  EXPECT_EQ(DiffersIn(expect, reply), "header Content-Type;");
}

TEST(Expectation, WhatIsNoJsonIsTold) {
  Expectation expect;
  expect.json = Json::object();
  EXPECT_EQ(DiffersIn(expect, Answered(200, "<html>")), "json;");
}

TEST(Expectation, ReadsAdmissionOffTheAnswer) {
  const auto letter = [](Surface surface, int status, std::string body) {
    return LetterOf(AdmissionOf(surface, Answered(status, std::move(body))));
  };
  using enum Surface;
  EXPECT_EQ(letter(kK2, 200, R"({"2040": {}})"), '+');
  EXPECT_EQ(letter(kK2, 200, R"({"success": false, "error": "RATE_LIMIT_EXCEEDED"})"), '-');
  EXPECT_EQ(letter(kK2, 401, R"({"success": false, "error": "INACTIVE_TOKEN"})"), '!');
  EXPECT_EQ(letter(kK2, 200, R"({"success": false, "error": "NOT_FOUND"})"), '?');
  EXPECT_EQ(letter(kHub, 200, "[]"), '+');
  EXPECT_EQ(letter(kK2, 200, "<html>"), '?');
  EXPECT_EQ(letter(kK2, 500, "{}"), '?');
  EXPECT_EQ(letter(kQondor, 200, "[]"), '+');
  EXPECT_EQ(letter(kQondor, 429, "{}"), '-');
  EXPECT_EQ(letter(kQondor, 403, "{}"), '-');
  EXPECT_EQ(letter(kQondor, 401, "{}"), '!');
  EXPECT_EQ(letter(kQondor, 404, "{}"), '?');
}

}  // namespace
}  // namespace kondor::scenarios
