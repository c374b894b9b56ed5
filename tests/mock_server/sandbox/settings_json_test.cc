#include "mock_server/sandbox/settings_json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace kondor {
namespace {

Json Parsed(std::string_view text) { return ParseJson(text).value(); }

std::string FaultOf(std::string_view text) {
  const Result<SettingChanges> changes = ReadSettingChanges(Parsed(text), "/settings");
  return changes ? "" : changes.error().message;
}

TEST(SettingChanges, AreReadInTheOrderWritten) {
  const Result<SettingChanges> changes = ReadSettingChanges(
      Parsed(R"({"kondado": {"window": "gcra", "per_minute": 5, "x": -7}})"), "");
  ASSERT_TRUE(changes);
  EXPECT_EQ(*changes,
            (SettingChanges{
                {"kondado.window", "gcra"}, {"kondado.per_minute", "5"}, {"kondado.x", "-7"}}));
}

TEST(SettingChanges, OfAnEmptyObjectAreNone) {
  EXPECT_TRUE(ReadSettingChanges(Json::object(), "")->empty());
  EXPECT_TRUE(ReadSettingChanges(Parsed(R"({"kondado": {}})"), "")->empty());
}

TEST(SettingChanges, NameThePlaceOfWhatIsNeitherTextNorAWholeNumber) {
  for (const std::string_view value : {"true", "null", "1.5", "[]", "{}"}) {
    EXPECT_EQ(FaultOf("{\"kondado\": {\"window\": " + std::string(value) + "}}"),
              "/settings/kondado/window: expected text or a whole number");
  }
  EXPECT_EQ(FaultOf(R"({"kondado": "gcra"})"), "/settings/kondado: expected an object of settings");
  EXPECT_EQ(FaultOf(R"({"kondado.window": "gcra"})"),
            "/settings/kondado.window: expected an object of settings");
  EXPECT_EQ(FaultOf(R"({"acme": {}})"), "/settings/acme: unknown vendor; known: kondado, qondor");
  EXPECT_EQ(FaultOf("[]"), R"(/settings: expected {"kondado": {NAME: VALUE}})");
}

TEST(SettingChanges, DoNotWrapHugeNumbers) {
  const Result<SettingChanges> changes =
      ReadSettingChanges(Parsed(R"({"kondado": {"per_minute": 18446744073709551615}})"), "");
  ASSERT_TRUE(changes);
  Settings settings;
  EXPECT_FALSE(SetByName(settings, changes->front().first, changes->front().second));
}

TEST(SettingsJson, IsGroupedByVendorWithNumbersAsNumbers) {
  const Json json = SettingsJson(Settings{});
  EXPECT_EQ(json["kondado"]["window"], "sliding_log");
  EXPECT_EQ(json["kondado"]["per_minute"], 20);
  EXPECT_EQ(json["kondado"]["failure_status"], "200") << "a word that looks like a number";
  EXPECT_EQ(json["qondor"]["window"], "sliding");
  EXPECT_EQ(json["qondor"]["per_day"], 100'000);
  EXPECT_EQ(json.size(), 2U);
  EXPECT_EQ(json["kondado"].size() + json["qondor"].size(), ViewSettings(Settings{}).size());
}

TEST(DescribeSettings, TellsOfEachWhatItMayBe) {
  const Json list = DescribeSettings(Settings{});
  ASSERT_EQ(list.size(), ViewSettings(Settings{}).size());
  EXPECT_EQ(list[0]["name"], "kondado.window");
  EXPECT_EQ(list[0]["value"], "sliding_log");
  EXPECT_EQ(list[0]["rule"], "KO1");
  EXPECT_NE(list[0]["allowed"].get<std::string>().find("gcra"), std::string::npos);
  EXPECT_FALSE(list[0]["meaning"].get<std::string>().empty());
}

Settings AnySettings() {
  Settings settings;
  for (const SettingView& row : ViewSettings(settings)) {
    std::string value;
    if (row.is_number) {
      const int least = std::stoi(row.allowed);  // "1 to 100"
      const int most = std::stoi(row.allowed.substr(row.allowed.rfind(' ')));
      value = std::to_string(*rc::gen::inRange(least, most + 1));
    } else {
      std::string_view rest = row.allowed;
      for (int skip = *rc::gen::inRange(0, 6); skip > 0; --skip) {
        const std::size_t comma = rest.find(", ");
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 2);
      }
      value = rest.substr(0, rest.find(", "));
    }
    RC_ASSERT(SetByName(settings, row.name, value).has_value());
  }
  return settings;
}

TEST(SettingsJson, IsReadBackAsTheSameSettings) {
  EXPECT_TRUE(rc::check("any settings", [] {
    const Settings settings = AnySettings();
    const Json json = Parsed(DumpJson(SettingsJson(settings)));
    Settings read;
    const Result<SettingChanges> changes = ReadSettingChanges(json, "");
    for (const auto& [name, value] : changes.value()) {
      RC_ASSERT(SetByName(read, name, value).has_value());
    }
    RC_ASSERT(read == settings);
  }));
}

}  // namespace
}  // namespace kondor
