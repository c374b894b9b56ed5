// A kept-alive connection that exchanges raw messages. Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/wire/message.h"
#include "scenarios/wire/stream.h"
#include "scenarios/wire/url.h"

namespace kondor::scenarios {

class Connection {
 public:
  // `patience` bounds an exchange, however slowly its bytes come.
  Connection(Url url, Duration patience) : url_(std::move(url)), patience_(patience) {}

  // Connects when needed. A request is sent once and never again: whether a call whose answer was
  // lost was carried out is for the caller to wonder. kTransport or kMalformed.
  Result<Reply> Exchange(const Request& request);
  const Url& url() const { return url_; }

 private:
  Result<Reply> ExchangeOnce(const Request& request);
  Result<void> Fill();  // one more read; its error names the end of the stream
  Result<void> ReadHead(Reply& reply);
  Result<void> ReadBody(const Request& request, Reply& reply);
  Result<void> ReadChunks(Reply& reply);
  Result<void> FillUpTo(std::size_t size);
  Result<std::string> TakeLine();
  void Disconnect();

  const Url url_;
  const Duration patience_;
  const SystemClock clock_;
  TimePoint deadline_;
  std::unique_ptr<Stream> stream_;
  bool ended_ = false;  // the other side has said its last
  std::string buffer_;
};

}  // namespace kondor::scenarios
