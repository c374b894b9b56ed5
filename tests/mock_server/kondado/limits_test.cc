// The limits as a client meets them: K4-K6 and KO1-KO6 through whole requests. How each reading
// counts is the ledger's own test; here it is whether the settings reach it, and what goes out on
// the wire.
#include "tests/mock_server/kondado/world.h"

namespace kondor {
namespace {

class Limits : public World {
 protected:
  bool Admitted(const Headers& headers = {}) {
    return World::K2("GET", "/pipelines/2040/status", headers).body != kTooManyRequests;
  }
  bool AdmittedAs(const std::string& credentials, const Headers& headers = {}) {
    return K2With(credentials, "GET", "/pipelines/2040/status", {}, headers).body !=
           kTooManyRequests;
  }
  std::string Reader() const { return "key=" + reader_key_ + "&token=" + reader_token_; }
  static Headers From(const std::string& ip) { return {{"Kondor-Client-Ip", ip}}; }
};

TEST_F(Limits, ARefusalIsHttp200WithTheDocumentedBodyAndNoRetryAfter) {  // K5
  EXPECT_TRUE(Admitted());
  const LocalReply refused = World::K2("GET", "/pipelines/2040/status");
  EXPECT_EQ(refused.status, 200);
  EXPECT_EQ(refused.body, kTooManyRequests);
  EXPECT_EQ(HeaderOf(refused, "Retry-After"), "");
  EXPECT_EQ(refused.headers.size(), 2U);
}

TEST_F(Limits, OneASecondHalfOpen) {  // K4
  EXPECT_TRUE(Admitted());
  Advance(999);
  EXPECT_FALSE(Admitted());
  Advance(1);
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, TwentyAMinute) {  // K4
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(Admitted()) << i;
    Advance(1000);
  }
  EXPECT_FALSE(Admitted());  // at 20 s: the first of the 20 leaves at 60 s
  Advance(39'999);
  EXPECT_FALSE(Admitted());
  Advance(1);
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, PerIpAndPerKeyEachByItself) {  // KO4 independent
  EXPECT_TRUE(AdmittedAs(Credentials(), From("203.0.113.7")));
  EXPECT_FALSE(AdmittedAs(Reader(), From("203.0.113.7")));       // the IP's second is used
  EXPECT_FALSE(AdmittedAs(Credentials(), From("203.0.113.8")));  // the key's second is used
  EXPECT_TRUE(AdmittedAs(Reader(), From("203.0.113.8")));
}

TEST_F(Limits, PerPairOnly) {  // KO4 pair
  Set("scope", "pair");
  EXPECT_TRUE(AdmittedAs(Credentials(), From("203.0.113.7")));
  EXPECT_TRUE(AdmittedAs(Reader(), From("203.0.113.7")));
  EXPECT_TRUE(AdmittedAs(Credentials(), From("203.0.113.8")));
  EXPECT_FALSE(AdmittedAs(Credentials(), From("203.0.113.7")));
}

TEST_F(Limits, BadCredentialsCostTheirAddressFirst) {  // KO5 yes
  EXPECT_EQ(ErrorOf(K2With("key=a&token=b", "GET", "/models/162/status")), "INVALID_CREDENTIALS");
  EXPECT_EQ(K2With("key=a&token=b", "GET", "/models/162/status").body, kTooManyRequests);
  EXPECT_FALSE(Admitted());
  Advance(1000);
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, BadCredentialsCostNothingUnderTheOtherReading) {  // KO5 no
  Set("count_unauthenticated", "no");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ErrorOf(K2With("", "GET", "/models/162/status")), "MISSING_CREDENTIALS");
  }
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, AFailedCallIsACallLikeAnyOther) {
  EXPECT_EQ(ErrorOf(World::K2("GET", "/nothing")), "UNKNOWN_ROUTE");
  EXPECT_FALSE(Admitted());
}

