#include "tests/floor_plan/code_text.h"

#include <gtest/gtest.h>

namespace kondor::floor_plan {
namespace {

TEST(CodeText, BlanksCommentsAndKeepsLines) {
  EXPECT_EQ(BlankCommentsAndLiterals("a; // b\nc /* d\ne */ f"), "a;     \nc     \n     f");
}

TEST(CodeText, BlanksTheInsidesOfLiterals) {
  EXPECT_EQ(BlankCommentsAndLiterals(R"(f("a\"b", 'c', '\''))"), R"(f("    ", ' ', '  '))");
}

TEST(CodeText, KnowsRawStrings) {
  EXPECT_EQ(BlankCommentsAndLiterals("f(R\"x(a)\"\n\")x\"); g"), "f(R\"     \n   \"); g");
}

TEST(CodeText, ACommentInALiteralIsNone) {
  EXPECT_EQ(BlankCommentsAndLiterals("f(\"http://x\"); g"), "f(\"        \"); g");
}

TEST(CodeText, AQuoteInACommentOpensNothing) {
  EXPECT_EQ(BlankCommentsAndLiterals("// don't\nsleep"), "        \nsleep");
}

TEST(CodeText, AQuoteBetweenDigitsOpensNothing) {
  EXPECT_EQ(BlankCommentsAndLiterals("1'000 + sleep + 2'000"), "1'000 + sleep + 2'000");
}

TEST(CodeText, SurvivesWhatIsNotClosed) {
  EXPECT_EQ(BlankCommentsAndLiterals("a /* b"), "a     ");
  EXPECT_EQ(BlankCommentsAndLiterals("f(\"b\\").size(), 5U);
  EXPECT_EQ(BlankCommentsAndLiterals("R\"(").size(), 3U);
  EXPECT_EQ(BlankCommentsAndLiterals(""), "");
}

TEST(HoldsWord, WantsItOnItsOwn) {
  EXPECT_TRUE(HoldsWord("std::rand()", "rand"));
  EXPECT_TRUE(HoldsWord("operand = rand", "rand"));
  EXPECT_FALSE(HoldsWord("operand + random + rand_", "rand"));
  EXPECT_TRUE(HoldsWord("t=time(0)+1", "time(0)"));
  EXPECT_FALSE(HoldsWord("t=runtime(0)", "time(0)"));
  EXPECT_FALSE(HoldsWord("", "rand"));
}

}  // namespace
}  // namespace kondor::floor_plan
