#include "client/limiter/budget.h"

#include <utility>

namespace kondor::limiter {

Pass::Pass(Pass&& other) noexcept
    : budget_(std::exchange(other.budget_, nullptr)), call_(other.call_) {}

Pass& Pass::operator=(Pass&& other) noexcept {
  if (this == &other) return *this;
  Settle({Answer::Fate::kUnknown});
  budget_ = std::exchange(other.budget_, nullptr);
  call_ = other.call_;
  return *this;
}

Pass::~Pass() { Settle({Answer::Fate::kUnknown}); }

void Pass::Settle(const Answer& answer) {
  if (Budget* budget = std::exchange(budget_, nullptr)) budget->Settle(call_, answer);
}

}  // namespace kondor::limiter
