// The part of a connection that puts an answer on the wire in another way than the usual one.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "mock_server/http/connection.h"
#include "mock_server/http/response_head.h"

namespace kondor::http {
namespace {

constexpr std::chrono::nanoseconds kLookAgainMin = std::chrono::microseconds(100);
constexpr std::chrono::nanoseconds kLookAgainMax = std::chrono::hours(1);

}  // namespace

// Until more of the answer may go than was sent; says how much of the body. False: nothing of it
// ever may, or there is nobody left to send it to.
bool Connection::AwaitPace(Pace* pace, std::optional<std::size_t> body_sent,
                           std::size_t& body_allowed) {
  bool waiting = false;
  while (true) {
    const Pace::Word word = pace->Ask(body_sent);
    if (word.says == Pace::Says::kDrop) return false;
    if (word.says == Pace::Says::kGo) {
      if (waiting) entry_.Now(Activity::kAnswering);
      body_allowed = word.body_bytes;
      return true;
    }
    if (!std::exchange(waiting, true)) entry_.Now(Activity::kWaiting);  // it waits since then
    std::optional<Instant> deadline;
    if (word.look_again) {
      deadline = SocketNow() + std::clamp(*word.look_again, kLookAgainMin, kLookAgainMax);
    }
    if (stream_.AwaitWake(pace->wake_descriptor(), deadline) == Stream::Wait::kGone) return false;
  }
}

bool Connection::WritePaced(std::string_view head, std::string_view body, Pace* pace) {
  std::optional<std::size_t> body_sent;
  while (true) {
    std::size_t allowed = body.size();
    if (pace != nullptr && !AwaitPace(pace, body_sent, allowed)) return false;
    allowed = std::min(allowed, body.size());
    const std::size_t begin = body_sent.value_or(0);
    if (!stream_.Write(body_sent ? "" : head, body.substr(begin, allowed - begin),
                       SocketNow() + edge_.options.write_time_max)) {
      return false;
    }
    body_sent = allowed;
    if (allowed == body.size()) return true;
  }
}

Connection::Next Connection::Deliver(const Response& response, const Delivery& how) {
  if (SendsNothing(response)) {
    std::size_t nothing = 0;
    if (how.pace != nullptr && !AwaitPace(how.pace.get(), {}, nothing)) return Next::kEnd;
    if (how.end == Delivery::End::kNothing) return Next::kEndGently;
    stream_.ResetAtClose();
    return Next::kEnd;
  }
  // Who is about to be cut off is not told so: the length promises what the connection breaks.
  const bool told = response.close || framing_.persistence == Persistence::kClose;
  const bool ends = told || how.end == Delivery::End::kClose;
  response_head_.clear();
  AppendResponseHead(response, framing_, told ? Persistence::kClose : Persistence::kKeepAlive,
                     response_head_);
  const bool has_body = MayHaveBody(response.status) && request_.method != "HEAD";
  const std::string_view body = has_body ? SentBody(response) : "";
  if (!WritePaced(response_head_, body, how.pace.get())) return Next::kEnd;
  return ends || edge_.roster.stopping() ? Next::kEndGently : Next::kRequest;
}

}  // namespace kondor::http
