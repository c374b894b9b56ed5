#include "scenarios/run/variables.h"

#include <gtest/gtest.h>

namespace kondor::scenarios {
namespace {

const std::string kSecret = "tF3PwyMS3zeUOprTnF30wO6to9HeKjhu";

Variables SomeVariables() {
  Variables variables;
  variables.Set("user.token", kSecret);
  variables.Set("id", 2048);
  variables.Set("sandbox", "s1");
  return variables;
}

TEST(CheckVariables, FillTextsAndJson) {
  const Variables variables = SomeVariables();
  EXPECT_EQ(variables.FillText("a${id}b${sandbox}${"), "a2048bs1${");
  EXPECT_EQ(variables.Fill(Json::parse(R"({"a": ["${id}", "x${id}"], "b": 1})")),
            Json::parse(R"({"a": [2048, "x2048"], "b": 1})"));
}

TEST(CheckVariables, SecretsAreShownByTheirNamesAlone) {
  const Variables variables = SomeVariables();
  EXPECT_EQ(variables.Masked("token=" + kSecret + "&id=2048"), "token=$KONDADO_TOKEN&id=2048");
  EXPECT_EQ(variables.Quoted("a \"b\" $c `d` \\ " + kSecret),
            "\"a \\\"b\\\" \\$c \\`d\\` \\\\ ${KONDADO_TOKEN}\"");
}

TEST(CheckVariables, WhatLooksLikeASecretIsHiddenThoughNobodyKeptIt) {
  const Variables variables;
  EXPECT_EQ(variables.Masked("{\"token\": \"" + kSecret + "\"}"), "{\"token\": \"[hidden]\"}");
  EXPECT_EQ(variables.Masked("0123456789abcdef0123456789abcdef"), "[hidden]");
  EXPECT_EQ(variables.Masked("notasecretbutaverylongwordofletters"),
            "notasecretbutaverylongwordofletters");
}

TEST(CheckVariables, EnvironmentNamesAreTheInterfaces) {
  EXPECT_EQ(EnvironmentName("user.key"), "KONDADO_KEY");
  EXPECT_EQ(EnvironmentName("production.primary"), "QONDOR_SUBSCRIPTION_KEY");
  EXPECT_EQ(EnvironmentName("production.secondary"), "QONDOR_SECONDARY_KEY");
  EXPECT_EQ(EnvironmentName("second.token"), "SECOND_TOKEN");
}

}  // namespace
}  // namespace kondor::scenarios
