#include "mock_server/journal/match.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/secrets/redact.h"
#include "tests/mock_server/journal/made_entries.h"

namespace kondor {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Match MatchOf(const Fields& fields, std::uint64_t after = 0) {
  Match match;
  match.after = after;
  for (const auto& [field, pattern] : fields) {
    const Result<void> added = match.Add(field, pattern);
    EXPECT_TRUE(added) << field;
  }
  return match;
}

Matched Compare(const Fields& fields, const JournalEntry& entry, std::uint64_t after = 0) {
  return MatchEntry(MatchOf(fields, after), entry, nullptr);
}

JournalEntry FullEntry() {
  JournalEntry entry = MadeEntry("GET", "/pipelines/2040/status", 200);
  entry.id = 12;
  entry.surface = Surface::kHub;
  entry.query = "key=k%2D1&token=[redacted]&x=a+b&x=second&empty=";
  entry.headers = "Accept: text/html: yes\nX-Many: one\nX-Many: two\nX-Empty: \n";
  entry.body = "{\"a\": 1}";
  entry.body_bytes = entry.body.size();
  entry.client = net::IpAddress::Parse("203.0.113.7").value();
  entry.key = "k-1";
  entry.outcome = Outcome::kRateLimited;
  entry.code = "RATE_LIMIT_EXCEEDED";
  return entry;
}

TEST(Match, OfNothingIsEveryCall) { EXPECT_EQ(Compare({}, FullEntry()), Matched::kYes); }

TEST(Match, ReadsEveryField) {
  const Fields fields = {{"id", "12"},
                         {"vendor", "kondado"},
                         {"surface", "hub"},
                         {"method", "GET"},
                         {"path", "/pipelines/2040/status"},
                         {"query", "key=k%2D1&token=[redacted]&x=a+b&x=second&empty="},
                         {"body", "{\"a\": 1}"},
                         {"ip", "203.0.113.7"},
                         {"key", "k-1"},
                         {"status", "200"},
                         {"outcome", "rate_limited"},
                         {"code", "RATE_LIMIT_EXCEEDED"}};
  const JournalEntry entry = FullEntry();
  EXPECT_EQ(Compare(fields, entry), Matched::kYes);
  for (const auto& [field, value] : fields) {
    EXPECT_EQ(Compare({{field, value}}, entry), Matched::kYes) << field;
    EXPECT_EQ(Compare({{field, value + "!"}}, entry), Matched::kNo) << field;
    EXPECT_EQ(Compare({{field, ""}}, entry), Matched::kNo) << field;
  }
}

TEST(Match, ReadsQueryParametersAsAServerWould) {
  const JournalEntry entry = FullEntry();
  EXPECT_EQ(Compare({{"query.key", "k-1"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"query.x", "a b"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"query.x", "second"}}, entry), Matched::kNo) << "the first one wins";
  EXPECT_EQ(Compare({{"query.empty", ""}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"query.absent", "*"}}, entry), Matched::kNo);
  EXPECT_EQ(Compare({{"query.KEY", "*"}}, entry), Matched::kNo) << "case matters";
}

TEST(Match, ReadsHeadersWithoutCase) {
  const JournalEntry entry = FullEntry();
  EXPECT_EQ(Compare({{"header.accept", "text/html: yes"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"header.X-MANY", "one"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"header.X-Many", "two"}}, entry), Matched::kNo) << "the first one wins";
  EXPECT_EQ(Compare({{"header.X-Empty", ""}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"header.X-Absent", "*"}}, entry), Matched::kNo);
  EXPECT_EQ(Compare({{"header.X", "*"}}, entry), Matched::kNo);
}

TEST(Match, NeedsEveryCriterion) {
  EXPECT_EQ(Compare({{"method", "GET"}, {"status", "404"}}, FullEntry()), Matched::kNo);
  EXPECT_EQ(Compare({{"status", "404"}, {"method", "GET"}}, FullEntry()), Matched::kNo);
  EXPECT_EQ(Compare({{"path", "/pipelines/*"}, {"path", "*/status"}}, FullEntry()), Matched::kYes);
}

