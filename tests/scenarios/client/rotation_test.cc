// Credentials that are rotated while four threads call: not one call is lost (T5, Q5).
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "client/kondado/kondado.h"
#include "client/qondor/qondor.h"
#include "tests/scenarios/client/virtual_sandbox.h"

namespace kondor::scenarios {
namespace {

using client::QondorDialect;
using nlohmann::json;

constexpr int kThreads = 4;
constexpr int kCallsEach = 100;
constexpr int kRotations = 20;

// Has every thread call, and `rotate` again and again in between. The error of each call that
// failed.
std::vector<std::string> CallWhile(VirtualSandbox& sandbox,
                                   const std::function<std::string()>& call,
                                   const std::function<void(int)>& rotate) {
  std::atomic<int> done{0};
  sandbox.ExpectThreads(kThreads);
  std::vector<std::vector<std::string>> failures(kThreads);
  {
    std::vector<std::jthread> threads;
    for (auto& own : failures) {
      threads.emplace_back([&] {
        for (int i = 0; i < kCallsEach; ++i, ++done) {
          if (auto failure = call(); !failure.empty()) own.push_back(std::move(failure));
        }
        sandbox.Leave();
      });
    }
    for (int n = 0; n < kRotations; ++n) {
      while (done < n * kThreads * kCallsEach / kRotations) std::this_thread::yield();
      rotate(n);
    }
  }
  std::vector<std::string> all;
  for (const auto& own : failures) all.insert(all.end(), own.begin(), own.end());
  return all;
}

TEST(Rotation, OfAKondadoTokenLosesNoCall) {  // T5
  VirtualSandbox sandbox;
  const json& made = sandbox.credentials()["kondado"];
  std::atomic<int> moves{0};
  client::EndpointOptions endpoint = sandbox.Endpoint("/k2");
  endpoint.caller.on_step = [&](const client::Step& step) {
    if (step.what == client::Step::What::kOtherCredentials) ++moves;
  };
  auto api = client::Kondado::Make({.credentials = {made["key"], made["token"]},
                                    .endpoint = std::move(endpoint),
                                    .call = {.timeout = std::chrono::hours(10)}});
  ASSERT_TRUE(api) << api.error().message;
  std::string old_key = made["key"];
  const auto failures = CallWhile(
      sandbox,
      [&] {
        const auto status = (*api)->GetPipelineStatus(2040);
        return status ? "" : status.error().message;
      },
      [&](int) {
        const json token = sandbox.Control("POST", "/kondado/tokens", R"({"description": "next"})");
        (*api)->SwapCredentials({token["key"], token["token"]});
        sandbox.Control("POST", "/kondado/tokens/" + old_key + "/deactivate");
        old_key = token["key"];
      });
  EXPECT_EQ(failures, std::vector<std::string>());
  EXPECT_EQ(sandbox.Count("ok"), kThreads * kCallsEach);
  EXPECT_EQ(sandbox.Count("auth_error"), moves) << "each that met a dead token was told";
  EXPECT_EQ(sandbox.Count("rate_limited"), 0);
}

class QondorRotation : public testing::Test {
 protected:
  void SetUp() override {
    const json& made = sandbox_.credentials()["qondor"]["test"];
    client::EndpointOptions endpoint = sandbox_.Endpoint("/qondor");
    endpoint.caller.on_step = [this](const client::Step& step) {
      if (step.what == client::Step::What::kOtherCredentials) ++moves_;
    };
    auto api = client::Qondor::Make({.credentials = {made["primary_key"], made["secondary_key"]},
                                     .endpoint = std::move(endpoint),
                                     .call = {.timeout = std::chrono::hours(10)}});
    ASSERT_TRUE(api) << api.error().message;
    api_ = std::move(*api);
  }
  std::string Call() {
    const auto projects = api_->ListProjects();
    return projects ? "" : projects.error().message;
  }
  // The new key.
  std::string Regenerate(const char* which, const char* key) {
    return sandbox_.Control("POST", std::string("/qondor/subscriptions/test/") + which)[key];
  }
  void ExpectNothingLost(const std::vector<std::string>& failures) {
    EXPECT_EQ(failures, std::vector<std::string>());
    EXPECT_EQ(sandbox_.Count("ok"), kThreads * kCallsEach);
    EXPECT_EQ(sandbox_.Count("rate_limited"), 0);
  }

  VirtualSandbox sandbox_;
  std::atomic<int> moves_{0};
  std::unique_ptr<client::Qondor> api_;
};

TEST_F(QondorRotation, AsThePortalSaysLosesNoCall) {  // Q5
  ExpectNothingLost(CallWhile(
      sandbox_, [this] { return Call(); },
      [this](int) {
        api_->Use(QondorDialect::Key::kSecondary);
        api_->SetKey(QondorDialect::Key::kPrimary,
                     Regenerate("regeneratePrimaryKey", "primary_key"));
        api_->Use(QondorDialect::Key::kPrimary);
      }));
}

TEST_F(QondorRotation, WithoutAWordToTheClientLosesNoCallEither) {
  ExpectNothingLost(CallWhile(
      sandbox_, [this] { return Call(); },
      [this](int n) {
        const std::string key = Regenerate("regeneratePrimaryKey", "primary_key");
        // Until a call has found out, and is on the other key.
        while (n < kRotations - 1 && moves_ == 0) std::this_thread::yield();
        api_->SetKey(QondorDialect::Key::kPrimary, key);
        api_->Use(QondorDialect::Key::kPrimary);
      }));
  EXPECT_GT(moves_, 0);
  EXPECT_EQ(sandbox_.Count("auth_error"), moves_);
}

TEST_F(QondorRotation, OfBothKeysByTurnsLosesNoCall) {
  ExpectNothingLost(CallWhile(
      sandbox_, [this] { return Call(); },
      [this](int n) {
        using enum QondorDialect::Key;
        const bool primary = n % 2 == 0;
        api_->Use(primary ? kSecondary : kPrimary);
        api_->SetKey(primary ? kPrimary : kSecondary,
                     primary ? Regenerate("regeneratePrimaryKey", "primary_key")
                             : Regenerate("regenerateSecondaryKey", "secondary_key"));
      }));
}

}  // namespace
}  // namespace kondor::scenarios
