// One call with everything that can become of it, on a clock that moves only when somebody waits.
#include "client/call/caller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "client/kondado/dialect.h"
#include "tests/client/call/fakes.h"

namespace kondor::client {
namespace {

using limiter::Answer;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using What = Step::What;

const Request kGet{.path = "/pipelines/2040/status"};
const Request kPost{.method = Method::kPost, .path = "/pipelines/2040/run"};

class CallerTest : public testing::Test {
 protected:
  CallerTest() {
    options_.on_step = [this](const Step& step) { steps_.push_back(step); };
    options_.retry.jitter_base = Duration::zero();  // waits are exactly what was asked for
  }

  Result<Response> Call(const Request& request, const CallOptions& options = {}) {
    Caller caller(transport_, dialect_, budget_, clock_, sleeper_, options_);
    return caller.Call(request, options);
  }
  Error Fails(const Request& request, const CallOptions& options = {}) {
    const auto response = Call(request, options);
    EXPECT_FALSE(response) << "it did not fail";
    return response ? Error{} : response.error();
  }
  std::vector<What> WhatHappened() const {
    std::vector<What> all;
    for (const Step& step : steps_) all.push_back(step.what);
    return all;
  }
  Duration Passed() const { return clock_.Now() - kBegin; }

  ManualClock clock_{kBegin};
  ManualSleeper sleeper_{clock_};
  FakeTransport transport_;
  KondadoDialect dialect_{{"key-1", "token-1"}};
  FakeBudget budget_;
  CallerOptions options_;
  std::vector<Step> steps_;
};

TEST_F(CallerTest, AnAnswerIsHandedOverAndSettled) {
  transport_.Then(Ok("{}"));
  const auto response = Call(kGet);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "{}");
  ASSERT_EQ(budget_.settled.size(), 1U);
  EXPECT_EQ(budget_.settled[0].fate, Answer::Fate::kAdmitted);
  EXPECT_FALSE(budget_.settled[0].hint);
  EXPECT_THAT(WhatHappened(), ElementsAre(What::kEntered, What::kAnswered));
}

TEST_F(CallerTest, ARefusedCallIsSentAgainAfterWhatWasAsked) {  // K5: it was not executed
  for (const Request& request : {kGet, kPost}) {
    const TimePoint begun = clock_.Now();
    transport_.Then(Ok(std::string(kRefused))).Then(Ok());
    ASSERT_TRUE(Call(request));
    EXPECT_EQ(clock_.Now() - begun, seconds(60));
  }
  ASSERT_EQ(budget_.settled.size(), 4U);
  EXPECT_EQ(budget_.settled[0].fate, Answer::Fate::kRefused);
  EXPECT_EQ(budget_.settled[0].hint, seconds(60));
  EXPECT_EQ(budget_.settled[1].fate, Answer::Fate::kAdmitted);
  EXPECT_EQ(steps_[2].what, What::kWaiting);
  EXPECT_EQ(steps_[2].took, seconds(60));
}

TEST_F(CallerTest, JitterIsAddedToTheHint) {
  options_.retry.jitter_base = seconds(10);
  for (int i = 0; i < 50; ++i) {
    options_.seed = static_cast<std::uint64_t>(i);
    transport_.Then(Ok(std::string(kRefused))).Then(Ok());
    const TimePoint begun = clock_.Now();
    ASSERT_TRUE(Call(kGet));
    EXPECT_GE(clock_.Now() - begun, seconds(60));
    EXPECT_LE(clock_.Now() - begun, seconds(70));
  }
}

TEST_F(CallerTest, OneCallersJitterDiffersFromTryToTry) {
  options_.retry = {.tries_max = 4, .jitter_base = seconds(1), .jitter_max = seconds(1)};
  for (int i = 0; i < 4; ++i) transport_.Then(NotSent());
  Fails(kGet);
  std::vector<Duration> waits;
  for (const Step& step : steps_) {
    if (step.what == What::kWaiting) waits.push_back(step.took);
  }
  ASSERT_EQ(waits.size(), 3U);
  EXPECT_NE(waits[0], waits[1]);
  EXPECT_NE(waits[1], waits[2]);
}

TEST_F(CallerTest, ALostAnswerOfAGetIsAskedForAgain) {
  transport_.Then(Lost()).Then(Ok());
  EXPECT_TRUE(Call(kGet));
  EXPECT_EQ(budget_.settled[0].fate, Answer::Fate::kUnknown);
}

TEST_F(CallerTest, ALostAnswerOfAPostIsNot) {
  transport_.Then(Lost("POST http://fake/: the connection broke"));
  const Error error = Fails(kPost);
  EXPECT_EQ(error.kind, ErrorKind::kTransport);
  EXPECT_THAT(error.message, HasSubstr("the connection broke"));
  EXPECT_THAT(error.message,
              HasSubstr(" (after 0.0 s: it may have been carried out, so it is not sent again)"));
  EXPECT_EQ(transport_.requests().size(), 1U);
}

TEST_F(CallerTest, APostThatNeverLeftIsSentAgain) {
  transport_.Then(NotSent()).Then(Ok());
  EXPECT_TRUE(Call(kPost));
}

TEST_F(CallerTest, APostThatTheVendorFailedIsNotSentAgain) {
  for (const Response& failed :
       {Status(500), Status(502, "<html>"), Ok("half of"), Ok(""), Status(302)}) {
    const std::size_t before = transport_.requests().size();
    transport_.Then(failed);
    EXPECT_THAT(Fails(kPost).message, HasSubstr("may have been carried out"));
    EXPECT_EQ(transport_.requests().size(), before + 1);
  }
}

TEST_F(CallerTest, IdempotencyIsByMethodUnlessSaid) {
  for (const Method method : {Method::kGet, Method::kHead, Method::kPut, Method::kDelete,
                              Method::kPost, Method::kPatch}) {
    const bool idempotent = method != Method::kPost && method != Method::kPatch;
    transport_.Then(Lost()).Then(Ok());
    EXPECT_EQ(Call({.method = method}).has_value(), idempotent) << ToText(method);
    if (!idempotent) {
      EXPECT_TRUE(Call({.method = method})) << "what is left of the script";
    }
  }
  transport_.Then(Lost()).Then(Ok());
  EXPECT_TRUE(Call(kPost, {.idempotency = Idempotency::kIdempotent}));
  transport_.Then(Lost());
  EXPECT_FALSE(Call(kGet, {.idempotency = Idempotency::kNotIdempotent}));
}

TEST_F(CallerTest, WhatWouldBeAnsweredTheSameIsNotAskedAgain) {
  for (const char* code : {"NOT_FOUND", "PLAN_NOT_ALLOWED", "INVALID_PARAMETERS",
                           "PIPELINE_BLOCKED", "INVALID_CREDENTIALS"}) {
    const std::size_t before = transport_.requests().size();
    transport_.Then(Envelope(code, "So it is."));
    const Error error = Fails(kGet);
    EXPECT_EQ(error.message, "Kondado: So it is.");
    EXPECT_EQ(error.code, code);
    EXPECT_EQ(transport_.requests().size(), before + 1);
    EXPECT_EQ(budget_.settled.back().fate, Answer::Fate::kAdmitted);
  }
  EXPECT_EQ(Passed(), Duration::zero());
}

TEST_F(CallerTest, GivesUpWhenAllTriesAreUsedAndSaysSo) {
  options_.retry.tries_max = 3;
  for (int i = 0; i < 3; ++i) transport_.Then(Ok(std::string(kRefused)));
  const Error error = Fails(kGet);
  EXPECT_EQ(error.kind, ErrorKind::kRateLimited);
  EXPECT_THAT(error.message, HasSubstr("gave up, because it may be tried 3 times"));
  EXPECT_THAT(error.message, HasSubstr(" (after 120.0 s: "));
  EXPECT_THAT(error.message, HasSubstr("Too many requests"));
  EXPECT_EQ(error.code, "RATE_LIMIT_EXCEEDED");
  EXPECT_EQ(transport_.requests().size(), 3U);
  EXPECT_EQ(Passed(), seconds(120)) << "no wait after the last";
}

TEST_F(CallerTest, OneDeadlineIsOverQueueingTriesAndWaits) {
  budget_.on_enter = [this] { clock_.Advance(seconds(10)); };
  const auto slow = [this](const Request&) -> Delivery {
    clock_.Advance(seconds(5));
    return Ok(std::string(kRefused));
  };
  transport_.Then(slow).Then(slow).Then(Ok());
  const Error error = Fails(kGet, {.timeout = seconds(140)});
  // 10 + 5 + 60 + 10 + 5 = 90; the next wait would end at 150.
  EXPECT_EQ(error.kind, ErrorKind::kRateLimited);
  EXPECT_THAT(error.message, HasSubstr("past the deadline"));
  EXPECT_THAT(error.message, HasSubstr("in 60.0 s"));
  EXPECT_EQ(Passed(), seconds(90)) << "it does not wait for what cannot come";
  EXPECT_THAT(budget_.deadlines, ElementsAre(kBegin + seconds(140), kBegin + seconds(140)));
  EXPECT_THAT(transport_.timeouts(), ElementsAre(seconds(30), seconds(30)));
}

TEST_F(CallerTest, ATryGetsNoLongerThanIsLeft) {
  transport_.Then(Ok(std::string(kRefused))).Then(Ok());
  ASSERT_TRUE(Call(kGet, {.timeout = seconds(70)}));
  EXPECT_THAT(transport_.timeouts(), ElementsAre(seconds(30), seconds(10)));
}

TEST_F(CallerTest, AQueueThatCannotBeInTimeIsADeadline) {
  budget_.refusals.push_back({ErrorKind::kDeadline, "the rate limit lets no call go"});
  const Error error = Fails(kGet);
  EXPECT_EQ(error.kind, ErrorKind::kDeadline);
  EXPECT_THAT(transport_.requests(), IsEmpty());
}

TEST_F(CallerTest, AQueueThatFailsLaterKeepsWhatWasLearnt) {
  budget_.refusals = {{}, {ErrorKind::kDeadline, "no turn in time"}};
  transport_.Then(Ok(std::string(kRefused)));
  const Error error = Fails(kGet);
  EXPECT_EQ(error.kind, ErrorKind::kRateLimited);
  EXPECT_THAT(error.message, HasSubstr("no turn in time"));
}

TEST_F(CallerTest, ABudgetOutOfReachIsSaidSo) {
  budget_.refusals = {{ErrorKind::kUnavailable, "no Redis"}};
  EXPECT_EQ(Fails(kGet).kind, ErrorKind::kUnavailable);
}

TEST_F(CallerTest, CancelledInTheQueue) {
  budget_.refusals = {{ErrorKind::kCancelled, "cancelled while waiting"}};
  EXPECT_EQ(Fails(kGet).kind, ErrorKind::kCancelled);
}

TEST_F(CallerTest, CancelledInTheMiddleOfATry) {
  for (const bool sent : {false, true}) {
    std::stop_source stop;
    transport_.Then([&](const Request&) -> Delivery {
      stop.request_stop();
      return sent ? Lost("GET /: cancelled") : NotSent("GET /: cancelled");
    });
    const Error error = Fails(kGet, {.stop = stop.get_token()});
    EXPECT_EQ(error.kind, ErrorKind::kCancelled) << "a GET is not asked for again";
    const bool says_so = error.message.find("may have been carried out") != std::string::npos;
    EXPECT_EQ(says_so, sent) << error.message;
  }
  EXPECT_EQ(budget_.settled.back().fate, Answer::Fate::kUnknown);
}

// Is cancelled while it sleeps.
class CancellingSleeper final : public Sleeper {
 public:
  void SleepUntil(TimePoint, std::stop_token) override { stop.request_stop(); }
  std::stop_source stop;
};

TEST_F(CallerTest, CancelledWhileItWaits) {
  CancellingSleeper sleeper;
  Caller caller(transport_, dialect_, budget_, clock_, sleeper, options_);
  transport_.Then(Ok(std::string(kRefused))).Then(Ok());
  const auto response = caller.Call(kGet, {.stop = sleeper.stop.get_token()});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::kRateLimited) << "that much was learnt";
  EXPECT_THAT(response.error().message, HasSubstr("cancelled"));
  EXPECT_EQ(transport_.requests().size(), 1U);
}

