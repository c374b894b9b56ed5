#include "client/credentials/conceal.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "client/call/one_line.h"
#include "client/credentials/known_secrets.h"

namespace kondor::client {
namespace {

std::string Hide(std::string_view text, const std::vector<std::string>& secrets) {
  return Conceal(text, secrets);
}

TEST(Conceal, HidesEachSecretWhereverItStands) {
  EXPECT_EQ(Hide("abc token abc", {"abc"}), "[secret] token [secret]");
  EXPECT_EQ(Hide("x=s1&y=s2", {"s1", "s2"}), "x=[secret]&y=[secret]");
  EXPECT_EQ(Hide("nothing here", {"abc"}), "nothing here");
  EXPECT_EQ(Hide("", {"abc"}), "");
  EXPECT_EQ(Hide("as it is", {"", ""}), "as it is") << "an empty secret is none";
}

TEST(Conceal, HidesASecretAsItStandsInAUrl) {
  EXPECT_EQ(Hide("GET /?token=a%2Bb%2F%3D", {"a+b/="}), "GET /?token=[secret]");
}

TEST(Conceal, LeavesNoRestOfASecretThatBeginsWithAnother) {
  EXPECT_EQ(Hide("key is abcdef", {"abc", "abcdef"}), "key is [secret]");
  EXPECT_EQ(Hide("key is abcdef", {"def", "abcdef"}), "key is [secret]");
}

TEST(Conceal, EndsWithASecretOfItsOwnReplacement) {
  EXPECT_EQ(Hide("secret", {"secret"}), "[secret]");
  EXPECT_EQ(Hide("[", {"["}), "[secret]");
}

TEST(KnownSecrets, RemembersThoseThatWereReplaced) {
  KnownSecrets secrets;
  for (int i = 0; i < 10; ++i) secrets.Add("token-" + std::to_string(i) + "-end");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(secrets.Conceal("<token-" + std::to_string(i) + "-end>"), "<[secret]>") << i;
  }
}

TEST(KnownSecrets, ForgetsTheOldestAtLast) {
  KnownSecrets secrets;
  for (int i = 0; i < 1000; ++i) secrets.Add("token-" + std::to_string(i) + "-end");
  EXPECT_EQ(secrets.Conceal("token-999-end"), "[secret]");
  EXPECT_EQ(secrets.Conceal("token-0-end"), "token-0-end");
}

TEST(OneLine, HasNoControlCharacters) {
  EXPECT_EQ(OneLine("a\r\nb\tc\x7f"
                    "d"),
            "a  b c d");
  EXPECT_EQ(OneLine("\x1b[31mred"), " [31mred");
  EXPECT_EQ(OneLine(std::string("a\0b", 3)), "a b");
  EXPECT_EQ(OneLine("a\xc2\x9b"
                    "31m"),
            "a  31m")
      << "CSI in one character";
  EXPECT_EQ(OneLine("a\xc2\xa0"
                    "b"),
            "a\xc2\xa0"
            "b");
  EXPECT_EQ(OneLine("S\xc3\xa3o Paulo"), "S\xc3\xa3o Paulo");
  EXPECT_EQ(OneLine("\xc2"), "\xc2");
}

TEST(OneLine, IsCutBetweenLetters) {
  EXPECT_EQ(OneLine(std::string(300, 'a')), std::string(300, 'a'));
  EXPECT_EQ(OneLine(std::string(301, 'a')), std::string(300, 'a') + "...");
  const std::string wide = std::string(299, 'a') + "\xc3\xa3" + "tail";
  EXPECT_EQ(OneLine(wide), std::string(299, 'a') + "...") << "no half letter";
  EXPECT_LE(OneLine(std::string(1'000'000, '\x80')).size(), 303U);
}

}  // namespace
}  // namespace kondor::client
