#include "client/credentials/conceal.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "client/http/url.h"

namespace kondor::client {
namespace {

// The longest of `forms` that `text` begins with; nothing when it begins with none.
std::size_t LengthAt(std::string_view text, const std::vector<std::string>& forms) {
  std::size_t longest = 0;
  for (const std::string& form : forms) {
    if (form.size() > longest && text.starts_with(form)) longest = form.size();
  }
  return longest;
}

}  // namespace

std::string Conceal(std::string_view text, std::span<const std::string> secrets) {
  std::vector<std::string> forms;
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    forms.push_back(secret);
    forms.push_back(Encode(secret));
  }
  // In one pass, and at each place the longest: one secret may begin with another, whose end must
  // not stay, or stand in what replaces another.
  std::string concealed;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = LengthAt(rest, forms);
    concealed += length > 0 ? "[secret]" : rest.substr(0, 1);
    rest.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return concealed;
}

}  // namespace kondor::client
