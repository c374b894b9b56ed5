// A client that sends exactly the bytes it is given and reads one answer at a time, for tests of
// what a polite client would never send. Every wait is bounded. Not thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kondor::http {

struct Answer {
  int status = 0;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string head;  // as received

  // The first header of that name, exactly so spelled; empty when absent.
  std::string Header(std::string_view name) const;
};

enum class BodyComes { kYes, kNo };  // no: the answer to HEAD

// A descriptor taken before there are none left.
class UnconnectedSocket {
 public:
  UnconnectedSocket();
  ~UnconnectedSocket();
  UnconnectedSocket(UnconnectedSocket&& other) noexcept;
  UnconnectedSocket(const UnconnectedSocket&) = delete;
  UnconnectedSocket& operator=(const UnconnectedSocket&) = delete;

 private:
  friend class RawClient;
  int socket_ = -1;
};

class RawClient {
 public:
  // Connects to the loopback address; IPv6 when `host` is "::1".
  explicit RawClient(int port, const std::string& host = "127.0.0.1");
  RawClient(UnconnectedSocket socket, int port);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }

  // False when the other side has closed.
  bool Send(std::string_view bytes);
  void FinishSending();
  // From now on the system takes in next to nothing that is not read.
  void ShrinkReceiveBuffer();

  // The next answer; nothing when the connection ended or nothing came in time.
  std::optional<Answer> Receive(BodyComes body = BodyComes::kYes);
  std::optional<Answer> Ask(std::string_view request, BodyComes body = BodyComes::kYes);

  // Everything until the other side closes, taken as it comes.
  std::string Rest();
  // What is there, or else what comes next, up to that many bytes; empty at the end.
  std::string Take(std::size_t bytes_max);

  // True when the other side closes without another byte.
  bool Ended();
  // True when the other side resets the connection without another byte.
  bool WasReset();
  // True when nothing at all comes, not even an end, for that long.
  bool SilentFor(std::chrono::milliseconds time);

 private:
  bool Fill();

  int socket_ = -1;
  bool connected_ = false;
  std::string buffer_;
};

// A GET with the least a request needs.
std::string Get(std::string_view target, std::string_view more_headers = "");

}  // namespace kondor::http
