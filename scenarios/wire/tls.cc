#include "scenarios/wire/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <utility>

namespace kondor::scenarios {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using TlsSession = std::unique_ptr<SSL, decltype(&SSL_free)>;

std::string ReasonOf(SSL* session) {
  const long verdict = SSL_get_verify_result(session);
  if (verdict != X509_V_OK) {
    return std::string("its certificate is not trusted: ") + X509_verify_cert_error_string(verdict);
  }
  const unsigned long code = ERR_get_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return reason == nullptr ? "the connection ended or took too long" : reason;
}

class TlsStream final : public Stream {
 public:
  TlsStream(Context context, TlsSession session, Socket socket)
      : context_(std::move(context)), socket_(std::move(socket)), session_(std::move(session)) {}
  // No farewell: nobody waits for it, and it could block.

  Result<void> Write(std::string_view bytes) override {
    std::size_t written = 0;
    ERR_clear_error();
    if (SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &written) == 1) return {};
    return Unexpected(ErrorKind::kTransport, "cannot send: " + ReasonOf(session_.get()));
  }

  Result<std::size_t> Read(std::span<char> into) override {
    std::size_t size = 0;
    ERR_clear_error();
    const int done = SSL_read_ex(session_.get(), into.data(), into.size(), &size);
    if (done == 1) return size;
    if (SSL_get_error(session_.get(), done) == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
    return Unexpected(ErrorKind::kTransport, "no answer: " + ReasonOf(session_.get()));
  }

  bool Ended() const override { return socket_.Ended(); }

 private:
  Context context_;
  Socket socket_;
  TlsSession session_;  // before its socket goes
};

// A literal address is held against the certificate's addresses, a name against its names.
bool ExpectHost(SSL* session, const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  const bool literal = inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
                       inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
  if (literal) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host.c_str()) == 1;
  // What SSL_set_tlsext_host_name is, without its cast.
  std::string name = host;
  return SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) ==
             1 &&
         SSL_set1_host(session, host.c_str()) == 1;
}

}  // namespace

Result<std::unique_ptr<Stream>> ConnectTls(Socket socket, const std::string& host) {
  Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  if (!context || SSL_CTX_set_default_verify_paths(context.get()) != 1) {
    return Unexpected(ErrorKind::kTransport, "TLS cannot be set up on this machine");
  }
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  TlsSession session(SSL_new(context.get()), &SSL_free);
  if (!session || !ExpectHost(session.get(), host) ||
      SSL_set_fd(session.get(), socket.descriptor()) != 1) {
    return Unexpected(ErrorKind::kTransport, "TLS cannot be set up for " + host);
  }
  ERR_clear_error();
  if (SSL_connect(session.get()) != 1) {
    return Unexpected(ErrorKind::kTransport,
                      "no TLS with " + host + ": " + ReasonOf(session.get()));
  }
  return std::unique_ptr<Stream>(
      std::make_unique<TlsStream>(std::move(context), std::move(session), std::move(socket)));
}

}  // namespace kondor::scenarios
