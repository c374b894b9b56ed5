#include "tests/scenarios/tls_server.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kondor::scenarios {
namespace {

template <typename T, void (*kFree)(T*)>
struct Freed {
  void operator()(T* what) const { kFree(what); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, &EVP_PKEY_free>>;
using Certified = std::unique_ptr<X509, Freed<X509, &X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION, &X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO, &BIO_free_all>>;

Certified SelfSigned(EVP_PKEY* key, const TlsServer::Certificate& wanted) {
  Certified made(X509_new());
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -7200);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), wanted.expires_in_s);
  X509_set_pubkey(made.get(), key);
  X509_NAME* subject = X509_get_subject_name(made.get());
  const auto* const name = reinterpret_cast<const unsigned char*>("Kondor test");
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, name, -1, -1, 0);
  X509_set_issuer_name(made.get(), subject);
  const std::string names = "IP:" + wanted.address;
  const Extension extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()));
  X509_add_ext(made.get(), extension.get(), -1);
  X509_sign(made.get(), key, EVP_sha256());
  return made;
}

std::string PemOf(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(memory.get(), certificate);
  std::string pem(BIO_ctrl_pending(memory.get()), '\0');
  BIO_read(memory.get(), pem.data(), static_cast<int>(pem.size()));
  return pem;
}

}  // namespace

struct TlsServer::Parts {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_server_method()),
                                                            &SSL_CTX_free};
};

TlsServer::TlsServer(const Certificate& certificate) : parts_(std::make_unique<Parts>()) {
  const Key key(EVP_EC_gen("P-256"));
  const Certified certified = SelfSigned(key.get(), certificate);
  pem_ = PemOf(certified.get());
  SSL_CTX_use_certificate(parts_->context.get(), certified.get());
  SSL_CTX_use_PrivateKey(parts_->context.get(), key.get());
  thread_ = std::thread([this] { Serve(); });
}

TlsServer::~TlsServer() {
  loopback_.End();
  thread_.join();
}

void TlsServer::Serve() {
  while (loopback_.Await(loopback_.listener())) {
    const int connection = accept(loopback_.listener(), nullptr, nullptr);
    // Whoever says nothing shall not keep this from ending.
    const timeval patience{5, 0};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    Answer(connection);
    close(connection);
  }
}

void TlsServer::Answer(int connection) {
  const std::unique_ptr<SSL, Freed<SSL, &SSL_free>> session(SSL_new(parts_->context.get()));
  SSL_set_fd(session.get(), connection);
  if (SSL_accept(session.get()) != 1) return;
  std::string heard;
  while (heard.find("\r\n\r\n") == std::string::npos) {
    char piece[4096];
    const int count = SSL_read(session.get(), piece, sizeof piece);
    if (count <= 0) return;
    heard.append(piece, static_cast<std::size_t>(count));
  }
  ++asked_;
  const std::string answer =
      "HTTP/1.1 404 Not Found\r\nContent-Length: 54\r\nConnection: close\r\n"
      "Content-Type: application/json\r\n\r\n"
      "{ \"statusCode\": 404, \"message\": \"Resource not found\" }";
  SSL_write(session.get(), answer.data(), static_cast<int>(answer.size()));
  SSL_shutdown(session.get());
}

}  // namespace kondor::scenarios
