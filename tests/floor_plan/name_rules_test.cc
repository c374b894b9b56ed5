#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/floor_plan/findings_at.h"
#include "tests/floor_plan/rules.h"

namespace kondor::floor_plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SourceTree Named(const std::string& path) { return {MakeSourceFile(path, "")}; }

TEST(Names, ThatFitEverythingAreFound) {
  for (const std::string path : {"base/utils.h", "client/types.h", "mock_server/common/body.cc",
                                 "mock_server/constants.h", "tests/helpers/server.h"}) {
    EXPECT_THAT(At(CheckNames(Named(path))), ElementsAre(path + ":1"));
  }
}

TEST(Names, ThatOnlyContainSuchAWordAreFine) {
  EXPECT_THAT(CheckNames(Named("mock_server/http/content_types.cc")), IsEmpty());
}

TEST(Lengths, FourHundredLinesAreTheMost) {
  const auto file = [](std::string path, int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i) text += "int a;\n";
    return SourceTree{MakeSourceFile(std::move(path), text)};
  };
  EXPECT_THAT(CheckLengths(file("base/a.cc", 400)), IsEmpty());
  EXPECT_THAT(At(CheckLengths(file("base/a.cc", 401))), ElementsAre("base/a.cc:401"));
  EXPECT_THAT(CheckLengths(file("docs/VENDORS.md", 401)), IsEmpty());
}

}  // namespace
}  // namespace kondor::floor_plan
