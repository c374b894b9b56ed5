#include "mock_server/qondor/backend/render.h"

#include "mock_server/qondor/backend/json_text.h"

namespace kondor::qondor {

void Renderer::Append(std::string& out, const Plan& plan, Seen entity) {
  if (plan.null_when_empty && IsEmpty(plan, entity)) {
    out += "null";
    return;
  }
  for (const Plan::Step& step : plan.steps) {
    out += step.lead;
    if (step.flag != 0 && (step.flag > flags_.size() || !flags_[step.flag - 1])) {
      out += "null";
    } else if (step.inner == nullptr) {
      AppendScalar(out, values_.Value(*step.source, entity));
    } else {
      AppendStep(out, step, entity);
    }
  }
  out += '}';
}

void Renderer::AppendStep(std::string& out, const Plan::Step& step, Seen entity) {
  const Source& source = *step.source;
  if (source.op == Source::Op::kObject) return Append(out, *step.inner, entity);
  if (source.op == Source::Op::kLinked) {
    const Scalar id = entity.Get(source.field);
    const Seen linked = id.is_null() ? Seen{} : store_.Find(*source.resource, id.whole);
    if (step.is_list) out += '[';
    if (linked) {
      Append(out, *step.inner, linked);
    } else if (!step.is_list) {
      out += "null";
    }
    if (step.is_list) out += ']';
    return;
  }
  out += '[';
  bool first = true;
  const Table& children = store_.TableOf(*source.resource);
  store_.ForEachChild(*source.resource, source.by, entity.entity->id, [&](const Entity& child) {
    if (!first) out += ',';
    first = false;
    Append(out, *step.inner, {&children, &child});
  });
  out += ']';
}

bool Renderer::IsEmpty(const Plan& plan, Seen entity) {
  for (const Plan::Step& step : plan.steps) {
    if (step.source->op == Source::Op::kLinked) {
      if (!entity.Get(step.source->field).is_null()) return false;
    } else if (!values_.Value(*step.source, entity).is_null()) {
      return false;
    }
  }
  return true;
}

}  // namespace kondor::qondor
