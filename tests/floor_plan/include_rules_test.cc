// Each include rule on made-up sources: what it lets through, and what it must catch.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/floor_plan/findings_at.h"
#include "tests/floor_plan/rules.h"

namespace kondor::floor_plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A file whose second line is `#include WHAT`.
SourceTree Including(const std::string& path, const std::string& what) {
  return {MakeSourceFile(path, "// Some file.\n#include " + what + "\n")};
}

struct Case {
  std::string path;
  std::string include;
};

TEST(RoomIncludes, MayGoDown) {
  for (const auto& [path, include] : {
           Case{"base/clock.cc", "\"base/clock.h\""},
           Case{"client/call.cc", "\"client/limiter/gcra.h\""},
           Case{"mock_server/kondado/routes.cc", "\"mock_server/ledger/ledger.h\""},
           Case{"mock_server/ledger/window.cc", "\"base/clock.h\""},
           Case{"scenarios/limit.cc", "\"client/client.h\""},
           Case{"tests/mock_server/ledger/ledger_test.cc", "\"mock_server/ledger/ledger.h\""},
           Case{"base/clock.cc", "<atomic>"},
       }) {
    EXPECT_THAT(CheckRoomIncludes(Including(path, include)), IsEmpty()) << path << " " << include;
  }
}

TEST(RoomIncludes, MayNotGoUpOrSideways) {
  for (const auto& [path, include] : {
           Case{"base/clock.cc", "\"mock_server/http/server.h\""},
           Case{"client/call.cc", "\"mock_server/ledger/ledger.h\""},
           Case{"client/limiter/gcra.cc", "\"client/client.h\""},
           Case{"mock_server/control/limits.cc", "\"client/limiter/gcra.h\""},
           Case{"mock_server/kondado/routes.cc", "\"mock_server/qondor/routes.h\""},
           Case{"mock_server/qondor/routes.cc", "\"mock_server/kondado/routes.h\""},
           Case{"mock_server/kondado/routes.cc", "\"mock_server/faults/faults.h\""},
           Case{"mock_server/qondor/gateway/gateway.cc", "\"mock_server/faults/faults.h\""},
           Case{"mock_server/ledger/window.cc", "\"mock_server/http/message.h\""},
           Case{"mock_server/http/server.cc", "\"mock_server/ledger/ledger.h\""},
           Case{"tests/client/call_test.cc", "\"mock_server/mock_server.h\""},
       }) {
    EXPECT_THAT(At(CheckRoomIncludes(Including(path, include))), ElementsAre(path + ":2"))
        << include;
  }
}

TEST(RoomIncludes, CannotBeSidesteppedByAnotherSpelling) {
  for (const std::string include :
       {"<mock_server/ledger/ledger.h>", "\"../mock_server/ledger/ledger.h\"", "\"ledger.h\""}) {
    EXPECT_THAT(At(CheckRoomIncludes(Including("client/call.cc", include))),
                ElementsAre("client/call.cc:2"))
        << include;
  }
}

TEST(RoomIncludes, ABareNameIsAFileBesideIt) {
  SourceTree tree = Including("tests/mock_server/ledger/oracle.cc", "\"oracle.h\"");
  EXPECT_THAT(At(CheckRoomIncludes(tree)), ElementsAre("tests/mock_server/ledger/oracle.cc:2"));
  tree.push_back(MakeSourceFile("tests/mock_server/ledger/oracle.h", ""));
  EXPECT_THAT(CheckRoomIncludes(tree), IsEmpty());
}

TEST(RoomIncludes, ANewFolderMustBeEnteredInThePlan) {
  EXPECT_THAT(At(CheckRoomIncludes(Including("cellar/wine.cc", "<vector>"))),
              ElementsAre("cellar/wine.cc:1"));
}

TEST(ThirdPartyIncludes, ComeInByTheirDoorsOnly) {
  for (const auto& [path, include] : {
           Case{"mock_server/http/server.cc", "<httplib.h>"},
           Case{"mock_server/control/limits.cc", "<nlohmann/json.hpp>"},
           Case{"tests/base/clock_test.cc", "<gtest/gtest.h>"},
           Case{"bench/ledger/bench_decide.cc", "<benchmark/benchmark.h>"},
       }) {
    EXPECT_THAT(CheckThirdPartyIncludes(Including(path, include)), IsEmpty()) << path;
  }
  for (const auto& [path, include] : {
           Case{"mock_server/control/limits.cc", "<httplib.h>"},
           Case{"mock_server/ledger/books.cc", "<nlohmann/json.hpp>"},
           Case{"client/limiter/gcra.cc", "<nlohmann/json.hpp>"},
           Case{"client/limiter/gcra.cc", "<httplib.h>"},
           Case{"client/call.cc", "<openssl/rand.h>"},
           Case{"base/clock.cc", "<spdlog/spdlog.h>"},
           Case{"mock_server/ledger/books.cc", "<absl/container/flat_hash_map.h>"},
           Case{"base/clock.cc", "\"absl/time/clock.h\""},
           Case{"mock_server/mock_server.cc", "<gtest/gtest_prod.h>"},
           Case{"mock_server/mock_server.cc", "<benchmark/benchmark.h>"},
       }) {
    EXPECT_THAT(At(CheckThirdPartyIncludes(Including(path, include))), ElementsAre(path + ":2"))
        << include;
  }
}

TEST(PublicHeaders, ShowOnlyStdAndOurOwn) {
  EXPECT_THAT(CheckPublicHeaders(Including("mock_server/mock_server.h", "<string_view>")),
              IsEmpty());
  EXPECT_THAT(CheckPublicHeaders(Including("mock_server/mock_server.h", "\"base/result.h\"")),
              IsEmpty());
  EXPECT_THAT(CheckPublicHeaders(Including("mock_server/json/parse.h", "<nlohmann/json.hpp>")),
              IsEmpty());
  for (const auto& [path, include] : {
           Case{"mock_server/mock_server.h", "<nlohmann/json.hpp>"},
           Case{"mock_server/ledger/ledger.h", "<absl/container/flat_hash_map.h>"},
           Case{"mock_server/http/server.h", "<httplib.h>"},
           Case{"client/client.h", "<spdlog/spdlog.h>"},
           Case{"base/result.h", "<openssl/evp.h>"},
       }) {
    EXPECT_THAT(At(CheckPublicHeaders(Including(path, include))), ElementsAre(path + ":2"))
        << include;
  }
}

TEST(PublicFacesOnly, TheRoofKnowsNoInternals) {
  EXPECT_THAT(CheckPublicFacesOnly(Including("bench/b.cc", "\"mock_server/ledger/ledger.h\"")),
              IsEmpty());
  EXPECT_THAT(
      At(CheckPublicFacesOnly(Including("scenarios/a.cc", "\"mock_server/kondado/routes.h\""))),
      ElementsAre("scenarios/a.cc:2"));
  EXPECT_THAT(At(CheckPublicFacesOnly(
                  Including("tests/embedding/example.cc", "\"mock_server/front/front.h\""))),
              ElementsAre("tests/embedding/example.cc:2"));
  EXPECT_THAT(At(CheckPublicFacesOnly(Including("bench/b.cc", "\"mock_server/ledger/window.h\""))),
              ElementsAre("bench/b.cc:2"));
}

}  // namespace
}  // namespace kondor::floor_plan
