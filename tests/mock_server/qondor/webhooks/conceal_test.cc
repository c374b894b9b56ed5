// A secret in what a receiver says back, however it writes it.
#include "mock_server/qondor/webhooks/conceal.h"

#include <gtest/gtest.h>

namespace kondor::qondor {
namespace {

TEST(Conceal, LeavesWhatIsNoSecret) {
  EXPECT_EQ(Conceal("", "s"), "");
  EXPECT_EQ(Conceal("text", ""), "text");
  EXPECT_EQ(Conceal(R"(\u00e9 \x % %4 \)", "secret"), R"(\u00e9 \x % %4 \)");
}

TEST(Conceal, FindsItAsItIs) {
  EXPECT_EQ(Conceal("a se\"c\\t b se\"c\\t", "se\"c\\t"), "a [redacted] b [redacted]");
  EXPECT_EQ(Conceal("sss", "s"), "[redacted]");
}

TEST(Conceal, FindsItWithJsonEscapes) {
  const std::string secret = "a\"b\\c/d<e";
  EXPECT_EQ(Conceal(R"({"got":"a\"b\\c/d<e"})", secret), R"({"got":"[redacted]"})");
  EXPECT_EQ(Conceal(R"({"got":"a\u0022b\u005Cc\/d\u003ce"})", secret), R"({"got":"[redacted]"})");
  EXPECT_EQ(Conceal(R"({"got":"{\"x\":\"a\\\"b\\\\c/d<e\"}"})", secret),
            R"({"got":"{\"x\":\"[redacted]\"}"})");
  EXPECT_EQ(Conceal(R"("caf\u00e9")", "caf\xc3\xa9"), R"("[redacted]")");
}

TEST(Conceal, FindsItPercentEncoded) {
  const std::string secret = "a b\"+/";
  EXPECT_EQ(Conceal("?k=a%20b%22%2B%2f&x=1", secret), "?k=[redacted]&x=1");
  EXPECT_EQ(Conceal("?k=a+b%22%2B%2F&x=1", secret), "?k=[redacted]&x=1");
}

}  // namespace
}  // namespace kondor::qondor
