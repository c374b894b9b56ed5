#include "mock_server/faults/registry.h"

#include <array>

// One line for each kind: the function that its file ends with.
#define KONDOR_FAULT_KINDS(KIND) \
  KIND(Latency)                  \
  KIND(SlowDrip)                 \
  KIND(Reset)                    \
  KIND(EmptyReply)               \
  KIND(TruncatedBody)            \
  KIND(GarbageBody)              \
  KIND(WrongContentLength)       \
  KIND(Status)                   \
  KIND(Refuse)

namespace kondor::faults {

#define KONDOR_DECLARE(name) Kind name();
KONDOR_FAULT_KINDS(KONDOR_DECLARE)
#undef KONDOR_DECLARE

namespace {

const auto& Kinds() {
#define KONDOR_CALL(name) name(),
  static const std::array kinds = {KONDOR_FAULT_KINDS(KONDOR_CALL)};
#undef KONDOR_CALL
  return kinds;
}

}  // namespace

const Kind* FindKind(std::string_view name) {
  for (const Kind& kind : Kinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::string KindNames() {
  std::string names;
  for (const Kind& kind : Kinds()) names.append(names.empty() ? "" : ", ").append(kind.name);
  return names;
}

}  // namespace kondor::faults
