#include "client/http/http_transport.h"

#include <httplib.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "client/http/no_sigpipe.h"
#include "client/http/url.h"
#include "client/http/watchdog.h"
#include "client/http/wire.h"

namespace kondor::client {
namespace {

using WirePtr = std::unique_ptr<Wire>;
using Reach = TransportFault::Reach;

constexpr std::size_t kIdleMax = 64;
constexpr const char* kCancelled = "cancelled";
// No instant that an addition could not bear, and longer than anybody waits.
constexpr Duration kTimeoutMax = std::chrono::hours(24 * 365);

const char* Words(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
      return "nobody answers there";
    case httplib::Error::ConnectionTimeout:
      return "connecting takes too long";
    case httplib::Error::SSLConnection:
      return "no TLS connection comes about";
    case httplib::Error::SSLLoadingCerts:
      return "the file of authorities cannot be read";
    case httplib::Error::SSLServerVerification:
      return "its certificate is not to be trusted";
    case httplib::Error::Write:
      return "the connection broke while sending";
    case httplib::Error::Read:  // an end too early, no HTTP, or none that can be unpacked: all one
      return "no whole answer in HTTP came";
    default:
      return "the exchange failed";
  }
}

Reach ReachOf(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
    case httplib::Error::ConnectionTimeout:
    case httplib::Error::BindIPAddress:
    case httplib::Error::SSLConnection:
    case httplib::Error::SSLLoadingCerts:
    case httplib::Error::SSLServerVerification:
      return Reach::kNotSent;
    default:
      return Reach::kMaybeCarriedOut;
  }
}

httplib::Request ToLibrary(const Request& request, const std::string& prefix) {
  httplib::Request asked;
  asked.method = ToText(request.method);
  asked.path = prefix + request.path + EncodeQuery(request.query);
  for (const Field& header : request.headers) asked.headers.emplace(header.name, header.value);
  if (!asked.has_header("User-Agent")) asked.headers.emplace("User-Agent", "kondor");
  if (!request.body.empty() && !asked.has_header("Content-Type")) {
    asked.headers.emplace("Content-Type", "application/json");
  }
  asked.body = request.body;
  return asked;
}

Response FromLibrary(const httplib::Response& answer, std::string body) {
  Response response{answer.status, {}, std::move(body)};
  for (const auto& [name, value] : answer.headers) response.headers.push_back({name, value});
  return response;
}

class HttpTransport final : public Transport {
 public:
  HttpTransport(HttpOptions options, BaseUrl url)
      : options_(std::move(options)), url_(std::move(url)) {}
  ~HttpTransport() override {
    const NoSigpipe no_sigpipe;  // over TLS an end is said goodbye to
    const MutexLock lock(mutex_);
    idle_.clear();
  }

  std::variant<Response, TransportFault> Send(const Request& request, Duration timeout,
                                              std::stop_token stop) override {
    if (const auto good = CheckRequest(request); !good) {
      return TransportFault{Reach::kNotSent, good.error().message};
    }
    if (stop.stop_requested()) return Fault(request, Reach::kNotSent, kCancelled);
    if (timeout <= Duration::zero()) {
      return Fault(request, Reach::kNotSent, "no time was left to send it");
    }
    const NoSigpipe no_sigpipe;
    WirePtr wire = Borrow();
    auto answer = Exchange(*wire, request, std::min(timeout, kTimeoutMax), stop);
    if (std::holds_alternative<Response>(answer)) GiveBack(std::move(wire));
    return answer;
  }

 private:
  std::variant<Response, TransportFault> Exchange(Wire& wire, const Request& request,
                                                  Duration timeout, const std::stop_token& stop) {
    std::string body;
    bool too_long = false;
    httplib::Request asked = ToLibrary(request, url_.prefix);
    asked.content_receiver = [&](const char* bytes, std::size_t count, std::uint64_t,
                                 std::uint64_t) {
      too_long = count > options_.body_bytes_max - body.size();
      if (!too_long) body.append(bytes, count);
      return !too_long;
    };
    httplib::Response answer;
    httplib::Error error = httplib::Error::Success;
    SetTimeouts(wire.client(), timeout);
    const std::stop_callback on_stop(stop, [&wire] { wire.Cut(); });
    const Watchdog::Guard guard(watchdog_, watchdog_.Now() + timeout, [&wire] { wire.Cut(); });
    if (wire.client().send(asked, answer, error)) return FromLibrary(answer, std::move(body));
    if (stop.stop_requested()) return Fault(request, ReachOf(error), kCancelled);
    if (guard.bitten()) return Fault(request, ReachOf(error), "no whole answer came in time");
    if (too_long) return Fault(request, Reach::kMaybeCarriedOut, "the answer is too long to read");
    return Fault(request, ReachOf(error), Words(error));
  }

  TransportFault Fault(const Request& request, Reach reach, const char* why) const {
    return {reach, std::string(ToText(request.method)) + " " + url_.origin + url_.prefix +
                       request.path + ": " + why};
  }

  WirePtr Borrow() {
    while (WirePtr wire = TakeIdle()) {
      if (wire->IsReusable()) return wire;
    }
    return std::make_unique<Wire>(url_, options_);
  }

  // Null when there is none. Those that are no good any more are closed by the caller: a lock must
  // not wait for a network.
  WirePtr TakeIdle() {
    const MutexLock lock(mutex_);
    if (idle_.empty()) return nullptr;
    WirePtr wire = std::move(idle_.back());
    idle_.pop_back();
    return wire;
  }

  // The watchdog is what keeps time; these only have to be longer.
  void SetTimeouts(httplib::ClientImpl& client, Duration timeout) const {
    const Duration longer = timeout + std::chrono::seconds(1);
    client.set_connection_timeout(std::min(longer, options_.connect_timeout));
    client.set_read_timeout(longer);
    client.set_write_timeout(longer);
  }

  void GiveBack(WirePtr wire) {
    const MutexLock lock(mutex_);
    if (idle_.size() < kIdleMax) idle_.push_back(std::move(wire));
  }

  // Constant.
  const HttpOptions options_;
  const BaseUrl url_;

  // Thread-safe.
  Watchdog watchdog_;

  Mutex mutex_;
  std::vector<WirePtr> idle_ KONDOR_GUARDED_BY(mutex_);  // the one used last is used next
};

}  // namespace

Result<std::unique_ptr<Transport>> MakeHttpTransport(HttpOptions options) {
  auto url = ParseBaseUrl(options.base_url);
  if (!url) return Unexpected(url.error());
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
  if (url->secure) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "this build has no https: build it with an HTTP library that has");
  }
#endif
  if (!options.ca_file.empty() && access(options.ca_file.c_str(), R_OK) != 0) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "the file of authorities cannot be read: " + options.ca_file);
  }
  return std::unique_ptr<Transport>(
      std::make_unique<HttpTransport>(std::move(options), std::move(*url)));
}

}  // namespace kondor::client
