// Where a request goes: by path, by Host, by sandbox; and whose address it comes from.
#include "tests/mock_server/kondado/world.h"

namespace kondor {
namespace {

using nlohmann::json;

class Addresses : public World {
 protected:
  Addresses() { LiftLimits(); }
  LocalReply Get(const std::string& target, const Headers& headers = {}) {
    return server_->Call("GET", target, "", headers);
  }
  json LastEntry() { return ControlJson("GET", "/journal")["entries"].back(); }
};

TEST_F(Addresses, ASandboxIsNamedByPathOrByHeader) {
  const std::string path = "/k2/pipelines/2040/status?" + Credentials();
  EXPECT_EQ(ErrorOf(Get("/@w" + path)), "");
  EXPECT_EQ(ErrorOf(Get(path, {{"Kondor-Sandbox", "w"}})), "");
  EXPECT_EQ(ErrorOf(Get("/@w" + path, {{"Kondor-Sandbox", "w"}})), "");
  EXPECT_EQ(ErrorOf(Get(path)), "INVALID_CREDENTIALS");  // the default sandbox has others
}

TEST_F(Addresses, TwoNamesAtOnceAreRefused) {
  const LocalReply reply = Get("/@w/k2/x", {{"Kondor-Sandbox", "default"}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(ErrorOf(reply), "BAD_ADDRESS");
  EXPECT_EQ(ErrorOf(Get("/@/k2/x")), "BAD_ADDRESS");  // and so is no name at all
}

TEST_F(Addresses, UnknownSandboxesAreKondorsOwnErrorNotTheVendors) {
  for (const char* target : {"/@nobody/k2/x", "/@W/k2/x", "/@%77/k2/x"}) {
    const LocalReply reply = Get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(ErrorOf(reply), "UNKNOWN_SANDBOX") << target;
    EXPECT_EQ(HeaderOf(reply, "Kondor-Request-Id"), "");
  }
}

TEST_F(Addresses, VendorHostsAreReachedByTheirNames) {
  const std::string status = "/pipelines/2040/status?" + Credentials();
  EXPECT_EQ(ErrorOf(Get("/@w" + status, {{"Host", "k2.kondado.com.br"}})), "");
  EXPECT_EQ(ErrorOf(Get(status, {{"Host", "K2.Kondado.com.br:80"}, {"Kondor-Sandbox", "w"}})), "");
  EXPECT_EQ(ErrorOf(Get("/@w" + status, {{"Host", "k2.kondado.com.br."}})), "");
  EXPECT_EQ(Get("/@w/metadata/show_tables?token=" + via_, {{"Host", "hub.kondado.io"}}).status,
            200);
  EXPECT_EQ(server_
                ->Call("POST", "/@w/?pipeline_id=2040&" + Credentials(), "{}",
                       {{"Host", "k1.kondado.com.br"}})
                .body,
            R"({"success": true})");
  // There the vendor's paths begin at the root: /k2 is no route of the vendor's.
  EXPECT_EQ(ErrorOf(Get("/@w/k2" + status, {{"Host", "k2.kondado.com.br"}})), "UNKNOWN_ROUTE");
}

TEST_F(Addresses, ProxiesSendWholeUrls) {
  EXPECT_EQ(ErrorOf(Get("http://k2.kondado.com.br/pipelines/2040/status?" + Credentials(),
                        {{"Host", "ignored.example"}, {"Kondor-Sandbox", "w"}})),
            "");
  EXPECT_EQ(Get("http://127.0.0.1:7070/_kondor/health").status, 200);
}

TEST_F(Addresses, TheControlApiIsThereUnderEveryKnownHost) {
  EXPECT_EQ(Get("/_kondor/sandboxes", {{"Host", "k2.kondado.com.br"}}).status, 200);
}

TEST_F(Addresses, NothingElseIsAnsweredAsAVendor) {
  EXPECT_EQ(Get("/").status, 200);
  for (const char* target :
       {"/k2x/pipelines", "/K2/pipelines", "/pipelines/2040/status", "/favicon.ico", "/portal",
        "/directory", "/Qondor/Prod", "/@w/nothing"}) {
    const LocalReply reply = Get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(ErrorOf(reply), "UNKNOWN_ADDRESS") << target;
  }
}

TEST_F(Addresses, ALoopbackCallerMayPlayAnotherMachine) {
  const std::string path = "/@w/k2/models/162/status";
  Get(path, {{"Kondor-Client-Ip", "203.0.113.7"}});
  EXPECT_EQ(LastEntry()["ip"], "203.0.113.7");
  Get(path, {{"Kondor-Client-Ip", "::ffff:203.0.113.8"}});
  EXPECT_EQ(LastEntry()["ip"], "203.0.113.8");
  const LocalReply bad = Get(path, {{"Kondor-Client-Ip", "here"}});
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(ErrorOf(bad), "BAD_CLIENT_IP");
  // Nobody said that proxies are trusted.
  Get(path, {{"X-Forwarded-For", "203.0.113.9"}});
  EXPECT_EQ(LastEntry()["ip"], "127.0.0.1");
}

TEST(TrustedProxies, WhoComesThroughOneOnThisMachineCannotPlayAnother) {
  MockServerOptions options;
  options.trusted_proxies = {"127.0.0.0/8"};
  const auto server = MockServer::Create(std::move(options)).value();
  const auto ip = [&](const Headers& headers) {
    const LocalReply reply = server->Call("GET", "/k2/x", "", headers);
    const std::string id = HeaderOf(reply, "Kondor-Request-Id");
    return json::parse(server->Call("GET", "/_kondor/sandboxes/default/journal/" + id).body)["ip"]
        .get<std::string>();
  };
  EXPECT_EQ(ip({{"X-Forwarded-For", "9.9.9.9"}, {"Kondor-Client-Ip", "5.5.5.5"}}), "9.9.9.9");
  EXPECT_EQ(ip({{"Kondor-Client-Ip", "5.5.5.5"}}), "5.5.5.5");
}

TEST_F(Addresses, Ipv6CountsPerSixtyFour) {
  ControlJson("PATCH", "/settings", R"({"kondado": {"per_second": 1}})");
  const auto admitted = [this](const std::string& ip) {
    return K2With("", "GET", "/x", "", {{"Kondor-Client-Ip", ip}}).body != kTooManyRequests;
  };
  EXPECT_TRUE(admitted("2001:db8:0:1::1"));
  EXPECT_FALSE(admitted("2001:db8:0:1:ffff::9"));
  EXPECT_TRUE(admitted("2001:db8:0:2::1"));
  EXPECT_TRUE(admitted("198.51.100.1"));
  EXPECT_FALSE(admitted("::ffff:198.51.100.1"));
}

}  // namespace
}  // namespace kondor
