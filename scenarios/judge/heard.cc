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
  if (recent_.size() > 2 * keep) recent_.erase(0, recent_.size() - keep);
}

std::string Heard::LastWords() const {
  std::string words = recent_;
  for (const Secret& secret : secrets_) {
    for (std::size_t at = words.find(secret.text); at != std::string::npos;
         at = words.find(secret.text, at)) {
      words.replace(at, secret.text.size(), "[secret]");
    }
  }
  // A secret cut by the front edge is in what is dropped here.
  if (words.size() > kKept) words.erase(0, words.size() - kKept);
  for (char& c : words) {
    const auto byte = static_cast<unsigned char>(c);
    if (c != '\n' && (byte < 0x20 || byte == 0x7f)) c = '?';
  }
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words;
}

}  // namespace kondor::judge
