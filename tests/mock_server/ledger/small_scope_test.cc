// Every sequence of four calls over a few gaps and identities, under every combination of readings:
// most mistakes in such rules show in a few calls, and here none of those can hide.
#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <vector>

#include "describe.h"
#include "mock_server/ledger/ledger.h"
#include "oracle.h"
#include "readings.h"

namespace kondor::ledger {
namespace {

constexpr std::array<std::int64_t, 3> kSteps = {999'999, 1'000'000, 60'000'000};
constexpr std::size_t kParties = 3;  // address 1 with the key, address 2 with the key, address 1
constexpr std::size_t kSymbols = kSteps.size() * kParties;
constexpr int kLength = 4;

struct Step {
  std::int64_t gap;
  IpIdentity ip;
  std::optional<KeyIdentity> key;
};

Step StepOf(std::size_t symbol) {
  const std::size_t party = symbol % kParties;
  Step step{kSteps[symbol / kParties], {IpIdentity::Family::kV4, party == 1 ? 2U : 1U}, {}};
  if (party != 2) step.key = KeyIdentity{1};
  return step;
}

// False, with the sequence told, at the first difference.
bool Agree(const Reading& reading, const std::vector<Step>& steps) {
  Ledger ledger(reading);
  Oracle oracle(reading);
  std::int64_t now = 1'700'000'000'400'000;
  for (const Step& step : steps) {
    now += step.gap;
    const Decision got = ledger.Decide(FromUnixMicros(now), step.ip, step.key);
    const Decision want = oracle.Decide(FromUnixMicros(now), step.ip, step.key);
    if (Same(got, want)) continue;
    std::ostringstream calls;
    for (const Step& s : steps) {
      calls << "+" << s.gap << " address " << s.ip.bits << (s.key ? " with the key\n" : "\n");
    }
    ADD_FAILURE() << Describe(reading) << "\n"
                  << calls.str() << "expected at one of them\n"
                  << Describe(want) << "\nbut got\n"
                  << Describe(got);
    return false;
  }
  return true;
}

class EverySmallSequence : public testing::TestWithParam<Window> {};

TEST_P(EverySmallSequence, IsDecidedAsTheOracleSays) {
  std::size_t sequences = 1;
  for (int i = 0; i < kLength; ++i) sequences *= kSymbols;
  for (const Reading& reading : ReadingsOf(GetParam(), 1, 2)) {
    for (std::size_t n = 0; n < sequences; n += kSteps.size()) {  // the first gap says nothing
      std::vector<Step> steps;
      for (std::size_t rest = n / kSteps.size(), i = 0; i < kLength; ++i) {
        const std::size_t symbols = i == 0 ? kParties : kSymbols;
        steps.push_back(StepOf(rest % symbols));
        rest /= symbols;
      }
      if (!Agree(reading, steps)) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Windows, EverySmallSequence, testing::ValuesIn(kAllWindows), WindowName);

}  // namespace
}  // namespace kondor::ledger
