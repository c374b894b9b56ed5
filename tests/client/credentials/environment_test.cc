// Credentials from the environment: all that is there, nothing that cannot be one, and no word of a
// value in an error.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "client/credentials/access.h"

namespace kondor::client {
namespace {

constexpr const char* kNamesToClear[] = {"KONDADO_KEY",
                                         "KONDADO_TOKEN",
                                         "KONDADO_VIA_TOKEN",
                                         "KONDADO_BASE_URL",
                                         "KONDADO_WEBHOOK_BASE_URL",
                                         "KONDADO_VIA_BASE_URL",
                                         "QONDOR_SUBSCRIPTION_KEY",
                                         "QONDOR_SECONDARY_KEY",
                                         "QONDOR_BASE_URL"};

class FromEnvironment : public testing::Test {
 protected:
  FromEnvironment() { Clear(); }
  ~FromEnvironment() override { Clear(); }

  static void Clear() {
    for (const char* name : kNamesToClear) unsetenv(name);
  }
};

TEST_F(FromEnvironment, WhatIsNotThereIsEmpty) {
  const auto access = AccessFromEnvironment();
  ASSERT_TRUE(access);
  EXPECT_EQ(access->kondado.key, "");
  EXPECT_EQ(access->qondor.secondary_key, "");
  EXPECT_EQ(access->qondor_base_url, "");
}

TEST_F(FromEnvironment, EachNameHasItsPlace) {
  for (const char* name : kNamesToClear) setenv(name, (std::string("of-") + name).c_str(), 1);
  const auto access = AccessFromEnvironment();
  ASSERT_TRUE(access);
  EXPECT_EQ(access->kondado.key, "of-KONDADO_KEY");
  EXPECT_EQ(access->kondado.token, "of-KONDADO_TOKEN");
  EXPECT_EQ(access->via_kondado_token, "of-KONDADO_VIA_TOKEN");
  EXPECT_EQ(access->kondado_base_url, "of-KONDADO_BASE_URL");
  EXPECT_EQ(access->webhook_base_url, "of-KONDADO_WEBHOOK_BASE_URL");
  EXPECT_EQ(access->via_kondado_base_url, "of-KONDADO_VIA_BASE_URL");
  EXPECT_EQ(access->qondor.primary_key, "of-QONDOR_SUBSCRIPTION_KEY");
  EXPECT_EQ(access->qondor.secondary_key, "of-QONDOR_SECONDARY_KEY");
  EXPECT_EQ(access->qondor_base_url, "of-QONDOR_BASE_URL");
}

TEST_F(FromEnvironment, WhatCannotBeACredentialIsRefusedWithoutShowingIt) {
  for (const char* value : {"sesame open", "sesame\n", "\tsesame", "sesame\x7f", "ses\xc3\xa4me"}) {
    setenv("KONDADO_TOKEN", value, 1);
    const auto access = AccessFromEnvironment();
    ASSERT_FALSE(access) << value;
    EXPECT_EQ(access.error().kind, ErrorKind::kInvalidArgument);
    EXPECT_NE(access.error().message.find("KONDADO_TOKEN"), std::string::npos);
    EXPECT_EQ(access.error().message.find("ses"), std::string::npos) << access.error().message;
    EXPECT_EQ(access.error().message.find('\n'), std::string::npos);
  }
}

// Empty is not "the vendor's own": whoever set it meant another.
TEST_F(FromEnvironment, AnEmptyAddressIsRefused) {
  for (const char* name : {"KONDADO_BASE_URL", "KONDADO_WEBHOOK_BASE_URL", "KONDADO_VIA_BASE_URL",
                           "QONDOR_BASE_URL"}) {
    Clear();
    setenv(name, "", 1);
    const auto access = AccessFromEnvironment();
    ASSERT_FALSE(access) << name;
    EXPECT_NE(access.error().message.find(name), std::string::npos) << access.error().message;
  }
  Clear();
  setenv("KONDADO_TOKEN", "", 1);
  EXPECT_TRUE(AccessFromEnvironment());
}

}  // namespace
}  // namespace kondor::client
