#include "client/http/http_transport.h"

#include <httplib.h>
#include <poll.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "client/http/url.h"
#include "client/http/watchdog.h"

namespace kondor::client {
namespace {

using Connection = std::unique_ptr<httplib::Client>;
using Reach = TransportFault::Reach;

constexpr std::size_t kIdleMax = 64;
constexpr const char* kCancelled = "cancelled";

// What an idle connection has to say is its end, or what belonged to an answer that was longer than
// it said: the next answer would begin with it.
bool IsQuiet(const httplib::Client& connection) {
  if (connection.is_socket_open() == 0) return true;  // it connects anew
  pollfd descriptor{connection.socket(), POLLIN, 0};
  return poll(&descriptor, 1, 0) == 0;
}

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
    case httplib::Error::Read:
      return "the connection broke before the whole answer was there";
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

  std::variant<Response, TransportFault> Send(const Request& request, Duration timeout,
                                              std::stop_token stop) override {
    if (const auto good = CheckRequest(request); !good) {
      return TransportFault{Reach::kNotSent, good.error().message};
    }
    if (stop.stop_requested()) return Fault(request, Reach::kNotSent, kCancelled);
    Connection connection = Borrow();
    if (connection == nullptr) {
      return TransportFault{Reach::kNotSent,
                            "this build of the HTTP library has no " + url_.origin};
    }
    SetTimeouts(*connection, timeout);
    auto answer = Exchange(*connection, request, timeout, stop);
    if (std::holds_alternative<Response>(answer)) GiveBack(std::move(connection));
    return answer;
  }

 private:
  std::variant<Response, TransportFault> Exchange(httplib::Client& connection,
                                                  const Request& request, Duration timeout,
                                                  const std::stop_token& stop) {
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
    const std::stop_callback on_stop(stop, [&connection] { connection.stop(); });
    const Watchdog::Guard guard(watchdog_, watchdog_.Now() + timeout,
                                [&connection] { connection.stop(); });
    if (connection.send(asked, answer, error)) return FromLibrary(answer, std::move(body));
    if (stop.stop_requested()) return Fault(request, ReachOf(error), kCancelled);
    if (guard.bitten()) return Fault(request, ReachOf(error), "no whole answer came in time");
    if (too_long) return Fault(request, Reach::kMaybeCarriedOut, "the answer is too long to read");
    return Fault(request, ReachOf(error), Words(error));
  }

  TransportFault Fault(const Request& request, Reach reach, const char* why) const {
    return {reach, std::string(ToText(request.method)) + " " + url_.origin + url_.prefix +
                       request.path + ": " + why};
  }

  Connection Borrow() {
    {
      const MutexLock lock(mutex_);
      while (!idle_.empty()) {
        Connection connection = std::move(idle_.back());
        idle_.pop_back();
        if (IsQuiet(*connection)) return connection;
      }
    }
    return Connect();
  }

  Connection Connect() const {
    auto connection = std::make_unique<httplib::Client>(url_.origin);
    if (!connection->is_valid()) return nullptr;
    connection->set_keep_alive(true);
    connection->set_tcp_nodelay(true);  // or an answer may take 40 ms longer
    connection->set_url_encode(false);  // it is
    connection->set_follow_location(false);
    if (!options_.ca_file.empty()) connection->set_ca_cert_path(options_.ca_file);
    return connection;
  }

  void SetTimeouts(httplib::Client& connection, Duration timeout) const {
    const Duration least = std::max(timeout, Duration(std::chrono::milliseconds(1)));
    connection.set_connection_timeout(std::min(least, options_.connect_timeout));
    connection.set_read_timeout(least);
    connection.set_write_timeout(least);
  }

  void GiveBack(Connection connection) {
    const MutexLock lock(mutex_);
    if (idle_.size() < kIdleMax) idle_.push_back(std::move(connection));
  }

  // Constant.
  const HttpOptions options_;
  const BaseUrl url_;

  // Thread-safe.
  Watchdog watchdog_;

  Mutex mutex_;
  std::vector<Connection> idle_ KONDOR_GUARDED_BY(mutex_);  // the one used last is used next
};

}  // namespace

Result<std::unique_ptr<Transport>> MakeHttpTransport(HttpOptions options) {
  auto url = ParseBaseUrl(options.base_url);
  if (!url) return Unexpected(url.error());
  return std::unique_ptr<Transport>(
      std::make_unique<HttpTransport>(std::move(options), std::move(*url)));
}

}  // namespace kondor::client
