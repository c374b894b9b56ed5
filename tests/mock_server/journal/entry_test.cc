// What the journal keeps of a call: everything that tells calls apart, and no secret.
#include "mock_server/journal/entry.h"

#include <gtest/gtest.h>

#include <string>

namespace kondor {
namespace {

const std::string kSecret = "d3m0A9fK2vQx7RtYp4Lw8ZbN6cHs1JgU5eTiOaXyMkDr0WqPzVnBhSfGuEjClK3i";

class MadeEntryTest : public testing::Test {
 protected:
  MadeEntryTest() { request_.method = "GET"; }

  JournalEntry Made(std::string_view path, std::string_view query) {
    request_.query = query;
    const Call call{request_, Surface::kK2, path, http::Query(query),
                    net::IpAddress::Parse("203.0.113.7").value()};
    return MakeEntry(call, answer_);
  }

  http::Request request_;
  Answer answer_;
};

TEST_F(MadeEntryTest, KeepsWhatWasAskedAndAnswered) {
  request_.method = "POST";
  request_.headers = {{"Accept", "*/*"}, {"X-Id", "7"}};
  request_.body = R"({"a": 1})";
  answer_.response.status = 201;
  answer_.response.body = R"({"success": true})";
  answer_.outcome = Outcome::kFailed;
  answer_.code = "NOT_FOUND";
  answer_.at = FromUnixMicros(5);
  answer_.key = ledger::KeyIdentity{3};
  answer_.reading.per_minute = 9;
  const JournalEntry entry = Made("/pipelines/7", "key=k&x=1");
  EXPECT_EQ(entry.method, "POST");
  EXPECT_EQ(entry.path, "/pipelines/7");
  EXPECT_EQ(entry.query, "key=k&x=1");
  EXPECT_EQ(entry.headers, "Accept: */*\nX-Id: 7\n");
  EXPECT_EQ(entry.body, R"({"a": 1})");
  EXPECT_EQ(entry.body_bytes, 8U);
  EXPECT_EQ(entry.client.ToText(), "203.0.113.7");
  EXPECT_EQ(entry.key, "k");
  EXPECT_EQ(entry.known_key, ledger::KeyIdentity{3});
  EXPECT_EQ(entry.status, 201);
  EXPECT_EQ(entry.outcome, Outcome::kFailed);
  EXPECT_EQ(entry.code, "NOT_FOUND");
  EXPECT_EQ(entry.response_body, R"({"success": true})");
  EXPECT_EQ(entry.at, FromUnixMicros(5));
  EXPECT_EQ(entry.reading.per_minute, 9U);
  EXPECT_FALSE(entry.body_cut());
  EXPECT_FALSE(entry.headers_cut);
}

TEST_F(MadeEntryTest, HoldsNoSecretWhereverItWasSent) {
  request_.headers = {{"Authorization", "Basic hush"}, {"X-Mine", kSecret}};
  request_.body = R"({"token": "hush", "other": ")" + kSecret + "\"}";
  answer_.response.body = R"({"echo": ")" + kSecret + "\"}";
  const JournalEntry entry = Made("/a/" + kSecret, "key=" + kSecret + "&token=hush");
  for (const std::string& kept :
       {entry.path, entry.query, entry.headers, entry.body, entry.key, entry.response_body}) {
    EXPECT_EQ(kept.find(kSecret), std::string::npos) << kept;
    EXPECT_EQ(kept.find("hush"), std::string::npos) << kept;
    EXPECT_NE(kept.find("[redacted]"), std::string::npos) << kept;
  }
}

TEST_F(MadeEntryTest, CutsALongBodyAndSaysSo) {
  request_.body = std::string(JournalEntry::kBodyKept, '.');
  EXPECT_FALSE(Made("/", "").body_cut());
  request_.body += '.';
  const JournalEntry entry = Made("/", "");
  EXPECT_TRUE(entry.body_cut());
  EXPECT_EQ(entry.body.size(), JournalEntry::kBodyKept);
  EXPECT_EQ(entry.body_bytes, JournalEntry::kBodyKept + 1);
}

// Cut in its middle, a secret would leave a run too short to be known for one.
TEST_F(MadeEntryTest, LeavesNoHalfOfASecretAtACut) {
  for (std::size_t kept = 1; kept < kSecret.size(); kept += 7) {
    request_.body = std::string(JournalEntry::kBodyKept - kept, '.') + kSecret + "...";
    answer_.response.body = std::string(JournalEntry::kResponseKept - kept, '.') + kSecret + "...";
    const JournalEntry entry = Made("/", "");
    EXPECT_EQ(entry.body.find('d'), std::string::npos) << kept;
    EXPECT_EQ(entry.response_body.find('d'), std::string::npos) << kept;
  }
}

TEST_F(MadeEntryTest, CutsHeadersAtAWholeLineAndSaysSo) {
  const std::string value(5000, '.');
  request_.headers = {{"A", value}, {"B", value}, {"C", "3"}};
  const JournalEntry entry = Made("/", "");
  EXPECT_EQ(entry.headers, "A: " + value + "\n");
  EXPECT_TRUE(entry.headers_cut);
}

TEST_F(MadeEntryTest, WithoutAKeyHasNone) {
  EXPECT_EQ(Made("/", "").key, "");
  EXPECT_EQ(Made("/", "key=&token=x").key, "");
}

TEST_F(MadeEntryTest, ReadsTheKeyAsTheVendorDoes) {
  EXPECT_EQ(Made("/", "key=a%2Db+c&key=second").key, "a-b c");
}

TEST(JournalEntryBytes, GrowWithEveryText) {
  const std::size_t empty = JournalEntry{}.Bytes();
  const std::string text(1000, 'x');
  using Text = std::string JournalEntry::*;
  for (const Text field :
       {&JournalEntry::method, &JournalEntry::path, &JournalEntry::query, &JournalEntry::headers,
        &JournalEntry::body, &JournalEntry::key, &JournalEntry::response_body}) {
    JournalEntry entry;
    entry.*field = text;
    EXPECT_GE(entry.Bytes(), empty + 1000);
  }
}

}  // namespace
}  // namespace kondor
