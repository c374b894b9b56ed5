// A raw query string (or form body) taken apart, the way browsers and most servers do it.
//
// Decisions, where servers differ: pairs are parted by '&' only; a piece without '=' is a name with
// an empty value; empty pieces ("a=1&&b=2") are skipped, but "=x" is a pair with an empty name; '+'
// is a space; a percent sign that two hex digits do not follow stands for itself; %00 is a NUL byte
// like any other. The first of several values wins. Beyond kPairsMax pairs, which
// is as many as the longest target can hold, the rest is not looked at.
// Immutable.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kondor::http {

enum class PlusSign { kLiteral, kSpace };

std::string PercentDecode(std::string_view text, PlusSign plus);

class Query {
 public:
  static constexpr std::size_t kPairsMax = std::size_t{16} * 1024;

  struct Pair {
    std::string name;
    std::string value;
  };

  explicit Query(std::string_view raw);

  // The value of the first pair of that name (case matters); nullptr when there is none.
  const std::string* First(std::string_view name) const;
  std::size_t Count(std::string_view name) const;
  // Decoded, in the order sent.
  const std::vector<Pair>& pairs() const { return pairs_; }

 private:
  std::vector<Pair> pairs_;
};

}  // namespace kondor::http
