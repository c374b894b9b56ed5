#include "mock_server/secrets/redact.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <limits>
#include <utility>

#include "mock_server/http/ascii.h"
#include "mock_server/http/query.h"

namespace kondor::secrets {
namespace {

constexpr std::size_t kKeyRun = 32;
constexpr std::size_t kAnyRun = 64;

constexpr std::array<std::string_view, 9> kSecretNames = {
    "token",         "subscription-key", "secret",       "password",    "primary_key",
    "secondary_key", "primarykey",       "secondarykey", "access_token"};

constexpr std::array<std::string_view, 8> kSecretHeaders = {
    "authorization", "proxy-authorization",  "cookie",     "ocp-apim-subscription-key",
    "x-api-key",     "kondor-control-token", "set-cookie", "x-onbehalfof-token"};

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

template <std::size_t N>
bool Names(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [name](std::string_view known) {
    return http::EqualsIgnoreCase(known, name);
  });
}

std::size_t EndOfRun(std::string_view text, std::size_t at) {
  while (at < text.size() && IsAlnum(text[at])) ++at;
  return at;
}

// A key of hexadecimal digits without a figure among them does not happen; a long name does.
bool LooksSecret(std::string_view run) {
  return run.size() >= kAnyRun ||
         (run.size() >= kKeyRun && run.find_first_of("0123456789") != std::string_view::npos);
}

bool HoldsSecret(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = EndOfRun(text, at);
    if (LooksSecret(text.substr(at, end - at))) return true;
    at = end;
  }
  return false;
}

// `text` as it may be kept, when `decoded` is what it stands for.
std::string RedactEncoded(std::string_view text, http::PlusSign plus) {
  if (text.find('%') == std::string_view::npos) return RedactText(text);
  const std::string decoded = http::PercentDecode(text, plus);
  return HoldsSecret(decoded) ? RedactText(decoded) : RedactText(text);
}

// The end of the JSON string whose opening quote stands just before `at`.
std::size_t EndOfJsonString(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at, text.size());
}

std::size_t SkipSpace(std::string_view text, std::size_t at) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
  return at;
}

// A JSON string's letters and digits without their escapes, also where it is cut or broken; of any
// other escape a question mark is left.
std::string Unescaped(std::string_view json_string) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (std::size_t at = 0; at < json_string.size(); ++at) {
    if (json_string[at] != '\\') {
      text += json_string[at];
      continue;
    }
    unsigned letter = 0;
    const bool is_unicode = at + 5 < json_string.size() && json_string[at + 1] == 'u';
    for (std::size_t i = at + 2; is_unicode && i < at + 6; ++i) {
      const std::size_t digit = kHex.find(http::ToLowerAscii(json_string[i]));
      letter = letter * 16 + static_cast<unsigned>(std::min<std::size_t>(digit, 0xFFFF));
    }
    text += letter > 0 && letter < 128 ? static_cast<char>(letter) : '?';
    at += is_unicode ? 5 : 1;
  }
  return text;
}

bool NamesSecret(std::string_view json_string) {
  if (json_string.find('\\') == std::string_view::npos) return Names(kSecretNames, json_string);
  return Names(kSecretNames, Unescaped(json_string));
}

std::string RedactJsonString(std::string_view text) {
  const bool escaped = text.find('\\') != std::string_view::npos;
  return escaped && HoldsSecret(Unescaped(text)) ? std::string(kRedacted) : RedactText(text);
}

// Goes through text that may be JSON, cut or broken, from one string to the next. Under a secret's
// name it hides the string, or every string of the array or object.
class BodyRedactor {
 public:
  explicit BodyRedactor(std::string_view body) : body_(body) {}

  std::string Redacted() {
    while (true) {
      const std::size_t quote = std::min(body_.find('"', at_), body_.size());
      const bool hide = IsHiddenAfter(body_.substr(at_, quote - at_));
      safe_ += RedactText(body_.substr(at_, quote - at_));
      if (quote == body_.size()) return std::move(safe_);
      const std::size_t end = EndOfJsonString(body_, quote + 1);
      const std::string_view text = body_.substr(quote + 1, end - quote - 1);
      safe_ += '"' + (hide ? std::string(kRedacted) : RedactJsonString(text));
      if (end == body_.size()) return std::move(safe_);
      safe_ += '"';
      at_ = end + 1;
      named_ = !hide && NamesSecret(text);
    }
  }

 private:
  // Whether the string after this piece between two strings is a secret's.
  bool IsHiddenAfter(std::string_view between) {
    std::size_t value = SkipSpace(between, 0);
    const bool named = named_ && value < between.size() && between[value] == ':';
    if (named) value = SkipSpace(between, value + 1);
    for (std::size_t i = 0; i < between.size(); ++i) {
      if (between[i] == '[' || between[i] == '{') {
        ++depth_;
        if (named && i == value) hidden_from_ = std::min(hidden_from_, depth_);
      } else if (between[i] == ']' || between[i] == '}') {
        if (depth_ == hidden_from_) hidden_from_ = kNowhere;
        --depth_;
      }
    }
    return depth_ >= hidden_from_ || (named && value == between.size());
  }

  static constexpr std::int64_t kNowhere = std::numeric_limits<std::int64_t>::max();

  std::string_view body_;
  std::size_t at_ = 0;
  std::string safe_;
  bool named_ = false;                   // the last string was a secret's name
  std::int64_t depth_ = 0;               // of brackets
  std::int64_t hidden_from_ = kNowhere;  // the depth at and below which all is hidden
};

}  // namespace

std::string RedactText(std::string_view text) {
  if (!HoldsSecret(text)) return std::string(text);
  std::string safe;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = EndOfRun(text, at);
    if (LooksSecret(text.substr(at, end - at))) {
      safe += kRedacted;
    } else {
      end = std::max(end, at + 1);
      safe += text.substr(at, end - at);
    }
    at = end;
  }
  return safe;
}

std::string RedactPath(std::string_view raw_path) {
  return RedactEncoded(raw_path, http::PlusSign::kLiteral);
}

std::string RedactQuery(std::string_view raw_query) {
  std::string safe;
  safe.reserve(raw_query.size());
  while (!raw_query.empty()) {
    const std::string_view pair = raw_query.substr(0, raw_query.find('&'));
    const std::size_t equals = pair.find('=');
    const std::string_view name = pair.substr(0, equals);
    safe += RedactEncoded(name, http::PlusSign::kSpace);
    if (equals != std::string_view::npos) {
      const std::string_view value = pair.substr(equals + 1);
      safe += '=';
      if (!value.empty() &&
          Names(kSecretNames, http::PercentDecode(name, http::PlusSign::kSpace))) {
        safe += kRedacted;
      } else {
        safe += RedactEncoded(value, http::PlusSign::kSpace);
      }
    }
    if (pair.size() == raw_query.size()) break;
    safe += '&';
    raw_query.remove_prefix(pair.size() + 1);
  }
  return safe;
}

std::string RedactHeader(std::string_view name, std::string_view value) {
  if (Names(kSecretHeaders, name) || Names(kSecretNames, name)) return std::string(kRedacted);
  // A Referer is a URL: its query may carry credentials under their names.
  const std::size_t query = value.find('?');
  if (query != std::string_view::npos && value.find("://") != std::string_view::npos) {
    return RedactPath(value.substr(0, query)) + "?" + RedactQuery(value.substr(query + 1));
  }
  return RedactEncoded(value, http::PlusSign::kLiteral);
}

std::string RedactBody(std::string_view body) { return BodyRedactor(body).Redacted(); }

}  // namespace kondor::secrets
