// A transport to a server of the test's own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "client/http/http_transport.h"
#include "tests/client/http/raw_server.h"

namespace kondor::client {

using Delivered = std::variant<Response, TransportFault>;
using Reach = TransportFault::Reach;

inline constexpr Duration kLong = std::chrono::seconds(20);  // only a failing test waits that long

class TransportTest : public testing::Test {
 protected:
  static std::unique_ptr<Transport> To(const std::string& url, HttpOptions options = {}) {
    options.base_url = url;
    auto made = MakeHttpTransport(std::move(options));
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }
  static Delivered Get(Transport& transport, Duration timeout = kLong) {
    return transport.Send({.path = "/x", .query = {{"token", "s3cret"}}}, timeout, {});
  }
  // The body of an answer, which must have come.
  static std::string BodyOf(const Delivered& delivered) {
    if (const auto* response = std::get_if<Response>(&delivered)) return response->body;
    ADD_FAILURE() << std::get<TransportFault>(delivered).message;
    return "";
  }
  // The fault there must be instead; it never shows the query.
  static TransportFault FaultOf(const Delivered& delivered) {
    if (const auto* response = std::get_if<Response>(&delivered)) {
      ADD_FAILURE() << "an answer of status " << response->status << ": "
                    << response->body.substr(0, 200);
      return {};
    }
    const auto& fault = std::get<TransportFault>(delivered);
    EXPECT_THAT(fault.message, testing::Not(testing::HasSubstr("s3cret")));
    EXPECT_FALSE(fault.message.empty());
    return fault;
  }
};

}  // namespace kondor::client
