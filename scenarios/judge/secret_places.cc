#include "scenarios/judge/secret_places.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace kondor::judge {
namespace {

constexpr std::string_view kHidden = "[redacted]";

// Headers whose whole value is an id by trade, or is hidden whatever it holds: no evidence.
constexpr std::array<std::string_view, 17> kIds = {"authorization",
                                                   "proxy-authorization",
                                                   "cookie",
                                                   "x-onbehalfof-token",
                                                   "traceparent",
                                                   "tracestate",
                                                   "b3",
                                                   "x-b3-traceid",
                                                   "x-request-id",
                                                   "x-correlation-id",
                                                   "request-id",
                                                   "idempotency-key",
                                                   "sentry-trace",
                                                   "x-amzn-trace-id",
                                                   "x-cloud-trace-context",
                                                   "if-none-match",
                                                   "x-client-request-id"};

// Cuts the part up to `separator`, and the separator, off the front of `text`.
std::string_view Cut(std::string_view& text, char separator) {
  const std::size_t at = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

bool HoldsAny(std::string_view text, const std::vector<Secret>& secrets) {
  return std::ranges::any_of(
      secrets, [&](const Secret& secret) { return text.find(secret.text) != text.npos; });
}

void LookAtHeader(std::string_view line, const std::vector<Secret>& secrets, SecretPlaces& places) {
  const std::string_view written = Cut(line, ':');
  while (line.starts_with(' ')) line.remove_prefix(1);
  const std::string name = LowerCase(written);
  if (name == "ocp-apim-subscription-key") {
    places.key_header = true;
  } else if (HoldsAny(line, secrets)) {
    places.stray.push_back("header " + std::string(written));
  } else if (line == kHidden && std::ranges::find(kIds, name) == kIds.end()) {
    places.hidden.push_back("header " + std::string(written));
  }
}

void LookAtParameter(std::string_view pair, const std::vector<Secret>& secrets,
                     SecretPlaces& places) {
  const std::string_view name = Cut(pair, '=');
  if (name == "token") {
    places.token_parameter = places.token_parameter || !pair.empty();
  } else if (LowerCase(name) == "subscription-key") {
    places.key_parameter = places.key_parameter || !pair.empty();
  } else if (HoldsAny(pair, secrets) || HoldsAny(name, secrets)) {
    places.stray.push_back("parameter " + std::string(name.substr(0, 40)));
  } else if (pair == kHidden && std::ranges::find(kIds, LowerCase(name)) == kIds.end()) {
    places.hidden.push_back("parameter " + std::string(name.substr(0, 40)));
  }
}

}  // namespace

SecretPlaces FindSecrets(const CallText& call, const std::vector<Secret>& secrets) {
  SecretPlaces places;
  for (std::string_view rest = call.headers; !rest.empty();) {
    LookAtHeader(Cut(rest, '\n'), secrets, places);
  }
  for (std::string_view rest = call.query; !rest.empty();) {
    LookAtParameter(Cut(rest, '&'), secrets, places);
  }
  if (HoldsAny(call.path, secrets)) places.stray.emplace_back("path");
  if (HoldsAny(call.body, secrets)) places.stray.emplace_back("body");
  return places;
}

}  // namespace kondor::judge
