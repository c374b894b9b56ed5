// The bytes of a budget file. It never leaves its machine, so numbers are as the machine has them.
//
//   0     two commits in turn, each in a sector of its own: the valid one with the higher sequence
//         says how far the file may be read
//   1024  the description
//   4096  two areas. One is in use: a checkpoint (numbers, see Replay::WriteDown), then one record
//         for each event since. When it is full, the other begins with a new checkpoint.
//
// Whoever writes puts down records first and the commit after them, and a checkpoint in the area
// that is not in use: killed at any byte, it leaves what was there before, or what was to be there.
// Records that no commit speaks of count only when the other commit cannot be read.
// Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/budget/event.h"

namespace kondor::limiter {

using Bytes = std::vector<unsigned char>;

inline constexpr std::uint64_t kSectorBytes = 512;
inline constexpr std::uint64_t kDescriptionAt = 2 * kSectorBytes;
inline constexpr std::uint64_t kAreasAt = 4096;
inline constexpr std::uint64_t kDescriptionBytesMax = kAreasAt - kDescriptionAt - 16;
inline constexpr std::uint64_t kRecordBytes = 64;

struct Commit {
  std::uint64_t magic;
  std::uint64_t sequence;    // one more with each commit
  std::uint64_t generation;  // one more with each checkpoint
  std::uint64_t boot;        // what the instants are counted from
  std::uint64_t area_bytes;
  std::uint32_t area;
  std::uint32_t records;             // since the checkpoint, at least
  std::uint64_t checkpoint_numbers;  // how many
  std::uint64_t checksum;
};

// FNV-1a: another byte anywhere gives another sum.
std::uint64_t Checksum(std::span<const unsigned char> bytes);

Bytes WriteCommit(Commit commit);  // sets magic and checksum
std::optional<Commit> ReadCommit(std::span<const unsigned char> sector);

Bytes WriteRecord(std::uint64_t generation, std::uint64_t index, const Event& event);
// REQUIRES: kRecordBytes of them.
std::optional<Event> ReadRecord(std::uint64_t generation, std::uint64_t index,
                                std::span<const unsigned char> bytes);

Bytes WriteCheckpoint(const std::vector<std::int64_t>& numbers);
constexpr std::uint64_t CheckpointBytes(std::uint64_t numbers) { return (numbers + 1) * 8; }
// REQUIRES: a multiple of 8 bytes, above zero.
std::optional<std::vector<std::int64_t>> ReadCheckpoint(std::span<const unsigned char> bytes);
// Where its records begin, in an area.
constexpr std::uint64_t RecordsAt(std::uint64_t numbers) {
  return (CheckpointBytes(numbers) + kRecordBytes - 1) / kRecordBytes * kRecordBytes;
}

Bytes WriteDescription(std::string_view text);
std::optional<std::string> ReadDescription(std::span<const unsigned char> bytes);

}  // namespace kondor::limiter
