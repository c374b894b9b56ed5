// A name is looked up again at every delivery, and must not lead elsewhere by then.
#include "mock_server/qondor/webhooks/target.h"

#include <gtest/gtest.h>

namespace kondor::qondor {
namespace {

std::vector<std::string> LoopbackNames(const std::string&) { return {"::1", "127.0.0.1"}; }
std::vector<std::string> Elsewhere(const std::string&) { return {"127.0.0.1", "192.0.2.9"}; }
std::vector<std::string> Nowhere(const std::string&) { return {}; }

Result<std::string> ResolveWith(LookUp look_up, const std::string& url) {
  const TargetPolicy policy = TargetPolicy::Allowing({"hooks.example"}, look_up).value();
  const Result<Target> target = policy.Admit(url);
  EXPECT_TRUE(target) << url;
  return policy.Resolve(*target);
}

TEST(WebhookTarget, LocalhostIsThisMachineOrRefused) {
  EXPECT_EQ(ResolveWith(&LoopbackNames, "http://localhost/").value(), "127.0.0.1");
  const auto refused = ResolveWith(&Elsewhere, "http://localhost/");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "host localhost points to another machine");
  EXPECT_FALSE(ResolveWith(&Nowhere, "http://localhost/"));
}

TEST(WebhookTarget, AnAllowedNameIsWhereverItPoints) {
  EXPECT_EQ(ResolveWith(&Elsewhere, "http://hooks.example/").value(), "127.0.0.1");
  EXPECT_EQ(ResolveWith(&Nowhere, "http://hooks.example/").error().kind, ErrorKind::kUnavailable);
}

TEST(WebhookTarget, AnAddressIsNotLookedUp) {
  EXPECT_EQ(ResolveWith(&Nowhere, "http://[::1]:81/").value(), "::1");
  EXPECT_EQ(ResolveWith(&Nowhere, "http://[::ffff:127.0.0.1]/").value(), "127.0.0.1");
}

TEST(WebhookTarget, AUrlIsTakenApart) {
  const Target target = TargetPolicy().Admit("HTTP://LocalHost:8080/a/b?c=d").value();
  EXPECT_EQ(target.host, "localhost");
  EXPECT_EQ(target.port, 8080);
  EXPECT_EQ(target.authority, "LocalHost:8080");
  EXPECT_EQ(target.path, "/a/b?c=d");
  EXPECT_EQ(TargetPolicy().Admit("http://127.0.0.1?x").value().path, "/?x");
  EXPECT_EQ(TargetPolicy().Admit("http://127.0.0.1").value().port, 80);
}

}  // namespace
}  // namespace kondor::qondor
