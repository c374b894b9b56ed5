// The default strategy: what it takes for proof, and what it does then.
#include "client/limiter/learning.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Fate = Answer::Fate;

class LearningTest : public testing::Test {
 protected:
  // A call as soon as one may go, answered at once; when it went, after the begin.
  Duration Call(const Answer& answer = {}) {
    now_ = strategy_->Check(now_);
    strategy_->Take(now_, ++calls_);
    strategy_->Settle(now_, calls_, answer);
    return now_ - kBegin;
  }

  static constexpr Answer kRefused{Fate::kRefused, seconds(60)};
  std::vector<Lesson> lessons_;
  StrategyPtr strategy_ =
      MakeLearning({.quotas = {{1, seconds(1)}, {20, seconds(60)}},
                    .on_lesson = [this](const Lesson& lesson) { lessons_.push_back(lesson); }});
  TimePoint now_ = kBegin;
  CallId calls_ = 0;
};

TEST_F(LearningTest, BeginsAsFastAsTheQuotasAllow) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Call(), seconds(i));
  EXPECT_EQ(Call(), seconds(60));
  EXPECT_TRUE(lessons_.empty());
}

TEST_F(LearningTest, SpreadsCallsEvenlyAfterARefusalItsBooksExclude) {
  Call();
  EXPECT_EQ(Call(kRefused), seconds(1));
  EXPECT_EQ(Call(), seconds(61));
  EXPECT_EQ(Call(), seconds(61) + Duration(3'003'000'001));
  ASSERT_EQ(lessons_.size(), 1U);
  EXPECT_EQ(lessons_[0].sent, kBegin + seconds(1));
  EXPECT_EQ(lessons_[0].booked, 1U);
  EXPECT_FALSE(lessons_[0].certain);
  EXPECT_EQ(lessons_[0].text,
            "refused although only 1 of 20 calls per 60.000 s were booked (those of an earlier run "
            "are not known); from now on at least 3.004 s between calls");
}

TEST_F(LearningTest, IsCertainOnceItsBooksGoBackAWholePeriod) {
  for (int i = 0; i < 21; ++i) Call();
  Call(kRefused);
  ASSERT_EQ(lessons_.size(), 1U);
  EXPECT_TRUE(lessons_[0].certain);
  EXPECT_EQ(lessons_[0].booked, 19U);  // those of 2 to 19 s, and that of 60 s
}

TEST_F(LearningTest, AFirstCallProvesNothing) {
  EXPECT_EQ(Call(kRefused), seconds(0));
  EXPECT_TRUE(lessons_.empty());
  EXPECT_EQ(Call(), seconds(60));
  EXPECT_EQ(Call(), seconds(61));
}

TEST_F(LearningTest, ACallUnderWayWhenAnotherWasRefusedProvesNothing) {
  strategy_ =
      MakeLearning({.quotas = {{5, seconds(60)}},
                    .on_lesson = [this](const Lesson& lesson) { lessons_.push_back(lesson); }});
  strategy_->Take(kBegin, 1);
  strategy_->Take(kBegin, 2);
  strategy_->Take(kBegin, 3);
  strategy_->Settle(kBegin + seconds(1), 2, kRefused);
  strategy_->Settle(kBegin + seconds(2), 3, kRefused);
  EXPECT_EQ(lessons_.size(), 1U);
  EXPECT_EQ(strategy_->Check(kBegin + seconds(2)), kNotYetKnown) << "the first is still under way";
  strategy_->Settle(kBegin + seconds(3), 1, {});
  EXPECT_EQ(strategy_->Check(kBegin + seconds(3)), kBegin + seconds(62)) << "the last hint counts";
}

TEST_F(LearningTest, SpreadsMoreWidelyEachTime) {
  Call();
  Call(kRefused);
  Call();
  Call(kRefused);
  ASSERT_EQ(lessons_.size(), 2U);
  EXPECT_EQ(lessons_[1].interval, lessons_[0].interval * 5 / 4);
}

TEST_F(LearningTest, BeginsWithWhatAnEarlierRunLearnt) {
  strategy_ = MakeLearning(
      {.quotas = {{1, seconds(1)}, {20, seconds(60)}}, .interval = milliseconds(3'500)});
  Call();
  EXPECT_EQ(Call(), milliseconds(3'500));
}

}  // namespace
}  // namespace kondor::limiter
