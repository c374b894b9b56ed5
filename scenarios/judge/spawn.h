// The first moment of a child: pipes, a process group, an environment, and nothing of ours open.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace kondor::judge {

// A descriptor that closes itself. Not thread-safe.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    Close();
    number_ = std::exchange(other.number_, -1);
    return *this;
  }
  ~Descriptor() { Close(); }

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void Close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

struct Spawned {
  pid_t pid = 0;   // and its group's
  Descriptor out;  // the ends to read from, which do not block
  Descriptor err;
};

// `environment`: "NAME=VALUE". kNotFound or kInvalidArgument, in one line.
Result<Spawned> Spawn(const std::vector<std::string>& command,
                      const std::vector<std::string>& environment);

}  // namespace kondor::judge
