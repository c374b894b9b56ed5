// How a FileLog reads and writes its file. See file_format.h for the order of things.
#include <algorithm>
#include <array>
#include <utility>

#include "client/budget/file_log.h"

namespace kondor::limiter {
namespace {

constexpr std::uint64_t kAreaBytesUsual = 256 << 10;
constexpr std::uint64_t kAreaBytesMax = 64 << 20;
constexpr std::uint64_t kRecordsAtOnce = 64;

bool AllZero(std::span<const unsigned char> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte == 0; });
}

// Of the first commit, which has an odd number, not all had been written.
bool IsHalfMade(std::span<const unsigned char> head) {
  return AllZero(head.first(kSectorBytes)) && !ReadCommit(head.subspan(kSectorBytes));
}

constexpr std::uint64_t RoundUp(std::uint64_t number, std::uint64_t unit) {
  return (number + unit - 1) / unit * unit;
}

}  // namespace

Result<bool> FileLog::IsBlank() const {
  const Result<std::uint64_t> size = file_.Size();
  if (!size) return Unexpected(size.error());
  Bytes head(std::min(*size, kAreasAt));
  if (Result<void> read = file_.Read(0, head); !read) return Unexpected(read.error());
  return AllZero(head) || (head.size() == kAreasAt && IsHalfMade(head));
}

Result<void> FileLog::Initialise(Beginning beginning) {
  commit_ = {};
  replay_.Begin();
  const std::uint64_t numbers = replay_.WriteDown().size();
  // What a strategy knows may grow to some times of what it knows at first.
  const std::uint64_t area =
      options_.area_bytes > 0
          ? options_.area_bytes
          : std::max(kAreaBytesUsual, RoundUp(8 * CheckpointBytes(numbers), kAreasAt));
  if (area > kAreaBytesMax) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "the strategy remembers too much to share it in a file; choose one that "
                      "keeps no log of so many calls");
  }
  if (Result<void> got = file_.Allocate(kAreasAt + 2 * area); !got) return got;
  const Bytes description = WriteDescription(options_.terms.description);
  if (Result<void> put = file_.Write(kDescriptionAt, description); !put) return put;
  // What was in a file that is empty now, nobody knows.
  if (beginning == Beginning::kFound) {
    replay_.Apply({Event::Kind::kSpent, options_.clock->Now()});
  }
  commit_.area_bytes = area;
  commit_.area = 1;  // so that the first is 0
  return BeginArea();
}

Result<FileLog::Found> FileLog::FindLatest() const {
  std::array<unsigned char, 2 * kSectorBytes> bytes;
  if (Result<void> read = file_.Read(0, bytes); !read) return Unexpected(read.error());
  const auto sectors = std::span<const unsigned char>(bytes);
  const std::optional<Commit> even = ReadCommit(sectors.first(kSectorBytes));
  const std::optional<Commit> odd = ReadCommit(sectors.subspan(kSectorBytes));
  if (!even && !odd) return Damaged("neither commit can be read");
  const bool odd_is_latest = !even || (odd && odd->sequence > even->sequence);
  // The very first has no other beside it.
  const bool sure = (even && odd) || (odd && odd->sequence == 1);
  return Found{odd_is_latest ? *odd : *even, sure ? Found::Tail::kKnown : Found::Tail::kToBeSought};
}

Result<void> FileLog::CatchUp() {
  const Result<Found> found = FindLatest();
  if (!found) return Unexpected(found.error());
  const Commit& latest = found->latest;
  const Result<std::uint64_t> size = file_.Size();
  if (!size) return Unexpected(size.error());
  if (*size != kAreasAt + 2 * latest.area_bytes) return Damaged("its size is not what it was");
  if (latest.sequence < commit_.sequence) return Damaged("it is older than it was");
  if (out_of_step_ || latest.generation != commit_.generation) return Load(*found);
  commit_ = latest;
  return ReadRecords(found->tail);
}

