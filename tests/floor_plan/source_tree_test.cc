#include "tests/floor_plan/source_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

namespace kondor::floor_plan {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

// A folder of its own under the machine's temporary one, gone afterwards.
class ReadSourceTreeTest : public testing::Test {
 protected:
  ReadSourceTreeTest() {
    std::string pattern = (fs::temp_directory_path() / "floor_plan_XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~ReadSourceTreeTest() override { fs::remove_all(root_); }

  void Write(const fs::path& path, std::string_view text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  fs::path root_;
};

TEST_F(ReadSourceTreeTest, FindsWhatPeopleWriteAndSkipsTheRest) {
  Write("base/clock.h", "#pragma once\n");
  Write("dev", "#!/usr/bin/env bash\n");
  Write(".ci/run", "#!/usr/bin/env bash\n");
  Write("mock_server/build/page.ts", "");  // only the root's build/ is the compiler's
  Write("build/dev/made.cc", "");
  Write("node_modules/lit/index.js", "");
  Write(".git/hooks/pre-push", "#!/bin/sh\n");
  Write("logo.png", "\x89PNG");
  std::vector<std::string> paths;
  for (const SourceFile& file : ReadSourceTree(root_)) paths.push_back(file.path);
  EXPECT_THAT(paths, ElementsAre(".ci/run", "base/clock.h", "dev", "mock_server/build/page.ts"));
}

TEST_F(ReadSourceTreeTest, KeepsLinesAsWrittenAndAsCode) {
  Write("base/a.cc", "int a;  // why\nint b;\n");
  const SourceTree tree = ReadSourceTree(root_);
  ASSERT_EQ(tree.size(), 1U);
  EXPECT_THAT(tree[0].lines, ElementsAre("int a;  // why", "int b;"));
  EXPECT_THAT(tree[0].code, ElementsAre("int a;        ", "int b;"));
}

TEST(IncludesOf, TellsTargetBracketAndLine) {
  const auto includes = IncludesOf(MakeSourceFile("a.cc", R"x(
#include <vector>
  #  include "base/clock.h"  // the door
// #include "in/a/comment.h"
const char* text = R"(
#include "in/a/literal.h"
)";
)x"));
  ASSERT_EQ(includes.size(), 2U);
  EXPECT_EQ(includes[0].target, "vector");
  EXPECT_EQ(includes[0].bracket, Bracket::kAngle);
  EXPECT_EQ(includes[0].line, 2U);
  EXPECT_EQ(includes[1].target, "base/clock.h");
  EXPECT_EQ(includes[1].bracket, Bracket::kQuote);
  EXPECT_EQ(includes[1].line, 3U);
}

}  // namespace
}  // namespace kondor::floor_plan
