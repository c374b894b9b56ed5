// A Redis of a test's own, on a socket in a directory of its own. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "client/budget/redis_connection.h"
#include "tests/client/budget/temp_dir.h"

namespace kondor::limiter {

class RedisServer {
 public:
  // Null where the program is not installed.
  static std::unique_ptr<RedisServer> Start(const std::vector<std::string>& more_arguments = {});
  ~RedisServer() { Kill(); }
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  const std::string& socket() const { return socket_; }
  void Kill();
  // After Kill.
  void StartAgain();
  void Freeze();
  void Thaw();
  // One that must work.
  RedisReply Command(const std::vector<std::string>& words);

 private:
  explicit RedisServer(const std::vector<std::string>& more_arguments);

  TempDir dir_;
  const std::string socket_;
  const std::vector<std::string> more_arguments_;
  pid_t pid_ = -1;
};

}  // namespace kondor::limiter
