#include "client/budget/file_log.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kondor::limiter {
namespace {

constexpr std::uint64_t kSeats = 4096;

// The file's lock, as long as this lives.
class Turn {
 public:
  explicit Turn(LockedFile& file) : file_(file), got_(file.Lock()) {}
  ~Turn() {
    if (got_) file_.Unlock();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  const Result<void>& got() const { return got_; }

 private:
  LockedFile& file_;
  const Result<void> got_;
};

}  // namespace

FileLog::FileLog(Options options, LockedFile file)
    : options_(std::move(options)),
      process_(::getpid()),
      file_(std::move(file)),
      replay_(options_.terms) {}

Result<std::unique_ptr<FileLog>> FileLog::Open(const Options& options) {
  if (options.terms.description.size() > kDescriptionBytesMax) {
    return Unexpected(ErrorKind::kInvalidArgument, "the description of the budget is too long");
  }
  Result<LockedFile> file = LockedFile::Open(options.path);
  if (file) return Enlist(options, std::move(*file), Beginning::kFound);
  if (file.error().kind != ErrorKind::kNotFound) return Unexpected(file.error());
  Result<LockedFile> draft = LockedFile::Draft(options.path);
  if (!draft) return Unexpected(draft.error());
  Result<std::unique_ptr<FileLog>> made = Enlist(options, std::move(*draft), Beginning::kMade);
  if (made || made.error().kind != ErrorKind::kAlreadyExists) return made;
  Result<LockedFile> others = LockedFile::Open(options.path);
  if (!others) return Unexpected(others.error());
  return Enlist(options, std::move(*others), Beginning::kFound);
}

Result<std::unique_ptr<FileLog>> FileLog::Enlist(const Options& options, LockedFile file,
                                                 Beginning beginning) {
  std::unique_ptr<FileLog> log(new FileLog(options, std::move(file)));
  const Turn turn(log->file_);
  if (!turn.got()) return Unexpected(turn.got().error());
  if (Result<void> begun = log->Begin(beginning); !begun) return Unexpected(begun.error());
  if (beginning == Beginning::kFound) return log;
  if (Result<void> published = log->file_.Publish(); !published) {
    return Unexpected(published.error());
  }
  return log;
}

Result<void> FileLog::Begin(Beginning beginning) {
  const Result<bool> blank = beginning == Beginning::kMade ? Result<bool>(true) : IsBlank();
  if (!blank) return Unexpected(blank.error());
  if (*blank) {
    Result<void> made = Initialise(beginning);
    if (!made) return made;
  }
  const Result<Found> found = FindLatest();
  if (!found) return Unexpected(found.error());
  if (Result<void> alike = CheckDescription(); !alike) return alike;
  if (found->latest.boot != options_.boot) {
    if (Result<void> survived = SurviveReboot(*found); !survived) return survived;
  }
  if (Result<void> read = CatchUp(); !read) return read;
  return TakeSeat();
}

Result<void> FileLog::CheckDescription() const {
  std::array<unsigned char, kAreasAt - kDescriptionAt> bytes;
  if (Result<void> read = file_.Read(kDescriptionAt, bytes); !read) return read;
  const std::optional<std::string> description = ReadDescription(bytes);
  if (!description) return Damaged("its description cannot be read");
  if (*description == options_.terms.description) return {};
  return Unexpected(ErrorKind::kInvalidArgument,
                    "the budget file " + file_.path() + " is for \"" + *description +
                        "\", and this client for \"" + options_.terms.description +
                        "\"; configure both alike, or name another file");
}

// The seat tells others whether this process lives. Whoever had it before does not.
Result<void> FileLog::TakeSeat() {
  while (seat_ < kSeats && !file_.TakeSeat(seat_)) ++seat_;
  if (seat_ == kSeats) {
    return Unexpected(ErrorKind::kUnavailable,
                      "too many clients share the budget file " + file_.path() + "; name another");
  }
  for (const CallId call : replay_.Known()) {
    if (HolderOf(call) != seat_) continue;
    Result<void> buried = Append({Event::Kind::kGone, Now(), call});
    if (!buried) return buried;
  }
  return {};
}

// The instants of another boot say nothing. Time is taken to have stood still since the last event:
// that forgives nobody anything, and keeps what was learnt. Nobody of then is alive.
Result<void> FileLog::SurviveReboot(const Found& found) {
  if (Load(found)) {
    const Duration shift =
        replay_.last() == TimePoint::min() ? Duration{} : options_.clock->Now() - replay_.last();
    const std::vector<std::int64_t> numbers = replay_.WriteDown();
    if (!replay_.Read(numbers, shift)) replay_.Begin();
    for (const CallId call : replay_.Known()) replay_.Apply({Event::Kind::kGone, Now(), call});
  } else {
    // The power went while the disk was being written.
    commit_ = found.latest;
    replay_.Begin();
    replay_.Apply({Event::Kind::kSpent, Now()});
  }
  return BeginArea();
}

Result<Seen> FileLog::Exchange(const Wish& wish) {
  if (::getpid() != process_) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "the budget file " + file_.path() +
                          " was opened before this process was forked; open it in each process");
  }
  const Turn turn(file_);
  if (!turn.got()) return Unexpected(turn.got().error());
  if (Result<void> read = CatchUp(); !read) return Unexpected(read.error());
  return Grant(wish);
}

