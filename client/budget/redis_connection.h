// One connection to a Redis: commands and replies, each in bounded time. The protocol is hiredis's,
// the socket our own: a server that is gone must not send us a signal, nor a slow one hold us up.
// Not thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "client/budget/redis_address.h"

struct redisReader;

namespace kondor::limiter {

struct RedisReply {
  enum class Kind { kNothing, kNumber, kText, kList, kError } kind = Kind::kNothing;
  std::int64_t number = 0;
  std::string text = {};  // also of kError
  std::vector<RedisReply> list = {};
};

class RedisConnection {
 public:
  // Connecting and each command take at most `patience`. kTransport or kDeadline.
  static Result<std::unique_ptr<RedisConnection>> Connect(const RedisAddress& address,
                                                          Duration patience);
  ~RedisConnection();
  RedisConnection(const RedisConnection&) = delete;
  RedisConnection& operator=(const RedisConnection&) = delete;

  // kTransport: the server closed it. kDeadline: no answer in time. kMalformed: an answer that is
  // none. It is of no use any more then, and the command may have been carried out.
  Result<RedisReply> Command(const std::vector<std::string>& words);

 private:
  RedisConnection(int socket, Duration patience);
  Result<void> Send(const std::vector<std::string>& words);
  Result<RedisReply> Receive();

  const int socket_;
  const Duration patience_;
  const SystemClock clock_;
  struct FreeReader {
    void operator()(redisReader* reader) const;
  };
  const std::unique_ptr<redisReader, FreeReader> reader_;
};

}  // namespace kondor::limiter
