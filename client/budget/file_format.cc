#include "client/budget/file_format.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace kondor::limiter {
namespace {

constexpr std::uint64_t kMagic =
    std::bit_cast<std::uint64_t>(std::array<char, 8>{'k', 'o', 'n', 'd', 'o', 'r', 'b', '1'});

struct Record {
  std::uint64_t generation;
  std::uint64_t index;
  std::int64_t at;
  std::uint64_t call;
  std::int64_t hint;
  std::uint8_t kind;
  std::uint8_t fate;
  std::uint8_t has_hint;
  std::uint8_t unused[5];
  std::uint64_t unused_too;
  std::uint64_t checksum;  // the last of both structs
};
static_assert(sizeof(Record) == kRecordBytes && sizeof(Commit) <= kSectorBytes);

// The checksum is over everything before it.
template <typename Struct>
std::uint64_t SumOf(const Struct& what) {
  static_assert(std::has_unique_object_representations_v<Struct>);
  std::array<unsigned char, offsetof(Struct, checksum)> bytes;
  std::memcpy(bytes.data(), &what, bytes.size());
  return Checksum(bytes);
}

template <typename Struct>
Bytes BytesOf(Struct what) {
  what.checksum = SumOf(what);
  Bytes bytes(sizeof what);
  std::memcpy(bytes.data(), &what, sizeof what);
  return bytes;
}

template <typename Struct>
std::optional<Struct> FromBytes(std::span<const unsigned char> bytes) {
  Struct what;
  std::memcpy(&what, bytes.data(), sizeof what);
  if (what.checksum != SumOf(what)) return std::nullopt;
  return what;
}

}  // namespace

std::uint64_t Checksum(std::span<const unsigned char> bytes) {
  std::uint64_t sum = 0xCBF29CE484222325;
  for (const unsigned char byte : bytes) sum = (sum ^ byte) * 0x100000001B3;
  return sum;
}

Bytes WriteCommit(Commit commit) {
  commit.magic = kMagic;
  return BytesOf(commit);
}

std::optional<Commit> ReadCommit(std::span<const unsigned char> sector) {
  const auto commit = FromBytes<Commit>(sector);
  if (!commit || commit->magic != kMagic || commit->area > 1) return std::nullopt;
  return commit;
}

Bytes WriteRecord(std::uint64_t generation, std::uint64_t index, const Event& event) {
  Record record{};
  record.generation = generation;
  record.index = index;
  record.at = event.at.time_since_epoch().count();
  record.call = event.call;
  record.hint = event.answer.hint.value_or(Duration{}).count();
  record.kind = static_cast<std::uint8_t>(event.kind);
  record.fate = static_cast<std::uint8_t>(event.answer.fate);
  record.has_hint = event.answer.hint.has_value() ? 1 : 0;
  return BytesOf(record);
}

std::optional<Event> ReadRecord(std::uint64_t generation, std::uint64_t index,
                                std::span<const unsigned char> bytes) {
  const auto record = FromBytes<Record>(bytes);
  if (!record || record->generation != generation || record->index != index) return std::nullopt;
  Event event{.kind = static_cast<Event::Kind>(record->kind),
              .at = TimePoint(Duration(record->at)),
              .call = record->call,
              .answer = {static_cast<Answer::Fate>(record->fate), std::nullopt}};
  if (record->has_hint != 0) event.answer.hint = Duration(record->hint);
  return event;
}

Bytes WriteCheckpoint(const std::vector<std::int64_t>& numbers) {
  Bytes bytes(CheckpointBytes(numbers.size()));
  const std::size_t size = numbers.size() * sizeof(std::int64_t);
  std::memcpy(bytes.data(), numbers.data(), size);
  const std::uint64_t sum = Checksum(std::span(bytes).first(size));
  std::memcpy(bytes.data() + size, &sum, sizeof sum);
  return bytes;
}

std::optional<std::vector<std::int64_t>> ReadCheckpoint(std::span<const unsigned char> bytes) {
  const std::size_t size = bytes.size() - sizeof(std::uint64_t);
  std::uint64_t sum = 0;
  std::memcpy(&sum, bytes.data() + size, sizeof sum);
  if (sum != Checksum(bytes.first(size))) return std::nullopt;
  std::vector<std::int64_t> numbers(size / sizeof(std::int64_t));
  std::memcpy(numbers.data(), bytes.data(), size);
  return numbers;
}

Bytes WriteDescription(std::string_view text) {
  Bytes bytes(kAreasAt - kDescriptionAt);
  const std::uint64_t size = text.size();
  std::memcpy(bytes.data(), &size, sizeof size);
  std::copy(text.begin(), text.end(), bytes.begin() + sizeof size);
  const std::uint64_t sum = Checksum(std::span(bytes).first(bytes.size() - sizeof size));
  std::memcpy(bytes.data() + bytes.size() - sizeof sum, &sum, sizeof sum);
  return bytes;
}

std::optional<std::string> ReadDescription(std::span<const unsigned char> bytes) {
  std::uint64_t size = 0, sum = 0;
  std::memcpy(&size, bytes.data(), sizeof size);
  std::memcpy(&sum, bytes.data() + bytes.size() - sizeof sum, sizeof sum);
  if (size > kDescriptionBytesMax) return std::nullopt;
  if (sum != Checksum(bytes.first(bytes.size() - sizeof sum))) return std::nullopt;
  return std::string(bytes.begin() + sizeof size,
                     bytes.begin() + static_cast<std::ptrdiff_t>(sizeof size + size));
}

}  // namespace kondor::limiter