TEST_F(CallerTest, WithNoTimeLeftNothingIsSent) {  // a machine that slept, say
  budget_.on_enter = [this] { clock_.Advance(std::chrono::hours(3)); };
  const Error error = Fails(kPost);
  EXPECT_EQ(error.kind, ErrorKind::kDeadline);
  EXPECT_THAT(transport_.requests(), IsEmpty());
  ASSERT_EQ(budget_.settled.size(), 1U) << "the pass is given back";
  EXPECT_EQ(budget_.settled[0].fate, Answer::Fate::kUnknown);
}

TEST_F(CallerTest, AClockThatJumpsDuringATryEndsItsDeadline) {
  transport_.Then([this](const Request&) -> Delivery {
    clock_.Advance(std::chrono::hours(3));
    return Ok(std::string(kRefused));
  });
  const Error error = Fails(kGet);
  EXPECT_EQ(error.kind, ErrorKind::kRateLimited);
  EXPECT_THAT(error.message, HasSubstr("past the deadline"));
}

TEST_F(CallerTest, AnAnswerThatCameIsAnAnswerEvenTooLate) {
  transport_.Then([this](const Request&) -> Delivery {
    clock_.Advance(std::chrono::hours(3));
    return Ok();
  });
  EXPECT_TRUE(Call(kPost)) << "it was carried out: to say otherwise would have it done twice";
}

