#include "mock_server/secrets/redact.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "mock_server/http/query.h"
#include "mock_server/secrets/random.h"

namespace kondor::secrets {
namespace {

const std::string kSecret = "d3m0A9fK2vQx7RtYp4Lw8ZbN6cHs1JgU5eTiOaXyMkDr0WqPzVnBhSfGuEjClK3i";
const std::string kUuid = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

// Every letter of the text as %XX.
std::string Escaped(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string escaped;
  for (const char c : text) {
    escaped += '%';
    escaped += kHex[static_cast<unsigned char>(c) >> 4];
    escaped += kHex[static_cast<unsigned char>(c) & 15];
  }
  return escaped;
}

// A run of 64 letters and digits, or of 32 with a digit: told by another way than the code's own.
bool HasSecret(const std::string& text) {
  static const std::regex kRun("[0-9A-Za-z]+");
  return std::any_of(std::sregex_iterator(text.begin(), text.end(), kRun), std::sregex_iterator(),
                     [](const std::smatch& run) {
                       const std::string letters = run.str();
                       const bool digit = std::any_of(letters.begin(), letters.end(), isdigit);
                       return letters.size() >= (digit ? 32U : 64U);
                     });
}

TEST(RedactText, TakesOutLongRunsOnly) {
  EXPECT_EQ(RedactText("a " + kSecret + " b"), "a [redacted] b");
  EXPECT_EQ(RedactText(kSecret), "[redacted]");
  EXPECT_EQ(RedactText(kSecret + "/" + kSecret), "[redacted]/[redacted]");
  const std::string run31 = std::string(30, 'x') + "7", run63(63, 'x');
  EXPECT_EQ(RedactText(run31), run31);
  EXPECT_EQ(RedactText(run31 + "x"), "[redacted]");
  EXPECT_EQ(RedactText(run31 + "-" + run31), run31 + "-" + run31);
  EXPECT_EQ(RedactText(run63), run63);
  EXPECT_EQ(RedactText(run63 + "x"), "[redacted]");
}

TEST(RedactText, LeavesTheLongNamesOfOperationsAlone) {
  for (const std::string name : {"GetTicketsForTransportProductByExternalReference",
                                 "projectMainCustomerContactPersonEmail"}) {
    EXPECT_EQ(RedactText(name), name);
  }
}

TEST(RedactText, LeavesUuidsAndOrdinaryTextAlone) {
  for (const std::string& text : {std::string(), kUuid, std::string("/pipelines/2040/status"),
                                  std::string("S\xc3\xa3o Paulo \0 1", 13)}) {
    EXPECT_EQ(RedactText(text), text);
  }
}

TEST(RedactText, LeavesNoLongRunAndChangesNothingElse) {
  EXPECT_TRUE(rc::check("secrets go, the rest stays", [] {
    std::string text, expected;
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
      const auto between =
          *rc::gen::container<std::string>(rc::gen::elementOf(std::string("-_=&?/%. \"\n\xc3")));
      const std::string run(*rc::gen::inRange<std::size_t>(0, 70),
                            *rc::gen::elementOf(std::string("aZ09")));
      text += between + run + "|";
      expected += between + (HasSecret(run) ? "[redacted]" : run) + "|";
    }
    RC_ASSERT(RedactText(text) == expected);
    RC_ASSERT(!HasSecret(RedactText(text)));
  }));
}

TEST(RedactPath, FindsASecretByItsShape) {
  EXPECT_EQ(RedactPath("/pipelines/" + kSecret + "/run"), "/pipelines/[redacted]/run");
  EXPECT_EQ(RedactPath("/pipelines/" + Escaped(kSecret) + "/run"), "/pipelines/[redacted]/run");
  EXPECT_EQ(RedactPath("/a/" + Escaped(kSecret.substr(0, 1)) + kSecret.substr(1)), "/a/[redacted]");
}

TEST(RedactPath, KeepsTheRawSpellingWhenThereIsNoSecret) {
  for (const std::string& path :
       {std::string("/data/a%20b%2Fc+d"), std::string("/%zz%"), "/" + kUuid, std::string()}) {
    EXPECT_EQ(RedactPath(path), path);
  }
}

TEST(RedactQuery, TakesOutWhatSecretNamesHold) {
  EXPECT_EQ(RedactQuery("key=" + kUuid + "&token=short&x=1"),
            "key=" + kUuid + "&token=[redacted]&x=1");
  for (const std::string name : {"token", "subscription-key", "secret", "password", "primary_key",
                                 "secondary_key", "access_token"}) {
    EXPECT_EQ(RedactQuery(name + "=hush"), name + "=[redacted]");
  }
}

TEST(RedactQuery, KnowsANameInAnyCaseAndEncoding) {
  EXPECT_EQ(RedactQuery("TOKEN=hush"), "TOKEN=[redacted]");
  EXPECT_EQ(RedactQuery("tok%65n=hush"), "tok%65n=[redacted]");
  EXPECT_EQ(RedactQuery(Escaped("Subscription-Key") + "=hush"),
            Escaped("Subscription-Key") + "=[redacted]");
}

TEST(RedactQuery, FindsASecretUnderAnyName) {
  EXPECT_EQ(RedactQuery("key=" + kSecret), "key=[redacted]");
  EXPECT_EQ(RedactQuery("x=" + Escaped(kSecret)), "x=[redacted]");
  EXPECT_EQ(RedactQuery(kSecret), "[redacted]");
  EXPECT_EQ(RedactQuery(kSecret + "=1"), "[redacted]=1");
  EXPECT_EQ(RedactQuery(Escaped(kSecret) + "=1"), "[redacted]=1");
}

TEST(RedactQuery, ChangesNothingElse) {
  for (const std::string_view query : {"", "&", "a", "a=", "=b", "a=1&&b=2&", "token", "token=",
                                       "tokens=1", "x=a%20b+c%", "a==b", "a=b=c&x", "mytoken=1"}) {
    EXPECT_EQ(RedactQuery(query), query);
  }
}

TEST(RedactQuery, HandlesEveryPairOfARepeatedName) {
  EXPECT_EQ(RedactQuery("token=a&token=b&token"), "token=[redacted]&token=[redacted]&token");
}

TEST(RedactQuery, LeavesNoSecretThatAServerWouldRead) {
  EXPECT_TRUE(rc::check("decoded names and values hold no secrets", [] {
    const std::string letters = "aZ0%&=+-t";
    std::string query = *rc::gen::container<std::string>(rc::gen::elementOf(letters));
    const auto at = *rc::gen::inRange<std::size_t>(0, query.size() + 1);
    query.insert(at, *rc::gen::elementOf(std::vector<std::string>{
                         kSecret, Escaped(kSecret), "&token=hush&", "&tok%65n=" + kSecret + "&"}));
    const http::Query pairs(RedactQuery(query));
    for (const http::Query::Pair& pair : pairs.pairs()) {
      RC_ASSERT(!HasSecret(pair.name));
      RC_ASSERT(!HasSecret(pair.value));
      RC_ASSERT(pair.value != "hush");
    }
  }));
}

TEST(RedactHeader, TakesOutWhatSecretHeadersHold) {
  for (const std::string_view name :
       {"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key",
        "Ocp-Apim-Subscription-Key", "ocp-apim-subscription-key", "Kondor-Control-Token",
        "X-OnBehalfOf-Token", "Token", "SECRET"}) {
    EXPECT_EQ(RedactHeader(name, "Bearer hush"), "[redacted]") << name;
  }
}

TEST(RedactHeader, FindsASecretInAnyHeader) {
  EXPECT_EQ(RedactHeader("X-Mine", "id=" + kSecret + "; v=1"), "id=[redacted]; v=1");
  EXPECT_EQ(RedactHeader("X-Mine", Escaped(kSecret)), "[redacted]");
}

TEST(RedactHeader, ReadsAUrlAsOne) {
  EXPECT_EQ(RedactHeader("Referer", "https://k2.example.com/x?key=" + kUuid + "&token=hush"),
            "https://k2.example.com/x?key=" + kUuid + "&token=[redacted]");
  EXPECT_EQ(RedactHeader("Referer", "https://example.com/" + Escaped(kSecret) + "?Tok%65n=hush"),
            "https://example.com/[redacted]?Tok%65n=[redacted]");
}

TEST(RedactHeader, LeavesOrdinaryValuesAlone) {
  for (const std::string_view value :
       {"", "application/json", "curl/7.88.1", "text/html;q=0.9, */*;q=0.8", "why? token=1",
        "https://example.com/a%20b?x=1&y=2#z"}) {
    EXPECT_EQ(RedactHeader("Accept", value), value);
  }
}

TEST(RedactBody, TakesOutWhatSecretMembersHold) {
  EXPECT_EQ(RedactBody(R"({"key": "k", "token": "hush", "n": 1})"),
            R"({"key": "k", "token": "[redacted]", "n": 1})");
  EXPECT_EQ(RedactBody(R"({"a":{"Primary_Key":"hush"},"b":["x"]})"),
            R"({"a":{"Primary_Key":"[redacted]"},"b":["x"]})");
  EXPECT_EQ(RedactBody("{\"token\" :\n \"hush\"}"), "{\"token\" :\n \"[redacted]\"}");
  EXPECT_EQ(RedactBody(R"({"token": "hu\"sh", "x": "y"})"), R"({"token": "[redacted]", "x": "y"})");
}

TEST(RedactBody, HidesEveryStringUnderASecretsName) {
  EXPECT_EQ(RedactBody(R"({"password": ["hush", ["hush"]], "x": "y"})"),
            R"({"password": ["[redacted]", ["[redacted]"]], "x": "y"})");
  EXPECT_EQ(RedactBody(R"([{"token":{"a":["hush"],"b":1}},{"x":"y"}])"),
            R"([{"token":{"[redacted]":["[redacted]"],"[redacted]":1}},{"x":"y"}])");
  EXPECT_EQ(RedactBody(R"(]]{"token": [], "x": "y"})"), R"(]]{"token": [], "x": "y"})");
}

TEST(RedactBody, KnowsANameByItsEscapes) {
  EXPECT_EQ(RedactBody(R"({"pass\u0077ord": "hush"})"), R"({"pass\u0077ord": "[redacted]"})");
  EXPECT_EQ(RedactBody(R"({"pass\u00zzord": "x"})"), R"({"pass\u00zzord": "x"})");
}

// Every letter of the text as \u00XX.
std::string JsonEscaped(std::string_view text) {
  std::string escaped;
  for (const std::string& part : {Escaped(text)}) {
    for (const char c : part) escaped += c == '%' ? std::string("\\u00") : std::string(1, c);
  }
  return escaped;
}

TEST(RedactBody, FindsASecretByItsShapeThroughEscapes) {
  EXPECT_EQ(RedactBody("{\"a\": \"x " + JsonEscaped(kSecret) + "\", \"b\": \"\\n\"}"),
            R"({"a": "[redacted]", "b": "\n"})");
  EXPECT_EQ(RedactBody("{\"a\": \"" + kSecret.substr(0, 40) + JsonEscaped("7") + "\\u00"),
            R"({"a": "[redacted])");
  EXPECT_EQ(RedactBody(R"({"a": "\u00e9t\u00e9 \\ \u0041"})"),
            R"({"a": "\u00e9t\u00e9 \\ \u0041"})");
}

TEST(RedactBody, TakesAValueForAValueOnly) {
  for (const std::string_view body :
       {R"({"name": "token", "x": "y"})", R"(["token", "y"])", R"({"token": null})",
        R"({"token": 7, "x": "y"})", R"("token")", R"({"tokens": "y"})"}) {
    EXPECT_EQ(RedactBody(body), body);
  }
}

TEST(RedactBody, CopesWithJsonThatWasCut) {
  EXPECT_EQ(RedactBody(R"({"x": 1, "token": "hus)"), R"({"x": 1, "token": "[redacted])");
  EXPECT_EQ(RedactBody(R"({"token": "hush\)"), R"({"token": "[redacted])");
  EXPECT_EQ(RedactBody(R"({"token": ")"), R"({"token": "[redacted])");
  for (const std::string_view body :
       {R"({"token":)", R"({"token")", R"({"tok)", R"({")", "\"", "\"\\", R"({"a": "b)"}) {
    EXPECT_EQ(RedactBody(body), body);
  }
}

TEST(RedactBody, FindsASecretWhereverItStands) {
  EXPECT_EQ(RedactBody("x=" + kSecret + "&y"), "x=[redacted]&y");
  EXPECT_EQ(RedactBody(R"({"note": "mine is )" + kSecret + R"("})"),
            R"({"note": "mine is [redacted]"})");
  EXPECT_EQ(RedactBody("{\"" + kSecret + "\": 1}"), R"({"[redacted]": 1})");
  EXPECT_EQ(RedactBody(R"({"a": "b)" + kSecret), R"({"a": "[redacted])");
}

TEST(RedactBody, LeavesNoLongRunInAnyBytes) {
  EXPECT_TRUE(rc::check("whatever the bytes", [] {
    const std::string letters = "{}[]\",: \\tx";
    std::string body = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(letters), rc::gen::arbitrary<char>()));
    const auto at = *rc::gen::inRange<std::size_t>(0, body.size() + 1);
    body.insert(at, kSecret);
    RC_ASSERT(!HasSecret(RedactBody(body)));
  }));
}

TEST(Redaction, FindsWhatTheMockItselfHandsOut) {
  EXPECT_EQ(RedactText(NewSecret()), "[redacted]");
  const std::string key = NewUuid();
  EXPECT_EQ(RedactText(key), key);
}

}  // namespace
}  // namespace kondor::secrets
