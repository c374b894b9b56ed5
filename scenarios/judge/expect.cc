#include "scenarios/judge/expect.h"

#include <algorithm>

namespace kondor::scenarios {
namespace {

void JudgeHeader(const HeaderExpectation& expect, const Reply& reply, std::vector<Mismatch>& out) {
  const std::string what = "header " + expect.name;
  const std::string* value = reply.Header(expect.name);
  if (expect.value.is_null()) {
    if (value != nullptr) out.push_back({what, "(absent)", *value});
    return;
  }
  if (value != nullptr && reply.Count(expect.name) > 1) {
    out.push_back({what, "once", std::to_string(reply.Count(expect.name)) + " times"});
    return;
  }
  const Json got = value == nullptr ? Json() : Json(*value);
  MatchJson(expect.value, value == nullptr ? nullptr : &got, Objects::kSubset, what, out);
}

void JudgeJson(const Json& matcher, const Reply& reply, Objects objects,
               std::vector<Mismatch>& out) {
  const Json got = Json::parse(reply.body, nullptr, false);
  if (got.is_discarded()) {
    out.push_back({"json", matcher.dump(), "no JSON: " + reply.body});
    return;
  }
  MatchJson(matcher, &got, objects, "json ", out);
}

}  // namespace

std::vector<Mismatch> Judge(const Expectation& expect, const Reply& reply) {
  std::vector<Mismatch> out;
  if (expect.status && *expect.status != reply.status) {
    out.push_back({"status", std::to_string(*expect.status), std::to_string(reply.status)});
  }
  if (expect.reason && *expect.reason != reply.reason) {
    out.push_back({"reason", *expect.reason, reply.reason});
  }
  if (expect.body && *expect.body != reply.body) {
    out.push_back({"body", *expect.body, reply.body});
  }
  if (expect.bytes && *expect.bytes != reply.body.size()) {
    out.push_back(
        {"bytes of the body", std::to_string(*expect.bytes), std::to_string(reply.body.size())});
  }
  for (const HeaderExpectation& header : expect.headers) JudgeHeader(header, reply, out);
  if (expect.json) JudgeJson(*expect.json, reply, Objects::kSubset, out);
  if (expect.json_exactly) JudgeJson(*expect.json_exactly, reply, Objects::kExact, out);
  return out;
}

std::vector<Mismatch> JudgeJournal(const Json& matcher, const Json& entry) {
  std::vector<Mismatch> out;
  MatchJson(matcher, &entry, Objects::kSubset, "journal ", out);
  return out;
}

std::vector<Mismatch> JudgeClient(const Json& matcher, const Json& outcome) {
  std::vector<Mismatch> out;
  MatchJson(matcher, &outcome, Objects::kSubset, "client ", out);
  return out;
}

Admission AdmissionOf(Surface surface, const Reply& reply) {
  if (surface == Surface::kQondor) {
    if (reply.status == 429 || reply.status == 403) return Admission::kRefused;
    if (reply.status == 401) return Admission::kBadCredentials;
    return reply.status == 200 ? Admission::kAdmitted : Admission::kOther;
  }
  const Json body = Json::parse(reply.body, nullptr, false);
  if (body.is_discarded()) return Admission::kOther;
  if (!body.is_object()) return reply.status == 200 ? Admission::kAdmitted : Admission::kOther;
  const auto code = body.find("error");
  if (code == body.end() || !code->is_string()) {
    return reply.status == 200 ? Admission::kAdmitted : Admission::kOther;
  }
  if (*code == "RATE_LIMIT_EXCEEDED") return Admission::kRefused;
  const bool credentials =
      *code == "MISSING_CREDENTIALS" || *code == "INVALID_CREDENTIALS" || *code == "INACTIVE_TOKEN";
  return credentials ? Admission::kBadCredentials : Admission::kOther;
}

char LetterOf(Admission admission) {
  switch (admission) {
    case Admission::kAdmitted:
      return '+';
    case Admission::kRefused:
      return '-';
    case Admission::kBadCredentials:
      return '!';
    case Admission::kOther:
      break;
  }
  return '?';
}

}  // namespace kondor::scenarios
