// No test calls anybody outside this machine: for every test of this program, and every program it
// starts, the environment forbids it.
#include <gtest/gtest.h>

#include <cstdlib>

#include "scenarios/live/target.h"

namespace kondor::live {
namespace {

class NoOutside final : public testing::Environment {
 public:
  void SetUp() override { ASSERT_EQ(setenv(kLoopbackOnly, "1", 1), 0); }
};

[[maybe_unused]] const testing::Environment* const no_outside =
    testing::AddGlobalTestEnvironment(new NoOutside);

}  // namespace
}  // namespace kondor::live
