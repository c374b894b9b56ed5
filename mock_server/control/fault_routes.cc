// Fault scripts: added, read and dropped, and always with what is left of them.
#include <array>
#include <charconv>

#include "mock_server/control/visit.h"
#include "mock_server/faults/faults.h"

namespace kondor::control {
namespace {

using faults::ScriptState;

Json StepView(const faults::Step& step, std::uint64_t played) {
  Json view = step.fields;
  view["when"] = ToText(step.when);
  view["times"] = step.times;
  view["played"] = played;
  view["left"] = step.times - played;
  return view;
}

Json ScriptView(const ScriptState& state) {
  Json play = Json::array();
  for (std::size_t i = 0; i < state.played.size(); ++i) {
    play.push_back(StepView(state.script->steps[i], state.played[i]));
  }
  return {{"id", std::to_string(state.id)},
          {"name", state.script->name},
          {"match", state.script->match_fields},
          {"play", std::move(play)},
          {"matched", state.matched},
          {"left", state.left()}};
}

// `waiting`: how many answers of the sandbox wait for their time.
http::Response ScriptsReply(const std::vector<ScriptState>& states, std::size_t waiting) {
  Json list = Json::array();
  std::uint64_t left = 0;
  for (const ScriptState& state : states) {
    left += state.left();
    list.push_back(ScriptView(state));
  }
  return OwnJson(200, {{"faults", std::move(list)}, {"left", left}, {"waiting", waiting}});
}

http::Response ListFaults(Visit& visit) {
  return ScriptsReply(visit.sandbox->faults().List(), visit.sandbox->waits().count());
}

http::Response ClearFaults(Visit& visit) {
  return ScriptsReply(visit.sandbox->faults().Clear(), visit.sandbox->waits().count());
}

http::Response AddFault(Visit& visit) {
  Result<faults::Script> script = faults::ReadScript(visit.body, "");
  if (!script) return ErrorReply(script.error());
  const Result<ScriptState> added = visit.sandbox->faults().Add(std::move(script).value());
  if (!added) return ErrorReply(added.error());
  http::Response response = OwnJson(201, ScriptView(*added));
  response.headers.push_back({"Location", "/_kondor/sandboxes/" + visit.sandbox->name() +
                                              "/faults/" + std::to_string(added->id)});
  return response;
}

std::uint64_t IdIn(const Visit& visit) {
  const std::string& text = visit.captures[1];
  std::uint64_t id = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
  return fault == std::errc() && end == text.data() + text.size() ? id : 0;
}

http::Response ScriptReply(const std::optional<ScriptState>& state) {
  if (state) return OwnJson(200, ScriptView(*state));
  return OwnError(404, "UNKNOWN_FAULT",
                  "there is no fault script of this id; GET .../faults lists them");
}

http::Response GetFault(Visit& visit) {
  return ScriptReply(visit.sandbox->faults().Find(IdIn(visit)));
}

http::Response RemoveFault(Visit& visit) {
  return ScriptReply(visit.sandbox->faults().Remove(IdIn(visit)));
}

constexpr std::array kFaultRoutes = {
    Route{"GET", "/sandboxes/:s/faults", BodyUse::kNone, &ListFaults},
    Route{"POST", "/sandboxes/:s/faults", BodyUse::kRequired, &AddFault},
    Route{"DELETE", "/sandboxes/:s/faults", BodyUse::kNone, &ClearFaults},
    Route{"GET", "/sandboxes/:s/faults/:id", BodyUse::kNone, &GetFault},
    Route{"DELETE", "/sandboxes/:s/faults/:id", BodyUse::kNone, &RemoveFault},
};

}  // namespace

std::span<const Route> FaultRoutes() { return kFaultRoutes; }

}  // namespace kondor::control
