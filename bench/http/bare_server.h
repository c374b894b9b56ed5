// cpp-httplib's own server at its best: what our edge is measured against.
//
// "Its best" means the cures that cost nothing: a pool that grows with the connections, no Nagle,
// keep-alive without a count, a long backlog. Not thread-safe.
#pragma once

#include <memory>
#include <string>

namespace kondor::bench {

// How the answer is given to the library. As a string it is compressed for a client that accepts
// that; through a content provider it never is.
enum class Giving { kString, kProvider };

class BareServer {
 public:
  BareServer(std::string body, std::string content_type, Giving giving);
  ~BareServer();  // stops

  // The port listened on; -1 when the system refuses.
  int Start();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kondor::bench
