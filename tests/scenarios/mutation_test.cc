// Every expectation of every scenario, made wrong in one place at a time: each must be noticed, or
// it proves nothing.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/run/play.h"
#include "tests/scenarios/small_suite.h"

namespace kondor::scenarios {
namespace {

std::vector<Json> MutantsOf(const Json& matcher);

// A copy of `whole` for each mutant of its part at `key`.
template <typename Key>
void AddMutantsOfPart(const Json& whole, const Key& key, std::vector<Json>& out) {
  for (Json& mutant : MutantsOf(whole[key])) {
    out.push_back(whole);
    out.back()[key] = std::move(mutant);
  }
}

// {"$keys": ...} and the like: what they say turned round. Alternatives are left: another may hold.
std::vector<Json> MutantsOfMatcher(const std::string& name, const Json& matcher) {
  std::vector<Json> out;
  if (name == "$any_of" || name == "$not" || name == "$contains") {
    return {name == "$not" ? matcher[name] : Json{{"$not", matcher}}};
  }
  if (name == "$each" || name == "$all_of") AddMutantsOfPart(matcher, name, out);
  if (name != "$each" && name != "$all_of") out.push_back({{"$not", matcher}});
  return out;
}

std::vector<Json> MutantsOf(const Json& matcher) {
  std::vector<Json> out;
  if (matcher.is_object() && matcher.size() == 1 && matcher.begin().key().starts_with("$")) {
    return MutantsOfMatcher(matcher.begin().key(), matcher);
  }
  if (matcher.is_object()) {
    for (auto it = matcher.begin(); it != matcher.end(); ++it) {
      AddMutantsOfPart(matcher, it.key(), out);
    }
    if (matcher.empty()) out.push_back({{"$type", "array"}});
    return out;
  }
  if (matcher.is_array()) {
    for (std::size_t i = 0; i < matcher.size(); ++i) AddMutantsOfPart(matcher, i, out);
    return out;
  }
  out.push_back("something else");
  return out;
}

// Expectations with one thing wrong each.
std::vector<Expectation> MutantsOf(const Expectation& expect) {
  std::vector<Expectation> out;
  const auto add = [&](const std::function<void(Expectation&)>& change) {
    out.push_back(expect);
    change(out.back());
  };
  if (expect.status) add([](auto& mutant) { mutant.status = 599; });
  if (expect.reason) add([](auto& mutant) { *mutant.reason += "x"; });
  if (expect.body) add([](auto& mutant) { *mutant.body += "x"; });
  if (expect.bytes) add([](auto& mutant) { ++*mutant.bytes; });
  for (std::size_t i = 0; i < expect.headers.size(); ++i) {
    const Json& value = expect.headers[i].value;
    add([&](auto& mutant) {
      mutant.headers[i].value = value.is_null() ? Json("x") : Json{{"$not", value}};
    });
  }
  const auto add_json = [&](std::optional<Json> Expectation::*part) {
    if (!(expect.*part)) return;
    for (const Json& json : MutantsOf(*(expect.*part))) {
      add([&](auto& mutant) { mutant.*part = json; });
    }
  };
  add_json(&Expectation::json);
  add_json(&Expectation::json_exactly);
  add_json(&Expectation::journal);
  add_json(&Expectation::client);
  return out;
}

// The step with one thing wrong each.
std::vector<Action> MutantsOf(const Action& action) {
  std::vector<Action> out;
  const auto add = [&](auto step) {
    for (Expectation& mutant : MutantsOf(step.expect)) {
      step.expect = std::move(mutant);
      out.push_back(step);
    }
  };
  if (const auto* call = std::get_if<CallStep>(&action)) add(*call);
  if (const auto* control = std::get_if<ControlStep>(&action)) add(*control);
  if (const auto* timeline = std::get_if<TimelineStep>(&action)) {
    const std::size_t size = timeline->expected.size();
    for (std::size_t i = 0; i < size; i += 1 + size / 12) {
      TimelineStep mutant = *timeline;
      mutant.expected[i] = mutant.expected[i] == '+' ? '-' : '+';
      out.emplace_back(mutant);
    }
  }
  return out;
}

class Mutation : public testing::TestWithParam<std::string> {};

TEST_P(Mutation, OfEachExpectationIsNoticed) {
  const Target target = Target::Make({}).value();
  Connection connection = target.NewConnection();
  std::set<std::string> seen;
  std::size_t mutants = 0;
  for (const Instance& instance : HouseSuite().instances) {
    const std::string way = instance.through == Through::kRaw ? " raw" : " through the client";
    if (instance.file != GetParam() || !seen.insert(instance.scenario + way).second) continue;
    for (std::size_t i = 0; i < instance.steps.size(); ++i) {
      for (const Action& action : MutantsOf(instance.steps[i].action)) {
        Instance wrong = instance;
        wrong.steps[i].action = action;
        const Outcome outcome = Play(wrong, target, connection, {});
        const std::string step = "step " + std::to_string(i + 1) + ": ";
        ++mutants;
        EXPECT_EQ(outcome.verdict, Verdict::kFail) << instance.scenario << " " << step;
        EXPECT_EQ(outcome.step.substr(0, step.size()), step) << instance.scenario;
        EXPECT_FALSE(outcome.curl.empty()) << instance.scenario;
      }
    }
  }
  EXPECT_TRUE(mutants > 0 || GetParam() == "kondado_limits_random");
  RecordProperty("mutants", static_cast<int>(mutants));
}

std::vector<std::string> CaseNames() {
  std::set<std::string> names;
  for (const Instance& instance : HouseSuite().instances) names.insert(instance.file);
  return {names.begin(), names.end()};
}

INSTANTIATE_TEST_SUITE_P(Of, Mutation, testing::ValuesIn(CaseNames()),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace kondor::scenarios
