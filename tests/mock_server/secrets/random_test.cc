#include "mock_server/secrets/random.h"

#include <gtest/gtest.h>

#include <array>
#include <regex>
#include <set>
#include <string>

namespace kondor::secrets {
namespace {

constexpr int kMany = 10'000;

TEST(NewUuid, LooksLikeAVersionFourUuid) {  // K2
  const std::regex shape("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  for (int i = 0; i < 100; ++i) {
    const std::string uuid = NewUuid();
    EXPECT_TRUE(std::regex_match(uuid, shape)) << uuid;
  }
}

TEST(NewSecret, IsSixtyFourLettersAndDigits) {  // K2
  const std::regex shape("[0-9A-Za-z]{64}");
  for (int i = 0; i < 100; ++i) {
    const std::string secret = NewSecret();
    EXPECT_TRUE(std::regex_match(secret, shape)) << secret;
  }
}

TEST(NewUuid, NeverComesTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < kMany; ++i) ASSERT_TRUE(seen.insert(NewUuid()).second);
}

TEST(NewSecret, NeverComesTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < kMany; ++i) ASSERT_TRUE(seen.insert(NewSecret()).second);
}

// With 640,000 letters each of the 62 is expected 10,323 times, give or take 101. Taking bytes
// modulo 62 would favour eight of them by a quarter; seven deviations are past chance.
TEST(NewSecret, FavoursNoLetter) {
  std::array<int, 256> counts{};
  for (int i = 0; i < kMany; ++i) {
    for (const char c : NewSecret()) ++counts[static_cast<unsigned char>(c)];
  }
  for (const char c :
       std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    EXPECT_NEAR(counts[static_cast<unsigned char>(c)], 10'323, 710) << c;
  }
}

TEST(NewUuid, FavoursNoDigitWhereItIsFree) {
  // The first and the last group hold no fixed bits: 200,000 digits, 12,500 of each.
  std::array<int, 256> counts{};
  for (int i = 0; i < kMany; ++i) {
    const std::string uuid = NewUuid();
    for (const char c : uuid.substr(24)) ++counts[static_cast<unsigned char>(c)];
    for (const char c : uuid.substr(0, 8)) ++counts[static_cast<unsigned char>(c)];
  }
  for (const char c : std::string_view("0123456789abcdef")) {
    EXPECT_NEAR(counts[static_cast<unsigned char>(c)], 12'500, 760) << c;
  }
}

}  // namespace
}  // namespace kondor::secrets
