#include "mock_server/net/address.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace kondor::net {
namespace {

using Family = ledger::IpIdentity::Family;

IpAddress Ip(std::string_view text) {
  const std::optional<IpAddress> address = IpAddress::Parse(text);
  EXPECT_TRUE(address) << text;
  return address.value_or(IpAddress{});
}

TEST(IpAddress, ReadsBothFamilies) {
  EXPECT_TRUE(Ip("203.0.113.7").is_v4());
  EXPECT_EQ(Ip("203.0.113.7").ToText(), "203.0.113.7");
  EXPECT_EQ(Ip("0.0.0.0").ToText(), "0.0.0.0");
  EXPECT_EQ(Ip("255.255.255.255").ToText(), "255.255.255.255");
  EXPECT_FALSE(Ip("2001:db8::1").is_v4());
  EXPECT_EQ(Ip("2001:db8::1").ToText(), "2001:db8::1");
  EXPECT_EQ(Ip("::").ToText(), "::");
}

TEST(IpAddress, WritesOneTextForEverySpelling) {
  EXPECT_EQ(Ip("2001:0DB8:0000:0000:0000:0000:0000:0001").ToText(), "2001:db8::1");
  EXPECT_EQ(Ip("2001:DB8:0::1"), Ip("2001:db8::1"));
}

TEST(IpAddress, TakesBracketsOff) {
  EXPECT_EQ(Ip("[2001:db8::1]"), Ip("2001:db8::1"));
  for (const std::string_view text :
       {"[", "]", "[]", "[2001:db8::1", "2001:db8::1]", "[[::1]]", "[2001:db8::1]:80"}) {
    EXPECT_FALSE(IpAddress::Parse(text)) << text;
  }
}

TEST(IpAddress, TakesIpv4MappedIpv6AsIpv4) {
  EXPECT_TRUE(Ip("::ffff:203.0.113.7").is_v4());
  EXPECT_EQ(Ip("::ffff:203.0.113.7"), Ip("203.0.113.7"));
  EXPECT_EQ(Ip("::ffff:cb00:7107"), Ip("203.0.113.7"));
  EXPECT_EQ(Ip("[::ffff:203.0.113.7]"), Ip("203.0.113.7"));
  EXPECT_FALSE(Ip("::fffe:203.0.113.7").is_v4());
  EXPECT_FALSE(Ip("::203.0.113.7").is_v4());
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {""sv,
                                      " "sv,
                                      "localhost"sv,
                                      "unknown"sv,
                                      "1.2.3"sv,
                                      "1.2.3.4.5"sv,
                                      "256.1.1.1"sv,
                                      "1.2.3.4 "sv,
                                      " 1.2.3.4"sv,
                                      "1.2.3.4:80"sv,
                                      "01.2.3.4"sv,
                                      "0x1.2.3.4"sv,
                                      "16909060"sv,
                                      "1.2.3.-4"sv,
                                      "::1::"sv,
                                      "2001:db8::g"sv,
                                      "fe80::1%eth0"sv,
                                      "1:2:3:4:5:6:7:8:9"sv,
                                      "12345::"sv,
                                      "1.2.3.4/8"sv,
                                      "1.2.3.4\n"sv}) {
    EXPECT_FALSE(IpAddress::Parse(text)) << text;
  }
  EXPECT_FALSE(IpAddress::Parse(std::string(100'000, '1')));
}

TEST(IpAddress, DoesNotStopReadingAtANul) {
  using namespace std::string_view_literals;
  EXPECT_FALSE(IpAddress::Parse("1.2.3.4\0"sv));
  EXPECT_FALSE(IpAddress::Parse("1.2.3.4\0evil"sv));
  EXPECT_FALSE(IpAddress::Parse("::1\0"sv));
  EXPECT_FALSE(IpAddress::Parse("\0"sv));
}

TEST(IpAddress, KnowsLoopback) {
  EXPECT_TRUE(Ip("127.0.0.1").is_loopback());
  EXPECT_TRUE(Ip("127.255.255.254").is_loopback());
  EXPECT_TRUE(Ip("::1").is_loopback());
  EXPECT_TRUE(Ip("::ffff:127.0.0.1").is_loopback());
  EXPECT_FALSE(Ip("128.0.0.1").is_loopback());
  EXPECT_FALSE(Ip("126.255.255.255").is_loopback());
  EXPECT_FALSE(Ip("::2").is_loopback());
  EXPECT_FALSE(Ip("::").is_loopback());
  EXPECT_FALSE(Ip("7f00::1").is_loopback());
}

TEST(IpIdentity, IsTheWholeIpv4Address) {
  EXPECT_EQ(Ip("1.2.3.4").Identity(), (ledger::IpIdentity{Family::kV4, 0x01020304}));
  EXPECT_EQ(Ip("255.0.0.1").Identity().bits, 0xff000001U);
  EXPECT_NE(Ip("1.2.3.4").Identity(), Ip("1.2.3.5").Identity());
  EXPECT_EQ(Ip("::ffff:1.2.3.4").Identity(), Ip("1.2.3.4").Identity());
}

TEST(IpIdentity, IsTheSlash64OfIpv6) {
  EXPECT_EQ(Ip("2001:db8:1:2::1").Identity(),
            (ledger::IpIdentity{Family::kV6, 0x20010db800010002}));
  EXPECT_EQ(Ip("2001:db8:1:2::1").Identity(), Ip("2001:db8:1:2:ffff:ffff:ffff:ffff").Identity());
  EXPECT_NE(Ip("2001:db8:1:2::1").Identity(), Ip("2001:db8:1:3::1").Identity());
}

TEST(IpIdentity, KeepsTheFamiliesApart) {
  EXPECT_NE(Ip("0.0.0.0").Identity(), Ip("::").Identity());
  EXPECT_NE(Ip("0.0.0.1").Identity(), Ip("0:0:0:1::").Identity());
}

TEST(IpAddress, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check("ToText and Parse are inverse", [] {
    std::string text;
    if (*rc::gen::arbitrary<bool>()) {
      for (int i = 0; i < 4; ++i) {
        text += (i > 0 ? "." : "") + std::to_string(*rc::gen::inRange(0, 256));
      }
    } else {
      constexpr std::string_view kHex = "0123456789abcdef";
      for (int i = 0; i < 8; ++i) {
        const int group =
            *rc::gen::weightedOneOf<int>({{1, rc::gen::just(0)}, {1, rc::gen::inRange(0, 65'536)}});
        if (i > 0) text += ":";
        for (int shift = 12; shift >= 0; shift -= 4) {
          text += kHex[static_cast<std::size_t>(group >> shift & 15)];
        }
      }
    }
    const std::optional<IpAddress> address = IpAddress::Parse(text);
    RC_ASSERT(address.has_value());
    RC_ASSERT(IpAddress::Parse(address->ToText()) == address);
  }));
}

TEST(IpAddress, ReadsAnythingWithoutFalling) {
  EXPECT_TRUE(rc::check("whatever is taken reads back as the same address", [] {
    const std::string letters = "0123456789abcdefF:.[]%/ ";
    const auto text = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(letters), rc::gen::arbitrary<char>()));
    const std::optional<IpAddress> address = IpAddress::Parse(text);
    if (address) RC_ASSERT(IpAddress::Parse(address->ToText()) == address);
  }));
}

}  // namespace
}  // namespace kondor::net
