// A sandbox's clock, its settings, and how its counters stand.
#include <array>
#include <optional>

#include "mock_server/control/clock_json.h"
#include "mock_server/control/views.h"
#include "mock_server/control/visit.h"
#include "mock_server/json/object_reader.h"
#include "mock_server/net/address.h"
#include "mock_server/sandbox/settings_json.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor::control {
namespace {

http::Response ClockReply(const Result<SandboxClock::State>& state) {
  return state ? OwnJson(200, ClockView(*state)) : ErrorReply(state.error());
}

http::Response GetClock(Visit& visit) {
  return OwnJson(200, ClockView(visit.sandbox->clock().Read()));
}

http::Response PutClock(Visit& visit) {
  const Result<SandboxClock::Change> change = ReadClockChange(visit.body, "");
  if (!change) return ErrorReply(change.error());
  return ClockReply(visit.sandbox->SetClock(*change));
}

http::Response AdvanceClock(Visit& visit) {
  // A thousand years: far beyond where a sandbox's time ends, far below where milliseconds
  // overflow.
  constexpr std::int64_t kMillisMax = 31'536'000'000'000;
  std::int64_t ms = 0;
  ObjectReader reader(visit.body, "");
  reader.Require("ms");
  reader.Whole("ms", ms, 0, kMillisMax);
  if (Result<void> read = reader.Finish(); !read) return ErrorReply(read.error());
  const Duration room = kTimeMax - visit.sandbox->clock().Now();
  const Duration by =
      ms > room / std::chrono::milliseconds(1) ? room + Duration(1'000) : Duration(ms * 1'000'000);
  return ClockReply(visit.sandbox->Advance(by));
}

http::Response GetSettings(Visit& visit) {
  return OwnJson(200, SettingsJson(visit.sandbox->regime()->settings));
}

http::Response PatchSettings(Visit& visit) {
  const Result<SettingChanges> changes = ReadSettingChanges(visit.body, "");
  if (!changes) return ErrorReply(changes.error());
  const Result<Settings> patched = visit.sandbox->Patch(*changes);
  return patched ? OwnJson(200, SettingsJson(*patched)) : ErrorReply(patched.error());
}

http::Response GetLimits(Visit& visit) {
  const std::string* ip_text = visit.query.First("ip");
  const std::string* key_text = visit.query.First("key");
  const std::string* subscription_text = visit.query.First("subscription");
  if (ip_text == nullptr && key_text == nullptr && subscription_text == nullptr) {
    return OwnError(400, "BAD_REQUEST",
                    "whose limits? add ?ip=127.0.0.1, &key=KEY or both for Kondado's, "
                    "&subscription=ID for Qondor's");
  }
  std::optional<ledger::IpIdentity> ip;
  if (ip_text != nullptr) {
    const std::optional<net::IpAddress> address = net::IpAddress::Parse(*ip_text);
    if (!address) return OwnError(400, "BAD_REQUEST", "ip is no IP address; write 203.0.113.7");
    ip = address->Identity();
  }
  std::optional<ledger::KeyIdentity> key;
  if (key_text != nullptr) {
    const auto token = visit.sandbox->kondado().FindToken(*key_text);
    if (!token) return OwnError(404, "UNKNOWN_KEY", "no token of this sandbox has this key");
    key = token->serial;
  }
  const TimePoint now = visit.sandbox->clock().Now();
  const auto regime = visit.sandbox->regime();
  std::vector<ledger::CounterView> counters = regime->books->Inspect(now, ip, key);
  if (subscription_text != nullptr) {
    const auto found =
        visit.sandbox->qondor().directory().FindSubscription(*subscription_text, now);
    if (!found) return OwnError(404, "UNKNOWN_SUBSCRIPTION", "no subscription has this id");
    for (const ledger::CounterView& counter :
         regime->meters->Inspect(found->serial, now, found->start.value_or(found->created))) {
      counters.push_back(counter);
    }
  }
  return OwnJson(200, {{"now", FormatIsoTime(now)}, {"counters", CountersView(counters)}});
}

constexpr std::array kTimeAndLimitRoutes = {
    Route{"GET", "/sandboxes/:s/clock", BodyUse::kNone, &GetClock},
    Route{"PUT", "/sandboxes/:s/clock", BodyUse::kRequired, &PutClock},
    Route{"POST", "/sandboxes/:s/clock/advance", BodyUse::kRequired, &AdvanceClock},
    Route{"GET", "/sandboxes/:s/settings", BodyUse::kNone, &GetSettings},
    Route{"PATCH", "/sandboxes/:s/settings", BodyUse::kRequired, &PatchSettings},
    Route{"GET", "/sandboxes/:s/limits", BodyUse::kNone, &GetLimits},
};

}  // namespace

std::span<const Route> TimeAndLimitRoutes() { return kTimeAndLimitRoutes; }

}  // namespace kondor::control
