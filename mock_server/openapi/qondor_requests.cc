#include "mock_server/openapi/qondor_requests.h"

#include <algorithm>
#include <string>

namespace kondor::openapi {
namespace {

using qondor::Action;
using qondor::Body;
using qondor::Effect;
using qondor::Field;
using qondor::FieldIndex;
using qondor::Intake;
using qondor::Link;
using qondor::Resource;
using Group = std::vector<const Field*>;

class RulesReader {
 public:
  explicit RulesReader(std::map<const Body*, RequestRules>& rules) : rules_(rules) {}

  void Read(const qondor::Operation& operation) {
    const Intake& intake = *operation.intake;
    const Effect& effect = operation.does;
    RequestRules& rules = Start(intake);
    Group found_by;
    for (const Effect::Find& find : effect.find) found_by.push_back(find.param);
    AddGroup(found_by, rules);
    for (const std::string& need : effect.needs) AddNeed(need, intake, rules);
    if (effect.action == Action::kUpdate) {
      ReadKept(intake, rules);
    } else {
      for (const std::string& need : intake.resource->needs) AddNeed(need, intake, rules);
    }
    ReadNested(intake);
  }

 private:
  RequestRules& Start(const Intake& intake) {
    RequestRules& rules = rules_[intake.body];
    rules = RequestRules();
    for (const Field& field : intake.body->fields) {
      if (field.required) rules.required.insert(&field);
    }
    return rules;
  }

  void ReadNested(const Intake& intake) {
    for (const Intake::Step& step : intake.steps) {
      if (step.nested == nullptr) continue;
      RequestRules& rules = Start(*step.nested);
      for (const std::string& need : step.nested->resource->needs) {
        AddNeed(need, *step.nested, rules);
      }
      ReadNested(*step.nested);
    }
  }

  // By what the body can name a link; what agrees with it names it, too: a product's group is of
  // its offer.
  static void AddKeys(const Link& link, const Intake& intake, Group& group) {
    for (const qondor::Key& key : link.by) {
      for (std::size_t i = 0; i < intake.steps.size(); ++i) {
        const Field& field = intake.body->fields[i];
        const bool is_key = intake.steps[i].use == Intake::Use::kLinkKey && field.name == key.name;
        if (is_key) group.push_back(&field);
      }
    }
  }

  static void AddNeed(const std::string& need, const Intake& intake, RequestRules& rules) {
    const Resource& resource = *intake.resource;
    const FieldIndex field = *resource.FieldNamed(need);
    Group group;
    AddKeys(*resource.LinkAt(field), intake, group);
    for (const auto& [source, follower] : resource.agree) {
      const Link* through =
          follower == field ? resource.LinkAt(source->hops.front().link) : nullptr;
      if (through != nullptr) AddKeys(*through, intake, group);
    }
    AddGroup(group, rules);
  }

  static void AddGroup(const Group& group, RequestRules& rules) {
    const bool is_met = std::any_of(group.begin(), group.end(), [&](const Field* field) {
      return rules.required.contains(field);
    });
    if (group.empty() || is_met) return;
    if (group.size() == 1) {
      rules.required.insert(group.front());
    } else {
      rules.groups.push_back(group);
    }
  }

  static void ReadKept(const Intake& intake, RequestRules& rules) {
    const Resource& resource = *intake.resource;
    for (std::size_t i = 0; i < intake.steps.size(); ++i) {
      const Intake::Step& step = intake.steps[i];
      const bool is_kept =
          step.use == Intake::Use::kStore && resource.fields[step.field].is_required;
      if (is_kept) rules.kept.insert(&intake.body->fields[i]);
    }
    for (const std::string& need : resource.needs) {
      Group group;
      AddKeys(*resource.LinkAt(*resource.FieldNamed(need)), intake, group);
      if (group.size() == 1) rules.kept.insert(group.front());
    }
  }

  std::map<const Body*, RequestRules>& rules_;
};

}  // namespace

std::map<const Body*, RequestRules> RulesOfRequests(const qondor::Contract& contract) {
  std::map<const Body*, RequestRules> rules;
  RulesReader reader(rules);
  for (const qondor::Operation& operation : contract.operations()) {
    if (operation.intake != nullptr) reader.Read(operation);
  }
  return rules;
}

}  // namespace kondor::openapi