Result<void> FileLog::Load(const Found& found) {
  out_of_step_ = true;
  commit_ = found.latest;
  index_ = 0;
  if (RecordsAt(commit_.checkpoint_numbers) > commit_.area_bytes) return Damaged("its checkpoint");
  Bytes bytes(CheckpointBytes(commit_.checkpoint_numbers));
  if (Result<void> read = file_.Read(AreaAt(commit_.area), bytes); !read) return read;
  const auto numbers = ReadCheckpoint(bytes);
  if (!numbers || !replay_.Read(*numbers)) return Damaged("its checkpoint cannot be read");
  if (Result<void> read = ReadRecords(found.tail); !read) return read;
  out_of_step_ = false;
  return {};
}

Result<void> FileLog::ReadRecords(Found::Tail tail) {
  std::array<unsigned char, kRecordsAtOnce * kRecordBytes> bytes;
  const std::uint64_t committed = commit_.records;
  const std::uint64_t capacity =
      (commit_.area_bytes - RecordsAt(commit_.checkpoint_numbers)) / kRecordBytes;
  const std::uint64_t end = tail == Found::Tail::kKnown ? committed : capacity;
  while (index_ < end) {
    const std::uint64_t count = std::min(end - index_, kRecordsAtOnce);
    const auto chunk = std::span(bytes).first(count * kRecordBytes);
    if (Result<void> read = file_.Read(RecordAt(index_), chunk); !read) return read;
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto event =
          ReadRecord(commit_.generation, index_, chunk.subspan(i * kRecordBytes, kRecordBytes));
      if (!event && index_ < committed) return Damaged("a record cannot be read");
      if (!event) return {};
      replay_.Apply(*event);
      ++index_;
    }
  }
  return {};
}

Result<void> FileLog::Append(const Event& event) {
  if (IsFull()) {
    if (Result<void> begun = BeginArea(); !begun) return begun;
  }
  const Bytes record = WriteRecord(commit_.generation, index_, event);
  if (Result<void> put = file_.Write(RecordAt(index_), record); !put) return put;
  Commit next = commit_;
  next.records = static_cast<std::uint32_t>(index_ + 1);
  if (Result<void> put = Put(next); !put) return put;
  replay_.Apply(event);
  ++index_;
  return {};
}

// Into the other area goes all that the events so far amount to.
Result<void> FileLog::BeginArea() {
  out_of_step_ = true;
  std::vector<std::int64_t> numbers = replay_.WriteDown();
  if (RecordsAt(numbers.size()) > commit_.area_bytes / 2) {
    // More than there is room for: rest for a period, and begin again with a strategy that has
    // nothing to remember.
    replay_.Apply({Event::Kind::kSpent, replay_.last()});
    numbers = replay_.WriteDown();
  }
  if (RecordsAt(numbers.size()) > commit_.area_bytes / 2) {
    return Unexpected(ErrorKind::kUnavailable, "too many calls wait at the budget file " +
                                                   file_.path() + "; use fewer workers");
  }
  Commit next = commit_;
  next.area = 1 - commit_.area;
  next.checkpoint_numbers = numbers.size();
  next.records = 0;
  next.boot = options_.boot;
  ++next.generation;
  const Bytes checkpoint = WriteCheckpoint(numbers);
  if (Result<void> put = file_.Write(AreaAt(next.area), checkpoint); !put) return put;
  if (Result<void> put = Put(next); !put) return put;
  // From here on everybody plays from what was written, also the one who wrote it.
  if (!replay_.Read(numbers)) return Damaged("its checkpoint cannot be read");
  index_ = 0;
  out_of_step_ = false;
  return {};
}

Result<void> FileLog::Put(Commit next) {
  ++next.sequence;
  const Bytes commit = WriteCommit(next);
  const std::uint64_t sector = next.sequence % 2;
  if (Result<void> put = file_.Write(sector * kSectorBytes, commit); !put) return put;
  commit_ = next;
  return {};
}

std::uint64_t FileLog::RecordAt(std::uint64_t index) const {
  return AreaAt(commit_.area) + RecordsAt(commit_.checkpoint_numbers) + index * kRecordBytes;
}

bool FileLog::IsFull() const {
  return RecordAt(index_ + 1) > AreaAt(commit_.area) + commit_.area_bytes;
}

}  // namespace kondor::limiter
