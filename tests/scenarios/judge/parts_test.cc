// What the judge reads: the journal's entries, the program's output, what it says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "scenarios/judge/call.h"
#include "scenarios/judge/heard.h"
#include "scenarios/judge/output.h"
#include "scenarios/judge/scratch.h"
#include "scenarios/judge/trial.h"

namespace kondor::judge {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const std::vector<Secret> kSecrets = {{"KONDADO_TOKEN", "AbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbc"}};

Call ReadCall(const Json& entry) {
  const Result<std::optional<Call>> call = ReadEntry(entry, kSecrets);
  EXPECT_TRUE(call && *call);
  return call && *call ? **call : Call();
}

Json Entry(const char* changes = "{}") {
  Json entry = Json::parse(R"({"id": 7, "at": "2026-01-01T00:00:01.500000Z", "vendor": "kondado",
      "surface": "k2", "method": "GET", "path": "/pipelines/1/status",
      "query": "key=k&token=[redacted]", "headers": "Host: a\nAccept: */*\n", "body": "",
      "ip": "127.0.0.1", "key": "k", "status": 200, "outcome": "ok", "code": "",
      "response_body": "{}"})");
  entry.merge_patch(Json::parse(changes));
  return entry;
}

TEST(ReadEntry, TakesWhatTheRulesLookAt) {
  const Call call = ReadCall(Entry());
  EXPECT_EQ(call.id, 7U);
  EXPECT_EQ(WriteInstant(call.at), "2026-01-01T00:00:01.500000Z");
  EXPECT_TRUE(call.IsAnswered());
  EXPECT_TRUE(call.secrets.token_parameter);
  EXPECT_THAT(call.secrets.stray, IsEmpty());
}

TEST(ReadEntry, FindsHowLongARefusalAsksToWait) {
  const char* const kondado = R"({"outcome": "rate_limited", "response_body":
      "{\"success\": false, \"message\": \"Too many requests. Please try again in 60 seconds.\"}"})";
  EXPECT_EQ(ReadCall(Entry(kondado)).wait, Duration(std::chrono::seconds(60)));
  const char* const qondor = R"({"outcome": "rate_limited", "surface": "qondor", "response_body":
      "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in 57 seconds.\" }"})";
  EXPECT_EQ(ReadCall(Entry(qondor)).wait, Duration(std::chrono::seconds(57)));
  const char* const quota = R"({"outcome": "rate_limited", "surface": "qondor",
      "response_body": "Quota will be replenished in 00:33:45.",
      "refusal": {"retry_at": "2026-01-01T00:33:46.500000Z"}})";
  EXPECT_EQ(ReadCall(Entry(quota)).wait, Duration(std::chrono::seconds(33 * 60 + 45)));
}

TEST(ReadEntry, SeesSecretsWhereTheyStray) {
  const char* const changes = R"({"path": "/AbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbc/x",
      "query": "key=k&password=[redacted]&note=AbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbc",
      "headers": "User-Agent: a/AbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbc\nX-Id: [redacted]\nTraceparent: [redacted]\n",
      "body": "AbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbcAbc"})";
  const SecretPlaces secrets = ReadCall(Entry(changes)).secrets;
  EXPECT_THAT(secrets.stray, ElementsAre("header User-Agent", "parameter note", "path", "body"));
  EXPECT_THAT(secrets.hidden, ElementsAre("header X-Id", "parameter password"));
  EXPECT_FALSE(secrets.token_parameter);
}

TEST(ReadEntry, SkipsEventsAndRefusesNonsense) {
  const Result<std::optional<Call>> event = ReadEntry(Entry(R"({"outcome": "event"})"), kSecrets);
  ASSERT_TRUE(event);
  EXPECT_FALSE(event->has_value());
  for (const char* changes : {R"({"outcome": "odd"})", R"({"at": "yesterday"})", R"({"id": "x"})",
                              R"({"at": "2026-13-01T00:00:01.500000Z"})"}) {
    EXPECT_FALSE(ReadEntry(Entry(changes), kSecrets)) << changes;
  }
  EXPECT_FALSE(ReadEntry(Json::array(), kSecrets));
}

