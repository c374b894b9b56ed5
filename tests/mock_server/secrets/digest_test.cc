#include "mock_server/secrets/digest.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

namespace kondor::secrets {
namespace {

std::string Hex(const Digest& digest) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : digest) {
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

TEST(Sha256, GivesTheStandardsExamples) {  // FIPS 180-4
  EXPECT_EQ(Hex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Hex(Sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, ReadsBeyondANul) {
  EXPECT_NE(Sha256(std::string_view("a\0b", 3)), Sha256(std::string_view("a\0c", 3)));
}

TEST(Sha256, IsTheSameInEveryThread) {
  const Digest expected = Sha256("abc");
  std::vector<Digest> digests(4);
  {
    std::vector<std::jthread> threads;
    for (Digest& digest : digests) {
      threads.emplace_back([&digest] {
        for (int i = 0; i < 200; ++i) digest = Sha256(i % 2 == 0 ? "other" : "abc");
      });
    }
  }
  for (const Digest& digest : digests) EXPECT_EQ(digest, expected);
}

TEST(SameDigest, ComparesEveryByte) {
  const Digest digest = Sha256("abc");
  EXPECT_TRUE(SameDigest(digest, Sha256("abc")));
  for (std::size_t i = 0; i < digest.size(); ++i) {
    Digest other = digest;
    other[i] ^= 1;
    EXPECT_FALSE(SameDigest(digest, other)) << "byte " << i;
  }
}

TEST(DigestHash, PartsDifferentDigests) {
  std::unordered_set<std::size_t> hashes;
  for (int i = 0; i < 1000; ++i) hashes.insert(DigestHash()(Sha256(std::to_string(i))));
  EXPECT_EQ(hashes.size(), 1000U);
}

}  // namespace
}  // namespace kondor::secrets
