// One HTTP/1.1 POST to somebody else's server. The whole exchange has one deadline, however slowly
// its bytes come; a redirect is an answer like any other; no proxy is asked and nothing is looked
// up: the address is given. Thread-safe: a function, and a stop button that any thread may press.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/http/message.h"

namespace kondor::http {

// Ends the exchanges that were given it, now and later. Once pressed it stays pressed.
class StopButton {
 public:
  StopButton();
  ~StopButton();
  StopButton(const StopButton&) = delete;
  StopButton& operator=(const StopButton&) = delete;

  void Press();
  int descriptor() const { return descriptor_; }  // readable once pressed; -1 when there was none

 private:
  const int descriptor_;
};

struct PostRequest {
  std::string address;    // numeric: "127.0.0.1", "::1"
  int port = 80;          //
  std::string authority;  // the Host header
  std::string target;     // "/hook?x=1"
  std::vector<Header> headers;
  std::string body;
  std::chrono::milliseconds time_max{10'000};  // of the whole exchange
};

enum class PostEnd {
  kAnswered,      // with `status`, whatever that is
  kNotConnected,  // nobody listens there
  kTimeout,
  kClosedEarly,  // the connection ended before the answer did
  kMalformed,    // what came is no HTTP answer
  kStopped,
};
std::string_view ToText(PostEnd end);  // "timeout"

struct PostAnswer {
  PostEnd end = PostEnd::kNotConnected;
  int status = 0;
  std::string body;  // its first kAnswerBodyMax bytes
};

// An answer is read up to here; what follows is not waited for.
inline constexpr std::size_t kAnswerHeadMax = 16 * 1024;
inline constexpr std::size_t kAnswerBodyMax = 64 * 1024;

PostAnswer Post(const PostRequest& request, const StopButton& stop);

}  // namespace kondor::http
