#include "mock_server/qondor/backend/plan.h"

#include <cstdlib>

namespace kondor::qondor {
namespace {

using Op = Source::Op;

const Source* MemberNamed(const Source* of, std::string_view name) {
  if (of == nullptr) return nullptr;
  for (const auto& [member, source] : of->members) {
    if (member == name) return source.get();
  }
  return nullptr;
}

}  // namespace

const Plans& Plans::Get() {
  static const Plans plans(Contract::Get());
  return plans;
}

Plans::Plans(const Contract& contract) {
  for (const Operation& operation : contract.operations()) {
    if (operation.response == nullptr) continue;
    const Plan* plan = Make(*operation.response, *operation.does.resource, nullptr);
    if (!operation.does.include.empty()) {
      auto flagged = std::make_unique<Plan>(*plan);
      std::uint32_t flag = 0;
      for (const auto& [param, name] : operation.does.include) {
        ++flag;
        for (std::size_t i = 0; i < flagged->steps.size(); ++i) {
          if (operation.response->fields[i].name == name) flagged->steps[i].flag = flag;
        }
      }
      plan = flagged_.emplace_back(std::move(flagged)).get();
    }
    of_operation_[&operation] = plan;
  }
  for (const Body* event : contract.events()) {
    for (const auto& resource : contract.resources()) {
      if (resource->name == "offers") of_event_[event->name] = Make(*event, *resource, nullptr);
    }
  }
}

const Plan& Plans::OfEvent(std::string_view topic) const { return *of_event_.find(topic)->second; }

const Plan* Plans::Make(const Body& body, const Resource& resource, const Source* members) {
  std::unique_ptr<Plan>& place = plans_[{&body, &resource, members}];
  if (place != nullptr) return place.get();
  place = std::make_unique<Plan>();
  Plan& plan = *place;
  plan.resource = &resource;
  plan.null_when_empty = members != nullptr && members->op == Op::kObject;
  for (const Field& field : body.fields) {
    Plan::Step step = StepFor(field, resource, members);
    step.lead = (plan.steps.empty() ? "{\"" : ",\"") + field.name + "\":";
    plan.steps.push_back(std::move(step));
  }
  return &plan;
}

Plan::Step Plans::StepFor(const Field& field, const Resource& resource, const Source* members) {
  Plan::Step step;
  step.is_list = field.type.is_list;
  step.source = MemberNamed(members, field.name);
  if (step.source == nullptr && !(members != nullptr && members->op == Op::kObject)) {
    step.source = resource.SourceOf(field.name);
  }
  if (step.source == nullptr) std::abort();  // a body without a source: the plan's own test says so
  if (field.type.kind != Kind::kObject) return step;
  const bool is_same = step.source->op == Op::kObject;
  const bool overrides = is_same || !step.source->members.empty();
  step.inner = Make(*field.type.body, is_same ? resource : *step.source->resource,
                    overrides ? step.source : nullptr);
  return step;
}

}  // namespace kondor::qondor
