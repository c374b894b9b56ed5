// What people do on Kondado's own pages: tokens (T1-T6), and the state behind K9 and K11.
#include <array>
#include <charconv>
#include <limits>

#include "mock_server/control/views.h"
#include "mock_server/control/visit.h"
#include "mock_server/json/object_reader.h"

namespace kondor::control {
namespace {

using kondado::Account;

http::Response UnknownToken() {
  return OwnError(404, "UNKNOWN_TOKEN", "no token of this sandbox has this key");
}

http::Response ListUsers(Visit& visit) {
  Json list = Json::array();
  for (const kondado::User& user : visit.sandbox->kondado().Users()) {
    list.push_back(
        {{"id", user.id}, {"name", user.name}, {"permissions", user.permissions.Texts()}});
  }
  return OwnJson(200, {{"users", std::move(list)}});
}

http::Response ListTokens(Visit& visit) {  // T1: both kinds on one page
  Json list = Json::array();
  for (const kondado::Token& token : visit.sandbox->kondado().Tokens()) {
    list.push_back(TokenView(token));
  }
  return OwnJson(200, {{"tokens", std::move(list)}});
}

http::Response CreateToken(Visit& visit) {  // T2
  Account& account = visit.sandbox->kondado();
  ObjectReader reader(visit.body, "");
  kondado::SeedToken wanted;
  std::string kind;
  if (reader.Text("kind", kind)) {
    if (kind == ToText(kondado::TokenKind::kViaKondado)) {
      wanted.kind = kondado::TokenKind::kViaKondado;
    } else if (kind != ToText(kondado::TokenKind::kUser)) {
      reader.Fail("kind", "unknown value; allowed: user, via_kondado");
    }
  }
  reader.Require("description");
  reader.Text("description", wanted.description);
  if (!reader.Whole("user_id", wanted.user_id, 1, std::numeric_limits<std::int64_t>::max())) {
    const auto users = account.Users();
    if (!users.empty()) wanted.user_id = users.front().id;
  }
  if (!account.HasUser(wanted.user_id)) {
    reader.Fail("user_id", "there is no such user; GET .../kondado/users lists them");
  }
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());
  const TimePoint now = visit.sandbox->clock().Now();
  return OwnJson(201, NewTokenView(account.CreateToken(wanted, now)));
}

http::Response SwitchToken(Visit& visit, bool active) {  // T4
  const auto token = visit.sandbox->kondado().SetTokenActive(visit.captures[1], active);
  return token ? OwnJson(200, TokenView(*token)) : UnknownToken();
}

http::Response ActivateToken(Visit& visit) { return SwitchToken(visit, true); }
http::Response DeactivateToken(Visit& visit) { return SwitchToken(visit, false); }

http::Response ChangeToken(Visit& visit) {  // H2
  Account& account = visit.sandbox->kondado();
  if (!account.FindToken(visit.captures[1])) return UnknownToken();
  const auto made = account.ChangeTokenSecret(visit.captures[1]);
  if (made) return OwnJson(200, NewTokenView(*made));
  return OwnError(409, "NOT_CHANGEABLE",
                  "only Via Kondado tokens can be changed; for a user's token create another (T5)");
}

// The id in the path; nothing when it is none.
std::optional<std::int64_t> PathId(const Visit& visit) {
  const std::string& text = visit.captures[1];
  std::int64_t id = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (fault != std::errc() || end != text.data() + text.size() || id < 1) return {};
  return id;
}

http::Response UnknownId() {
  return OwnError(404, "UNKNOWN_ID",
                  "nothing of this sandbox has this id; ids are whole numbers from 1, and PUT "
                  "makes one");
}

http::Response ListPipelines(Visit& visit) {
  Json list = Json::array();
  const TimePoint now = visit.sandbox->clock().Now();
  for (const kondado::Pipeline& pipeline : visit.sandbox->kondado().Pipelines(now)) {
    list.push_back(PipelineView(pipeline));
  }
  return OwnJson(200, {{"pipelines", std::move(list)}});
}

http::Response GetPipeline(Visit& visit) {
  const auto id = PathId(visit);
  const auto pipeline =
      id ? visit.sandbox->kondado().FindPipeline(*id, visit.sandbox->clock().Now()) : std::nullopt;
  return pipeline ? OwnJson(200, PipelineView(*pipeline)) : UnknownId();
}

// Fields left out keep their value; a pipeline of a new id starts from the defaults.
http::Response PutPipeline(Visit& visit) {
  const auto id = PathId(visit);
  if (!id) return UnknownId();
  Account& account = visit.sandbox->kondado();
  const auto before = account.FindPipeline(*id, visit.sandbox->clock().Now());
  kondado::Pipeline base = before.value_or(kondado::Pipeline{});
  base.id = *id;
  Result<kondado::Pipeline> loaded = kondado::LoadPipeline(visit.body, std::move(base), "");
  if (!loaded) return ErrorReply(loaded.error());
  if (loaded->id != *id) {
    return OwnError(400, "BAD_REQUEST", "/id: differs from the id in the address");
  }
  // A status set by hand is where the pipeline stands; a run on its way would overrule it.
  if (visit.body.contains("status")) loaded->run_requested_at.reset();
  account.PutPipeline(*loaded);
  return OwnJson(before ? 200 : 201, PipelineView(*loaded));
}

http::Response ListModels(Visit& visit) {
  Json list = Json::array();
  for (const kondado::Model& model : visit.sandbox->kondado().Models()) {
    list.push_back(ModelView(model));
  }
  return OwnJson(200, {{"models", std::move(list)}});
}

http::Response GetModel(Visit& visit) {
  const auto id = PathId(visit);
  const auto model = id ? visit.sandbox->kondado().FindModel(*id) : std::nullopt;
  return model ? OwnJson(200, ModelView(*model)) : UnknownId();
}

http::Response PutModel(Visit& visit) {
  const auto id = PathId(visit);
  if (!id) return UnknownId();
  Account& account = visit.sandbox->kondado();
  const auto before = account.FindModel(*id);
  kondado::Model base = before.value_or(kondado::Model{});
  base.id = *id;
  Result<kondado::Model> loaded = kondado::LoadModel(visit.body, std::move(base), "");
  if (!loaded) return ErrorReply(loaded.error());
  if (loaded->id != *id) {
    return OwnError(400, "BAD_REQUEST", "/id: differs from the id in the address");
  }
  account.PutModel(*loaded);
  return OwnJson(before ? 200 : 201, ModelView(*loaded));
}

constexpr std::array kKondadoRoutes = {
    Route{"GET", "/sandboxes/:s/kondado/users", BodyUse::kNone, &ListUsers},
    Route{"GET", "/sandboxes/:s/kondado/tokens", BodyUse::kNone, &ListTokens},
    Route{"POST", "/sandboxes/:s/kondado/tokens", BodyUse::kRequired, &CreateToken},
    Route{"POST", "/sandboxes/:s/kondado/tokens/:key/activate", BodyUse::kNone, &ActivateToken},
    Route{"POST", "/sandboxes/:s/kondado/tokens/:key/deactivate", BodyUse::kNone, &DeactivateToken},
    Route{"POST", "/sandboxes/:s/kondado/tokens/:key/change", BodyUse::kNone, &ChangeToken},
    Route{"GET", "/sandboxes/:s/kondado/pipelines", BodyUse::kNone, &ListPipelines},
    Route{"GET", "/sandboxes/:s/kondado/pipelines/:id", BodyUse::kNone, &GetPipeline},
    Route{"PUT", "/sandboxes/:s/kondado/pipelines/:id", BodyUse::kRequired, &PutPipeline},
    Route{"GET", "/sandboxes/:s/kondado/models", BodyUse::kNone, &ListModels},
    Route{"GET", "/sandboxes/:s/kondado/models/:id", BodyUse::kNone, &GetModel},
    Route{"PUT", "/sandboxes/:s/kondado/models/:id", BodyUse::kRequired, &PutModel},
};

}  // namespace

std::span<const Route> KondadoRoutes() { return kKondadoRoutes; }

}  // namespace kondor::control
