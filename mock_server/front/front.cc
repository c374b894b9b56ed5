#include "mock_server/front/front.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "mock_server/faults/play.h"
#include "mock_server/front/own_reply.h"
#include "mock_server/http/ascii.h"
#include "mock_server/journal/entry.h"
#include "mock_server/kondado/api.h"
#include "mock_server/qondor/api.h"
#include "mock_server/sandbox/time_text.h"
#include "mock_server/secrets/redact.h"

namespace kondor {
namespace {

http::Response Index() {
  return OwnJson(200, {{"kondor", "a mock of Kondado's and Qondor's APIs; see the README"},
                       {"kondado",
                        {{"k2", "/k2/pipelines/2040/status?key=KEY&token=TOKEN"},
                         {"k1", "/k1?pipeline_id=2040&key=KEY&token=TOKEN"},
                         {"hub", "/hub/metadata/show_tables?token=VIA_KONDADO_TOKEN"}}},
                       {"qondor",
                        {{"gateway",
                          "/qondor/Prod/Customer/v1/Customer/GetAll with the header "
                          "Ocp-Apim-Subscription-Key: KEY"},
                         {"arm", "/arm/subscriptions/..."}}},
                       {"control",
                        {{"health", "/_kondor/health"},
                         {"sandboxes", "/_kondor/sandboxes"},
                         {"journal", "/_kondor/sandboxes/default/journal"}}}});
}

// No query: that is where the credentials are.
std::string LogLine(const Call& call, const Answer& answer, std::uint64_t id) {
  return std::string(ToText(call.surface)) + " " + secrets::RedactText(call.request.method) + " " +
         secrets::RedactPath(call.path) + " from " + call.client.ToText() + ": " +
         std::string(ToText(answer.outcome)) + " " + std::to_string(answer.response.status) +
         (answer.fault == nullptr ? "" : " fault " + std::string(answer.fault->kind)) +
         " (journal " + std::to_string(id) + ")";
}

Answer AnswerCall(const Call& call, Sandbox& sandbox, const Sandbox::Regime& regime) {
  switch (call.surface) {
    case Surface::kQondor:
    case Surface::kArm:
      return qondor::AnswerCall(call, {sandbox.qondor(), *regime.meters, regime.settings.qondor,
                                       sandbox.clock(), sandbox.webhooks()});
    case Surface::kK2:
    case Surface::kK1:
    case Surface::kHub:
    case Surface::kDirectory:  // these have no address, so no call is for them
    case Surface::kWebhooks:
      break;
  }
  return kondado::AnswerCall(
      call, {sandbox.kondado(), *regime.books, regime.settings.kondado, sandbox.clock()});
}

// Only a fault script says one.
bool HasOwnDate(const http::Response& response) {
  return response.delivery != nullptr &&
         std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
           return http::EqualsIgnoreCase(header.name, "Date");
         });
}

}  // namespace

http::Response Front::Handle(const http::Request& request) {
  const Result<Place> place = FindPlace(request);
  if (!place) return OwnError(400, "BAD_ADDRESS", place.error().message);
  switch (place->kind) {
    case Place::Kind::kVendor:
      return HandleVendor(request, *place);
    case Place::Kind::kControl:
      return control_.Handle(request, place->path);
    case Place::Kind::kRoot:
      return Index();
    case Place::Kind::kUnknown:
      break;
  }
  return OwnError(404, "UNKNOWN_ADDRESS",
                  "nothing answers here; addresses begin with /k2, /k1, /hub, /qondor, /arm or "
                  "/_kondor, with /@SANDBOX in front if you like");
}

http::Response Front::HandleVendor(const http::Request& request, const Place& place) {
  const std::shared_ptr<Sandbox> sandbox = sandboxes_.Find(place.sandbox);
  if (sandbox == nullptr) {
    return OwnError(404, "UNKNOWN_SANDBOX",
                    "there is no sandbox of this name; POST /_kondor/sandboxes makes one");
  }
  const Result<net::IpAddress> client = net::ClientAddress(request, options_.trusted_proxies);
  if (!client) return OwnError(400, "BAD_CLIENT_IP", client.error().message);

  const Call call{request, place.surface, place.path, http::Query(request.query), *client};
  const std::shared_ptr<const Sandbox::Regime> regime = sandbox->regime();
  const std::optional<faults::Draw> fault = sandbox->faults().Take(call);
  Answer answer = fault ? faults::Play(*fault, call, sandbox->clock(), sandbox->waits(),
                                       [&] { return AnswerCall(call, *sandbox, *regime); })
                        : AnswerCall(call, *sandbox, *regime);
  counters_.Count(call.surface, answer.outcome);
  const std::uint64_t id = sandbox->journal().Append(MakeEntry(call, answer));

  if (options_.on_call) options_.on_call(LogLine(call, answer, id));

  http::Response response = std::move(answer.response);
  if (!HasOwnDate(response)) response.headers.push_back({"Date", FormatHttpDate(answer.at)});
  if (options_.request_id_header) {
    response.headers.push_back({"Kondor-Request-Id", std::to_string(id)});
  }
  return response;
}

}  // namespace kondor