TEST_F(Limits, LockOutsLastSixtySeconds) {  // KO2
  Set("lockout", "from_breach");
  EXPECT_TRUE(Admitted());
  EXPECT_FALSE(Admitted());
  Advance(30'000);
  EXPECT_FALSE(Admitted());
  Advance(29'999);
  EXPECT_FALSE(Admitted());
  Advance(1);
  EXPECT_TRUE(Admitted());

  Set("lockout", "from_last");
  EXPECT_TRUE(Admitted());
  EXPECT_FALSE(Admitted());
  Advance(30'000);
  EXPECT_FALSE(Admitted());  // and the sixty seconds begin again
  Advance(59'999);
  EXPECT_FALSE(Admitted());
  Advance(60'000);
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, EveryWindowCanBeChosenWhileRunning) {  // KO1
  // The second call, 1.5 s after the first: under GCRA 3 s must pass, elsewhere one is enough.
  for (const char* window : {"sliding_log", "fixed_from_first", "fixed_aligned", "token_bucket"}) {
    Set("window", window);
    EXPECT_TRUE(Admitted()) << window;
    Advance(1500);
    EXPECT_TRUE(Admitted()) << window;
  }
  Set("window", "gcra");
  EXPECT_TRUE(Admitted());
  Advance(1500);
  EXPECT_FALSE(Admitted());
  Advance(1500);
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, ChangingHowCallsAreCountedOpensNewBooksAndOtherChangesKeepThem) {
  EXPECT_TRUE(Admitted());
  Set("plan", "enterprise");
  EXPECT_FALSE(Admitted());
  Set("window", "sliding_log");  // no change at all
  EXPECT_FALSE(Admitted());
  Set("window", "fixed_aligned");
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, HubAndK1AreNotLimitedUnlessSaid) {  // W2
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(K1("pipeline_id=2040&" + Credentials(), "{}").body, R"({"success": true})");
    EXPECT_EQ(Hub("/metadata/show_tables?token=" + via_).status, 200);
  }
  Set("limited_hosts", "all");
  EXPECT_EQ(K1("pipeline_id=2040&" + Credentials(), "{}").body, R"({"success": true})");
  EXPECT_EQ(K1("pipeline_id=2040&" + Credentials(), "{}").body, kTooManyRequests);
  EXPECT_EQ(Hub("/metadata/show_tables?token=" + via_).body, kTooManyRequests);
}

TEST_F(Limits, LimitsCanBeChangedAndSwitchedOff) {
  ControlJson("PATCH", "/settings", R"({"kondado": {"per_second": 2, "per_minute": 3}})");
  EXPECT_TRUE(Admitted());
  EXPECT_TRUE(Admitted());
  EXPECT_FALSE(Admitted());
  Advance(1000);
  EXPECT_TRUE(Admitted());
  Advance(1000);
  EXPECT_FALSE(Admitted());
  LiftLimits();
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(Admitted());
}

TEST_F(Limits, ARefusedCallExplainsItselfAndItsRetryAtSucceeds) {
  EXPECT_TRUE(Admitted());
  Advance(300);
  const std::string id = HeaderOf(World::K2("GET", "/pipelines/2040/status"), "Kondor-Request-Id");
  const auto refusal = ControlJson("GET", "/journal/" + id)["refusal"];
  EXPECT_EQ(refusal["dimension"], "ip");
  EXPECT_EQ(refusal["period"], "second");
  EXPECT_EQ(refusal["reading"], "sliding_log");
  EXPECT_EQ(refusal["limit"], 1);
  EXPECT_EQ(refusal["used"], 1);
  EXPECT_EQ(refusal["too_early_ms"], 700.0);
  EXPECT_EQ(refusal["retry_at"], "2026-01-01T00:00:01.000000Z");
  ASSERT_EQ(refusal["calls"].size(), 1U);
  EXPECT_EQ(refusal["calls"][0], std::stoi(id) - 1);
  ControlJson("PUT", "/clock", R"({"now": "2026-01-01T00:00:00.999999Z"})");
  EXPECT_FALSE(Admitted());
  ControlJson("PUT", "/clock", R"({"now": ")" + refusal["retry_at"].get<std::string>() + R"("})");
  EXPECT_TRUE(Admitted());
}

TEST_F(Limits, FollowingRetryAtSucceedsUnderEveryReading) {
  for (const char* window : {"sliding_log", "fixed_from_first", "fixed_aligned", "sliding_counter",
                             "token_bucket", "gcra"}) {
    for (const char* lockout : {"none", "from_breach", "from_last"}) {
      for (const char* refused_count : {"no", "yes"}) {
        ControlJson("PATCH", "/settings",
                    std::string(R"({"kondado": {"window": ")") + window + R"(", "lockout": ")" +
                        lockout + R"(", "refused_count": ")" + refused_count + R"("}})");
        std::string id;
        for (int i = 0; i < 40; ++i) {
          const LocalReply reply = World::K2("GET", "/pipelines/2040/status");
          if (reply.body == kTooManyRequests) id = HeaderOf(reply, "Kondor-Request-Id");
          Advance(333);
        }
        ASSERT_FALSE(id.empty());
        const std::string retry_at = ControlJson("GET", "/journal/" + id)["refusal"]["retry_at"];
        Control("PUT", "/_kondor/sandboxes/w/clock", R"({"now": ")" + retry_at + R"("})");
        // Unless later calls took the room: the last refusal is the last call made here or is
        // followed by admitted ones only, so ask again and follow that one.
        const LocalReply again = World::K2("GET", "/pipelines/2040/status");
        if (again.body != kTooManyRequests) continue;
        const std::string last = HeaderOf(again, "Kondor-Request-Id");
        const std::string at = ControlJson("GET", "/journal/" + last)["refusal"]["retry_at"];
        ControlJson("PUT", "/clock", R"({"now": ")" + at + R"("})");
        EXPECT_TRUE(Admitted()) << window << " " << lockout << " " << refused_count;
      }
    }
  }
}

TEST_F(Limits, LimitsTellWhereEveryCounterStands) {
  EXPECT_TRUE(Admitted());
  const auto limits = ControlJson("GET", "/limits?ip=127.0.0.1&key=" + key_)["counters"];
  ASSERT_EQ(limits.size(), 4U);
  for (const auto& counter : limits) {
    EXPECT_EQ(counter["used"], 1);
    EXPECT_EQ(counter["next_admitted"], counter["period"] == "second"
                                            ? "2026-01-01T00:00:01.000000Z"
                                            : "2026-01-01T00:00:00.000000Z");
  }
}

TEST_F(Limits, TwoSandboxesNeverShareABudget) {
  EXPECT_TRUE(Admitted());
  ASSERT_EQ(Control("POST", "/_kondor/sandboxes", R"({"name": "other"})").status, 201);
  const LocalReply other = server_->Call("GET", "/@other/k2/models/162/status?" + Credentials());
  EXPECT_EQ(ErrorOf(other), "INVALID_CREDENTIALS");  // not limited, and not its credentials either
}

TEST_F(Limits, AnHourOfTwentyCallsAMinuteIsAdmittedToTheLast) {
  for (int i = 0; i < 1200; ++i) {
    ASSERT_TRUE(Admitted()) << i;
    Advance(3000);
  }
}

}  // namespace
}  // namespace kondor