TEST_F(CallerTest, NoTimeoutIsTooLong) {
  transport_.Then(Ok());
  EXPECT_TRUE(Call(kGet, {.timeout = Duration::max(), .try_timeout = Duration::max()}));
  EXPECT_EQ(budget_.deadlines[0], TimePoint::max());
}

TEST_F(CallerTest, NoTimeoutIsTooShort) {
  for (const Duration timeout : {Duration::zero(), Duration(-1), Duration::min()}) {
    EXPECT_EQ(Fails(kGet, {.timeout = timeout}).kind, ErrorKind::kDeadline);
  }
  EXPECT_THAT(transport_.requests(), IsEmpty());
}

TEST_F(CallerTest, AHintBeyondAllReasonIsPastTheDeadline) {
  transport_.Then(Envelope("RATE_LIMIT_EXCEEDED", "Try again in 1000000000000 seconds."));
  EXPECT_THAT(Fails(kGet).message, HasSubstr("past the deadline"));
  EXPECT_EQ(Passed(), Duration::zero());
}

TEST_F(CallerTest, AHintOfNothingIsNoWait) {
  for (const char* hint : {"in 0 seconds", "in -3 seconds", "soon"}) {
    transport_.Then(Envelope("RATE_LIMIT_EXCEEDED", hint)).Then(Ok());
    EXPECT_TRUE(Call(kGet)) << hint;
  }
  EXPECT_EQ(Passed(), Duration::zero());
}

