// The gateway's answers as they leave the socket, header by header (G1-G7, G11).
#include <regex>
#include <string>

#include "tests/mock_server/http/raw_client.h"
#include "tests/mock_server/qondor/qondor_world.h"

namespace kondor {
namespace {

class QondorWire : public QondorWorld {
 protected:
  void SetUp() override { ASSERT_TRUE(server_->Start()); }

  // The answer's bytes, with what differs from time to time made the same.
  std::string Ask(const std::string& path, const std::string& headers) {
    http::RawClient client(server_->port());
    const auto answer = client.Ask(http::Get("/@w/qondor" + path, headers));
    if (!answer) return "(nothing)";
    std::string text = answer->head;
    text =
        std::regex_replace(text, std::regex("Kondor-Request-Id: [0-9]+"), "Kondor-Request-Id: N");
    return text + answer->body;
  }
};

TEST_F(QondorWire, AMissingKey) {  // G1, G3
  EXPECT_EQ(Ask("/Prod/Customer/v1/Customer/1", ""),
            "HTTP/1.1 401 Access Denied\r\n"
            "WWW-Authenticate: AzureApiManagementKey "
            "realm=\"https://qondor.azure-api.net/Prod/Customer/v1\","
            "name=\"Ocp-Apim-Subscription-Key\",type=\"header\"\r\n"
            "Date: Thu, 01 Jan 2026 08:00:00 GMT\r\n"
            "Kondor-Request-Id: N\r\n"
            "Content-Type: application/json\r\n"
            "Content-Length: 152\r\n\r\n" +
                std::string(kMissingKey));
}

TEST_F(QondorWire, AnInvalidKey) {  // G2, G3
  EXPECT_EQ(Ask("/dev/invoicing/v1/invoice/GetAllUnprocessedInvoices",
                "Ocp-Apim-Subscription-Key: " + prod_primary_ + "\r\n"),
            "HTTP/1.1 401 Access Denied\r\n"
            "WWW-Authenticate: AzureApiManagementKey "
            "realm=\"https://qondor.azure-api.net/Dev/Invoicing/v1\","
            "name=\"Ocp-Apim-Subscription-Key\",type=\"header\"\r\n"
            "Date: Thu, 01 Jan 2026 08:00:00 GMT\r\n"
            "Kondor-Request-Id: N\r\n"
            "Content-Type: application/json\r\n"
            "Content-Length: 143\r\n\r\n" +
                std::string(kInvalidKey));
}

TEST_F(QondorWire, AWholeUrlsHostCountsAsHost) {  // as proxies send it: RFC 9112, 3.2.2
  http::RawClient client(server_->port());
  const auto status = [&client](const std::string& url, const std::string& host) {
    const auto answer =
        client.Ask("GET " + url + "/Customer/v1/Customer/1 HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    return answer ? answer->head.substr(9, 3) : "none";
  };
  EXPECT_EQ(status("http://qondor.azure-api.net/Prod", "127.0.0.1"), "401");
  EXPECT_EQ(status("http://127.0.0.1/qondor/Prod", "qondor.azure-api.net"), "401");
}

TEST_F(QondorWire, AnUnknownPath) {  // G5
  EXPECT_EQ(Ask("/Prod/nothing", ""),
            "HTTP/1.1 404 Not Found\r\n"
            "Date: Thu, 01 Jan 2026 08:00:00 GMT\r\n"
            "Kondor-Request-Id: N\r\n"
            "Content-Type: application/json\r\n"
            "Content-Length: 54\r\n\r\n" +
                std::string(kNotFound));
}

TEST_F(QondorWire, TheRateAndTheQuota) {  // G6, G7
  const std::string key = "Ocp-Apim-Subscription-Key: " + prod_primary_ + "\r\n";
  const std::string path = std::string("/Prod") + kGetAll;
  Set("per_second", 1);
  EXPECT_EQ(Get(path, prod_primary_).status, 200);
  EXPECT_EQ(
      Ask(path, key),
      "HTTP/1.1 429 Too Many Requests\r\n"
      "Retry-After: 1\r\n"
      "Date: Thu, 01 Jan 2026 08:00:00 GMT\r\n"
      "Kondor-Request-Id: N\r\n"
      "Content-Type: application/json\r\n"
      "Content-Length: 83\r\n\r\n"
      R"({ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 1 seconds." })");
  ControlJson("PATCH", "/settings",
              R"({"qondor": {"per_second": 0, "per_day": 1, "quota_status": "403"}})");
  EXPECT_EQ(Get(path, prod_primary_).status, 200);
  Advance(1000);
  EXPECT_EQ(Ask(path, key),
            "HTTP/1.1 403 Forbidden\r\n"
            "Retry-After: 86399\r\n"
            "Date: Thu, 01 Jan 2026 08:00:01 GMT\r\n"
            "Kondor-Request-Id: N\r\n"
            "Content-Type: application/json\r\n"
            "Content-Length: 100\r\n\r\n"
            R"({ "statusCode": 403, "message": "Out of call volume quota. Quota will be )"
            R"(replenished in 23:59:59." })");
}

TEST_F(QondorWire, AKeyIsTakenAsSentAndNotDecoded) {
  const std::string path = std::string("/Prod") + kGetAll;
  const char first = prod_primary_.front();
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::string encoded = std::string("%") + kHex[static_cast<std::size_t>(first) >> 4] +
                              kHex[static_cast<std::size_t>(first) & 15] + prod_primary_.substr(1);
  EXPECT_NE(Ask(path, "Ocp-Apim-Subscription-Key: " + encoded + "\r\n").find("401"),
            std::string::npos);
  EXPECT_NE(Ask(path, "OCP-APIM-subscription-KEY:\t" + prod_primary_ + "  \r\n").find(" 200 OK"),
            std::string::npos);
  EXPECT_NE(Ask(path, "Ocp-Apim-Subscription-Key:\r\n").find(kMissingKey), std::string::npos);
}

}  // namespace
}  // namespace kondor
