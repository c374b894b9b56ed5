// Where exactly the rules about limits and waiting draw their lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/judge/evidence_of.h"

namespace kondor::judge {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Outcome kNo = Outcome::kRateLimited;

std::vector<std::string> OverLimit(const Evidence& evidence) {
  Findings findings;
  FindOverLimit(evidence, findings);
  return IdsOf(findings);
}

std::vector<std::string> TooSoon(const Evidence& evidence) {
  Findings findings;
  FindRetriedTooSoon(evidence, findings);
  return IdsOf(findings);
}

std::vector<std::string> Storms(const Evidence& evidence) {
  Findings findings;
  FindRetryStorms(evidence, findings);
  return IdsOf(findings);
}

TEST(OverLimit, IsWhatThePublishedWordsExplain) {
  EXPECT_THAT(OverLimit(EvidenceOf({{0}, {0.5, kNo}})), ElementsAre("over_limit"));
  // Exactly one window later is fine; whoever refused that counts in another way.
  EXPECT_THAT(OverLimit(EvidenceOf({{0}, {1, kNo}})), IsEmpty());
  EXPECT_THAT(OverLimit(EvidenceOf({{0}, {1.2, kNo}})), IsEmpty());
  EXPECT_THAT(OverLimit(EvidenceOf({{0, kNo}})), IsEmpty());
}

// Of two calls at once, the answer of the refused one may be ready first.
TEST(OverLimit, IsSeenWhateverTheJournalsOrder) {
  Evidence evidence = EvidenceOf({{0.001, kNo}, {0}});
  PutInOrder(evidence.calls);
  EXPECT_THAT(OverLimit(evidence), ElementsAre("over_limit"));
  Evidence at_once = EvidenceOf({{0, kNo}, {0}});
  PutInOrder(at_once.calls);
  EXPECT_THAT(OverLimit(at_once), ElementsAre("over_limit"));
}

TEST(OverLimit, LooksAtTheMinuteToo) {
  Evidence evidence = EvidenceOf({{0}, {2}, {4}, {6, kNo}});
  EXPECT_THAT(OverLimit(evidence), IsEmpty());
  evidence.limits.per_minute = 3;
  EXPECT_THAT(OverLimit(evidence), ElementsAre("over_limit"));
  Evidence later = EvidenceOf({{0}, {2}, {4}, {60, kNo}});
  later.limits.per_minute = 3;
  EXPECT_THAT(OverLimit(later), IsEmpty());
}

TEST(OverLimit, ForgivesAHairOnce) {
  EXPECT_THAT(OverLimit(EvidenceOf({{0}, {0.8, kNo}})), IsEmpty());
  EXPECT_THAT(OverLimit(EvidenceOf({{0}, {0.74, kNo}})), ElementsAre("over_limit"));
  EXPECT_THAT(OverLimit(EvidenceOf({{0}, {0.99, kNo}, {60.9}, {61.89, kNo}})),
              ElementsAre("over_limit"));
}

TEST(OverLimit, ForgivesNoMoreAtHighSpeedThanHalfTheWindow) {
  Evidence evidence = EvidenceOf({{0}, {0.45, kNo}});
  evidence.speed = 50;
  EXPECT_THAT(OverLimit(evidence), ElementsAre("over_limit"));
  evidence = EvidenceOf({{0}, {0.55, kNo}});
  evidence.speed = 50;
  EXPECT_THAT(OverLimit(evidence), IsEmpty());
}

TEST(OverLimit, DoesNotBlameForALockOut) {
  Evidence evidence = EvidenceOf({{0}, {0.5, kNo}});
  evidence.calls[1].cause = "lockout";
  EXPECT_THAT(OverLimit(evidence), IsEmpty());
}

TEST(OverLimit, ForgetsWithANewStart) {
  Evidence evidence = EvidenceOf({{0}, {0.5, kNo}});
  evidence.second_run = 1;
  EXPECT_THAT(OverLimit(evidence), IsEmpty());
  evidence.second_run = 0;
  EXPECT_THAT(OverLimit(evidence), ElementsAre("over_limit"));
}

TEST(OverLimit, KnowsQondorsLimit) {
  Evidence evidence = EvidenceOf({{0}, {0.1}, {0.2, kNo}});
  for (Call& call : evidence.calls) call.surface = "qondor";
  EXPECT_THAT(OverLimit(evidence), IsEmpty());
  evidence.limits.qondor_per_second = 2;
  EXPECT_THAT(OverLimit(evidence), ElementsAre("over_limit"));
}

TEST(RetriedTooSoon, IsBeforeTheWaitIsOver) {
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo}, {36}})), ElementsAre("retried_too_soon"));
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo}, {60}})), IsEmpty());
  // Who counts from when the refused call was sent is early by its way there.
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo}, {59.9}})), IsEmpty());
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo}, {59.5}})), ElementsAre("retried_too_soon"));
}

