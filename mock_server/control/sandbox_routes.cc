// Sandboxes: made, listed, read, reset, dropped.
#include <array>

#include "mock_server/control/clock_json.h"
#include "mock_server/control/views.h"
#include "mock_server/control/visit.h"
#include "mock_server/faults/script.h"
#include "mock_server/json/object_reader.h"
#include "mock_server/sandbox/seeds.h"
#include "mock_server/sandbox/settings_json.h"

namespace kondor::control {
namespace {

Result<void> ReadSettings(const Json* object, const std::string& place, SandboxConfig& config) {
  if (object == nullptr) return {};
  const Result<SettingChanges> changes = ReadSettingChanges(*object, place);
  if (!changes) return Unexpected(changes.error());
  for (const auto& [name, value] : *changes) {
    if (Result<void> set = SetByName(config.settings, name, value); !set) return set;
  }
  return {};
}

Result<SandboxConfig> ReadConfig(const Json& body, SandboxConfig config) {
  ObjectReader reader(body, "");
  if (reader.Text("name", config.name) && config.name.empty()) {
    reader.Fail("name", "cannot be empty; leave it out to get one made");
  }
  const Json* clock = reader.Object("clock");
  const Json* settings = reader.Object("settings");
  const Json* seed = reader.Object("seed");
  const Json* fault_scripts = reader.Array("faults");
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  if (clock != nullptr) {
    Result<SandboxClock::Change> change = ReadClockChange(*clock, "/clock");
    if (!change) return Unexpected(change.error());
    config.clock = *change;
  }
  if (Result<void> read = ReadSettings(settings, "/settings", config); !read) {
    return Unexpected(read.error());
  }
  if (seed != nullptr) {
    if (Result<void> read = LoadSeeds(*seed, "/seed", config); !read) {
      return Unexpected(read.error());
    }
  }
  if (fault_scripts != nullptr) {
    Result<std::vector<faults::Script>> scripts = faults::ReadScripts(*fault_scripts, "/faults");
    if (!scripts) return Unexpected(scripts.error());
    for (faults::Script& script : *scripts) {
      config.faults.push_back(std::make_shared<const faults::Script>(std::move(script)));
    }
  }
  return config;
}

http::Response CreateSandbox(Visit& visit) {
  Result<SandboxConfig> config = ReadConfig(visit.body, visit.sandboxes.base());
  if (!config) return ErrorReply(config.error());
  Result<std::shared_ptr<Sandbox>> made = visit.sandboxes.Create(std::move(config).value());
  if (!made) return ErrorReply(made.error());
  Sandbox& sandbox = **made;
  http::Response response =
      OwnJson(201, SandboxView(sandbox, BaseUrl(visit.request), sandbox.kondado().created()));
  sandbox.kondado().ForgetSecrets();
  response.headers.push_back({"Location", "/_kondor/sandboxes/" + sandbox.name()});
  return response;
}

http::Response ListSandboxes(Visit& visit) {
  Json list = Json::array();
  for (const std::shared_ptr<Sandbox>& sandbox : visit.sandboxes.All()) {
    list.push_back(SandboxView(*sandbox, BaseUrl(visit.request), {}));
  }
  return OwnJson(200, {{"sandboxes", std::move(list)}});
}

http::Response GetSandbox(Visit& visit) {
  return OwnJson(200, SandboxView(*visit.sandbox, BaseUrl(visit.request), {}));
}

http::Response DropSandbox(Visit& visit) {
  if (visit.sandbox->name() == kDefaultSandbox) {
    return OwnError(409, "DEFAULT_SANDBOX",
                    "the default sandbox stays; POST .../reset brings it back to its seed");
  }
  visit.sandboxes.Drop(visit.sandbox->name());
  visit.sandbox->End();  // calls to it that are under way keep it alive
  http::Response response;
  response.status = 204;
  return response;
}

http::Response ResetSandbox(Visit& visit) {
  visit.sandbox->Reset();
  return GetSandbox(visit);
}

constexpr std::array kSandboxRoutes = {
    Route{"POST", "/sandboxes", BodyUse::kOptional, &CreateSandbox},
    Route{"GET", "/sandboxes", BodyUse::kNone, &ListSandboxes},
    Route{"GET", "/sandboxes/:s", BodyUse::kNone, &GetSandbox},
    Route{"DELETE", "/sandboxes/:s", BodyUse::kNone, &DropSandbox},
    Route{"POST", "/sandboxes/:s/reset", BodyUse::kNone, &ResetSandbox},
};

}  // namespace

std::span<const Route> SandboxRoutes() { return kSandboxRoutes; }

}  // namespace kondor::control