TEST_F(CallerTest, ARequestThatCannotBeSentCostsNothing) {
  for (const Request& bad : {Request{.path = "pipelines"}, Request{.path = "/a b"},
                             Request{.headers = {{"A", "b\r\nc"}}}}) {
    EXPECT_EQ(Fails(bad).kind, ErrorKind::kInvalidArgument);
  }
  EXPECT_THAT(budget_.deadlines, IsEmpty());
  EXPECT_THAT(transport_.requests(), IsEmpty());
}

TEST_F(CallerTest, NoStepAndNoErrorHoldsASecret) {
  const std::string long_one(64, 'x');
  dialect_.Swap({"key-2", long_one});
  const auto check = [&](const Error& error) {
    for (const Step& step : steps_) EXPECT_THAT(step.text, Not(HasSubstr("xxxx")));
    EXPECT_THAT(error.message, Not(HasSubstr("xxxx")));
    EXPECT_THAT(error.code, Not(HasSubstr("xxxx")));
  };
  transport_.Then(Envelope("NOT_FOUND", "no " + long_one + "\\u001b[2J"));
  check(Fails(kGet));
  EXPECT_THAT(steps_.back().text, Not(HasSubstr("\x1b")));
  transport_.Then(Envelope("BAD_" + long_one, "no"));
  check(Fails(kGet));
  transport_.Then(Lost("GET http://fake/?token=" + long_one));
  check(Fails(kPost));
  // Where a long text is cut, half a token would not be recognised any more.
  transport_.Then(Envelope("NOT_FOUND", std::string(270, 'm') + long_one));
  check(Fails(kGet));
  EXPECT_LT(steps_.back().text.size(), 350U);
}

}  // namespace
}  // namespace kondor::client
