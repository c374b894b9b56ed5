// HTTPS, with a certificate that the test makes for itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "tests/client/http/transport_fixture.h"

#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
namespace kondor::client {
namespace {

using testing::HasSubstr;

// A folder of files that is gone with it.
class SelfSigned {
 public:
  explicit SelfSigned(const char* address) {
    char name[] = "/tmp/kondor_tls_XXXXXX";
    folder_ = mkdtemp(name);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), &X509_free);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), key.get());
    X509_NAME* subject = X509_get_subject_name(made.get());
    const auto* const text = reinterpret_cast<const unsigned char*>("Kondor test");
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(made.get(), subject);
    const std::string names = "IP:" + std::string(address);
    X509_EXTENSION* extension =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
    X509_add_ext(made.get(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(made.get(), key.get(), EVP_sha256());
    std::FILE* file = std::fopen(certificate().c_str(), "w");
    PEM_write_X509(file, made.get());
    std::fclose(file);
    file = std::fopen(private_key().c_str(), "w");
    PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
  }
  ~SelfSigned() {
    unlink(certificate().c_str());
    unlink(private_key().c_str());
    rmdir(folder_.c_str());
  }
  SelfSigned(const SelfSigned&) = delete;
  SelfSigned& operator=(const SelfSigned&) = delete;

  std::string certificate() const { return folder_ + "/certificate.pem"; }
  std::string private_key() const { return folder_ + "/key.pem"; }

 private:
  std::string folder_;
};

class TlsTransport : public TransportTest {
 protected:
  void Start(const char* certified) {
    certificate_ = std::make_unique<SelfSigned>(certified);
    server_ = std::make_unique<httplib::SSLServer>(certificate_->certificate().c_str(),
                                                   certificate_->private_key().c_str());
    server_->Get("/x", [this](const httplib::Request&, httplib::Response& answer) {
      ++answered_;
      answer.set_content("{}", "application/json");
    });
    server_->set_keep_alive_timeout(20);
    port_ = server_->bind_to_any_port("127.0.0.1");
    ASSERT_GT(port_, 0);
    serving_ = std::jthread([this] { server_->listen_after_bind(); });
    while (!server_->is_running()) std::this_thread::yield();
  }
  void TearDown() override {
    if (server_) server_->stop();
  }
  std::string Url() const { return "https://127.0.0.1:" + std::to_string(port_); }

  std::unique_ptr<SelfSigned> certificate_;
  std::unique_ptr<httplib::SSLServer> server_;
  std::atomic<int> answered_{0};
  int port_ = 0;
  std::jthread serving_;
};

TEST_F(TlsTransport, AnUnknownAuthorityIsNotTrustedAndNothingIsSent) {
  Start("127.0.0.1");
  const TransportFault fault = FaultOf(Get(*To(Url())));
  EXPECT_EQ(fault.reach, Reach::kNotSent);
  EXPECT_THAT(fault.message, HasSubstr("certificate"));
  EXPECT_EQ(answered_, 0);
}

TEST_F(TlsTransport, OneThatIsGivenIs) {
  Start("127.0.0.1");
  auto transport = To(Url(), {.ca_file = certificate_->certificate()});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(BodyOf(Get(*transport)), "{}");
}

TEST_F(TlsTransport, ACertificateOfAnotherHostIsNot) {
  Start("10.1.2.3");
  const TransportFault fault = FaultOf(Get(*To(Url(), {.ca_file = certificate_->certificate()})));
  EXPECT_EQ(fault.reach, Reach::kNotSent);
  EXPECT_EQ(answered_, 0);
}

TEST_F(TlsTransport, AServerThatSpeaksNoTlsIsAFault) {
  RawServer plain([](RawConnection& connection, int) {
    connection.Send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    connection.FinishSending();
    connection.AwaitEnd();
  });
  const std::string url = "https://127.0.0.1:" + std::to_string(plain.port());
  EXPECT_EQ(FaultOf(Get(*To(url))).reach, Reach::kNotSent);
}

TEST_F(TlsTransport, AHandshakeThatStallsIsEnded) {
  RawServer silent([](RawConnection& connection, int) { connection.AwaitEnd(); });
  const std::string url = "https://127.0.0.1:" + std::to_string(silent.port());
  const TransportFault fault = FaultOf(Get(*To(url), std::chrono::milliseconds(40)));
  EXPECT_EQ(fault.reach, Reach::kNotSent);
  EXPECT_THAT(fault.message, HasSubstr("in time"));
}

}  // namespace
}  // namespace kondor::client
#endif
