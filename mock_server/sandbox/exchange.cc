#include "mock_server/sandbox/exchange.h"

#include <array>
#include <utility>

namespace kondor {
namespace {

constexpr std::array<std::pair<Surface, std::string_view>, 7> kSurfaces = {{
    {Surface::kK2, "k2"},
    {Surface::kK1, "k1"},
    {Surface::kHub, "hub"},
    {Surface::kQondor, "qondor"},
    {Surface::kArm, "arm"},
    {Surface::kDirectory, "directory"},
    {Surface::kWebhooks, "webhooks"},
}};

constexpr std::array<std::pair<Outcome, std::string_view>, 7> kOutcomes = {{
    {Outcome::kOk, "ok"},
    {Outcome::kRateLimited, "rate_limited"},
    {Outcome::kAuthError, "auth_error"},
    {Outcome::kFailed, "failed"},
    {Outcome::kUnknownRoute, "unknown_route"},
    {Outcome::kFault, "fault"},
    {Outcome::kEvent, "event"},
}};

}  // namespace

std::string_view ToText(Surface surface) {
  for (const auto& [value, text] : kSurfaces) {
    if (value == surface) return text;
  }
  return {};
}

std::optional<Surface> ParseHost(std::string_view text) {
  for (const Surface host : kHosts) {
    if (ToText(host) == text) return host;
  }
  return {};
}

std::string_view VendorOf(Surface surface) {
  switch (surface) {
    case Surface::kK2:
    case Surface::kK1:
    case Surface::kHub:
      return "kondado";
    case Surface::kQondor:
    case Surface::kArm:
    case Surface::kDirectory:
    case Surface::kWebhooks:
      return "qondor";
  }
  return {};
}

std::string_view ToText(FaultTime when) {
  return when == FaultTime::kBefore ? "before" : "after_commit";
}

std::string_view ToText(Outcome outcome) {
  for (const auto& [value, text] : kOutcomes) {
    if (value == outcome) return text;
  }
  return {};
}

std::optional<Outcome> ParseOutcome(std::string_view text) {
  for (const auto& [value, word] : kOutcomes) {
    if (word == text) return value;
  }
  return {};
}

}  // namespace kondor
