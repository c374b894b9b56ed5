#include "mock_server/sandbox/settings_json.h"

namespace kondor {
namespace {

Unexpected Bad(const std::string& place, const std::string& what) {
  return Unexpected(ErrorKind::kInvalidArgument, place + ": " + what);
}

// "kondado.window" in its two parts: where it stands in the object, and under which name.
std::pair<std::string, std::string> Split(std::string_view name) {
  const std::size_t dot = name.find('.');
  return {std::string(name.substr(0, dot)), std::string(name.substr(dot + 1))};
}

bool IsVendor(const std::string& name) {
  for (const SettingView& view : ViewSettings(Settings{})) {
    if (Split(view.name).first == name) return true;
  }
  return false;
}

}  // namespace

Result<SettingChanges> ReadSettingChanges(const Json& object, const std::string& place) {
  if (!object.is_object()) return Bad(place, R"(expected {"kondado": {NAME: VALUE}})");
  SettingChanges changes;
  for (const auto& [vendor, settings] : object.items()) {
    const std::string here = place + "/" + Shown(vendor);
    if (!settings.is_object()) return Bad(here, "expected an object of settings");
    if (!IsVendor(vendor)) return Bad(here, "unknown vendor; known: kondado, qondor");
    const std::string under = vendor + ".";
    for (const auto& [name, value] : settings.items()) {
      if (value.is_string()) {
        changes.emplace_back(under + name, value.get<std::string>());
      } else if (value.is_number_integer()) {
        changes.emplace_back(under + name, DumpJson(value));
      } else {
        return Bad(here + "/" + Shown(name), "expected text or a whole number");
      }
    }
  }
  return changes;
}

Json SettingsJson(const Settings& settings) {
  Json object = Json::object();
  std::string_view vendor;
  Json* group = nullptr;  // of `vendor`: settings of one stand together
  for (const SettingValue& value : SettingValues(settings)) {
    const std::size_t dot = value.name.find('.');
    if (group == nullptr || value.name.substr(0, dot) != vendor) {
      vendor = value.name.substr(0, dot);
      group = &object.emplace(std::string(vendor), Json::object()).first.value();
    }
    group->emplace(std::string(value.name.substr(dot + 1)),
                   value.word.empty() ? Json(value.number) : Json(value.word));
  }
  return object;
}

Json DescribeSettings(const Settings& settings) {
  Json list = Json::array();
  for (const SettingView& view : ViewSettings(settings)) {
    list.push_back({{"name", view.name},
                    {"value", view.value},
                    {"allowed", view.allowed},
                    {"rule", view.rule},
                    {"meaning", view.meaning}});
  }
  return list;
}

}  // namespace kondor
