#include "client/http/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace kondor::client {
namespace {

using testing::HasSubstr;
using testing::Not;

struct GoodUrl {
  const char* text;
  const char* origin;
  const char* prefix;
  const char* host;
  int port;
};

TEST(ParseBaseUrl, TakesPlainHttpAndHttps) {
  const GoodUrl good[] = {
      {"https://k2.kondado.com.br", "https://k2.kondado.com.br", "", "k2.kondado.com.br", 443},
      {"http://127.0.0.1:7070", "http://127.0.0.1:7070", "", "127.0.0.1", 7070},
      {"http://127.0.0.1:7070/k2", "http://127.0.0.1:7070", "/k2", "127.0.0.1", 7070},
      {"http://127.0.0.1:7070/@mine/k2///", "http://127.0.0.1:7070", "/@mine/k2", "127.0.0.1",
       7070},
      {"http://localhost/", "http://localhost", "", "localhost", 80},
      {"http://[::1]:7070/k2", "http://[::1]:7070", "/k2", "::1", 7070},
      {"https://[fe80::a1]", "https://[fe80::a1]", "", "fe80::a1", 443},
      {"http://a:65535", "http://a:65535", "", "a", 65535},
      {"http://a:1", "http://a:1", "", "a", 1},
  };
  for (const GoodUrl& expected : good) {
    const auto url = ParseBaseUrl(expected.text);
    ASSERT_TRUE(url) << expected.text << ": " << url.error().message;
    EXPECT_EQ(url->origin, expected.origin);
    EXPECT_EQ(url->prefix, expected.prefix);
    EXPECT_EQ(url->host, expected.host);
    EXPECT_EQ(url->port, expected.port);
    EXPECT_EQ(url->secure, std::string_view(expected.text).starts_with("https"));
  }
}

TEST(ParseBaseUrl, RefusesTheRestAndSaysWhy) {
  const std::pair<const char*, const char*> bad[] = {
      {"", "neither"},
      {"k2.kondado.com.br", "neither"},
      {"ftp://a", "neither"},
      {"https:/a", "neither"},
      {"http://", "no host"},
      {"http:///k2", "no host"},
      {"http://:80", "no host"},
      {"http://[]:80", "no host"},
      {"http://[::1", "no host"},
      {"http://a]b", "no host"},
      {"http://a_[b", "no host"},
      {"http://a:0", "port"},
      {"http://a:", "port"},
      {"http://a:65536", "port"},
      {"http://a:99999999999", "port"},
      {"http://a:80:90", "port"},
      {"http://a:8o", "port"},
      {"http://a:-1", "port"},
      {"http://[::1]:", "port"},
      {"http://[::1]x", "no host"},
      {"http://us:er@a", "credentials"},
      {"http://a?key=1", "query"},
      {"http://a/#x", "query"},
      {"http://a b", "blank"},
      {"http://a\n", "blank"},
      {"http://\xc3\xa3.br", "strange"},
  };
  for (const auto& [text, why] : bad) {
    const auto url = ParseBaseUrl(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().kind, ErrorKind::kInvalidArgument) << text;
    EXPECT_THAT(url.error().message, HasSubstr(why)) << text;
  }
}

TEST(ParseBaseUrl, DoesNotRepeatCredentialsInItsError) {
  for (const char* text : {"http://user:hunter2@a/", "http://a/?token=hunter2"}) {
    EXPECT_THAT(ParseBaseUrl(text).error().message, Not(HasSubstr("hunter2")));
  }
}

RC_GTEST_PROP(ParseBaseUrl, BearsAnything, (const std::string& text)) {
  for (const char* scheme : {"", "http://", "https://", "http://["}) {
    const auto url = ParseBaseUrl(scheme + text);
    if (!url) continue;
    RC_ASSERT(!url->host.empty());
    RC_ASSERT(url->port > 0 && url->port < 65536);
    RC_ASSERT(!url->prefix.ends_with('/'));
  }
}

TEST(Encode, LeavesUnreservedCharactersOnly) {
  EXPECT_EQ(Encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(Encode("a b&c=d/e?f#g%h+i"), "a%20b%26c%3Dd%2Fe%3Ff%23g%25h%2Bi");
  EXPECT_EQ(Encode("\xc3\xa3"), "%C3%A3");
  EXPECT_EQ(Encode(std::string("\0\r\n", 3)), "%00%0D%0A");
}

TEST(EncodeQuery, JoinsWhatItEncodes) {
  EXPECT_EQ(EncodeQuery({}), "");
  EXPECT_EQ(EncodeQuery({{"key", "a b"}, {"token", "c&d"}}), "?key=a%20b&token=c%26d");
  EXPECT_EQ(EncodeQuery({{"status", "1"}, {"status", "2"}}), "?status=1&status=2");  // Q12
}

RC_GTEST_PROP(Encode, CanBeUndoneAndStandsInAUrl, (const std::string& text)) {
  const std::string encoded = Encode(text);
  std::string decoded;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    RC_ASSERT(encoded[i] > ' ' && encoded[i] < 0x7f && encoded[i] != '&' && encoded[i] != '#');
    if (encoded[i] != '%') {
      decoded += encoded[i];
      continue;
    }
    decoded += static_cast<char>(std::stoi(encoded.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  RC_ASSERT(decoded == text);
}

TEST(CheckRequest, RefusesWhatCannotStandOnTheWire) {
  for (const char* path : {"", "a", "/a b", "/a?b", "/a#b", "/a\r\nEvil: 1", "/\xc3\xa3", "/..",
                           "/a/../b", "/a/./b", "/%2e%2E/b", "/a/.%2e"}) {
    EXPECT_FALSE(CheckRequest({.path = path})) << path;
  }
  for (const Field& header :
       {Field{"", "x"}, Field{"A B", "x"}, Field{"A:", "x"}, Field{"A", "x\r\nEvil: 1"},
        Field{"A", "x\ny"}, Field{"A", std::string("x\0y", 3)}}) {
    EXPECT_FALSE(CheckRequest({.headers = {header}})) << header.name;
  }
  EXPECT_TRUE(CheckRequest({.path = "/a/..b/...//c."}));
  EXPECT_TRUE(CheckRequest({.path = "/a/%20b", .headers = {{"X-OnBehalfOf-Token", "a b"}}}));
}

}  // namespace
}  // namespace kondor::client
