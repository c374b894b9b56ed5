// Who the client is: the peer, a hop of X-Forwarded-For, or whoever a test plays.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "mock_server/net/address.h"

namespace kondor::net {
namespace {

// The client's address as text; "refused" when there is none.
std::string ClientOf(std::string_view peer, std::vector<http::HeaderView> headers,
                     const std::vector<std::string_view>& trusted = {}) {
  http::Request request;
  request.peer_address = peer;
  request.headers = std::move(headers);
  std::vector<Cidr> ranges;
  for (const std::string_view text : trusted) ranges.push_back(Cidr::Parse(text).value());
  const Result<IpAddress> client = ClientAddress(request, ranges);
  return client ? client->ToText() : "refused";
}

TEST(ClientAddress, IsThePeer) {
  EXPECT_EQ(ClientOf("203.0.113.7", {}), "203.0.113.7");
  EXPECT_EQ(ClientOf("::ffff:203.0.113.7", {}), "203.0.113.7");
  EXPECT_EQ(ClientOf("2001:db8::1", {}), "2001:db8::1");
  EXPECT_EQ(ClientOf("127.0.0.1", {}), "127.0.0.1");
}

TEST(ClientAddress, OfAPeerWithoutOneIsLoopback) { EXPECT_EQ(ClientOf("", {}), "127.0.0.1"); }

TEST(ClientAddress, IgnoresForwardedHopsOfAnUntrustedPeer) {
  EXPECT_EQ(ClientOf("203.0.113.7", {{"X-Forwarded-For", "198.51.100.1"}}), "203.0.113.7");
  EXPECT_EQ(ClientOf("203.0.113.7", {{"X-Forwarded-For", "198.51.100.1"}}, {"10.0.0.0/8"}),
            "203.0.113.7");
}

TEST(ClientAddress, DoesNotTrustLoopbackUnlessTold) {
  EXPECT_EQ(ClientOf("127.0.0.1", {{"X-Forwarded-For", "198.51.100.1"}}), "127.0.0.1");
  EXPECT_EQ(ClientOf("127.0.0.1", {{"X-Forwarded-For", "198.51.100.1"}}, {"127.0.0.0/8"}),
            "198.51.100.1");
}

TEST(ClientAddress, IsTheRightMostUntrustedHop) {
  EXPECT_EQ(
      ClientOf("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.2"}}, {"10.0.0.0/8"}),
      "203.0.113.9");
  EXPECT_EQ(ClientOf("10.0.0.1", {{"x-forwarded-for", "1.1.1.1,203.0.113.9"}}, {"10.0.0.0/8"}),
            "203.0.113.9");
}

TEST(ClientAddress, ReadsSeveralHeaderLinesAsOneList) {
  EXPECT_EQ(ClientOf("10.0.0.1",
                     {{"X-Forwarded-For", "1.1.1.1"},
                      {"Accept", "9.9.9.9"},
                      {"X-FORWARDED-FOR", "203.0.113.9, 10.0.0.3"},
                      {"X-Forwarded-For", "10.0.0.2"}},
                     {"10.0.0.0/8"}),
            "203.0.113.9");
}

TEST(ClientAddress, StopsAtAHopThatNobodyCanRead) {
  for (const std::string_view hops : {"1.1.1.1, unknown, 10.0.0.2", "1.1.1.1, , 10.0.0.2",
                                      "1.1.1.1, _hidden, 10.0.0.2", "1.1.1.1, [::1, 10.0.0.2"}) {
    EXPECT_EQ(ClientOf("10.0.0.1", {{"X-Forwarded-For", hops}}, {"10.0.0.0/8"}), "10.0.0.2")
        << hops;
  }
  EXPECT_EQ(ClientOf("10.0.0.1", {{"X-Forwarded-For", "unknown"}}, {"10.0.0.0/8"}), "10.0.0.1");
  EXPECT_EQ(ClientOf("10.0.0.1", {{"X-Forwarded-For", ""}}, {"10.0.0.0/8"}), "10.0.0.1");
}

TEST(ClientAddress, IsTheFirstHopWhenAllAreTrusted) {
  EXPECT_EQ(ClientOf("10.0.0.1", {{"X-Forwarded-For", "10.0.0.3, 10.0.0.2"}}, {"10.0.0.0/8"}),
            "10.0.0.3");
  EXPECT_EQ(ClientOf("10.0.0.1", {}, {"10.0.0.0/8"}), "10.0.0.1");
}

TEST(ClientAddress, TrustsAnyOfSeveralRanges) {
  EXPECT_EQ(ClientOf("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9, 2001:db8::5"}},
                     {"192.0.2.0/24", "10.0.0.0/8", "2001:db8::/32"}),
            "203.0.113.9");
}

TEST(ClientAddress, ReadsHopsWithPortsAndBrackets) {
  const auto hop = [](std::string_view text) {
    return ClientOf("10.0.0.1", {{"X-Forwarded-For", text}}, {"10.0.0.0/8"});
  };
  EXPECT_EQ(hop("203.0.113.9:5678"), "203.0.113.9");
  EXPECT_EQ(hop("[2001:db8::1]:5678"), "2001:db8::1");
  EXPECT_EQ(hop("[2001:db8::1]"), "2001:db8::1");
  EXPECT_EQ(hop("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(hop(" \t203.0.113.9\t "), "203.0.113.9");
  EXPECT_EQ(hop("::ffff:203.0.113.9"), "203.0.113.9");
}

TEST(ClientAddress, IsWhomALoopbackPeerPlays) {
  EXPECT_EQ(ClientOf("127.0.0.1", {{"Kondor-Client-Ip", "203.0.113.7"}}), "203.0.113.7");
  EXPECT_EQ(ClientOf("::1", {{"kondor-client-ip", "2001:db8::1"}}), "2001:db8::1");
  EXPECT_EQ(ClientOf("::ffff:127.0.0.1", {{"Kondor-Client-Ip", "::ffff:1.2.3.4"}}), "1.2.3.4");
  EXPECT_EQ(ClientOf("127.0.0.1", {{"Kondor-Client-Ip", "203.0.113.7"}}, {"127.0.0.0/8"}),
            "203.0.113.7");
}

// A proxy on this machine passes on what it is sent, this header included.
TEST(ClientAddress, IsNotPlayedThroughATrustedProxy) {
  EXPECT_EQ(
      ClientOf("127.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"Kondor-Client-Ip", "203.0.113.7"}},
               {"127.0.0.0/8"}),
      "1.1.1.1");
}

TEST(ClientAddress, LetsNobodyElsePlay) {
  EXPECT_EQ(ClientOf("198.51.100.1", {{"Kondor-Client-Ip", "203.0.113.7"}}), "198.51.100.1");
  EXPECT_EQ(ClientOf("10.0.0.1", {{"Kondor-Client-Ip", "203.0.113.7"}}, {"10.0.0.0/8"}),
            "10.0.0.1");
  EXPECT_EQ(ClientOf("198.51.100.1", {{"Kondor-Client-Ip", "nonsense"}}), "198.51.100.1");
}

TEST(ClientAddress, RefusesAPlayedAddressThatIsNone) {
  for (const std::string_view played : {"", "nonsense", "1.2.3.4:80", "1.2.3.4, 5.6.7.8"}) {
    EXPECT_EQ(ClientOf("127.0.0.1", {{"Kondor-Client-Ip", played}}), "refused") << played;
  }
}

}  // namespace
}  // namespace kondor::net
