// What `retry_at` promises: every earlier instant refuses the same call, that instant admits it.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <optional>
#include <vector>

#include "describe.h"
#include "mock_server/ledger/ledger.h"
#include "readings.h"

namespace kondor::ledger {
namespace {

using Micros = std::int64_t;

struct PastCall {
  Micros at = 0;
  IpIdentity ip;
  std::optional<KeyIdentity> key;
};

// A probe may count or lock, so each one gets books of its own that lived through the same calls.
Decision Probe(const Reading& reading, const std::vector<PastCall>& history, Micros at) {
  Ledger ledger(reading);
  for (const PastCall& call : history) ledger.Decide(FromUnixMicros(call.at), call.ip, call.key);
  return ledger.Decide(FromUnixMicros(at), history.back().ip, history.back().key);
}

std::vector<PastCall> AnyHistory(Micros start) {
  const auto gap = rc::gen::weightedOneOf<Micros>(
      {{4, rc::gen::inRange<Micros>(0, 1'500'000)},
       {2, rc::gen::inRange<Micros>(0, 30'000'000)},
       {1, rc::gen::element<Micros>(0, 999'999, 1'000'000, 3'000'000, 59'999'999, 60'000'000)}});
  std::vector<PastCall> history;
  Micros now = start;
  for (const Micros g : *rc::gen::container<std::vector<Micros>>(gap)) {
    now += g;
    PastCall call{now, {IpIdentity::Family::kV4, *rc::gen::inRange(1U, 3U)}, {}};
    if (const auto key = *rc::gen::inRange(0U, 3U)) call.key = KeyIdentity{key};
    history.push_back(call);
  }
  return history;
}

class RetryAt : public testing::TestWithParam<Window> {};

TEST_P(RetryAt, IsTheEarliestInstantThatAdmits) {
  std::size_t refusals = 0;
  EXPECT_TRUE(rc::check([&] {
    Reading reading = *rc::gen::elementOf(ReadingsOf(GetParam(), 1, 20));
    reading.per_second = *rc::gen::element(0U, 1U, 1U, 2U, 3U, 30U);
    reading.per_minute = *rc::gen::element(1U, 2U, 7U, 20U);
    const std::vector<PastCall> calls =
        AnyHistory(*rc::gen::inRange<Micros>(1'700'000'000'000'000, 1'700'000'060'000'000));

    Ledger ledger(reading);
    std::vector<PastCall> history;
    for (const PastCall& call : calls) {
      history.push_back(call);
      const Decision decision = ledger.Decide(FromUnixMicros(call.at), call.ip, call.key);
      if (decision.admitted()) continue;
      ++refusals;
      const Micros retry_at = ToUnixMicros(decision.refusal->retry_at);
      RC_ASSERT(retry_at > call.at);
      RC_ASSERT(FromUnixMicros(retry_at) == decision.refusal->retry_at);
      for (const Micros early :
           {call.at, retry_at - 1, *rc::gen::inRange<Micros>(call.at, retry_at)}) {
        RC_ASSERT(!Probe(reading, history, early).admitted());
      }
      RC_ASSERT(Probe(reading, history, retry_at).admitted());
    }
  }));
  EXPECT_GT(refusals, 100U);  // else the property was hardly put to the test
}

INSTANTIATE_TEST_SUITE_P(Windows, RetryAt, testing::ValuesIn(kAllWindows), WindowName);

}  // namespace
}  // namespace kondor::ledger
