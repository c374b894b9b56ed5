#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/floor_plan/findings_at.h"
#include "tests/floor_plan/rules.h"

namespace kondor::floor_plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SourceTree Holding(const std::string& path, const std::string& text) {
  return {MakeSourceFile(path, text)};
}

TEST(ClocksAndChance, AreFoundOutsideTheirDoor) {
  for (const std::string line :
       {"std::this_thread::sleep_for(1s);", "std::this_thread::sleep_until(t);", "usleep(5);",
        "auto t = std::chrono::steady_clock::now();", "using std::chrono::system_clock;",
        "std::random_device seed;", "int n = std::rand();", "auto t = std::time(nullptr);",
        "auto t = time(NULL);", "clock_gettime(CLOCK_MONOTONIC, &t);"}) {
    EXPECT_THAT(At(CheckClocksAndChance(Holding("mock_server/a.cc", "int a;\n" + line + "\n"))),
                ElementsAre("mock_server/a.cc:2"))
        << line;
  }
}

TEST(ClocksAndChance, MayBeSpokenOf) {
  for (const std::string line :
       {"// No sleep_for here.", "Log(\"steady_clock\");", "OnTime(nullptr);", "Runtime(0);",
        "clock.Now();", "operand(1);"}) {
    EXPECT_THAT(CheckClocksAndChance(Holding("mock_server/a.cc", line)), IsEmpty()) << line;
  }
}

TEST(ClocksAndChance, ADoorIsForOneClockOnly) {
  const std::string steady = "auto t = std::chrono::steady_clock::now();\n";
  const std::string wall = "auto t = std::chrono::system_clock::now();\n";
  EXPECT_THAT(CheckClocksAndChance(Holding("base/clock.cc", steady + wall)), IsEmpty());
  EXPECT_THAT(At(CheckClocksAndChance(Holding("mock_server/http/deadline.cc", steady + wall))),
              ElementsAre("mock_server/http/deadline.cc:2"));
  EXPECT_THAT(At(CheckClocksAndChance(Holding("base/clock.cc", "sleep_for(1s);"))),
              ElementsAre("base/clock.cc:1"));
}

TEST(HeaderGuards, MustBeThere) {
  EXPECT_THAT(CheckHeaderGuards(Holding("base/a.h", "// What.\n#pragma once\n")), IsEmpty());
  EXPECT_THAT(At(CheckHeaderGuards(Holding("base/a.h", "// #pragma once\n"))),
              ElementsAre("base/a.h:1"));
  EXPECT_THAT(CheckHeaderGuards(Holding("base/a.cc", "int a;\n")), IsEmpty());
}

TEST(ThreadPromises, StandInThePublicHeadersFirstComment) {
  const std::string rest = "#pragma once\n";
  for (const std::string promise :
       {"// Thread-safe.\n", "// A plain value.\n// Not thread-safe.\n", "// Immutable.\n"}) {
    EXPECT_THAT(CheckThreadPromises(Holding("base/a.h", promise + rest)), IsEmpty()) << promise;
  }
  EXPECT_THAT(At(CheckThreadPromises(Holding("base/a.h", "// A clock.\n" + rest))),
              ElementsAre("base/a.h:1"));
  EXPECT_THAT(At(CheckThreadPromises(Holding("base/a.h", rest + "// Thread-safe.\n"))),
              ElementsAre("base/a.h:1"));
  EXPECT_THAT(CheckThreadPromises(Holding("mock_server/json/parse.h", rest)), IsEmpty());
}

TEST(Leftovers, AreFoundInAnyText) {
  // Put together, so that this file does not find itself.
  const std::string slash = "/";
  for (const std::string& text :
       {"// TO" + std::string("DO: later"), "FIX" + std::string("ME"),
        "cd " + slash + "home/anna/kondor", "(" + slash + "root/x)", "see " + slash + "work/x"}) {
    EXPECT_THAT(At(CheckLeftovers(Holding("docs/a.md", "fine\n" + text + "\n"))),
                ElementsAre("docs/a.md:2"))
        << text;
  }
  for (const std::string& text : {std::string("mastodons"), "https://example.org" + slash + "home/",
                                  "a" + slash + "work/b"}) {
    EXPECT_THAT(CheckLeftovers(Holding("docs/a.md", text)), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace kondor::floor_plan
