#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace kondor {
namespace {

Result<int> Half(int n) {
  if (n % 2 != 0) return Unexpected(ErrorKind::kInvalidArgument, "give an even number");
  return n / 2;
}

TEST(Result, HoldsAValueOrTheReasonThereIsNone) {
  ASSERT_TRUE(Half(8));
  EXPECT_EQ(*Half(8), 4);
  const Result<int> odd = Half(7);
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_EQ(odd.error().message, "give an even number");
}

TEST(Result, MovesOutWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> made(std::make_unique<int>(3));
  std::unique_ptr<int> taken = std::move(made).value();
  EXPECT_EQ(*taken, 3);
}

TEST(Result, OfVoidIsSuccessUnlessToldOtherwise) {
  const Result<void> fine;
  EXPECT_TRUE(fine);
  const Result<void> failed = Unexpected(ErrorKind::kUnavailable, "port 1 is taken");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "port 1 is taken");
}

}  // namespace
}  // namespace kondor
