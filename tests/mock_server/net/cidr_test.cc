#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "mock_server/net/address.h"

namespace kondor::net {
namespace {

bool Contains(std::string_view range, std::string_view address) {
  return Cidr::Parse(range).value().Contains(IpAddress::Parse(address).value());
}

TEST(Cidr, HoldsItsFirstAndItsLastAddressAndNoNeighbour) {
  EXPECT_TRUE(Contains("10.0.0.0/8", "10.0.0.0"));
  EXPECT_TRUE(Contains("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(Contains("10.0.0.0/8", "9.255.255.255"));
  EXPECT_FALSE(Contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(Contains("2001:db8::/32", "2001:db8::"));
  EXPECT_TRUE(Contains("2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_FALSE(Contains("2001:db8::/32", "2001:db9::"));
}

TEST(Cidr, CutsInsideAByteToo) {
  EXPECT_TRUE(Contains("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(Contains("172.16.0.0/12", "172.32.0.0"));
  EXPECT_FALSE(Contains("172.16.0.0/12", "172.15.255.255"));
  EXPECT_TRUE(Contains("192.0.2.128/25", "192.0.2.128"));
  EXPECT_FALSE(Contains("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(Contains("192.0.2.6/31", "192.0.2.7"));
  EXPECT_FALSE(Contains("192.0.2.6/31", "192.0.2.8"));
  EXPECT_TRUE(Contains("fe80::/10", "febf::1"));
  EXPECT_FALSE(Contains("fe80::/10", "fec0::1"));
  EXPECT_TRUE(Contains("::2/127", "::3"));
  EXPECT_FALSE(Contains("::2/127", "::4"));
}

TEST(Cidr, OfLengthZeroHoldsItsWholeFamilyAndNotTheOther) {
  EXPECT_TRUE(Contains("0.0.0.0/0", "255.255.255.255"));
  EXPECT_TRUE(Contains("0.0.0.0/0", "::ffff:1.2.3.4"));
  EXPECT_FALSE(Contains("0.0.0.0/0", "::1"));
  EXPECT_TRUE(Contains("::/0", "ffff::1"));
  EXPECT_FALSE(Contains("::/0", "1.2.3.4"));
}

TEST(Cidr, OfFullLengthOrWithoutOneHoldsOneAddress) {
  EXPECT_TRUE(Contains("192.0.2.1/32", "192.0.2.1"));
  EXPECT_FALSE(Contains("192.0.2.1/32", "192.0.2.0"));
  EXPECT_TRUE(Contains("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(Contains("192.0.2.1", "192.0.2.2"));
  EXPECT_TRUE(Contains("2001:db8::1/128", "2001:db8::1"));
  EXPECT_FALSE(Contains("2001:db8::1/128", "2001:db8::"));
  EXPECT_FALSE(Contains("2001:db8::1", "2001:db8::2"));
}

TEST(Cidr, IgnoresBitsBehindItsLength) {
  EXPECT_TRUE(Contains("10.1.2.3/8", "10.200.0.1"));
  EXPECT_TRUE(Contains("2001:db8::dead/32", "2001:db8::1"));
}

TEST(Cidr, RefusesWhatIsNoRangeAndSaysHowToWriteOne) {
  for (const std::string_view text :
       {"", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/ 8",
        "10.0.0.0/8 ", "10.0.0.0/8x", "10.0.0.0/8/8", "10.0.0/8", "::1/129", "10.0.0.0/99999999999",
        "hosts/8", "10.0.0.0/255.0.0.0"}) {
    const Result<Cidr> range = Cidr::Parse(text);
    ASSERT_FALSE(range) << text;
    EXPECT_EQ(range.error().kind, ErrorKind::kInvalidArgument);
    EXPECT_EQ(range.error().message,
              "'" + std::string(text) + "' is not an address range; write 10.0.0.0/8");
  }
}

TEST(Cidr, HoldsExactlyTheAddressesThatShareItsFirstBits) {
  EXPECT_TRUE(rc::check("IPv4, against a mask of 32 bits", [] {
    const auto base = *rc::gen::arbitrary<std::uint32_t>();
    const auto length = *rc::gen::inRange(0, 33);
    // Near the base, so that both answers come up.
    const auto other = base ^ (std::uint32_t{1} << *rc::gen::inRange(0, 32));
    const auto text = [](std::uint32_t bits) {
      return std::to_string(bits >> 24) + "." + std::to_string(bits >> 16 & 255) + "." +
             std::to_string(bits >> 8 & 255) + "." + std::to_string(bits & 255);
    };
    const std::uint32_t mask = length == 0 ? 0 : ~std::uint32_t{0} << (32 - length);
    RC_ASSERT(Contains(text(base) + "/" + std::to_string(length), text(other)) ==
              ((base & mask) == (other & mask)));
  }));
}

}  // namespace
}  // namespace kondor::net