TEST(RetriedTooSoon, LeavesOtherRequestsAloneWhileTheyAreAdmitted) {
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo, 1}, {5, Outcome::kOk, 2}})), IsEmpty());
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo, 1}, {5, kNo, 2}})), ElementsAre("retried_too_soon"));
}

TEST(RetriedTooSoon, LetsThoseOnTheirWayArrive) {
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo, 1}, {0.1, kNo, 2}, {0.2, kNo, 3}})), IsEmpty());
  // But not the same request, which cannot be on its way twice.
  EXPECT_THAT(TooSoon(EvidenceOf({{0, kNo, 1}, {0.1, kNo, 1}})), ElementsAre("retried_too_soon"));
}

TEST(RetriedTooSoon, IsNoneOfACallThatCameBeforeTheRefusal) {
  EXPECT_THAT(TooSoon(EvidenceOf({{30}, {31, kNo}, {1}, {92}})), IsEmpty());
  EXPECT_THAT(TooSoon(EvidenceOf({{31, kNo, 2}, {1}, {40, kNo, 2}})),
              ElementsAre("retried_too_soon"));
}

TEST(RetriedTooSoon, ForgetsWithANewStart) {
  Evidence evidence = EvidenceOf({{0, kNo}, {5}});
  evidence.second_run = 1;
  EXPECT_THAT(TooSoon(evidence), IsEmpty());
}

TEST(RetryStorm, IsTheSixthFailureInFiveSeconds) {
  constexpr Outcome kBad = Outcome::kFault;
  EXPECT_THAT(Storms(EvidenceOf({{0, kBad}, {1, kBad}, {2, kBad}, {3, kBad}, {4, kBad}})),
              IsEmpty());
  EXPECT_THAT(
      Storms(EvidenceOf({{0, kBad}, {1, kBad}, {2, kBad}, {3, kBad}, {4, kBad}, {5, kBad}})),
      ElementsAre("retry_storm"));
  EXPECT_THAT(
      Storms(EvidenceOf({{0, kBad}, {1, kBad}, {2, kBad}, {3, kBad}, {4, kBad}, {5.1, kBad}})),
      IsEmpty());
  // A good answer between them begins anew; so does another request.
  EXPECT_THAT(Storms(EvidenceOf(
                  {{0, kBad}, {1, kBad}, {2, kBad}, {3}, {3.5, kBad}, {4, kBad}, {4.5, kBad}})),
              IsEmpty());
}

TEST(RetryStorm, IsNotDoublingFromHalfASecond) {
  constexpr Outcome kBad = Outcome::kFault;
  EXPECT_THAT(Storms(EvidenceOf(
                  {{0, kBad}, {0.5, kBad}, {1.5, kBad}, {3.5, kBad}, {7.5, kBad}, {15.5, kBad}})),
              IsEmpty());
}

TEST(StarvedWorker, IsOvertakenAgainAndAgain) {
  const auto starved = [](const Evidence& evidence) {
    Findings findings;
    FindStarvedWorkers(evidence, findings);
    return IdsOf(findings);
  };
  constexpr Outcome kOk = Outcome::kOk;
  EXPECT_THAT(starved(EvidenceOf(
                  {{0, kNo, 9}, {1, kOk, 1}, {2, kNo, 9}, {3, kOk, 2}, {4, kOk, 3}, {5, kNo, 9}})),
              ElementsAre("starved_worker"));
  // Those that had begun before it have a right to end.
  EXPECT_THAT(starved(EvidenceOf({{0, kNo, 1},
                                  {0.1, kNo, 2},
                                  {0.2, kNo, 3},
                                  {0.3, kNo, 9},
                                  {1, kOk, 1},
                                  {2, kNo, 9},
                                  {3, kOk, 2},
                                  {4, kOk, 3},
                                  {5, kNo, 9}})),
              IsEmpty());
  // Twice is bad luck.
  EXPECT_THAT(starved(EvidenceOf(
                  {{0, kNo, 9}, {1, kOk, 1}, {2, kOk, 2}, {3, kOk, 3}, {4, kNo, 9}, {5, kOk, 9}})),
              IsEmpty());
}

}  // namespace
}  // namespace kondor::judge
