#include "client/credentials/conceal.h"

#include <string_view>

#include "client/http/url.h"

namespace kondor::client {
namespace {

void ReplaceAll(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

std::string Conceal(std::string text, std::span<const std::string> secrets) {
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    ReplaceAll(text, secret, "[secret]");
    ReplaceAll(text, Encode(secret), "[secret]");
  }
  return text;
}

}  // namespace kondor::client