TEST(ParseOutput, ReadsLinesAndCountsTheOthers) {
  const Output output = ParseOutput(
      "{\"pipeline_id\": 1, \"status\": \"active\"}\n\n{\"pipeline_id\": \"2\", \"status\": null}\n"
      "{\"pipeline_id\": 1.5, \"status\": \"a\"}\n[]\nnonsense\n{\"pipeline_id\": 3}\n"
      "{\"pipeline_id\": 4, \"status\": \"last\"}",
      kSecrets);
  ASSERT_EQ(output.lines.size(), 3U);
  EXPECT_EQ(output.lines[1].pipeline_id, 2);
  EXPECT_EQ(output.lines[1].status, "null");
  EXPECT_EQ(output.lines[2].status, "last");
  EXPECT_EQ(output.unreadable, 4U);
}

TEST(ReadOutput, FollowsNoLinkAndWaitsForNoPipe) {
  const Result<Scratch> scratch = Scratch::Make();
  ASSERT_TRUE(scratch);
  const std::string path = scratch->path() + "/out";
  EXPECT_FALSE(ReadOutput(path, kSecrets).exists);
  ASSERT_EQ(::symlink("/etc/passwd", path.c_str()), 0);
  EXPECT_THAT(ReadOutput(path, kSecrets).trouble, Not(IsEmpty()));
  ::unlink(path.c_str());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_THAT(ReadOutput(path, kSecrets).trouble, Not(IsEmpty()));
  ::unlink(path.c_str());
  ASSERT_EQ(::mkdir(path.c_str(), 0700), 0);
  EXPECT_THAT(ReadOutput(path, kSecrets).trouble, Not(IsEmpty()));
}

TEST(Heard, FindsASecretThatComesInPieces) {
  Heard heard(kSecrets);
  const std::string& secret = kSecrets[0].text;
  for (const char c : "token=" + secret + "\n") heard.Add(std::string(1, c));
  EXPECT_THAT(heard.secrets_found(), ElementsAre("KONDADO_TOKEN"));
  EXPECT_EQ(heard.LastWords(), "token=[secret]");
}

TEST(Heard, KeepsTheEndOfAFloodAndFindsASecretInItsMiddle) {
  Heard heard(kSecrets);
  for (int i = 0; i < 200; ++i) {
    heard.Add(std::string(1'000, 'x'));
    if (i == 100) heard.Add(kSecrets[0].text);
  }
  heard.Add("the end\x1b[0m");
  EXPECT_THAT(heard.secrets_found(), ElementsAre("KONDADO_TOKEN"));
  EXPECT_LE(heard.LastWords().size(), 2'000U);
  EXPECT_TRUE(heard.LastWords().ends_with("the end?[0m"));
}

TEST(Heard, ShowsNoHalfOfASecretWhereverItIsCut) {
  for (std::size_t offset = 0; offset < 40; ++offset) {
    Heard heard(kSecrets);
    heard.Add(std::string(offset, '.'));
    for (int i = 0; i < 500; ++i) heard.Add(kSecrets[0].text + "\n");
    EXPECT_THAT(heard.LastWords(), Not(testing::HasSubstr("bc"))) << offset;
  }
}

TEST(Heard, ShowsNoHalfOfASecretThatWasNotSaidToItsEnd) {
  Heard heard(kSecrets);
  heard.Add("token " + kSecrets[0].text.substr(0, 20));
  EXPECT_EQ(heard.LastWords(), "token [secret]");
}

TEST(Readings, MultiplyAsAsked) {
  const Trial& work = *FindTrial("work");
  EXPECT_EQ(ReadingsOf(work, Readings::kDefault).size(), 1U);
  EXPECT_EQ(ReadingsOf(work, Readings::kEach).size(), 1U + 5 + 2 + 1 + 1);
  EXPECT_EQ(ReadingsOf(work, Readings::kAll).size(), 6U * 3 * 2 * 2);
  EXPECT_EQ(NameOf(ReadingsOf(work, Readings::kAll)[0]), "default");
}

TEST(Trials, AreNamedOnceAndHaveScriptsThatParse) {
  for (const Trial& trial : Trials()) {
    EXPECT_EQ(FindTrial(trial.name), &trial);
    if (!trial.faults.empty()) {
      EXPECT_TRUE(Json::accept(trial.faults)) << trial.name;
    }
  }
  EXPECT_EQ(FindTrial("nonsense"), nullptr);
}

}  // namespace
}  // namespace kondor::judge
