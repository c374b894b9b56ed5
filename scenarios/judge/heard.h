// What a program says on one of its streams: searched for secrets as it comes, and of the rest only
// the end is kept, however much it is. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/judge/output.h"

namespace kondor::judge {

class Heard {
 public:
  // `secrets` must outlive it.
  explicit Heard(const std::vector<Secret>& secrets);

  void Add(std::string_view bytes);
  // Names of the secrets that were in it, also where two reads cut one apart.
  const std::vector<std::string>& secrets_found() const { return found_; }
  // Its last lines, with every secret blotted out and control characters replaced.
  std::string LastWords() const;

 private:
  static constexpr std::size_t kKept = 2'000;

  void BlotFront();
  void BlotEnd(std::string& words) const;

  const std::vector<Secret>& secrets_;
  std::size_t longest_ = 0;
  std::vector<std::string> found_;
  std::string recent_;  // some kKept bytes at least, or all; no secret's second half at its front
};

}  // namespace kondor::judge
