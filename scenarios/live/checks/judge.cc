#include "scenarios/live/checks/judge.h"

#include <algorithm>

#include "scenarios/judge/expect.h"

namespace kondor::live {
namespace {

using scenarios::Expectation;
using scenarios::Json;
using scenarios::Mismatch;

constexpr std::size_t kShownMax = 1500;  // of a body: what differs is told by its place besides

// The ids in it, which were not known when it was written.
Json WithIds(const Json& matcher, const Ids& ids) {
  std::string missing;
  const auto filled = Filled(matcher.dump(), ids, &missing);
  return filled ? Json::parse(*filled, nullptr, false) : matcher;
}

std::vector<Mismatch> Differences(Expectation expect, const client::Response& response,
                                  const Ids& ids) {
  if (expect.json) expect.json = WithIds(*expect.json, ids);
  if (expect.json_exactly) expect.json_exactly = WithIds(*expect.json_exactly, ids);
  return scenarios::Judge(expect, ReplyOf(response));
}

bool Applies(const Part& part, const client::Response& response, const Ids& ids) {
  if (!part.when) return true;
  Expectation expect;
  expect.json = part.when;
  return Differences(expect, response, ids).empty();
}

Finding JudgePart(const Part& part, const client::Response& response, const Ids& ids,
                  const std::string& expected) {
  Finding finding;
  std::vector<Mismatch> of_expected;
  for (const auto& [reading, expect] : part.readings) {
    std::vector<Mismatch> differs = Differences(expect, response, ids);
    const bool is_expected = reading == expected;
    if (differs.empty()) {
      finding.verdict = is_expected ? Verdict::kHolds : Verdict::kDiffers;
      if (!part.setting.empty()) finding.reading = part.setting + "=" + reading;
      if (!is_expected) {
        finding.mismatches = {{"reading", part.setting + "=" + expected, finding.reading}};
      }
      return finding;
    }
    if (is_expected) of_expected = std::move(differs);
  }
  finding.verdict = Verdict::kDiffers;
  finding.mismatches = std::move(of_expected);
  if (!part.setting.empty()) finding.why = "none of the readings of " + part.setting;
  return finding;
}

}  // namespace

scenarios::Reply ReplyOf(const client::Response& response) {
  scenarios::Reply reply;
  reply.status = response.status;
  for (const client::Field& header : response.headers) {
    reply.headers.emplace_back(header.name, header.value);
  }
  reply.body = response.body;
  return reply;
}

Mismatch Bodies(const std::string& documented, const client::Response& response) {
  std::string got = response.body.substr(0, kShownMax);
  if (response.body.size() > kShownMax) got += " ...";
  return {"whole answer", documented, std::to_string(response.status) + " " + got};
}

void JudgeAnswer(const Check& check, const client::Request& request,
                 const client::Response& response, const Ids& ids, const Expected& expected,
                 Findings& findings) {
  for (const Part& part : check.parts) {
    Finding finding;
    if (Applies(part, response, ids)) {
      std::string wanted = part.setting.empty() ? "" : expected(part.rule, part.setting);
      const bool known = std::ranges::any_of(
          part.readings, [&](const auto& reading) { return reading.first == wanted; });
      if (!known) wanted = part.readings.front().first;
      finding = JudgePart(part, response, ids, wanted);
    } else {
      finding.why = part.unless;
    }
    finding.call = NameOf(check, request);
    if (finding.verdict == Verdict::kDiffers) {
      finding.mismatches.push_back(Bodies(check.example, response));
    }
    findings.Add(part.rule, std::move(finding));
  }
}

}  // namespace kondor::live
