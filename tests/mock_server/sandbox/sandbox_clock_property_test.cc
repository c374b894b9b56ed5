// Whatever is done to a sandbox's clock short of a restart, it never shows an earlier instant.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <optional>
#include <ostream>
#include <vector>

#include "mock_server/sandbox/sandbox_clock.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor {
namespace {

struct Deed {
  enum class Kind { kMachine, kSetNow, kSpeed, kMode, kAdvance };
  Kind kind = Kind::kMachine;
  std::int64_t nanos = 0;  // how far; kSetNow also backwards
  double speed = 1;
  bool manual = false;
};

std::ostream& operator<<(std::ostream& out, const Deed& deed) {
  return out << "{" << static_cast<int>(deed.kind) << ", " << deed.nanos << " ns, x" << deed.speed
             << (deed.manual ? ", manual}" : ", real}");
}

rc::Gen<Deed> AnyDeed() {
  using Kind = Deed::Kind;
  return rc::gen::build<Deed>(
      rc::gen::set(&Deed::kind, rc::gen::element(Kind::kMachine, Kind::kMachine, Kind::kSetNow,
                                                 Kind::kSpeed, Kind::kMode, Kind::kAdvance)),
      rc::gen::set(&Deed::nanos,
                   rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 3'000),
                                  rc::gen::inRange<std::int64_t>(0, 100'000'000'000),
                                  rc::gen::element<std::int64_t>(100'000'000'000'000'000))),
      rc::gen::set(&Deed::speed,
                   rc::gen::element(1.0, 1e-9, 0.3, 2.0, 1000.0 / 3, kClockSpeedMax, 0.0, -1.0)),
      rc::gen::set(&Deed::manual));
}

void Do(const Deed& deed, bool backwards, ManualClock& machine, SandboxClock& clock) {
  const TimePoint before = clock.Now();
  const Duration by(deed.nanos);
  std::optional<Result<SandboxClock::State>> done;
  switch (deed.kind) {
    case Deed::Kind::kMachine:
      // The machine's own time ends with the type's.
      if (machine.Now() < kTimeMax - by) machine.Advance(by);
      return;
    case Deed::Kind::kSetNow:
      done = clock.Set({.now = backwards ? before - by : before + by});
      RC_ASSERT(done->has_value() || backwards || before + by > kTimeMax);
      break;
    case Deed::Kind::kSpeed:
      done = clock.Set({.speed = deed.speed});
      break;
    case Deed::Kind::kMode:
      done = clock.Set({.mode = deed.manual ? ClockMode::kManual : ClockMode::kReal});
      RC_ASSERT(done->has_value());
      RC_ASSERT((*done)->now == before);
      break;
    case Deed::Kind::kAdvance:
      done = clock.Advance(by);
      RC_ASSERT(done->has_value() == (by <= kTimeMax - before));
      if (done->has_value()) {
        RC_ASSERT(ToUnixMicros((*done)->now) == ToUnixMicros(before + by));
      }
      break;
  }
  if (!done->has_value()) RC_ASSERT(clock.Now() == before);
}

TEST(SandboxClock, NeverTurnsBackWhateverIsDone) {
  EXPECT_TRUE(rc::check("any deeds", [] {
    ManualClock machine(FromUnixMicros(1'767'225'600'000'000) +
                        Duration(*rc::gen::inRange(0, 1000)));
    SandboxClock clock(machine);
    TimePoint last = clock.Now();
    for (const Deed& deed : *rc::gen::container<std::vector<Deed>>(AnyDeed())) {
      Do(deed, *rc::gen::arbitrary<bool>(), machine, clock);
      const TimePoint now = clock.Now();
      RC_ASSERT(now >= last);
      RC_ASSERT(now <= kTimeMax);
      RC_ASSERT(now == FromUnixMicros(ToUnixMicros(now)));
      last = now;
    }
  }));
}

}  // namespace
}  // namespace kondor
