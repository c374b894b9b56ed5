// Writes entities as JSON. Not thread-safe: one call's own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mock_server/qondor/backend/evaluate.h"
#include "mock_server/qondor/backend/plan.h"

namespace kondor::qondor {

class Renderer {
 public:
  Renderer(const Store& store, const Contract& contract)
      : store_(store), values_(store, contract) {}

  // Flags by which fields are shown that are not shown otherwise, by their number less one.
  void Show(std::vector<bool> flags) { flags_ = std::move(flags); }

  void Append(std::string& out, const Plan& plan, Seen entity);

 private:
  void AppendStep(std::string& out, const Plan::Step& step, Seen entity);
  bool IsEmpty(const Plan& plan, Seen entity);

  const Store& store_;
  Evaluator values_;
  std::vector<bool> flags_;
};

}  // namespace kondor::qondor
