// kondor-call and secrets: from the environment or a safe file only, and never back out.
#include <sys/stat.h>

#include "tests/client/command/surroundings.h"

namespace kondor::client {
namespace {

bool Shows(const Called& called, const std::string& secret) {
  return called.out.find(secret) != std::string::npos ||
         called.err.find(secret) != std::string::npos;
}

TEST(CallSecrets, AFlagForOneIsRefusedWithoutShowingIt) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"kondado", "status", "7", "--token", "sesame"},
        {"kondado", "status", "7", "--token=sesame"},
        {"--KEY", "sesame", "kondado", "status", "7"},
        {"qondor", "GET", "/x", "--subscription_key", "sesame"},
        {"kondado", "get", "/x", "--query", "token=sesame"},
        {"qondor", "GET", "/x", "--query", "subscription-key=sesame"}}) {
    const auto called = Call(words, {});
    EXPECT_EQ(called.code, 2);
    EXPECT_NE(called.err.find("--credentials FILE"), std::string::npos) << called.err;
    EXPECT_FALSE(Shows(called, "sesame")) << called.err;
  }
}

TEST(CallSecrets, OneInTheWrongPlaceIsNotShownEither) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"kondado", "status", "sesame"},
        {"kondado", "status", "7", "--tokn=sesame"},
        {"hub", "tables", "sesame"}}) {
    const auto called = Call(words, {});
    EXPECT_EQ(called.code, 2);
    EXPECT_FALSE(Shows(called, "sesame")) << called.err;
  }
}

TEST(CallSecrets, AVendorThatEchoesThemIsNotRepeated) {
  const Stub refuses({200, std::string(R"({"success": false, "error": "X", "message": "not )") +
                               kToken + " nor " + kPrimaryKey + "\"}"});
  const auto environment = EnvironmentAt(refuses.url());
  for (const char* format : {"--explain", "--json"}) {
    const auto called = Call({"kondado", "status", "7", format}, {.environment = environment});
    EXPECT_FALSE(Shows(called, kToken)) << called.out << called.err;
    EXPECT_FALSE(Shows(called, kPrimaryKey)) << called.out << called.err;
  }
  const Stub answers({200, std::string(R"({"success": true, "data": ")") + kToken + "\"}"});
  const auto called =
      Call({"kondado", "get", "/x", "--json"}, {.environment = EnvironmentAt(answers.url())});
  EXPECT_EQ(called.out, "{\"success\":true,\"data\":\"[secret]\"}\n");
}

TEST(CallSecrets, AKondadoKeyIsNotRepeatedEitherUnlessItIsAnOrdinaryWord) {
  const auto echo = [](const std::string& key) {
    const Stub refuses(
        {200, R"({"success": false, "error": "X", "message": "no key )" + key + "\"}"});
    auto environment = EnvironmentAt(refuses.url());
    environment[1] = "KONDADO_KEY=" + key;
    return Call({"kondado", "status", "7"}, {.environment = environment});
  };
  EXPECT_FALSE(Shows(echo(kKey), kKey));
  EXPECT_TRUE(Shows(echo("pipelines"), "no key pipelines")) << "it would make holes in any answer";
}

TEST(CallSecrets, AFileGoesBeforeTheEnvironment) {
  const Mock mock;
  const Folder folder;
  const std::string file =
      folder.Write("good", "KONDADO_KEY=" + std::string(kKey) + "\nKONDADO_TOKEN=" + kToken + "\n");
  const auto called = Call({"kondado", "status", "2040", "--credentials", file},
                           {.environment = {"KONDADO_BASE_URL=" + mock.url() + "/k2",
                                            "KONDADO_KEY=not-this-one", "KONDADO_TOKEN=nor-that"}});
  EXPECT_EQ(called.code, 0) << called.err;
  const auto half = Call({"kondado", "status", "2040", "--credentials",
                          folder.Write("half", "KONDADO_KEY=" + std::string(kKey) + "\n")},
                         {.environment = EnvironmentAt(mock.url())});
  EXPECT_EQ(half.code, 2) << "a half of the environment's was added";
}

TEST(CallSecrets, AFileThatOthersMayReadIsRefusedWithTheMend) {
  const Folder folder;
  const std::string file = folder.Write("open", "KONDADO_TOKEN=sesame\n");
  chmod(file.c_str(), 0644);
  const auto called = Call({"kondado", "status", "2040", "--credentials", file}, {});
  EXPECT_EQ(called.code, 2);
  EXPECT_NE(called.err.find("chmod 600 " + file), std::string::npos) << called.err;
  EXPECT_FALSE(Shows(called, "sesame"));
}

}  // namespace
}  // namespace kondor::client
