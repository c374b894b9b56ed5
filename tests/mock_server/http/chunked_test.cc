#include "mock_server/http/chunked.h"

#include <gtest/gtest.h>

#include <string>

namespace kondor::http {
namespace {

using ChunkState = ChunkedDecoder::State;

struct Decoded {
  ChunkState state = ChunkState::kMore;
  std::string data;
  std::string rest;
};

// Feeds `bytes` in pieces of `piece_size`.
Decoded Decode(std::string_view bytes, std::size_t piece_size) {
  ChunkedDecoder decoder;
  Decoded decoded;
  while (!bytes.empty() && decoded.state == ChunkState::kMore) {
    std::string_view piece = bytes.substr(0, piece_size);
    const std::size_t size = piece.size();
    decoded.state = decoder.Feed(piece, decoded.data);
    bytes.remove_prefix(size - piece.size());
  }
  decoded.rest = bytes;
  return decoded;
}

TEST(ChunkedDecoder, DataIsTheSameHoweverTheBytesAreCut) {
  const std::string bytes = "3\r\nabc\r\n0A;x=\"y\"\r\n0123456789\r\n0 \r\nT: v\r\n\r\nGET /";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    const Decoded decoded = Decode(bytes, piece);
    EXPECT_EQ(decoded.state, ChunkState::kDone) << piece;
    EXPECT_EQ(decoded.data, "abc0123456789") << piece;
    EXPECT_EQ(decoded.rest, "GET /") << piece;
  }
}

TEST(ChunkedDecoder, AsksForMoreUntilTheLastLine) {
  EXPECT_EQ(Decode("0\r\n", 99).state, ChunkState::kMore);
  EXPECT_EQ(Decode("0\r\n\r\n", 99).state, ChunkState::kDone);
  EXPECT_EQ(Decode("2\r\nab", 99).state, ChunkState::kMore);
}

TEST(ChunkedDecoder, WhatTwoReadersCouldReadInTwoWays) {
  for (const char* bytes : {"3\nabc\r\n", "\r\n", "g\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", ";x\r\n",
                            "3\r\nabcd\r\n", "3\r\nabc\n", "3\r\nabc\rx", "3\rx", " 3\r\n",
                            "0\r\n\n", "0\r\nA: b\n", "1000000000000000\r\n"}) {
    EXPECT_EQ(Decode(bytes, 99).state, ChunkState::kMalformed) << bytes;
  }
}

TEST(ChunkedDecoder, ExtensionsAndTrailersAreBounded) {
  EXPECT_EQ(Decode("1;" + std::string(9000, 'x'), 500).state, ChunkState::kMalformed);
  EXPECT_EQ(Decode("0\r\n" + std::string(9000, 'x'), 500).state, ChunkState::kMalformed);
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "1;x\r\na\r\n";
  EXPECT_EQ(Decode(many, 500).state, ChunkState::kMore)
      << "a byte of extension each: under the bound";
  for (int i = 0; i < 5000; ++i) many += "1;x\r\na\r\n";
  EXPECT_EQ(Decode(many, 500).state, ChunkState::kMalformed);
}

}  // namespace
}  // namespace kondor::http
