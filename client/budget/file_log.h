// The log of a budget in a file (file_format.h): for the processes of one machine, which it tells
// dead from alive by the locks that the kernel takes from the dead. Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client/budget/file_format.h"
#include "client/budget/locked_file.h"
#include "client/budget/replay.h"
#include "client/budget/shared_log.h"

namespace kondor::limiter {

class FileLog final : public SharedLog {
 public:
  struct Options {
    std::string path;
    Terms terms;
    // The same for all who use the file, until the machine starts again.
    const Clock* clock = nullptr;
    // Which start of the machine this is.
    std::uint64_t boot = 0;
    // Of one area, so that tests can fill it; zero for what is usual.
    std::uint64_t area_bytes = 0;
  };

  static Result<std::unique_ptr<FileLog>> Open(const Options& options);

  Result<Seen> Exchange(const Wish& wish) override;
  CallId Name() override { return NameCall(seat_, ++named_); }
  CallId FirstInLine() const override {
    return replay_.line().empty() ? 0 : replay_.line().front();
  }

 private:
  struct Found {
    Commit latest;
    // Where a commit was torn, or altered, there may be more records than the other one says.
    enum class Tail { kKnown, kToBeSought } tail;
  };
  enum class Beginning { kMade, kFound };
  static Result<std::unique_ptr<FileLog>> Enlist(const Options& options, LockedFile file,
                                                 Beginning beginning);
  FileLog(Options options, LockedFile file);

  // All of these under the file's lock.
  Result<void> Begin(Beginning beginning);
  Result<void> Initialise(Beginning beginning);
  // Whether it holds nothing but zeros: somebody emptied it, or was killed while making it.
  Result<bool> IsBlank() const;
  Result<void> CheckDescription() const;
  Result<void> TakeSeat();
  Result<void> SurviveReboot(const Found& latest);
  Result<void> CatchUp();
  Result<Found> FindLatest() const;
  Result<void> Load(const Found& found);
  Result<void> ReadRecords(Found::Tail tail);
  Result<Seen> Grant(const Wish& wish);
  Result<void> Enter(const Wish& wish, Seen& seen);
  Result<void> BuryDead(TimePoint now);
  Result<void> Append(const Event& event);
  Result<void> BeginArea();
  Result<void> Put(Commit next);

  TimePoint Now() const;
  std::uint64_t AreaAt(std::uint32_t area) const { return kAreasAt + area * commit_.area_bytes; }
  std::uint64_t RecordAt(std::uint64_t index) const;
  bool IsFull() const;
  Unexpected Damaged(const char* where) const;

  // Constant.
  const Options options_;
  const long process_;  // a fork shares its parent's locks, so it may not use them

  LockedFile file_;
  Replay replay_;
  Commit commit_{};          // as far as it was read
  std::uint64_t index_ = 0;  // of the next record
  bool out_of_step_ = true;  // the replay is not what the file says: read it anew
  std::uint64_t seat_ = 0;
  std::uint64_t named_ = 0;
};

}  // namespace kondor::limiter
