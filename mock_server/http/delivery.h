// How an answer is put on the wire when it is not simply sent: late, in pieces, cut short, with a
// length that is not its own, or not at all. The rest of the mock decides, the edge carries it out.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace kondor::http {

// Says when the bytes of one answer may go, by whatever clock it keeps. It is asked again and again
// by the one thread that sends the answer, and is destroyed when that is over, one way or another.
class Pace {
 public:
  enum class Says {
    kGo,    // `body_bytes` of the body, counted from its begin, may have gone by now, and the head
    kWait,  // nothing more may go yet
    kDrop,  // never: what it belonged to has ended
  };
  struct Word {
    Says says = Says::kDrop;
    std::size_t body_bytes = 0;
    // Of kWait: how long nothing will change by itself. Nothing: until `wake_descriptor` says so.
    std::optional<std::chrono::nanoseconds> look_again;
  };

  virtual ~Pace() = default;
  // `body_sent`: how much of the body was handed to the system; nothing: not even the head was.
  virtual Word Ask(std::optional<std::size_t> body_sent) = 0;
  // Readable when it is worth asking again before the time is over; asking makes it unreadable.
  // Must be a descriptor for as long as the pace exists.
  virtual int wake_descriptor() const = 0;
};

// Immutable once it is in a response.
struct Delivery {
  enum class End {
    kAsUsual,  // by the response, the request and what the length promises
    kClose,    // when all of it has gone: more may have been promised
    kReset,    // a TCP RST and not one byte
    kNothing,  // closed properly, without one byte
  };
  End end = End::kAsUsual;
  std::optional<std::size_t> body_bytes_max;    // what goes of the body; Content-Length stays whole
  std::optional<std::uint64_t> claimed_length;  // what Content-Length says instead
  std::shared_ptr<Pace> pace;                   // null: at once
};

}  // namespace kondor::http
