#include "mock_server/http/query.h"

#include <gtest/gtest.h>

#include <string>

namespace kondor::http {
namespace {

TEST(PercentDecode, DecodesEachEscapeOnce) {
  EXPECT_EQ(PercentDecode("k%41%2f%2F%c3%A9", PlusSign::kLiteral), "kA//\xc3\xa9");
  EXPECT_EQ(PercentDecode("%2541", PlusSign::kLiteral), "%41");
  EXPECT_EQ(PercentDecode("a%00b", PlusSign::kLiteral), std::string("a\0b", 3));
}

TEST(PercentDecode, WhatIsNoEscapeStandsForItself) {
  for (const char* text : {"%", "%4", "%zz", "%4g", "100%", "%%", "% 41", "%-1"}) {
    EXPECT_EQ(PercentDecode(text, PlusSign::kLiteral), text);
  }
  EXPECT_EQ(PercentDecode("%%41", PlusSign::kLiteral), "%A");
}

TEST(PercentDecode, APlusIsASpaceOnlyWhereAsked) {
  EXPECT_EQ(PercentDecode("a+b%2B", PlusSign::kLiteral), "a+b+");
  EXPECT_EQ(PercentDecode("a+b%2B", PlusSign::kSpace), "a b+");
}

TEST(Query, TheFirstOfSeveralWins) {
  const Query query("key=1&key=2&Key=3");
  ASSERT_NE(query.First("key"), nullptr);
  EXPECT_EQ(*query.First("key"), "1");
  EXPECT_EQ(query.Count("key"), 2u);
  EXPECT_EQ(query.Count("Key"), 1u);
  EXPECT_EQ(query.First("KEY"), nullptr);
  EXPECT_EQ(query.Count("KEY"), 0u);
}

TEST(Query, EmptyNamesAndValuesAreKeptEmptyPiecesAreNot) {
  const Query query("a&b=&=c&&d=e=f&=");
  ASSERT_EQ(query.pairs().size(), 5u);
  EXPECT_EQ(*query.First("a"), "");
  EXPECT_EQ(*query.First("b"), "");
  EXPECT_EQ(*query.First(""), "c");
  EXPECT_EQ(query.Count(""), 2u);
  EXPECT_EQ(*query.First("d"), "e=f");
  EXPECT_TRUE(Query("").pairs().empty());
  EXPECT_TRUE(Query("&&").pairs().empty());
}

TEST(Query, NamesAndValuesAreDecodedAfterTheyAreParted) {
  const Query query("%6bey=a%26b%3dc+d&%zz=%");
  EXPECT_EQ(*query.First("key"), "a&b=c d");
  EXPECT_EQ(*query.First("%zz"), "%");
}

TEST(Query, PairsAreBounded) {
  std::string raw;
  for (std::size_t i = 0; i < Query::kPairsMax + 10; ++i) raw += "n" + std::to_string(i) + "&";
  const Query query(raw);
  EXPECT_EQ(query.pairs().size(), Query::kPairsMax);
  EXPECT_NE(query.First("n0"), nullptr);
  EXPECT_EQ(query.First("n" + std::to_string(Query::kPairsMax)), nullptr);
}

}  // namespace
}  // namespace kondor::http
