// A budget file that was cut, torn or altered at any byte: it is usable, or refused in one clear
// line, and never lets more through than the whole one would have.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "client/budget/file_log.h"
#include "client/limiter/windows.h"
#include "tests/client/budget/temp_dir.h"
#include "tests/client/limiter/strategies.h"

namespace kondor::limiter {
namespace {

using std::chrono::seconds;

constexpr Quota kFive{5, seconds(10)};
constexpr std::uint64_t kArea = 4096;
constexpr std::size_t kCommitBytes = sizeof(Commit);

class FileDamage : public testing::Test {
 protected:
  Result<std::unique_ptr<FileLog>> Open() {
    return FileLog::Open(
        {.path = path_,
         .terms = MakeTerms("log", {kFive}, [] { return MakeSlidingLog(kFive, Stamp::kAtAnswer); }),
         .clock = &clock_,
         .boot = boot_,
         .area_bytes = kArea});
  }
  Seen Try(FileLog& log, CallId call) {
    const Result<Seen> seen = log.Exchange({.kind = Wish::Kind::kEnter, .call = call});
    EXPECT_TRUE(seen) << seen.error().message;
    return seen ? *seen : Seen{};
  }
  // How many calls a newcomer is let in, at once; none when it is refused, which must be clear.
  int LetIn() {
    auto log = Open();
    if (!log) {
      EXPECT_EQ(log.error().kind, ErrorKind::kUnavailable);
      EXPECT_NE(log.error().message.find(path_), std::string::npos);
      EXPECT_EQ(log.error().message.find('\n'), std::string::npos);
      refused_ = true;
      return 0;
    }
    refused_ = false;
    int calls = 0;
    while (Try(**log, (*log)->Name()).entry == Seen::Entry::kTaken) ++calls;
    return calls;
  }
  bool LetsInAfterAPeriod() {
    clock_.Advance(kFive.period);
    const int calls = LetIn();
    clock_.Advance(kFive.period);
    return calls > 0;
  }

