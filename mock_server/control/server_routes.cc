// The server as a whole: health, metrics, what can be set, what it starts with.
#include <array>

#include "mock_server/control/control.h"
#include "mock_server/control/visit.h"
#include "mock_server/openapi/documents.h"
#include "mock_server/sandbox/seeds.h"
#include "mock_server/sandbox/settings_json.h"

namespace kondor::control {
namespace {

// Vendor calls are answered by the same handler on the same port: who can answer this can answer
// them.
http::Response GetHealth(Visit& /*visit*/) {
  return OwnJson(200, {{"status", "ok"}, {"version", kVersion}});
}

// Prometheus text format 0.0.4.
http::Response GetMetrics(Visit& visit) {
  std::string text =
      "# HELP kondor_calls_total Calls answered, by host and by what became of them.\n"
      "# TYPE kondor_calls_total counter\n";
  for (const Surface surface : Counters::kSurfaces) {
    for (const Outcome outcome : Counters::kOutcomes) {
      text += "kondor_calls_total{vendor=\"" + std::string(VendorOf(surface)) + "\",surface=\"" +
              std::string(ToText(surface)) + "\",outcome=\"" + std::string(ToText(outcome)) +
              "\"} " + std::to_string(visit.counters.Of(surface, outcome)) + "\n";
    }
  }
  std::size_t journal_bytes = 0, identities = 0, ledger_bytes = 0;
  const auto all = visit.sandboxes.All();
  for (const std::shared_ptr<Sandbox>& sandbox : all) {
    journal_bytes += sandbox->journal().bytes();
    const auto regime = sandbox->regime();
    identities += regime->books->identities();
    ledger_bytes += regime->books->bytes();
  }
  const auto gauge = [&text](std::string_view name, std::string_view help, std::size_t value) {
    text += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " +
            std::string(name) + " gauge\n" + std::string(name) + " " + std::to_string(value) + "\n";
  };
  gauge("kondor_sandboxes", "Live sandboxes.", all.size());
  gauge("kondor_journal_bytes", "Memory held by all journals.", journal_bytes);
  gauge("kondor_ledger_identities", "Identities in all books.", identities);
  gauge("kondor_ledger_bytes", "Memory held by all books.", ledger_bytes);
  http::Response response;
  response.content_type = "text/plain; version=0.0.4";
  response.body = std::move(text);
  return response;
}

http::Response GetSeed(Visit& /*visit*/) { return OwnJson(200, DefaultSeeds()); }

http::Response DescribeAllSettings(Visit& /*visit*/) {
  return OwnJson(200, kondor::DescribeSettings(Settings{}));
}

http::Response GetDocument(Visit& visit) {
  constexpr std::string_view kEnding = ".json";
  const std::string& file = visit.captures[0];
  const std::string* document =
      file.ends_with(kEnding) ? openapi::FindDocument(file.substr(0, file.size() - kEnding.size()))
                              : nullptr;
  if (document == nullptr) {
    return OwnError(404, "UNKNOWN_DOCUMENT", "there are kondado.json and qondor.json");
  }
  http::Response response;
  response.content_type = "application/json";
  response.body = *document;
  return response;
}

constexpr std::array kServerRoutes = {
    Route{"GET", "/health", BodyUse::kNone, &GetHealth},
    Route{"GET", "/metrics", BodyUse::kNone, &GetMetrics},
    Route{"GET", "/seed", BodyUse::kNone, &GetSeed},
    Route{"GET", "/openapi/:document", BodyUse::kNone, &GetDocument},
    Route{"GET", "/settings", BodyUse::kNone, &DescribeAllSettings},
};

}  // namespace

std::span<const Route> ServerRoutes() { return kServerRoutes; }

}  // namespace kondor::control
