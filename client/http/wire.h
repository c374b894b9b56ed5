// One connection of the HTTP library, and the way to cut it. The library's own stop() waits for its
// lock, which is held for as long as it looks up a name, connects and shakes hands: it could hold
// up whoever cancels, and with them every other request.
#pragma once

#include <httplib.h>

#include <memory>

#include "base/mutex.h"
#include "client/http/http_transport.h"
#include "client/http/url.h"

namespace kondor::client {

// Not thread-safe but for Cut().
class Wire {
 public:
  Wire(const BaseUrl& url, const HttpOptions& options);
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire();

  httplib::ClientImpl& client() { return *client_; }

  // Whether the next request may go over it. What an idle connection has to say is its end, or what
  // belonged to an answer that was longer than it said: the next answer would begin with it.
  bool IsReusable() const;

  // Ends what it is doing, and all it will be asked to do; returns at once. Thread-safe.
  void Cut();

 private:
  // The library is about to connect that socket.
  void Adopt(int socket);

  const std::unique_ptr<httplib::ClientImpl> client_;

  mutable Mutex mutex_;
  // Our own descriptor of the library's socket: the number of the library's may by now be
  // somebody else's.
  int socket_ KONDOR_GUARDED_BY(mutex_) = -1;
  bool cut_ KONDOR_GUARDED_BY(mutex_) = false;
};

}  // namespace kondor::client