Result<Seen> FileLog::Grant(const Wish& wish) {
  Seen seen;
  seen.now = Now();
  Result<void> done;
  switch (wish.kind) {
    case Wish::Kind::kEnter:
      done = Enter(wish, seen);
      break;
    case Wish::Kind::kSettle:
      done = Append({Event::Kind::kSettle, seen.now, wish.call, wish.answer});
      break;
    case Wish::Kind::kGone:
      if (!replay_.IsInLine(wish.call) && !replay_.IsInFlight(wish.call)) break;
      done = Append({Event::Kind::kGone, seen.now, wish.call});
      break;
  }
  if (!done) return Unexpected(done.error());
  seen.earliest = replay_.Earliest(seen.now);
  seen.resting_until = replay_.resting_until();
  return seen;
}

Result<void> FileLog::Enter(const Wish& wish, Seen& seen) {
  const CallId call = wish.call;
  if (replay_.Turn(call, seen.now) != seen.now) {
    if (Result<void> buried = BuryDead(seen.now); !buried) return buried;
  }
  seen.turn = replay_.Turn(call, seen.now);
  if (seen.turn == seen.now) {
    seen.entry = Seen::Entry::kTaken;
    return Append({Event::Kind::kTake, seen.now, call});
  }
  const bool waits = replay_.IsInLine(call);
  if (WorthWaiting(seen.turn, seen.now, wish.patience)) {
    seen.entry = Seen::Entry::kWaiting;
    return waits ? Result<void>() : Append({Event::Kind::kJoin, seen.now, call});
  }
  return waits ? Append({Event::Kind::kGone, seen.now, call}) : Result<void>();
}

Result<void> FileLog::BuryDead(TimePoint now) {
  std::vector<CallId> suspects = replay_.Known();
  std::erase_if(suspects, [this](CallId call) { return HolderOf(call) == seat_; });
  std::sort(suspects.begin(), suspects.end());
  Holder asked = kHolderMax;
  bool alive = true;
  for (const CallId call : suspects) {
    if (HolderOf(call) != asked) {
      asked = HolderOf(call);
      alive = asked < kSeats && file_.IsSeatTaken(asked);
    }
    if (alive) continue;
    if (Result<void> buried = Append({Event::Kind::kGone, now, call}); !buried) return buried;
  }
  return {};
}

TimePoint FileLog::Now() const { return std::max(options_.clock->Now(), replay_.last()); }

Unexpected FileLog::Damaged(const char* where) const {
  return Unexpected(ErrorKind::kUnavailable,
                    "the budget file " + file_.path() + " is damaged (" + where +
                        "); stop its users and empty it, and all quotas count as spent");
}

}  // namespace kondor::limiter
