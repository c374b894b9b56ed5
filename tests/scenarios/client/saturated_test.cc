// A client that has a hundred statuses to fetch, against the mock under each reading (KO1, KO2): it
// is as fast as the limits allow, and never refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>

#include "client/kondado/kondado.h"
#include "tests/scenarios/client/virtual_sandbox.h"

namespace kondor::scenarios {
namespace {

using nlohmann::json;
using std::chrono::seconds;

using Reading = std::tuple<const char*, const char*>;

class SaturatedTest : public testing::TestWithParam<Reading> {};

TEST_P(SaturatedTest, FetchesAHundredStatusesInTimeAndIsNeverRefused) {
  const auto [window, lockout] = GetParam();
  VirtualSandbox sandbox(json{{"kondado", {{"window", window}, {"lockout", lockout}}}},
                         "2026-01-01T00:00:13.250Z");
  const json& made = sandbox.credentials()["kondado"];
  auto api = client::Kondado::Make({.credentials = {made["key"], made["token"]},
                                    .endpoint = sandbox.Endpoint("/k2"),
                                    .call = {.timeout = std::chrono::hours(1)}});
  ASSERT_TRUE(api) << api.error().message;
  for (int i = 0; i < 100; ++i) {
    const auto status = (*api)->GetPipelineStatus(2040 + i % 8);
    ASSERT_TRUE(status) << status.error().message;
  }
  EXPECT_LE(sandbox.Passed(), seconds(259) * 101 / 100);
  EXPECT_EQ(sandbox.Count("rate_limited"), 0);
  EXPECT_EQ(sandbox.Count("ok"), 100);
}

INSTANTIATE_TEST_SUITE_P(Readings, SaturatedTest,
                         testing::Combine(testing::Values("sliding_log", "fixed_from_first",
                                                          "fixed_aligned", "token_bucket"),
                                          testing::Values("none", "from_breach", "from_last")),
                         [](const auto& reading) {
                           return std::string(std::get<0>(reading.param)) + "_" +
                                  std::get<1>(reading.param);
                         });

class StricterTest : public testing::TestWithParam<Reading> {};

TEST_P(StricterTest, LearnsTheReadingAndStillFetchesAll) {
  const auto [window, lockout] = GetParam();
  VirtualSandbox sandbox(json{{"kondado", {{"window", window}, {"lockout", lockout}}}});
  const json& made = sandbox.credentials()["kondado"];
  auto api = client::Kondado::Make({.credentials = {made["key"], made["token"]},
                                    .endpoint = sandbox.Endpoint("/k2"),
                                    .call = {.timeout = std::chrono::hours(1)}});
  ASSERT_TRUE(api) << api.error().message;
  for (int i = 0; i < 100; ++i) {
    const auto status = (*api)->GetPipelineStatus(2040);
    ASSERT_TRUE(status) << status.error().message;
  }
  EXPECT_LE(sandbox.Count("rate_limited"), 2);
  EXPECT_EQ(sandbox.Count("ok"), 100);
}

INSTANTIATE_TEST_SUITE_P(Readings, StricterTest,
                         testing::Combine(testing::Values("gcra", "sliding_counter"),
                                          testing::Values("none", "from_breach", "from_last")),
                         [](const auto& reading) {
                           return std::string(std::get<0>(reading.param)) + "_" +
                                  std::get<1>(reading.param);
                         });

}  // namespace
}  // namespace kondor::scenarios
