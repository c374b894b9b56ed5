// A flag whose value is nothing is found before the next word is taken for it.
#include "base/empty_flag.h"

#include <gtest/gtest.h>

namespace kondor {
namespace {

TEST(EmptyFlag, IsNamed) {
  EXPECT_EQ(FindEmptyFlag({"run", "2040", "--budget=", "--wait"}),
            "--budget is empty; give it a value or leave it out");
  EXPECT_TRUE(FindEmptyFlag({"--a=b", "--c="}));
  EXPECT_EQ(FindEmptyFlag({"--jobs", "2", "--target", "", "--rule", "K5"}),
            "--target is empty; give it a value or leave it out");
}

TEST(EmptyFlag, IsNothingElse) {
  for (const char* word : {"--wait", "--budget=x", "--query=name=", "name=", "=", "--", ""}) {
    EXPECT_FALSE(FindEmptyFlag({word})) << word;
  }
  EXPECT_FALSE(FindEmptyFlag({})) << "no words";
  EXPECT_FALSE(FindEmptyFlag({"client", "--", "curl", "--data="})) << "another program's";
  EXPECT_FALSE(FindEmptyFlag({"--wait", "--", ""})) << "another program's";
  EXPECT_FALSE(FindEmptyFlag({"--query=name=", ""})) << "its value is there";
}

}  // namespace
}  // namespace kondor
