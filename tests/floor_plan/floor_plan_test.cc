// The house as it stands, held against its rules: one test per rule, one failure per line to mend.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/floor_plan/rules.h"

namespace kondor::floor_plan {
namespace {

const SourceTree& House() {
  static const SourceTree house = ReadSourceTree(KONDOR_SOURCE_DIR);
  return house;
}

void ExpectNone(const Findings& findings) {
  for (const Finding& finding : findings) {
    ADD_FAILURE_AT(finding.path.c_str(), static_cast<int>(finding.line)) << finding.why;
  }
}

TEST(FloorPlan, ReadsTheWholeHouse) {
  for (const std::string path : {"dev", ".ci/run", "CMakeLists.txt", "base/clock.h",
                                 "mock_server/ledger/ledger.h", "tests/base/clock_test.cc"}) {
    EXPECT_NE(std::ranges::find(House(), path, &SourceFile::path), House().end()) << path;
  }
}

TEST(FloorPlan, RoomsKnowOnlyTheirFloorAndBelow) { ExpectNone(CheckRoomIncludes(House())); }
TEST(FloorPlan, LibrariesComeInByTheirDoors) { ExpectNone(CheckThirdPartyIncludes(House())); }
TEST(FloorPlan, PublicHeadersShowOnlyStdAndOurOwn) { ExpectNone(CheckPublicHeaders(House())); }
TEST(FloorPlan, TheRoofKnowsOnlyPublicHeaders) { ExpectNone(CheckPublicFacesOnly(House())); }
TEST(FloorPlan, NamesPlaceWhatTheyName) { ExpectNone(CheckNames(House())); }
TEST(FloorPlan, NoFileIsTooLong) { ExpectNone(CheckLengths(House())); }
TEST(FloorPlan, TimeAndChanceComeInByOneDoor) { ExpectNone(CheckClocksAndChance(House())); }
TEST(FloorPlan, HeadersAreGuarded) { ExpectNone(CheckHeaderGuards(House())); }
TEST(FloorPlan, PublicHeadersPromiseWhatThreadsMayDo) { ExpectNone(CheckThreadPromises(House())); }
TEST(FloorPlan, NothingIsLeftLyingAbout) { ExpectNone(CheckLeftovers(House())); }

}  // namespace
}  // namespace kondor::floor_plan
