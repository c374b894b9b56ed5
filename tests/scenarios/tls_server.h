// A server on loopback that speaks TLS with a certificate of its own making, which nobody trusts
// unless told to.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "tests/scenarios/loopback.h"

namespace kondor::scenarios {

class TlsServer {
 public:
  struct Certificate {
    std::string address = "127.0.0.1";  // whose it says it is
    long expires_in_s = 3600;           // negative: it has expired
  };
  explicit TlsServer(const Certificate& certificate);
  ~TlsServer();

  std::string url() const { return "https://127.0.0.1:" + std::to_string(loopback_.port()); }
  const std::string& pem() const { return pem_; }  // the certificate, for whoever shall trust it
  int asked() const { return asked_; }             // requests that were read

 private:
  struct Parts;
  void Serve();
  void Answer(int connection);

  std::unique_ptr<Parts> parts_;
  std::string pem_;
  std::atomic<int> asked_{0};
  Loopback loopback_;
  std::thread thread_;
};

}  // namespace kondor::scenarios