TEST(Match, AfterLeavesOutTheEntryItNames) {
  EXPECT_EQ(Compare({}, FullEntry(), 11), Matched::kYes);
  EXPECT_EQ(Compare({}, FullEntry(), 12), Matched::kNo);
}

TEST(Match, RefusesAnUnknownFieldAndListsTheKnownOnes) {
  Match match;
  const Result<void> added = match.Add("pth", "x");
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().message,
            "unknown field 'pth'; known: id, vendor, surface, method, path, query, body, ip, key, "
            "status, outcome, code, subscription, event, fault, fault_script, query.NAME, "
            "header.NAME, after");
  EXPECT_TRUE(match.criteria.empty());
  EXPECT_FALSE(match.Add("Method", "GET"));
  EXPECT_FALSE(match.Add("body.a", "1"));
}

TEST(Match, TellsEveryDifference) {
  std::vector<Difference> differences;
  EXPECT_EQ(MatchEntry(MatchOf({{"method", "POST"},
                                {"path", "/pipelines/*"},
                                {"status", "4*"},
                                {"query.page", "1"}}),
                       FullEntry(), &differences),
            Matched::kNo);
  ASSERT_EQ(differences.size(), 3U);
  EXPECT_EQ(differences[0].field, "method");
  EXPECT_EQ(differences[0].expected, "POST");
  EXPECT_EQ(differences[0].actual, "GET");
  EXPECT_EQ(differences[1].field, "status");
  EXPECT_EQ(differences[2].actual, "(absent)");
}

// --- globs
bool GlobMatches(const std::string& pattern, const std::string& text) {
  return Compare({{"path", pattern}}, MadeEntry("GET", text)) == Matched::kYes;
}

TEST(Glob, StarStandsForAnyRun) {
  EXPECT_TRUE(GlobMatches("*", ""));
  EXPECT_TRUE(GlobMatches("*", "/any"));
  EXPECT_TRUE(GlobMatches("/a/*/c", "/a/b/c"));
  EXPECT_TRUE(GlobMatches("/a/*/c", "/a/b/b/c"));
  EXPECT_TRUE(GlobMatches("/a/*/c", "/a//c"));
  EXPECT_FALSE(GlobMatches("/a/*/c", "/a/c"));
  EXPECT_TRUE(GlobMatches("**a**", "a"));
  EXPECT_FALSE(GlobMatches("", "a"));
  EXPECT_TRUE(GlobMatches("", ""));
  EXPECT_TRUE(GlobMatches("*ab", "aab"));
}

TEST(Glob, OtherLettersStandForThemselves) {
  EXPECT_FALSE(GlobMatches("/a.c", "/abc"));
  EXPECT_FALSE(GlobMatches("/a?c", "/abc"));
  EXPECT_TRUE(GlobMatches("[redacted]", "[redacted]"));
  EXPECT_FALSE(GlobMatches("/A", "/a"));
}

// The definition, slowly.
bool NaiveGlob(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    return NaiveGlob(pattern.substr(1), text) ||
           (!text.empty() && NaiveGlob(pattern, text.substr(1)));
  }
  return !text.empty() && pattern.front() == text.front() &&
         NaiveGlob(pattern.substr(1), text.substr(1));
}

TEST(Glob, IsWhatItsDefinitionSays) {
  EXPECT_TRUE(rc::check("as the naive matcher", [] {
    auto pattern = *rc::gen::container<std::string>(rc::gen::element('a', 'b', '*'));
    auto text = *rc::gen::container<std::string>(rc::gen::element('a', 'b'));
    pattern.resize(std::min<std::size_t>(pattern.size(), 10));
    text.resize(std::min<std::size_t>(text.size(), 12));
    RC_ASSERT(GlobMatches(pattern, text) == NaiveGlob(pattern, text));
  }));
}

