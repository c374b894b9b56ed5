#include "mock_server/sandbox/settings.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kondor {
namespace {

// "a, b, c" taken apart.
std::vector<std::string> Words(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const std::size_t comma = list.find(", ");
    words.emplace_back(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 2);
  }
  return words;
}

std::map<std::string, std::string> Values(const Settings& settings) {
  std::map<std::string, std::string> values;
  for (const SettingView& view : ViewSettings(settings)) {
    values[std::string(view.name)] = view.value;
  }
  return values;
}

std::string FaultOf(std::string_view name, std::string_view value) {
  Settings settings;
  const Result<void> set = SetByName(settings, name, value);
  if (set) return "";
  EXPECT_EQ(set.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_EQ(settings, Settings{}) << "changed although refused";
  return set.error().message;
}

TEST(Settings, StartAsTheDocsSay) {
  const std::map<std::string, std::string> expected = {{"kondado.window", "sliding_log"},
                                                       {"kondado.lockout", "none"},
                                                       {"kondado.refused_count", "no"},
                                                       {"kondado.scope", "independent"},
                                                       {"kondado.charge", "all_or_none"},
                                                       {"kondado.count_unauthenticated", "yes"},
                                                       {"kondado.auth_error", "200_envelope"},
                                                       {"kondado.failure_status", "200"},
                                                       {"kondado.error_is_active", "yes"},
                                                       {"kondado.hub_error_status", "401"},
                                                       {"kondado.limited_hosts", "k2"},
                                                       {"kondado.plan", "standard"},
                                                       {"kondado.per_second", "1"},
                                                       {"kondado.per_minute", "20"},
                                                       {"qondor.quota_status", "429"},
                                                       {"qondor.window", "sliding"},
                                                       {"qondor.refused_count", "no"},
                                                       {"qondor.query_key", "yes"},
                                                       {"qondor.key_delay_ms", "0"},
                                                       {"qondor.unknown_id", "problem_details"},
                                                       {"qondor.per_second", "10"},
                                                       {"qondor.per_day", "100000"},
                                                       {"qondor.webhook_tries", "3"},
                                                       {"qondor.webhook_timeout_ms", "10000"},
                                                       {"qondor.webhook_backoff_ms", "1000"}};
  EXPECT_EQ(Values(Settings{}), expected);
}

TEST(Settings, TakeEveryReadingOfTheDocs) {
  const std::map<std::string, std::string> expected = {
      {"kondado.window",
       "sliding_log, fixed_from_first, fixed_aligned, sliding_counter, token_bucket, gcra"},
      {"kondado.lockout", "none, from_breach, from_last"},
      {"kondado.refused_count", "no, yes"},
      {"kondado.scope", "independent, pair"},
      {"kondado.charge", "all_or_none, in_order"},
      {"kondado.count_unauthenticated", "no, yes"},
      {"kondado.auth_error", "200_envelope, 401_envelope, 403_envelope"},
      {"kondado.failure_status", "200, 4xx"},
      {"kondado.error_is_active", "no, yes"},
      {"kondado.hub_error_status", "401, 200, 403"},
      {"kondado.limited_hosts", "k2, k2_k1, all"},
      {"kondado.plan", "standard, essentials, enterprise"},
      {"kondado.per_second", "0 to 1000000"},
      {"kondado.per_minute", "0 to 1000000"},
      {"qondor.quota_status", "429, 403"},
      {"qondor.window", "sliding, token_bucket"},
      {"qondor.refused_count", "no, yes"},
      {"qondor.query_key", "no, yes"},
      {"qondor.key_delay_ms", "0 to 86400000"},
      {"qondor.unknown_id", "problem_details, empty"},
      {"qondor.per_second", "0 to 1000000"},
      {"qondor.per_day", "0 to 1000000000"},
      {"qondor.webhook_tries", "1 to 100"},
      {"qondor.webhook_timeout_ms", "1 to 600000"},
      {"qondor.webhook_backoff_ms", "0 to 86400000"}};
  std::map<std::string, std::string> allowed;
  for (const SettingView& view : ViewSettings(Settings{})) {
    allowed[std::string(view.name)] = view.allowed;
  }
  EXPECT_EQ(allowed, expected);
}

TEST(Settings, CoverEveryOpenQuestion) {  // KO1 to KO10, W2, QO1 to QO6, QO8
  std::set<std::string> rules;
  for (const SettingView& view : ViewSettings(Settings{})) {
    EXPECT_FALSE(view.meaning.empty()) << view.name;
    EXPECT_EQ(view.meaning.find('\n'), std::string_view::npos) << view.name;
    for (const std::string& rule : Words(view.rule)) rules.insert(rule);
  }
  for (const std::string rule :
       {"KO1", "KO2", "KO3", "KO4", "KO5", "KO6", "KO7", "KO8", "KO9", "KO10", "W2",
        "K4",  "K8",  "K15", "QO1", "QO2", "QO3", "QO4", "QO5", "QO6", "QO8",  "Q7"}) {
    EXPECT_TRUE(rules.count(rule)) << rule;
  }
}

// Of "1 to 100": both ends, and one between.
std::vector<std::string> NumbersWithin(const std::string& allowed) {
  const std::string least = allowed.substr(0, allowed.find(' '));
  return {least, "7", allowed.substr(allowed.rfind(' ') + 1)};
}

TEST(Settings, ReadBackEveryAllowedValueAndChangeNothingElse) {
  for (const SettingView& row : ViewSettings(Settings{})) {
    const std::vector<std::string> values =
        row.is_number ? NumbersWithin(row.allowed) : Words(row.allowed);
    EXPECT_GE(values.size(), 2U) << row.name;
    for (const std::string& value : values) {
      Settings settings;
      ASSERT_TRUE(SetByName(settings, row.name, value)) << row.name << " " << value;
      std::map<std::string, std::string> expected = Values(Settings{});
      expected[std::string(row.name)] = value;
      EXPECT_EQ(Values(settings), expected);
    }
  }
}

TEST(Settings, GiveEveryValueItsOwnEffect) {
  for (const SettingView& row : ViewSettings(Settings{})) {
    if (row.is_number) continue;
    std::vector<Settings> results;
    for (const std::string& value : Words(row.allowed)) {
      Settings settings;
      ASSERT_TRUE(SetByName(settings, row.name, value));
      for (const Settings& other : results) EXPECT_NE(settings, other) << row.name << " " << value;
      results.push_back(settings);
    }
  }
}

TEST(Settings, ReachTheBooksAndTheApi) {
  Settings settings;
  ASSERT_TRUE(SetByName(settings, "kondado.window", "gcra"));
  ASSERT_TRUE(SetByName(settings, "kondado.lockout", "from_last"));
  ASSERT_TRUE(SetByName(settings, "kondado.refused_count", "yes"));
  ASSERT_TRUE(SetByName(settings, "kondado.scope", "pair"));
  ASSERT_TRUE(SetByName(settings, "kondado.charge", "in_order"));
  ASSERT_TRUE(SetByName(settings, "kondado.per_second", "0"));
  ASSERT_TRUE(SetByName(settings, "kondado.per_minute", "1000000"));
  const ledger::Reading expected = {ledger::Window::kGcra,
                                    ledger::Lockout::kFromLast,
                                    ledger::CountRefused::kYes,
                                    ledger::Scope::kPair,
                                    ledger::Charge::kInOrder,
                                    0,
                                    1'000'000};
  EXPECT_EQ(settings.kondado.limits, expected);
  ASSERT_TRUE(SetByName(settings, "kondado.auth_error", "403_envelope"));
  EXPECT_EQ(settings.kondado.auth_error, AuthError::k403);
  ASSERT_TRUE(SetByName(settings, "kondado.failure_status", "4xx"));
  EXPECT_EQ(settings.kondado.failure_status, FailureStatus::k4xx);
  ASSERT_TRUE(SetByName(settings, "kondado.hub_error_status", "200"));
  EXPECT_EQ(settings.kondado.hub_error_status, HubErrorStatus::k200);
  ASSERT_TRUE(SetByName(settings, "kondado.limited_hosts", "k2_k1"));
  EXPECT_EQ(settings.kondado.limited_hosts, LimitedHosts::kK2AndK1);
  ASSERT_TRUE(SetByName(settings, "kondado.plan", "essentials"));
  EXPECT_EQ(settings.kondado.plan, Plan::kEssentials);
  ASSERT_TRUE(SetByName(settings, "kondado.error_is_active", "no"));
  EXPECT_EQ(settings.kondado.error_is_active, Choice::kNo);
  ASSERT_TRUE(SetByName(settings, "kondado.count_unauthenticated", "no"));
  EXPECT_EQ(settings.kondado.count_unauthenticated, Choice::kNo);
}

TEST(Settings, ReachQondorsGatewayAndBackend) {
  Settings settings;
  for (const auto& [name, value] : {std::pair{"qondor.quota_status", "403"},
                                    {"qondor.window", "token_bucket"},
                                    {"qondor.refused_count", "yes"},
                                    {"qondor.query_key", "no"},
                                    {"qondor.key_delay_ms", "600000"},
                                    {"qondor.unknown_id", "empty"},
                                    {"qondor.per_second", "0"},
                                    {"qondor.per_day", "1000000000"},
                                    {"qondor.webhook_tries", "1"},
                                    {"qondor.webhook_timeout_ms", "20"},
                                    {"qondor.webhook_backoff_ms", "0"}}) {
    ASSERT_TRUE(SetByName(settings, name, value)) << name;
  }
  const QondorSettings expected = {
      {RateWindow::kTokenBucket, ledger::CountRefused::kYes, 0, 1'000'000'000},
      QuotaStatus::k403,
      Choice::kNo,
      600'000,
      UnknownId::kEmpty,
      {1, 20, 0}};
  EXPECT_EQ(settings.qondor, expected);
  EXPECT_EQ(settings.kondado, KondadoSettings{});
}

TEST(Settings, RefuseAnUnknownNameAndListTheKnownOnes) {
  const std::string fault = FaultOf("kondado.windows", "gcra");
  EXPECT_EQ(fault.rfind("unknown setting 'kondado.windows'; known: kondado.window, ", 0), 0U);
  for (const SettingView& row : ViewSettings(Settings{})) {
    EXPECT_NE(fault.find(row.name), std::string::npos) << row.name;
  }
  for (const std::string_view name :
       {"", "window", "kondado", "kondado.", "KONDADO.WINDOW", "kondado.window "}) {
    EXPECT_NE(FaultOf(name, "gcra"), "") << name;
  }
}

TEST(Settings, RefuseAnUnknownValueAndListTheAllowedOnes) {
  EXPECT_EQ(FaultOf("kondado.lockout", "forever"),
            "kondado.lockout cannot be 'forever'; allowed: none, from_breach, from_last");
  for (const std::string_view value : {"", "NONE", "none ", "no", "0"}) {
    EXPECT_NE(FaultOf("kondado.lockout", value), "") << value;
  }
}

TEST(Settings, RefuseNumbersOutOfRangeAndSayTheRange) {
  for (const std::string_view value : {"-1", "1000001", "99999999999999999999", "", " 1", "1 ",
                                       "+1", "1.5", "1e3", "0x10", "ten", "-0.5"}) {
    EXPECT_EQ(FaultOf("kondado.per_second", value),
              "kondado.per_second cannot be '" + std::string(value) + "'; allowed: 0 to 1000000");
  }
}

TEST(Settings, ShowARefusedValueOnOneShortPlainLine) {
  const std::string fault =
      FaultOf("kondado.lockout", "a\nb\x1b[31m\xff" + std::string(9'999, 'x'));
  EXPECT_LT(fault.size(), 200U);
  for (const char c : fault) EXPECT_TRUE(c >= 0x20 && c <= 0x7e);
}

}  // namespace
}  // namespace kondor
