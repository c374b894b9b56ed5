#include "mock_server/sandbox/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "mock_server/json/parse.h"

namespace kondor {
namespace {

using ledger::Reading;

// One word of a setting and the value it stands for (as a number, so that one row type serves all).
struct Word {
  std::string_view text;
  int value;
};

template <typename Enum>
constexpr Word W(std::string_view text, Enum value) {
  return {text, static_cast<int>(value)};
}

using enum ledger::Window;
constexpr std::array kWindows = {
    W("sliding_log", kSlidingLog),     W("fixed_from_first", kFixedFromFirst),
    W("fixed_aligned", kFixedAligned), W("sliding_counter", kSlidingCounter),
    W("token_bucket", kTokenBucket),   W("gcra", kGcra)};
constexpr std::array kLockouts = {W("none", ledger::Lockout::kNone),
                                  W("from_breach", ledger::Lockout::kFromBreach),
                                  W("from_last", ledger::Lockout::kFromLast)};
constexpr std::array kNoYes = {W("no", Choice::kNo), W("yes", Choice::kYes)};
constexpr std::array kScopes = {W("independent", ledger::Scope::kIndependent),
                                W("pair", ledger::Scope::kPair)};
constexpr std::array kCharges = {W("all_or_none", ledger::Charge::kAllOrNone),
                                 W("in_order", ledger::Charge::kInOrder)};
constexpr std::array kAuthErrors = {W("200_envelope", AuthError::k200),
                                    W("401_envelope", AuthError::k401),
                                    W("403_envelope", AuthError::k403)};
constexpr std::array kFailureStatuses = {W("200", FailureStatus::k200),
                                         W("4xx", FailureStatus::k4xx)};
constexpr std::array kHubErrorStatuses = {
    W("401", HubErrorStatus::k401), W("200", HubErrorStatus::k200), W("403", HubErrorStatus::k403)};
constexpr std::array kLimitedHosts = {
    W("k2", LimitedHosts::kK2), W("k2_k1", LimitedHosts::kK2AndK1), W("all", LimitedHosts::kAll)};
constexpr std::array kPlans = {W("standard", Plan::kStandard), W("essentials", Plan::kEssentials),
                               W("enterprise", Plan::kEnterprise)};
constexpr std::array kQuotaStatuses = {W("429", QuotaStatus::k429), W("403", QuotaStatus::k403)};
constexpr std::array kRateWindows = {W("sliding", RateWindow::kSliding),
                                     W("token_bucket", RateWindow::kTokenBucket)};
constexpr std::array kUnknownIds = {W("problem_details", UnknownId::kProblemDetails),
                                    W("empty", UnknownId::kEmpty)};

// A setting without words is a whole number from 0 to one of these.
constexpr int kLimitMax = 1'000'000;      // a log of that many calls takes 4 MB an identity
constexpr int kCountMax = 1'000'000'000;  // a count takes nothing
constexpr int kDelayMsMax = 86'400'000;   // a day
constexpr int kTriesMax = 100;
constexpr int kTimeoutMsMax = 600'000;

struct Row {
  std::string_view name;
  std::string_view rule;
  std::string_view meaning;
  std::span<const Word> words;
  int most;  // of a number
  int least;
  int (*get)(const Settings&);
  void (*set)(Settings&, int);
};

// The field at the end of a chain of members, as an int, both ways.
template <auto Field>
struct KondadoField {
  using Value = std::remove_cvref_t<decltype(std::declval<KondadoSettings>().*Field)>;
  static int Get(const Settings& s) { return static_cast<int>(s.kondado.*Field); }
  static void Set(Settings& s, int v) { s.kondado.*Field = static_cast<Value>(v); }
};

template <auto Field>
struct LimitField {
  using Value = std::remove_cvref_t<decltype(std::declval<Reading>().*Field)>;
  static int Get(const Settings& s) { return static_cast<int>(s.kondado.limits.*Field); }
  static void Set(Settings& s, int v) { s.kondado.limits.*Field = static_cast<Value>(v); }
};

template <auto Field>
struct QondorField {
  using Value = std::remove_cvref_t<decltype(std::declval<QondorSettings>().*Field)>;
  static int Get(const Settings& s) { return static_cast<int>(s.qondor.*Field); }
  static void Set(Settings& s, int v) { s.qondor.*Field = static_cast<Value>(v); }
};

template <auto Field>
struct QondorLimitField {
  using Value = std::remove_cvref_t<decltype(std::declval<QondorLimits>().*Field)>;
  static int Get(const Settings& s) { return static_cast<int>(s.qondor.limits.*Field); }
  static void Set(Settings& s, int v) { s.qondor.limits.*Field = static_cast<Value>(v); }
};

template <auto Field>
struct WebhookField {
  static int Get(const Settings& s) { return static_cast<int>(s.qondor.webhooks.*Field); }
  static void Set(Settings& s, int v) { s.qondor.webhooks.*Field = static_cast<std::uint32_t>(v); }
};

template <typename Field>
constexpr Row MakeRow(std::string_view name, std::string_view rule, std::string_view meaning,
                      std::span<const Word> words, int most = kLimitMax, int least = 0) {
  return {name, rule, meaning, words, most, least, &Field::Get, &Field::Set};
}

using K = KondadoSettings;
using Q = QondorSettings;
using L = QondorLimits;
using H = QondorWebhookSettings;
const std::array kRows = {
    MakeRow<LimitField<&Reading::window>>("kondado.window", "KO1",
                                          "how calls are counted over time", kWindows),
    MakeRow<LimitField<&Reading::lockout>>("kondado.lockout", "KO2",
                                           "whether a breach closes the door for 60 s", kLockouts),
    MakeRow<LimitField<&Reading::count_refused>>("kondado.refused_count", "KO3",
                                                 "whether refused calls count", kNoYes),
    MakeRow<LimitField<&Reading::scope>>(
        "kondado.scope", "KO4", "counters per IP and per key, or per pair of them", kScopes),
    MakeRow<LimitField<&Reading::charge>>(
        "kondado.charge", "KO8", "whether a counter pays when another one refuses", kCharges),
    MakeRow<KondadoField<&K::count_unauthenticated>>(
        "kondado.count_unauthenticated", "KO5",
        "whether calls with bad credentials count for their IP", kNoYes),
    MakeRow<KondadoField<&K::auth_error>>("kondado.auth_error", "KO6",
                                          "status of the answer to bad credentials", kAuthErrors),
    MakeRow<KondadoField<&K::failure_status>>("kondado.failure_status", "KO7",
                                              "status of success:false answers", kFailureStatuses),
    MakeRow<KondadoField<&K::error_is_active>>(
        "kondado.error_is_active", "KO9", "is_active of a pipeline whose build failed", kNoYes),
    MakeRow<KondadoField<&K::hub_error_status>>("kondado.hub_error_status", "KO10",
                                                "status of the hub's answer to a bad token",
                                                kHubErrorStatuses),
    MakeRow<KondadoField<&K::limited_hosts>>("kondado.limited_hosts", "W2",
                                             "which hosts the limits hold for", kLimitedHosts),
    MakeRow<KondadoField<&K::plan>>("kondado.plan", "K8, K15", "the account's plan", kPlans),
    MakeRow<LimitField<&Reading::per_second>>("kondado.per_second", "K4",
                                              "calls admitted per second; 0 is no such limit", {}),
    MakeRow<LimitField<&Reading::per_minute>>("kondado.per_minute", "K4",
                                              "calls admitted per minute; 0 is no such limit", {}),
    MakeRow<QondorField<&Q::quota_status>>(
        "qondor.quota_status", "QO1", "status of the answer over the daily quota", kQuotaStatuses),
    MakeRow<QondorLimitField<&L::window>>("qondor.window", "QO2",
                                          "how calls are counted for the rate", kRateWindows),
    MakeRow<QondorLimitField<&L::count_refused>>("qondor.refused_count", "QO3",
                                                 "whether refused calls count", kNoYes),
    MakeRow<QondorField<&Q::query_key>>("qondor.query_key", "QO4",
                                        "whether the key may stand in the query", kNoYes),
    MakeRow<QondorField<&Q::key_delay_ms>>("qondor.key_delay_ms", "QO5",
                                           "how long a regenerated key takes to spread", {},
                                           kDelayMsMax),
    MakeRow<QondorField<&Q::unknown_id>>("qondor.unknown_id", "QO6",
                                         "body of the 404 for an unknown id", kUnknownIds),
    MakeRow<QondorLimitField<&L::per_second>>("qondor.per_second", "Q7",
                                              "calls admitted per second; 0 is no such limit", {}),
    MakeRow<QondorLimitField<&L::per_day>>(
        "qondor.per_day", "Q7", "calls admitted per 24 hours; 0 is no such limit", {}, kCountMax),
    MakeRow<WebhookField<&H::tries>>("qondor.webhook_tries", "QO8",
                                     "how often a webhook is tried in all", {}, kTriesMax, 1),
    MakeRow<WebhookField<&H::timeout_ms>>("qondor.webhook_timeout_ms", "QO8",
                                          "how long a receiver may take, in real time", {},
                                          kTimeoutMsMax, 1),
    MakeRow<WebhookField<&H::backoff_ms>>(
        "qondor.webhook_backoff_ms", "QO8",
        "wait after the first try, on the sandbox's clock; it doubles after each", {}, kDelayMsMax),
};

std::string Allowed(const Row& row) {
  if (row.words.empty()) return std::to_string(row.least) + " to " + std::to_string(row.most);
  std::string list;
  for (const Word& word : row.words) list += (list.empty() ? "" : ", ") + std::string(word.text);
  return list;
}

std::string_view WordOf(const Row& row, int value) {
  for (const Word& word : row.words) {
    if (word.value == value) return word.text;
  }
  return {};
}

std::string ValueText(const Row& row, int value) {
  return row.words.empty() ? std::to_string(value) : std::string(WordOf(row, value));
}

bool ParseValue(const Row& row, std::string_view text, int& value) {
  if (row.words.empty()) {
    const char* const end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, value);
    return fault == std::errc() && stop == end && value >= row.least && value <= row.most;
  }
  for (const Word& word : row.words) {
    if (word.text == text) {
      value = word.value;
      return true;
    }
  }
  return false;
}

std::string Names() {
  std::string list;
  for (const Row& row : kRows) list += (list.empty() ? "" : ", ") + std::string(row.name);
  return list;
}

}  // namespace

std::vector<SettingView> ViewSettings(const Settings& settings) {
  std::vector<SettingView> views;
  views.reserve(kRows.size());
  for (const Row& row : kRows) {
    views.push_back({row.name, row.rule, ValueText(row, row.get(settings)), row.words.empty(),
                     Allowed(row), row.meaning});
  }
  return views;
}

std::vector<SettingValue> SettingValues(const Settings& settings) {
  std::vector<SettingValue> values;
  values.reserve(kRows.size());
  for (const Row& row : kRows) {
    const int value = row.get(settings);
    values.push_back({row.name, WordOf(row, value), value});
  }
  return values;
}

Result<void> SetByName(Settings& settings, std::string_view name, std::string_view value) {
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [&](const Row& candidate) { return candidate.name == name; });
  if (row == kRows.end()) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "unknown setting '" + Shown(name) + "'; known: " + Names());
  }
  int parsed = 0;
  if (!ParseValue(*row, value, parsed)) {
    return Unexpected(
        ErrorKind::kInvalidArgument,
        std::string(name) + " cannot be '" + Shown(value) + "'; allowed: " + Allowed(*row));
  }
  row->set(settings, parsed);
  return {};
}

}  // namespace kondor
