// The inbound webhook (W1): POST JSON to the root, for one pipeline.
#include <charconv>
#include <utility>

#include "mock_server/json/parse.h"
#include "mock_server/kondado/api.h"
#include "mock_server/kondado/reply.h"

namespace kondor::kondado {

Answer AnswerK1(const Call& call, const World& world, const Caller& caller) {
  const auto fail = [&](Failure failure, std::string_view message) {
    return Failed(failure, call.surface, world.settings, message);
  };
  if (!call.path.empty() && call.path != "/") {
    return fail(Failure::kUnknownRoute, "No such route is documented.");
  }
  if (call.request.method != "POST") {
    Grounds grounds;
    grounds.instead = "POST";
    return WithGrounds(fail(Failure::kMethodNotAllowed, "Use POST."), std::move(grounds));
  }
  if (!caller.permissions.Has(Permission::kSendWebhooks)) {
    Grounds grounds;
    grounds.about = ToText(Permission::kSendWebhooks);
    return WithGrounds(fail(Failure::kPermissionDenied, "The user of this token may not do this."),
                       std::move(grounds));
  }
  const std::string* pipeline_id = call.query.First("pipeline_id");
  if (pipeline_id == nullptr || pipeline_id->empty()) {
    return fail(Failure::kInvalidParameters, "Send the query parameter pipeline_id.");
  }
  std::int64_t id = 0;
  const char* const end = pipeline_id->data() + pipeline_id->size();
  const auto [stop, fault] = std::from_chars(pipeline_id->data(), end, id);
  if (fault != std::errc() || stop != end ||
      !world.account.FindPipeline(id, world.clock.Now()).has_value()) {
    return fail(Failure::kNotFound, "There is no pipeline with this id.");
  }
  if (Result<void> checked = CheckJson(call.request.body); !checked) {
    return fail(Failure::kInvalidBody, checked.error().message);
  }
  return PlainSuccess();
}

}  // namespace kondor::kondado
