// A real HTTP receiver on loopback that answers as its script says and remembers what came. One
// connection at a time; every wait ends when it goes. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace kondor {

enum class Act {
  kOk,
  kNoContent,
  kError,     // 500
  kRedirect,  // 302 to the URL given to RedirectTo()
  kClose,     // without a byte
  kTruncate,  // says 100 bytes and sends 10
  kGarbage,   // no HTTP
  kHang,      // says nothing until the other side goes
  kDrip,      // a few bytes of a head every 5 ms, and no end
  kLongHead,  // a head that never ends, as fast as it goes
  kChunked,   // 200, chunked, the connection kept open
  kEndless,   // 200 and a body that is as long as the other side reads
  kInterim,   // 100, then 200
  kEcho,      // 400 with the whole request as its body
  kNoLength,  // 200 and a body that ends with the connection
};

class Receiver {
 public:
  Receiver();
  ~Receiver();
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  int port() const { return port_; }
  std::string url(std::string_view path = "/hook") const;

  // The next answers, in order; after them kOk.
  void Script(std::vector<Act> acts);
  void RedirectTo(std::string url);

  // Whole requests, as they came.
  std::vector<std::string> requests() const;
  // Waits until that many came; false when they do not within ten seconds.
  bool AwaitRequests(std::size_t count) const;

 private:
  void Run();
  void Serve(int connection);
  bool WaitFor(int descriptor) const;  // false: the receiver is to end
  std::string ReadRequest(int connection) const;
  void Answer(int connection, Act act, const std::string& request);

  int port_ = 0;  // first: finding the next one tells it
  const int listener_;
  const int stop_;

  mutable std::mutex mutex_;
  mutable std::condition_variable came_;
  std::deque<Act> script_;
  std::string redirect_;
  std::vector<std::string> requests_;

  std::thread thread_;  // last: it uses all of the above
};

// A port on loopback where nobody listens, and nobody else can while this lives.
class DeadPort {
 public:
  DeadPort();
  ~DeadPort();
  DeadPort(const DeadPort&) = delete;
  DeadPort& operator=(const DeadPort&) = delete;
  int port() const { return port_; }

 private:
  int port_ = 0;  // first, as above
  const int socket_;
};

}  // namespace kondor
