#include "scenarios/judge/heard.h"

#include <algorithm>

namespace kondor::judge {

Heard::Heard(const std::vector<Secret>& secrets) : secrets_(secrets) {
  for (const Secret& secret : secrets) longest_ = std::max(longest_, secret.text.size());
}

void Heard::Add(std::string_view bytes) {
  const std::size_t before = recent_.size();
  recent_ += bytes;
  // A secret that ended earlier was found then.
  const std::size_t from = before > longest_ ? before - longest_ : 0;
  for (const Secret& secret : secrets_) {
    if (std::ranges::find(found_, secret.name) != found_.end()) continue;
    if (recent_.find(secret.text, from) != std::string::npos) found_.push_back(secret.name);
  }
  const std::size_t keep = kKept + longest_;
  if (recent_.size() <= 2 * keep) return;
  recent_.erase(0, recent_.size() - keep);
  BlotFront();
}

// What is cut off may have taken the first half of a secret with it.
void Heard::BlotFront() {
  std::size_t rest = 0;
  for (const Secret& secret : secrets_) {
    for (std::size_t from = 1; from < secret.text.size(); ++from) {
      const std::string_view tail = std::string_view(secret.text).substr(from);
      if (recent_.starts_with(tail)) rest = std::max(rest, tail.size());
    }
  }
  recent_.erase(0, rest);
}

// Who was ended in the middle of a secret has said half of it.
void Heard::BlotEnd(std::string& words) const {
  constexpr std::size_t kTelling = 4;  // fewer letters happen by chance, and tell nothing
  for (const Secret& secret : secrets_) {
    for (std::size_t size = secret.text.size(); size-- > kTelling;) {
      if (!words.ends_with(std::string_view(secret.text).substr(0, size))) continue;
      words.replace(words.size() - size, size, "[secret]");
      break;
    }
  }
}

std::string Heard::LastWords() const {
  std::string words = recent_;
  for (const Secret& secret : secrets_) {
    for (std::size_t at = words.find(secret.text); at != std::string::npos;
         at = words.find(secret.text, at)) {
      words.replace(at, secret.text.size(), "[secret]");
    }
  }
  BlotEnd(words);
  if (words.size() > kKept) words.erase(0, words.size() - kKept);
  for (char& c : words) {
    const auto byte = static_cast<unsigned char>(c);
    if (c != '\n' && (byte < 0x20 || byte == 0x7f)) c = '?';
  }
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words;
}

}  // namespace kondor::judge
