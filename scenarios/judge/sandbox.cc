#include "scenarios/judge/sandbox.h"

#include <algorithm>
#include <array>

#include "scenarios/judge/fields.h"

namespace kondor::judge {
namespace {

constexpr std::string_view kSandboxes = "/_kondor/sandboxes";
constexpr std::string_view kEntriesAtOnce = "1000";

Json SettingsJson(const Settings& settings) {
  Json object = Json::object();
  for (const auto& [name, value] : settings) {
    const std::size_t dot = name.find('.');
    // Without a dot it is nobody's setting: the mock says so, and which there are.
    object[name.substr(0, dot)][dot == name.npos ? "" : name.substr(dot + 1)] = value;
  }
  return object;
}

// Pipelines of the built-in seed stay: programs may know the documentation's ids.
Json PipelinesJson(const Json& seed, int pipelines) {
  Json list = Json::array();
  for (int id = 1; id <= pipelines; ++id) {
    // Slow enough to be seen in the queue by somebody who looks a minute after a refusal.
    list.push_back({{"id", id},
                    {"name", "Pipeline " + std::to_string(id)},
                    {"status", StatusOf(id)},
                    {"queue_ms", 600'000},
                    {"run_ms", 600'000}});
  }
  for (const Json& pipeline : ListIn(ObjectIn(seed, "kondado"), "pipelines")) {
    if (NumberIn(pipeline, "id") > pipelines) list.push_back(pipeline);
  }
  return list;
}

Json TokensJson(const Credentials& credentials) {
  return {{{"kind", "user"},
           {"user_id", 1},
           {"description", "the program's"},
           {"key", credentials.kondado_key},
           {"token", credentials.kondado_token}},
          {{"kind", "user"},
           {"user_id", 1},
           {"description", "the one it is replaced by"},
           {"key", credentials.next_key},
           {"token", credentials.next_token}}};
}

// Another program's run must not be able to use these.
Credentials MakeCredentials() {
  const SystemClock clock;
  const auto seed = static_cast<std::uint64_t>(clock.Now().time_since_epoch().count());
  Credentials credentials;
  credentials.kondado_key = MakeKey(seed);
  credentials.kondado_token = MakeTelltaleToken(seed + 1);
  credentials.next_key = MakeKey(seed + 2);
  credentials.next_token = MakeTelltaleToken(seed + 3);
  return credentials;
}

}  // namespace

std::string StatusOf(std::int64_t id) {
  // Only such as stay as they are while a trial lasts, and 1 can be run (K7).
  constexpr std::array<std::string_view, 3> kStatuses = {"active", "not_active", "building_tables"};
  return std::string(kStatuses[static_cast<std::size_t>(id - 1) % kStatuses.size()]);
}

Result<std::unique_ptr<Sandbox>> Sandbox::Make(Control& control, const SandboxOptions& options) {
  const Result<Json> seed = control.Ask("GET", "/_kondor/seed");
  if (!seed) return Unexpected(seed.error());
  std::unique_ptr<Sandbox> sandbox(new Sandbox(control));
  sandbox->credentials_ = MakeCredentials();
  Json wish = {{"settings", SettingsJson(options.settings)}};
  wish["seed"]["kondado"] = {{"pipelines", PipelinesJson(*seed, options.pipelines)},
                             {"tokens", TokensJson(sandbox->credentials_)}};
  wish["clock"] = options.begin_at.empty() ? Json{{"mode", "real"}, {"speed", options.speed}}
                                           : Json{{"mode", "manual"}, {"now", options.begin_at}};
  const Result<Json> made = control.Ask("POST", std::string(kSandboxes), wish);
  if (!made) return Unexpected(made.error());
  if (Result<void> taken = sandbox->Take(*made); !taken) return Unexpected(taken.error());
  if (!options.faults.empty()) {
    const Result<Json> added = sandbox->Ask("POST", "/faults", Json::parse(options.faults));
    if (!added) return Unexpected(added.error());
  }
  return sandbox;
}

Sandbox::~Sandbox() {
  if (!name_.empty()) static_cast<void>(Ask("DELETE", "").has_value());
}

Result<void> Sandbox::Take(const Json& made) {
  const Json& production = ObjectIn(ObjectIn(made, "qondor"), "production");
  name_ = TextIn(made, "name");
  credentials_.qondor_primary = TextIn(production, "primary_key");
  credentials_.qondor_secondary = TextIn(production, "secondary_key");
  credentials_.qondor_subscription = TextIn(production, "id");
  k2_url_ = TextIn(ObjectIn(made, "urls"), "k2");
  qondor_url_ = TextIn(ObjectIn(made, "urls"), "qondor");
  settings_ = ObjectIn(made, "settings");
  if (name_.empty() || credentials_.qondor_primary.empty() || k2_url_.empty()) {
    return Unexpected(ErrorKind::kMalformed,
                      "what answered POST /_kondor/sandboxes is no kondor-mock of this version");
  }
  return {};
}

Result<Json> Sandbox::Ask(std::string_view method, const std::string& path, const Json& body) {
  return control_.Ask(method, std::string(kSandboxes) + "/" + name_ + path, body);
}

Result<Control::Reply> Sandbox::Call(std::string_view method, const std::string& target) {
  return control_.Exchange(method, "/@" + name_ + target, "");
}

std::vector<Secret> Sandbox::Secrets() const {
  return {{"KONDADO_TOKEN", credentials_.kondado_token},
          {"the new KONDADO_TOKEN", credentials_.next_token},
          {"QONDOR_SUBSCRIPTION_KEY", credentials_.qondor_primary},
          {"QONDOR_SECONDARY_KEY", credentials_.qondor_secondary}};
}

Result<std::vector<judge::Call>> Sandbox::NewCalls() {
  const std::vector<Secret> secrets = Secrets();
  std::vector<judge::Call> calls;
  while (true) {
    const Result<Json> page = Ask("GET", "/journal?limit=" + std::string(kEntriesAtOnce) +
                                             "&after=" + std::to_string(last_id_));
    if (!page) return Unexpected(page.error());
    calls_lost_ = calls_lost_ || NumberIn(*page, "evicted_through") > last_id_;
    const std::int64_t before = last_id_;
    for (const Json& entry : ListIn(*page, "entries")) {
      Result<std::optional<judge::Call>> call = ReadEntry(entry, secrets);
      if (!call) return Unexpected(call.error());
      last_id_ = std::max(last_id_, NumberIn(entry, "id"));
      if (*call) calls.push_back(*std::move(call).value());
    }
    if (NumberIn(*page, "next_after") == 0 || last_id_ == before) break;
  }
  return calls;
}

Result<void> Sandbox::DeactivateToken(const std::string& key) {
  const Result<Json> done = Ask("POST", "/kondado/tokens/" + key + "/deactivate");
  if (!done) return Unexpected(done.error());
  return {};
}

Result<void> Sandbox::RegeneratePrimaryKey() {
  const Result<Json> done =
      Ask("POST",
          "/qondor/subscriptions/" + credentials_.qondor_subscription + "/regeneratePrimaryKey");
  if (!done) return Unexpected(done.error());
  return {};
}

}  // namespace kondor::judge
