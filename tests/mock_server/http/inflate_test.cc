#include "mock_server/http/inflate.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/mock_server/http/compressed.h"

namespace kondor::http {
namespace {

using InflateState = Inflater::State;
constexpr std::size_t kPlenty = 1 << 20;

TEST(Inflater, UndoesBothCodingsHoweverTheBytesAreCut) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * i);
  for (const Coding coding : {Coding::kGzip, Coding::kDeflate}) {
    const std::string packed = Compress(text, coding);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, packed.size()}) {
      Inflater inflater(coding);
      std::string out;
      for (std::size_t i = 0; i < packed.size(); i += piece) {
        EXPECT_FALSE(inflater.whole());
        ASSERT_EQ(inflater.Feed(packed.substr(i, piece), out, kPlenty), InflateState::kMore);
      }
      EXPECT_TRUE(inflater.whole());
      EXPECT_EQ(out, text);
    }
  }
}

TEST(Inflater, ABombIsNoticedWhileItIsSmall) {
  const std::string bomb = Compress(std::string(50 << 20, 'x'), Coding::kGzip);
  ASSERT_LT(bomb.size(), 100u << 10);
  Inflater inflater(Coding::kGzip);
  std::string out;
  EXPECT_EQ(inflater.Feed(bomb, out, 10'000), InflateState::kTooLarge);
  EXPECT_LE(out.size(), 10'000u);
}

TEST(Inflater, TheBoundIsInclusive) {
  const std::string packed = Compress("12345", Coding::kGzip);
  std::string out;
  EXPECT_EQ(Inflater(Coding::kGzip).Feed(packed, out, 5), InflateState::kMore);
  out.clear();
  EXPECT_EQ(Inflater(Coding::kGzip).Feed(packed, out, 4), InflateState::kTooLarge);
}

TEST(Inflater, CutShortIsNotWhole) {
  const std::string packed = Compress("hello, hello", Coding::kGzip);
  Inflater inflater(Coding::kGzip);
  std::string out;
  EXPECT_EQ(inflater.Feed(packed.substr(0, packed.size() - 1), out, kPlenty), InflateState::kMore);
  EXPECT_FALSE(inflater.whole());
}

TEST(Inflater, StreamsMayFollowOneAnotherButNothingElse) {
  const std::string packed = Compress("ab", Coding::kGzip);
  std::string out;
  Inflater two(Coding::kGzip);
  EXPECT_EQ(two.Feed(packed + packed, out, kPlenty), InflateState::kMore);
  EXPECT_TRUE(two.whole());
  EXPECT_EQ(out, "abab");
  Inflater garbage(Coding::kGzip);
  EXPECT_EQ(garbage.Feed(packed + "garbage", out, kPlenty), InflateState::kCorrupt);
  EXPECT_EQ(Inflater(Coding::kDeflate).Feed(packed, out, kPlenty), InflateState::kCorrupt);
}

}  // namespace
}  // namespace kondor::http
