// From what was said to what a client is made of, and that a mock's user never calls a vendor.
#include "client/credentials/options.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace kondor::client {
namespace {

TEST(Options, NothingSaidIsTheVendorsOwn) {
  const Access access{{"k", "t"}, "v", {"p", "s"}};
  EXPECT_EQ(OptionsForKondado(access).endpoint.http.base_url, "");
  EXPECT_EQ(OptionsForKondado(access).credentials.token, "t");
  EXPECT_EQ(OptionsForWebhook(access, 2040).value().endpoint.http.base_url, "");
  EXPECT_EQ(OptionsForWebhook(access, 2040).value().pipeline_id, 2040);
  EXPECT_EQ(OptionsForViaKondado(access).value().endpoint.http.base_url, "");
  EXPECT_EQ(OptionsForViaKondado(access).value().token, "v");
  EXPECT_EQ(OptionsForQondor(access).endpoint.http.base_url, "");
  EXPECT_EQ(OptionsForQondor(access).environment, QondorEnvironment::kTest);
  EXPECT_EQ(OptionsForQondor(access).credentials.secondary_key, "s");
}

TEST(Options, TheMocksHostsAreNeighbours) {
  for (const char* k2 : {"http://127.0.0.1:7070/@mine/k2", "http://127.0.0.1:7070/@mine/k2/"}) {
    Access access;
    access.kondado_base_url = k2;
    EXPECT_EQ(OptionsForKondado(access).endpoint.http.base_url, k2);
    EXPECT_EQ(OptionsForWebhook(access, 1).value().endpoint.http.base_url,
              "http://127.0.0.1:7070/@mine/k1");
    EXPECT_EQ(OptionsForViaKondado(access).value().endpoint.http.base_url,
              "http://127.0.0.1:7070/@mine/hub");
  }
}

TEST(Options, ANeighbourThatCannotBeKnownHasToBeSaid) {
  Access access;
  access.kondado_base_url = "http://127.0.0.1:7070";
  const auto webhook = OptionsForWebhook(access, 1);
  ASSERT_FALSE(webhook);
  EXPECT_NE(webhook.error().message.find("KONDADO_WEBHOOK_BASE_URL"), std::string::npos);
  const auto hub = OptionsForViaKondado(access);
  ASSERT_FALSE(hub);
  EXPECT_NE(hub.error().message.find("KONDADO_VIA_BASE_URL"), std::string::npos);
  access.webhook_base_url = "http://127.0.0.1:1";
  access.via_kondado_base_url = "http://127.0.0.1:2";
  EXPECT_EQ(OptionsForWebhook(access, 1).value().endpoint.http.base_url, "http://127.0.0.1:1");
  EXPECT_EQ(OptionsForViaKondado(access).value().endpoint.http.base_url, "http://127.0.0.1:2");
}

TEST(Options, QondorsBaseUrlMayNameTheEnvironment) {
  using enum QondorEnvironment;
  const std::string gateway = "http://127.0.0.1:7070/qondor";
  for (const auto& [ending, environment] :
       {std::pair{"", kTest}, std::pair{"/", kTest}, std::pair{"/Prod", kProduction},
        std::pair{"/Test", kTest}, std::pair{"/Dev/", kDevelopment}}) {
    Access access;
    access.qondor_base_url = gateway + ending;
    EXPECT_EQ(OptionsForQondor(access).endpoint.http.base_url, gateway);
    EXPECT_EQ(OptionsForQondor(access).environment, environment);
  }
}

}  // namespace
}  // namespace kondor::client
