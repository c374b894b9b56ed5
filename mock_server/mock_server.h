// The mock server as an object: what `kondor-mock` runs, and what a test embeds in a few lines:
//
//   auto server = kondor::MockServer::Create({});
//   server.value()->Start();
//   ... call server.value()->url() + "/k2/pipelines/2040/status?key=...&token=..." ...
//
// Thread-safe once created.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace kondor {

enum class DefaultClock { kReal, kManual };
enum class RequestIdHeader { kSend, kLeaveOut };

struct MockServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: any free one
  // {"kondado": {...}, "qondor": {...}} as docs/SEED.md describes; empty: the built-in seed.
  std::string seed_json;
  // {"kondado.window", "gcra"}: what every sandbox starts with.
  std::vector<std::pair<std::string, std::string>> settings;
  DefaultClock clock = DefaultClock::kReal;  // of every sandbox that is not told otherwise
  std::vector<std::string> trusted_proxies;  // "10.0.0.0/8"
  std::vector<std::string> webhook_hosts;    // that webhooks may call besides loopback
  std::string control_token;                 // empty: none; refused unless host is loopback
  RequestIdHeader request_id = RequestIdHeader::kSend;
  std::size_t journal_bytes_max = 16 * 1024 * 1024;  // of each sandbox; at least 256 KiB
  // Called after each vendor call is journaled, on the thread that answers it; null: not called.
  std::function<void(std::string_view line)> on_call;
};

// An answer as it would go out, without a socket: not waited for when a fault makes it late, and of
// a body that is cut, what would be sent of it.
struct LocalReply {
  int status = 0;  // 0: a fault ends the connection without an answer
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

class MockServer {
 public:
  // kInvalidArgument says what is wrong with the options, and where.
  static Result<std::unique_ptr<MockServer>> Create(const MockServerOptions& options);
  ~MockServer();  // stops

  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  // Returns once requests are answered. kUnavailable when the port cannot be had.
  Result<void> Start();
  // Lets answers in flight finish, within a second. Idempotent.
  void Stop();

  int port() const;         // 0 before Start()
  std::string url() const;  // "http://127.0.0.1:7070"

  // The same handler without the network, as a caller on loopback. Works before Start(), too.
  LocalReply Call(std::string_view method, std::string_view target, std::string body = {},
                  const std::vector<std::pair<std::string, std::string>>& headers = {});

  // Of the default sandbox.
  struct Credentials {
    std::string key, token, via_kondado_token;
    // Of the first subscription that opens Prod, and of the first that opens Test; empty for none.
    std::string qondor_primary_key, qondor_secondary_key;
    std::string qondor_test_primary_key, qondor_test_secondary_key;
  };
  const Credentials& credentials() const;

 private:
  class Impl;
  explicit MockServer(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

}  // namespace kondor
