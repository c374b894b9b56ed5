#include "client/budget/redis_address.h"

#include <gtest/gtest.h>

#include "client/budget/pacing_budget.h"
#include "client/budget/redis_events.h"

namespace kondor::limiter {
namespace {

using std::chrono::seconds;

TEST(RedisAddress, IsReadAndSaidAgain) {
  for (const auto& [text, said] : std::vector<std::pair<std::string, std::string>>{
           {"redis://localhost", "redis://localhost:6379/0"},
           {"redis://10.0.0.7:7000/3", "redis://10.0.0.7:7000/3"},
           {"redis://[::1]:7000", "redis://[::1]:7000/0"},
           {"redis://host/", "redis://host:6379/0"},
           {"unix:/run/redis.sock", "unix:/run/redis.sock"},
           {"unix:/run/redis.sock?db=4", "unix:/run/redis.sock?db=4"},
           {"/run/redis.sock", "unix:/run/redis.sock"}}) {
    const auto address = ParseRedisAddress(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->Text(), said);
  }
}

TEST(RedisAddress, OthersAreRefused) {
  for (const char* text :
       {"", "localhost", "http://host", "redis://", "redis://:7000", "redis://host:0",
        "redis://host:65536", "redis://host:x", "redis://host/x", "redis://host/-1", "redis://[::1",
        "redis://[::1]7", "unix:relative", "unix:/run/redis.sock?db=", "redis://me:word@host"}) {
    const auto address = ParseRedisAddress(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error().kind, ErrorKind::kInvalidArgument);
    EXPECT_EQ(address.error().message.find("word@"), std::string::npos);
  }
}

TEST(RedisEvents, AreReadOrRefused) {
  const auto settled = ReadEvent("1000 S 77 1 2000000000");
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->at, FromUnixMicros(1'000));
  EXPECT_EQ(settled->call, 77U);
  EXPECT_EQ(settled->answer.fate, Answer::Fate::kRefused);
  EXPECT_EQ(settled->answer.hint, seconds(2));
  EXPECT_EQ(ReadEvent("1 S 7 0 -")->answer.hint, std::nullopt);
  EXPECT_EQ(WriteAnswer(settled->answer), "1 2000000000");
  for (const char* text :
       {"", "x", "1", "1 T", "1 X 7", "-1 T 7", "1 T seven", "1 S 7", "1 S 7 3 -", "1 S 7 0",
        "1 S 7 0 x", "99999999999999999999 T 7", "9999999999999999999 T 7"}) {
    EXPECT_FALSE(ReadEvent(text)) << text;
  }
  EXPECT_EQ(ReadNumbers(WriteNumbers({1, -2, INT64_MIN})),
            (std::vector<std::int64_t>{1, -2, INT64_MIN}));
  EXPECT_FALSE(ReadNumbers("1 x "));
}

TEST(PaceOfOneOf, AllTogetherKeepWithinTheLongest) {
  const std::vector<Quota> published = {{1, seconds(1)}, {20, seconds(60)}};
  EXPECT_EQ(PaceOfOneOf(1, published), seconds(3));
  EXPECT_EQ(PaceOfOneOf(4, published), seconds(12));
  EXPECT_EQ(PaceOfOneOf(3, published), seconds(10)) << "six whole calls a minute each";
  EXPECT_EQ(PaceOfOneOf(60, published), seconds(180)) << "more workers than calls";
}

}  // namespace
}  // namespace kondor::limiter
