#include "scenarios/wire/url.h"

#include <gtest/gtest.h>

namespace kondor::scenarios {
namespace {

TEST(CheckUrl, IsTakenApart) {
  const Url plain = ParseUrl("http://127.0.0.1:7070").value();
  EXPECT_EQ(plain.host + " " + plain.port + " " + plain.path, "127.0.0.1 7070 ");
  EXPECT_EQ(plain.Authority(), "127.0.0.1:7070");
  const Url secure = ParseUrl("https://staging.example.com/base/").value();
  EXPECT_EQ(secure.scheme, Scheme::kHttps);
  EXPECT_EQ(secure.Text(), "https://staging.example.com/base");
  EXPECT_EQ(secure.port, "443");
  const Url six = ParseUrl("http://[::1]:80/").value();
  EXPECT_EQ(six.host, "::1");
  EXPECT_EQ(six.Authority(), "[::1]");
}

TEST(CheckUrl, IsRefusedWhenItIsNone) {
  for (const std::string text :
       {"", "127.0.0.1:7070", "ftp://x", "http://", "http://:80", "http://x:0", "http://x:65536",
        "http://x:", "http://x:8a", "http://u@x", "http://x?a", "http://x#a", "http://[::1",
        "http://x y"}) {
    EXPECT_FALSE(ParseUrl(text)) << text;
  }
}

}  // namespace
}  // namespace kondor::scenarios