TEST(Glob, IsNotTrappedByManyStars) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "*a";
  EXPECT_FALSE(GlobMatches(pattern + "b", std::string(5'000, 'a')));
  EXPECT_TRUE(GlobMatches(pattern, std::string(5'000, 'a')));
}

// --- what was cut
JournalEntry WithCutBody(const std::string& kept) {
  JournalEntry entry = MadeEntry("POST", "/");
  entry.body = kept;
  entry.body_bytes = JournalEntry::kBodyKept + 100;
  return entry;
}

TEST(MatchOfACutBody, IsSureOnlyWhenTheRestCannotMatter) {
  const JournalEntry entry = WithCutBody("abc");
  EXPECT_EQ(Compare({{"body", "a*"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"body", "*"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"body", "*xyz*"}}, entry), Matched::kUnknown) << "may stand in the rest";
  EXPECT_EQ(Compare({{"body", "abc"}}, entry), Matched::kUnknown) << "the rest comes after it";
  EXPECT_EQ(Compare({{"body", "*c"}}, entry), Matched::kUnknown) << "the rest comes after it";
  EXPECT_EQ(Compare({{"body", ""}}, entry), Matched::kUnknown);
}

TEST(MatchOfACutBody, IsNoWhenSomethingElseSaysNo) {
  EXPECT_EQ(Compare({{"body", "*x*"}, {"method", "GET"}}, WithCutBody("abc")), Matched::kNo);
  EXPECT_EQ(Compare({{"method", "GET"}, {"body", "*x*"}}, WithCutBody("abc")), Matched::kNo);
  EXPECT_EQ(Compare({{"method", "POST"}, {"body", "*x*"}}, WithCutBody("abc")), Matched::kUnknown);
}

TEST(MatchOfCutHeaders, DoesNotTakeAHeaderForAbsent) {
  JournalEntry entry = MadeEntry("GET", "/");
  entry.headers = "Accept: */*\n";
  EXPECT_EQ(Compare({{"header.X-Mine", "*"}}, entry), Matched::kNo);
  entry.headers_cut = true;
  EXPECT_EQ(Compare({{"header.X-Mine", "*"}}, entry), Matched::kUnknown);
  EXPECT_EQ(Compare({{"header.Accept", "text/html"}}, entry), Matched::kNo) << "it is there";
  EXPECT_EQ(Compare({{"header.Accept", "*/*"}}, entry), Matched::kYes);
}

// --- what was redacted
TEST(MatchOfARedactedField, IsSureOnlyWhenTheSecretCannotMatter) {
  JournalEntry entry = MadeEntry("GET", "/");
  entry.query = "token=[redacted]&x=1";
  EXPECT_EQ(Compare({{"query.token", "*"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"query.token", "hush"}}, entry), Matched::kUnknown);
  EXPECT_EQ(Compare({{"query.token", "[redacted]"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"query", "token=*&x=1"}}, entry), Matched::kYes);
  EXPECT_EQ(Compare({{"query", "token=hush&x=1"}}, entry), Matched::kUnknown);
  EXPECT_EQ(Compare({{"query", "token=hush&x=2"}}, entry), Matched::kNo);
  EXPECT_EQ(Compare({{"query.x", "1"}}, entry), Matched::kYes);
}

TEST(MatchOfARedactedField, NeverContradictsTheWholeTruth) {
  EXPECT_TRUE(rc::check("yes and no hold for what was sent, too", [] {
    const std::string secret(32, 's');
    const auto join = [](const std::vector<std::string>& parts) {
      std::string text;
      for (const std::string& part : parts) text += part;
      return text;
    };
    const std::string sent = join(*rc::gen::container<std::vector<std::string>>(
        rc::gen::elementOf(std::vector<std::string>{"-", "=", secret})));
    const std::string pattern = join(*rc::gen::container<std::vector<std::string>>(
        rc::gen::elementOf(std::vector<std::string>{"-", "=", "*", "s", secret})));
    const Matched truth = Compare({{"path", pattern}}, MadeEntry("GET", sent));
    const Matched kept = Compare({{"path", pattern}}, MadeEntry("GET", secrets::RedactText(sent)));
    RC_ASSERT(truth != Matched::kUnknown);
    RC_ASSERT(kept == truth || kept == Matched::kUnknown);
  }));
}

}  // namespace
}  // namespace kondor
