#include "mock_server/qondor/webhooks/conceal.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "mock_server/secrets/redact.h"

namespace kondor::qondor {
namespace {

// A reading of a text, and for each of its bytes where that begins in the text; its end, too.
struct Reading {
  std::string bytes;
  std::vector<std::size_t> begins;

  void Add(char byte, std::size_t begin) {
    bytes += byte;
    begins.push_back(begin);
  }
};

Reading AsItIs(std::string_view text) {
  Reading reading;
  for (std::size_t i = 0; i < text.size(); ++i) reading.Add(text[i], i);
  reading.begins.push_back(text.size());
  return reading;
}

std::optional<std::uint32_t> Hex(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return {};
  std::uint32_t value = 0;
  const char* const end = text.data() + at + digits;
  const auto [stop, fault] = std::from_chars(text.data() + at, end, value, 16);
  if (fault != std::errc() || stop != end) return {};
  return value;
}

void AddUtf8(Reading& reading, std::uint32_t code, std::size_t begin) {
  const auto add = [&](std::uint32_t byte) { reading.Add(static_cast<char>(byte), begin); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | (code >> 6));
  } else {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

// What is no escape stays as it is. Halves of a pair of surrogates do, too: no header has them.
Reading WithoutJsonEscapes(const Reading& from) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  Reading reading;
  const std::string_view text = from.bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t begin = from.begins[i];
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    const std::size_t letter = escape ? kLetters.find(text[i + 1]) : kLetters.npos;
    const auto code = escape && text[i + 1] == 'u' ? Hex(text, i + 2, 4) : std::nullopt;
    if (letter != kLetters.npos) {
      reading.Add(kMeant[letter], begin);
      i += 1;
    } else if (code) {
      AddUtf8(reading, *code, begin);
      i += 5;
    } else {
      reading.Add(text[i], begin);
    }
  }
  reading.begins.push_back(from.begins.back());
  return reading;
}

Reading WithoutPercents(const Reading& from) {
  Reading reading;
  const std::string_view text = from.bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t begin = from.begins[i];
    if (const auto code = text[i] == '%' ? Hex(text, i + 1, 2) : std::nullopt) {
      reading.Add(static_cast<char>(*code), begin);
      i += 2;
    } else {
      reading.Add(text[i], begin);
    }
  }
  reading.begins.push_back(from.begins.back());
  return reading;
}

// As forms write a blank.
Reading WithoutPluses(Reading reading) {
  for (char& byte : reading.bytes) {
    if (byte == '+') byte = ' ';
  }
  return reading;
}

}  // namespace

std::string Conceal(std::string_view text, std::string_view secret) {
  if (secret.empty()) return std::string(text);
  std::vector<bool> concealed(text.size());
  const auto mark = [&](const Reading& reading) {
    for (std::size_t at = reading.bytes.find(secret); at != std::string::npos;
         at = reading.bytes.find(secret, at + secret.size())) {
      for (std::size_t i = reading.begins[at]; i < reading.begins[at + secret.size()]; ++i) {
        concealed[i] = true;
      }
    }
  };
  const Reading plain = AsItIs(text);
  const Reading unescaped = WithoutJsonEscapes(plain);
  mark(plain);
  mark(unescaped);
  mark(WithoutJsonEscapes(unescaped));
  mark(WithoutPercents(plain));
  mark(WithoutPercents(WithoutPluses(plain)));
  mark(WithoutPercents(unescaped));
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!concealed[i]) {
      shown += text[i];
    } else if (i == 0 || !concealed[i - 1]) {
      shown += secrets::kRedacted;
    }
  }
  return shown;
}

}  // namespace kondor::qondor
