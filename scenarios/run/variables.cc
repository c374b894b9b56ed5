#include "scenarios/run/variables.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "scenarios/data/scenario.h"

namespace kondor::scenarios {
namespace {

// Around a name that stands for a secret while the text is being quoted.
constexpr char kOpen = '\x01';
constexpr char kClose = '\x02';

constexpr std::size_t kSecretLengthMin = 16;  // shorter values are ids, waits and words
constexpr std::size_t kRunLengthMin = 32;

bool IsAlnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

void ReplaceAll(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

// A long run of letters and digits that holds both: the shape of a token, or of a subscription key.
void HideRuns(std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    bool digit = false, letter = false;
    for (; end < text.size() && IsAlnum(text[end]); ++end) {
      const bool is_digit = text[end] >= '0' && text[end] <= '9';
      digit = digit || is_digit;
      letter = letter || !is_digit;
    }
    if (end - begin >= kRunLengthMin && digit && letter) {
      text.replace(begin, end - begin, "[hidden]");
      end = begin + 8;
    }
    begin = end + 1;
  }
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNames = {
    {{"user.key", "KONDADO_KEY"},
     {"user.token", "KONDADO_TOKEN"},
     {"via.token", "KONDADO_VIA_TOKEN"},
     {"production.primary", "QONDOR_SUBSCRIPTION_KEY"},
     {"production.secondary", "QONDOR_SECONDARY_KEY"},
     {"test.primary", "QONDOR_TEST_SUBSCRIPTION_KEY"},
     {"test.secondary", "QONDOR_TEST_SECONDARY_KEY"},
     {"origin", "KONDOR_URL"},
     {"sandbox", "KONDOR_SANDBOX"}}};

}  // namespace

std::string EnvironmentName(std::string_view name) {
  for (const auto& [known, environment] : kNames) {
    if (known == name) return std::string(environment);
  }
  std::string out;
  for (const char c : name) {
    out += IsAlnum(c) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : '_';
  }
  return out;
}

std::string Variables::Text(const std::string& name) const {
  const auto it = values_.find(name);
  return it == values_.end() ? "" : NameOfValue(it->second);
}

std::string Variables::FillText(std::string_view text) const {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find("${");
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    out += Text(std::string(text.substr(open + 2, close - open - 2)));
    text.remove_prefix(close + 1);
  }
  return out + std::string(text);
}

Json Variables::Fill(const Json& json) const {
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    if (text.starts_with("${") && text.find('}') == text.size() - 1) {
      const auto it = values_.find(text.substr(2, text.size() - 3));
      if (it != values_.end()) return it->second;
    }
    return FillText(text);
  }
  Json filled = json;
  if (json.is_structured()) {
    for (Json& item : filled) item = Fill(std::as_const(item));
  }
  return filled;
}

std::string Variables::MarkSecrets(std::string text) const {
  // Longer values first, should one hold another.
  std::vector<std::pair<std::string, std::string>> secrets;
  for (const auto& [name, value] : values_) {
    const std::string shown = NameOfValue(value);
    if (name == "origin" || name == "authority" || name == "sandbox" || name == "arm") continue;
    if (shown.size() >= kSecretLengthMin) secrets.emplace_back(shown, EnvironmentName(name));
  }
  std::ranges::sort(secrets, [](auto& a, auto& b) { return a.first.size() > b.first.size(); });
  for (const auto& [value, name] : secrets) ReplaceAll(text, value, Placeholder(name));
  HideRuns(text);
  return text;
}

std::string Variables::Masked(std::string text) const {
  std::string marked = MarkSecrets(std::move(text));
  ReplaceAll(marked, std::string(1, kOpen), "$");
  ReplaceAll(marked, std::string(1, kClose), "");
  return marked;
}

std::string Variables::Placeholder(std::string_view environment_name) {
  return kOpen + std::string(environment_name) + kClose;
}

std::string Variables::Quoted(std::string text) const {
  std::string out = "\"";
  for (const char c : MarkSecrets(std::move(text))) {
    if (c == kOpen) {
      out += "${";
    } else if (c == kClose) {
      out += '}';
    } else {
      if (std::string_view("\"\\$`").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace kondor::scenarios
