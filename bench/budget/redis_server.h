// A redis-server of a benchmark's own. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

namespace kondor::limiter {

class BenchRedis {
 public:
  // On a socket in a temporary directory and on a free port of the loopback interface, once it has
  // been up so long that no budget in it has to rest. Null where the program is not installed.
  static std::unique_ptr<BenchRedis> Start();
  ~BenchRedis();
  BenchRedis(const BenchRedis&) = delete;
  BenchRedis& operator=(const BenchRedis&) = delete;

  std::string socket_address() const { return "unix:" + directory_ + "/socket"; }
  std::string loopback_address() const { return "redis://127.0.0.1:" + std::to_string(port_); }

 private:
  BenchRedis();

  std::string directory_;
  int port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace kondor::limiter
