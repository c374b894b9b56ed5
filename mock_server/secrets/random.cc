#include "mock_server/secrets/random.h"

#include <openssl/rand.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

namespace kondor::secrets {
namespace {

constexpr std::size_t kSecretLength = 64;
constexpr std::string_view kSymbols =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

void Fill(std::span<unsigned char> bytes) {
  // Without randomness there are no secrets to give; going on would hand out guessable ones.
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
}

using Guid = std::array<unsigned char, 16>;

Guid NewGuid() {
  Guid bytes{};
  Fill(bytes);
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);  // RFC 4122 variant
  return bytes;
}

void AppendHex(unsigned char byte, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += kHex[byte >> 4];
  out += kHex[byte & 0x0f];
}

}  // namespace

std::string NewUuid() {
  const Guid bytes = NewGuid();
  std::string uuid;
  uuid.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    AppendHex(bytes[i], uuid);
  }
  return uuid;
}

std::string NewSubscriptionKey() {
  std::string key;
  key.reserve(32);
  for (const unsigned char byte : NewGuid()) AppendHex(byte, key);
  return key;
}

std::string NewSecret() {
  // Bytes past the last whole multiple of 62 are thrown away, so that every symbol is as likely.
  constexpr unsigned char kFair = 256 / kSymbols.size() * kSymbols.size();
  std::string secret;
  secret.reserve(kSecretLength);
  std::array<unsigned char, 96> bytes{};
  while (secret.size() < kSecretLength) {
    Fill(bytes);
    for (const unsigned char byte : bytes) {
      if (byte < kFair && secret.size() < kSecretLength) secret += kSymbols[byte % kSymbols.size()];
    }
  }
  return secret;
}

}  // namespace kondor::secrets
