#include "scenarios/judge/call.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "scenarios/judge/fields.h"
#include "scenarios/judge/secret_places.h"

namespace kondor::judge {
namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 6> kOutcomes = {{
    {Outcome::kOk, "ok"},
    {Outcome::kRateLimited, "rate_limited"},
    {Outcome::kAuthError, "auth_error"},
    {Outcome::kFailed, "failed"},
    {Outcome::kUnknownRoute, "unknown_route"},
    {Outcome::kFault, "fault"},
}};

// A refusal says in words how long to wait (K5, G6).
std::optional<std::int64_t> NumberAfter(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  if (at == std::string_view::npos) return {};
  std::int64_t number = 0;
  std::size_t digits = 0;
  for (const char c : text.substr(at + words.size())) {
    if (c < '0' || c > '9' || ++digits > 9) break;
    number = number * 10 + (c - '0');
  }
  if (digits == 0) return {};
  return number;
}

std::optional<Duration> AskedWait(const Call& call, const Json& entry) {
  if (!call.IsRefused()) return {};
  const std::string body = TextIn(entry, "response_body");
  for (const std::string_view words : {"try again in ", "Try again in "}) {
    if (const auto seconds = NumberAfter(body, words)) return std::chrono::seconds(*seconds);
  }
  // The day's quota tells a date instead (G7): until then.
  const auto refusal = entry.find("refusal");
  if (refusal == entry.end()) return {};
  const Result<TimePoint> retry_at = ReadInstant(TextIn(*refusal, "retry_at"));
  if (!retry_at) return {};
  return *retry_at - call.at;
}

}  // namespace

bool Call::IsTransientFailure() const {
  if (IsRefused() || outcome == Outcome::kFault) return true;
  return !fault.empty() && fault != "latency" && fault != "slow_drip";
}

std::string_view ToText(Outcome outcome) {
  for (const auto& [value, text] : kOutcomes) {
    if (value == outcome) return text;
  }
  return {};
}

void PutInOrder(std::span<Call> calls) {
  // At one instant whoever is admitted was first: he would not have been, afterwards.
  std::stable_sort(calls.begin(), calls.end(), [](const Call& a, const Call& b) {
    const auto rank = [](const Call& call) { return call.outcome == Outcome::kRateLimited; };
    return a.at != b.at ? a.at < b.at : rank(a) < rank(b);
  });
}

Result<std::optional<Call>> ReadEntry(const Json& entry, const std::vector<Secret>& secrets) {
  if (!entry.is_object()) return Unexpected(ErrorKind::kMalformed, "an entry is no object");
  const std::string word = TextIn(entry, "outcome");
  if (word == "event") return std::optional<Call>();
  const auto outcome =
      std::ranges::find(kOutcomes, word, &std::pair<Outcome, std::string_view>::second);
  const Result<TimePoint> at = ReadInstant(TextIn(entry, "at"));
  if (outcome == kOutcomes.end() || !at || NumberIn(entry, "id") <= 0) {
    return Unexpected(ErrorKind::kMalformed, "the journal has an entry that cannot be read");
  }
  Call call;
  call.id = static_cast<std::uint64_t>(NumberIn(entry, "id"));
  call.at = *at;
  call.surface = TextIn(entry, "surface");
  call.method = TextIn(entry, "method");
  call.path = TextIn(entry, "path");
  call.ip = TextIn(entry, "ip");
  call.key = TextIn(entry, "key");
  call.status = static_cast<int>(NumberIn(entry, "status"));
  call.outcome = outcome->first;
  call.code = TextIn(entry, "code");
  if (const auto refusal = entry.find("refusal"); refusal != entry.end()) {
    call.cause = TextIn(*refusal, "cause");
    call.why = TextIn(*refusal, "text");
  }
  if (const auto fault = entry.find("fault"); fault != entry.end()) {
    call.fault = TextIn(*fault, "kind");
    call.why = TextIn(*fault, "text");
  }
  call.wait = AskedWait(call, entry);
  call.body_hash = std::hash<std::string>{}(TextIn(entry, "body"));
  call.secrets = FindSecrets({TextIn(entry, "path"), TextIn(entry, "query"),
                              TextIn(entry, "headers"), TextIn(entry, "body")},
                             secrets);
  return std::optional<Call>(std::move(call));
}

}  // namespace kondor::judge
