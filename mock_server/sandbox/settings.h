// Every open question of the vendors' docs as a setting of a sandbox: its name, its readings, its
// default. Adding one is a field here and a row in settings.cc; CONTRIBUTING.md shows how.
// Settings is a plain value (immutable once shared); the functions are pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/ledger/reading.h"

namespace kondor {

enum class Choice { kNo, kYes };
enum class Plan { kStandard, kEssentials, kEnterprise };  // K8, K15
enum class AuthError { k200, k401, k403 };                // KO6
enum class FailureStatus { k200, k4xx };                  // KO7
enum class HubErrorStatus { k401, k200, k403 };           // KO10
enum class LimitedHosts { kK2, kK2AndK1, kAll };          // W2
enum class QuotaStatus { k429, k403 };                    // QO1
enum class RateWindow { kSliding, kTokenBucket };         // QO2
enum class UnknownId { kProblemDetails, kEmpty };         // QO6

struct KondadoSettings {
  ledger::Reading limits;                                  // K4, KO1-KO4, KO8
  Choice count_unauthenticated = Choice::kYes;             // KO5
  AuthError auth_error = AuthError::k200;                  // KO6
  FailureStatus failure_status = FailureStatus::k200;      // KO7
  Choice error_is_active = Choice::kYes;                   // KO9
  HubErrorStatus hub_error_status = HubErrorStatus::k401;  // KO10
  LimitedHosts limited_hosts = LimitedHosts::kK2;          // W2
  Plan plan = Plan::kStandard;

  friend bool operator==(const KondadoSettings&, const KondadoSettings&) = default;
};

// How a subscription's calls are counted (Q7, G6, G7).
struct QondorLimits {
  RateWindow window = RateWindow::kSliding;                        // QO2
  ledger::CountRefused count_refused = ledger::CountRefused::kNo;  // QO3
  std::uint32_t per_second = 10;                                   // Q7; 0 = no such limit
  std::uint32_t per_day = 100'000;                                 // Q7; 0 = no such limit

  friend bool operator==(const QondorLimits&, const QondorLimits&) = default;
};

// How events are delivered (QO8).
struct QondorWebhookSettings {
  std::uint32_t tries = 3;            // in all
  std::uint32_t timeout_ms = 10'000;  // of one try, on the machine's clock
  std::uint32_t backoff_ms = 1'000;  // after the first try, on the sandbox's clock; then it doubles

  friend bool operator==(const QondorWebhookSettings&, const QondorWebhookSettings&) = default;
};

struct QondorSettings {
  QondorLimits limits;
  QuotaStatus quota_status = QuotaStatus::k429;       // QO1
  Choice query_key = Choice::kYes;                    // QO4
  std::uint32_t key_delay_ms = 0;                     // QO5
  UnknownId unknown_id = UnknownId::kProblemDetails;  // QO6
  QondorWebhookSettings webhooks;                     // QO8

  friend bool operator==(const QondorSettings&, const QondorSettings&) = default;
};

struct Settings {
  KondadoSettings kondado;
  QondorSettings qondor;

  friend bool operator==(const Settings&, const Settings&) = default;
};

// One setting as people see it.
struct SettingView {
  std::string_view name;  // "kondado.window"
  std::string_view rule;  // "KO1"
  std::string value;      // as text: "sliding_log", "20"
  bool is_number = false;
  std::string allowed;       // "sliding_log, fixed_from_first, ..." or "0 to 10000"
  std::string_view meaning;  // one line
};

// All of them, in the order of the docs.
std::vector<SettingView> ViewSettings(const Settings& settings);

// The same without what does not change: every sandbox that is made or read shows its settings.
struct SettingValue {
  std::string_view name;  // "kondado.window"
  std::string_view word;  // "sliding_log"; empty: `number` is the value
  int number = 0;
};
std::vector<SettingValue> SettingValues(const Settings& settings);

// kInvalidArgument that lists the names, or the values, that would have been taken.
Result<void> SetByName(Settings& settings, std::string_view name, std::string_view value);

}  // namespace kondor
