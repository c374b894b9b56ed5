// A folder of one trial's own, gone with this object. Not thread-safe.
#pragma once

#include <string>

#include "base/result.h"

namespace kondor::judge {

class Scratch {
 public:
  static Result<Scratch> Make();
  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();

  const std::string& path() const { return path_; }

 private:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace kondor::judge
