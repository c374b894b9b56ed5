#include "client/call/asked_wait.h"

#include <gtest/gtest.h>

#include <string>

namespace kondor::client {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Sentence {
  const char* text;
  std::optional<Duration> wait;
};

class WaitInSentenceTest : public testing::TestWithParam<Sentence> {};

TEST_P(WaitInSentenceTest, IsTheNumberThatAUnitFollows) {
  EXPECT_EQ(WaitInSentence(GetParam().text), GetParam().wait) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, WaitInSentenceTest,
    testing::Values(
        Sentence{"Too many requests. Please try again in 60 seconds.", seconds(60)},  // K5
        Sentence{"Rate limit is exceeded. Try again in 57 seconds.", seconds(57)},    // G6
        Sentence{"Rate limit is exceeded. Try again in 1 seconds.", seconds(1)},      // G6
        Sentence{"in 1 minute", minutes(1)}, Sentence{"in 2 minutes", minutes(2)},
        Sentence{"in 1 hour", hours(1)}, Sentence{"in 0 seconds", seconds(0)},
        Sentence{"at most 20 calls; in 5 seconds", seconds(5)},
        Sentence{"in 60seconds", seconds(60)}, Sentence{"in 1.5 seconds", seconds(2)},
        Sentence{"in 0.2 seconds", seconds(1)}, Sentence{"in 2.000 seconds", seconds(2)},
        Sentence{"in 1.0000000000000000000001 minutes", minutes(2)},
        Sentence{"in 1,000 seconds", seconds(1000)}, Sentence{"in 1,000,000 hours", kAskedWaitMax},
        Sentence{"in 1000000000000 seconds", kAskedWaitMax},
        Sentence{"in 99999999999999999999999999999999 minutes", kAskedWaitMax},
        Sentence{"in 49 hours", hours(49)}, Sentence{"in 8785 hours", kAskedWaitMax},
        Sentence{"in -5 seconds", std::nullopt}, Sentence{"", std::nullopt},
        Sentence{"later", std::nullopt}, Sentence{"in sixty seconds", std::nullopt},
        Sentence{"error 429", std::nullopt}, Sentence{"in 60", std::nullopt},
        Sentence{"in 5 parsecs", std::nullopt}, Sentence{"7.", std::nullopt}));

TEST(WaitInSentence, ReadsAnyTextToItsEnd) {
  EXPECT_FALSE(WaitInSentence(std::string(1'000'000, '7')));
  EXPECT_EQ(WaitInSentence(std::string(1'000'000, ' ') + "3 seconds"), seconds(3));
  EXPECT_FALSE(WaitInSentence(std::string("60\0 seconds", 11)));
}

TEST(WaitInSeconds, IsAWholeNumber) {  // G6, Q18
  EXPECT_EQ(WaitInSeconds("57"), seconds(57));
  EXPECT_EQ(WaitInSeconds(" 1 "), seconds(1));
  EXPECT_EQ(WaitInSeconds("0"), seconds(0));
  EXPECT_EQ(WaitInSeconds("1000000000000"), kAskedWaitMax);
  EXPECT_EQ(WaitInSeconds(std::string(400, '9')), kAskedWaitMax);
  for (const char* bad : {"", " ", "-1", "+1", "1.5", "5s", "0x10", "Wed, 21 Oct 2026 07:28:00 GMT",
                          "1 2", "1,000"}) {
    EXPECT_FALSE(WaitInSeconds(bad)) << bad;
  }
}

}  // namespace
}  // namespace kondor::client