  TempDir dir_;
  const std::string path_ = dir_.File("budget");
  ManualClock clock_{kBegin};
  std::uint64_t boot_ = 1;
  bool refused_ = false;
};

struct Stage {
  std::size_t offset;
  std::size_t size;
};

Commit LatestOf(const std::string& contents) {
  const std::span bytes(reinterpret_cast<const unsigned char*>(contents.data()), contents.size());
  const auto even = ReadCommit(bytes.first(kSectorBytes));
  const auto odd = ReadCommit(bytes.subspan(kSectorBytes, kSectorBytes));
  return !even || (odd && odd->sequence > even->sequence) ? *odd : *even;
}

// What was written between two contents, in the order in which it was.
std::vector<Stage> Stages(const std::string& before, const std::string& after) {
  const Commit old = LatestOf(before), latest = LatestOf(after);
  const std::size_t area = kAreasAt + latest.area * kArea;
  std::uint64_t sequence = old.sequence;
  std::vector<Stage> stages;
  if (latest.generation != old.generation) {
    stages.push_back({area, CheckpointBytes(latest.checkpoint_numbers)});
    stages.push_back({++sequence % 2 * kSectorBytes, kCommitBytes});
  }
  if (sequence < latest.sequence) {
    const std::size_t last = (latest.records - 1) * kRecordBytes;
    stages.push_back({area + RecordsAt(latest.checkpoint_numbers) + last, kRecordBytes});
    stages.push_back({++sequence % 2 * kSectorBytes, kCommitBytes});
  }
  EXPECT_EQ(sequence, latest.sequence) << "one event at a time";
  return stages;
}

TEST_F(FileDamage, KilledWhileWritingAtAnyByteItStaysUsable) {
  Overwrite(path_, "");
  ASSERT_TRUE(Open());  // so that there is a whole one
  clock_.Advance(kFive.period);
  std::string before = Contents(path_);
  int granted = 0, generations = 0;
  CallId call = 0;
  for (int step = 0; step < 70; ++step) {
    // One process does one thing, and all its writes are then taken apart.
    Overwrite(path_, before);
    auto log = Open();
    ASSERT_TRUE(log);
    const std::string opened = Contents(path_);
    if (opened != before) {  // what the one before had in flight was settled
      before = opened;
      clock_.Advance(kFive.period);
      granted = 0;
      continue;
    }
    call = (*log)->Name();
    const bool taken = Try(**log, call).entry == Seen::Entry::kTaken;
    const std::string after = Contents(path_);
    if (!taken) {
      clock_.Advance(kFive.period);
      granted = 0;
      continue;
    }
    std::string contents = before;
    const TimePoint now = clock_.Now();
    for (const Stage& stage : Stages(before, after)) {
      // All bytes of the first few events and of every checkpoint; else those about a word's edge.
      const bool all = step < 5 || LatestOf(after).generation != LatestOf(before).generation;
      for (std::size_t cut = 0; cut <= stage.size; cut += all || cut % 8 == 7 ? 1 : 7) {
        contents.replace(stage.offset, cut, after, stage.offset, cut);
        Overwrite(path_, contents);
        const int let_in = LetIn();
        ASSERT_FALSE(refused_) << "step " << step << ", " << cut << " bytes at " << stage.offset;
        ASSERT_LE(let_in, 5 - granted) << step << " " << cut << " " << stage.offset;
      }
      contents.replace(stage.offset, stage.size, after, stage.offset, stage.size);
    }
    ASSERT_EQ(clock_.Now(), now);
    ASSERT_EQ(contents, after);
    if (LatestOf(after).generation != LatestOf(before).generation) ++generations;
    ++granted;
    before = after;
  }
  EXPECT_GE(generations, 1) << "no area was full: the test shows less than it should";
}

class FileDamageToThree : public FileDamage {
 protected:
  void SetUp() override {
    auto log = Open();
    ASSERT_TRUE(log);
    for (int i = 0; i < 3; ++i) {
      const CallId call = (*log)->Name();
      ASSERT_EQ(Try(**log, call).entry, Seen::Entry::kTaken);
      // The last one stays in flight, so that the last event is one that must not be missed.
      if (i == 2) break;
      ASSERT_TRUE((*log)->Exchange({.kind = Wish::Kind::kSettle, .call = call}));
    }
    whole_ = Contents(path_);
    ASSERT_EQ(LetIn(), 2);
  }
  std::string whole_;
};

TEST_F(FileDamageToThree, AlteredAtAnyByteItLetsNobodyInUncounted) {
  int noticed = 0;
  const std::size_t end = kAreasAt + 1024;  // the rest was never used
  for (std::size_t at = 0; at < end; ++at) {
    std::string altered = whole_;
    altered[at] = static_cast<char>(altered[at] ^ 0x10);
    Overwrite(path_, altered);
    ASSERT_LE(LetIn(), 2) << at;
    noticed += refused_ ? 1 : 0;
  }
  EXPECT_GT(noticed, 5 * 64 + 3'072) << "records and checkpoint, and the description";
}

TEST_F(FileDamageToThree, TruncatedAtAnyByteItLetsNobodyInUncounted) {
  for (std::size_t size = 0; size < whole_.size(); size += size < kAreasAt + 1024 ? 1 : 61) {
    Overwrite(path_, whole_.substr(0, size));
    ASSERT_EQ(LetIn(), 0) << size;
  }
  Overwrite(path_, "");
  EXPECT_EQ(LetIn(), 0);
  EXPECT_TRUE(LetsInAfterAPeriod()) << "emptying it is the way to mend it";
}

TEST_F(FileDamageToThree, NoiseIsRefused) {
  for (const std::string noise : {"x", "kondorb1", "not a budget at all\n"}) {
    Overwrite(path_, noise);
    LetIn();
    EXPECT_TRUE(refused_);
    Overwrite(path_, noise + std::string(20'000, '\x5A'));
    LetIn();
    EXPECT_TRUE(refused_);
  }
}

TEST_F(FileDamageToThree, WhoHasItOpenNoticesToo) {
  const auto expect_refused = [this](FileLog& log, const char* said) {
    const Result<Seen> seen = log.Exchange({.kind = Wish::Kind::kEnter, .call = log.Name()});
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(seen.error().message.find(said), std::string::npos) << seen.error().message;
    clock_.Advance(kFive.period);
  };
  Overwrite(path_, whole_);
  auto log = Open();
  ASSERT_TRUE(log);
  std::filesystem::resize_file(path_, whole_.size() - 1);
  expect_refused(**log, "its size is not what it was");
  std::filesystem::resize_file(path_, 100);
  expect_refused(**log, "budget");

  Overwrite(path_, whole_);
  log = Open();
  ASSERT_TRUE(log);
  const std::string young = Contents(path_);
  ASSERT_EQ(Try(**log, (*log)->Name()).entry, Seen::Entry::kTaken);
  std::ofstream(path_, std::ios::binary | std::ios::in) << young;
  expect_refused(**log, "older than it was");

  log = Open();
  ASSERT_TRUE(log);
  std::filesystem::remove(path_);
  expect_refused(**log, "deleted while in use");
}

TEST_F(FileDamageToThree, AfterARebootTimeHasStoodStillAndNobodyIsAlive) {
  Overwrite(path_, whole_);
  auto before = Open();
  ASSERT_TRUE(before);
  clock_.Advance(seconds(4));
  ASSERT_EQ(Try(**before, (*before)->Name()).entry, Seen::Entry::kTaken);  // never answered
  before->reset();
  boot_ = 2;
  ManualClock& booted = *new (&clock_) ManualClock(TimePoint(seconds(7)));
  auto log = Open();
  ASSERT_TRUE(log);
  EXPECT_EQ(Try(**log, (*log)->Name()).entry, Seen::Entry::kTaken) << "the fifth";
  Seen seen = Try(**log, (*log)->Name());
  EXPECT_EQ(seen.turn - booted.Now(), seconds(6)) << "three were answered four seconds ago";
}

TEST_F(FileDamageToThree, DamagedByALossOfPowerItCountsAsSpent) {
  std::string damaged = whole_;
  for (std::size_t i = kAreasAt; i < damaged.size(); ++i) damaged[i] = 0;
  Overwrite(path_, damaged);
  boot_ = 2;
  EXPECT_EQ(LetIn(), 0);
  EXPECT_FALSE(refused_);
  EXPECT_TRUE(LetsInAfterAPeriod());
}

}  // namespace
}  // namespace kondor::limiter
