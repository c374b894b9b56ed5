#include <algorithm>
#include <array>

#include "scenarios/data/load_parts.h"

namespace kondor::scenarios {
namespace {

void ReadSaves(ObjectReader& reader, Saves& out) {
  if (const Node* save = reader.Find("save")) out = LoadSaves(*save, reader.faults());
}

// A call that tells what the client makes of it can be made by the client.
void ReadClient(const Node& line, ObjectReader& reader, CallStep& step) {
  std::int64_t tries = 1;
  const bool says_tries = reader.Whole("tries", tries, 1, 20);
  step.tries = static_cast<int>(tries);
  if (!step.expect.client) {
    if (says_tries) reader.faults().Add(line.place, "'tries' are the client's: expect 'client'");
    return;
  }
  const Call& call = step.call;
  if (call.surface != Surface::kK2 && call.surface != Surface::kK1 &&
      call.surface != Surface::kHub && call.surface != Surface::kQondor) {
    reader.faults().Add(line.place, "the client speaks to k2, k1, hub and qondor");
  }
  if (call.with == "none" || call.with == "bearer") {
    reader.faults().Add(line.place, "the client makes no call without credentials");
  }
  if (call.path.find('?') != std::string::npos) {
    reader.faults().Add(line.place, "a call that the client makes has its query in 'query'");
  }
}

CallStep LoadCallStep(const Node& line, ObjectReader& reader) {
  CallStep step;
  step.call = LoadCall(line, reader);
  std::int64_t times = 1;
  reader.Whole("times", times, 1, 10'000);
  step.times = static_cast<int>(times);
  if (const Node* expect = reader.Find("expect")) {
    step.expect = LoadExpectation(*expect, reader.faults());
  } else {
    reader.faults().Add(reader.node().place, "nothing is expected of this call; add 'expect'");
  }
  ReadSaves(reader, step.save);
  ReadClient(line, reader, step);
  return step;
}

// What a control call answers is Kondor's, not a vendor's: without an expectation, it must succeed.
ControlStep LoadControlStep(const Node& line, ObjectReader& reader) {
  ControlStep step;
  const std::string text = line.IsText() ? line.scalar.get<std::string>() : "";
  const std::size_t blank = text.find(" /");
  if (blank == std::string::npos) {
    reader.faults().Add(line.place, "a control call is written \"POST /kondado/tokens\"");
    return step;
  }
  step.method = text.substr(0, blank);
  step.path = text.substr(blank + 1);
  if (const Node* body = reader.Find("body")) step.body = body->ToJson();
  if (const Node* expect = reader.Find("expect")) {
    step.expect = LoadExpectation(*expect, reader.faults());
  }
  ReadSaves(reader, step.save);
  return step;
}

AdvanceStep LoadAdvance(const Node& amount, std::int64_t unit_ms, Faults& faults) {
  const bool whole = amount.kind == Node::Kind::kScalar && amount.scalar.is_number_unsigned();
  if (!whole && !amount.IsText()) {
    faults.Add(amount.place, "time is advanced by a whole number, or by a ${name}");
  }
  return {amount.ToJson(), unit_ms};
}

Action LoadAction(std::string_view kind, const Node& value, ObjectReader& reader,
                  const Dictionary& dictionary) {
  if (kind == "call") return LoadCallStep(value, reader);
  if (kind == "control") return LoadControlStep(value, reader);
  if (kind == "advance_ms") return LoadAdvance(value, 1, reader.faults());
  if (kind == "advance_s") return LoadAdvance(value, 1000, reader.faults());
  if (kind == "settings") {
    reader.Object("settings");
    CheckSettings(value, dictionary, reader.faults());
    return SettingsStep{value.ToJson()};
  }
  const Call call = LoadCall(value, reader);
  if (kind == "timeline") return LoadTimeline(reader, call);
  return LoadRandomTimeline(reader, call);
}

std::vector<const Call*> CallsOf(const Action& action) {
  std::vector<const Call*> calls;
  const auto add = [&](const std::vector<Call>& all) {
    for (const Call& call : all) calls.push_back(&call);
  };
  if (const auto* one = std::get_if<CallStep>(&action)) return {&one->call};
  if (const auto* timeline = std::get_if<TimelineStep>(&action)) add(timeline->calls);
  if (const auto* random = std::get_if<RandomTimelineStep>(&action)) add(random->calls);
  return calls;
}

// Credentials that nobody has brought would be sent as empty ones, and refused.
void CheckWith(const Call& call, const Names& names, const Node& step, Faults& faults) {
  const auto brings = [&](std::string_view part) {
    return names.contains(call.with + std::string(part));
  };
  if (call.with == "none" || call.with == "bearer" || brings("") || brings(".key") ||
      brings(".token")) {
    return;
  }
  const Node* place = step.Find("with");
  if (place == nullptr && call.with.empty()) return;  // no call at all, which was told
  if (place == nullptr) place = step.Find("callers");
  faults.Add(place == nullptr ? step.place : place->place,
             "nothing has brought credentials called '" + call.with + "' by here");
}

const Saves* SavesOf(const Action& action) {
  if (const auto* call = std::get_if<CallStep>(&action)) return &call->save;
  if (const auto* control = std::get_if<ControlStep>(&action)) return &control->save;
  return nullptr;
}

}  // namespace

void CheckSettings(const Node& settings, const Dictionary& dictionary, Faults& faults) {
  for (const Node::Member& member : settings.members) {
    const Setting* setting = dictionary.FindSetting(member.key);
    if (setting == nullptr) {
      faults.Add(member.place, "unknown setting '" + member.key + "'");
    } else if (!setting->readings.empty() &&
               std::ranges::find(setting->readings, member.value.ToJson()) ==
                   setting->readings.end()) {
      faults.Add(member.value.place, "not a reading of " + member.key);
    }
  }
}

Step LoadStep(const Node& node, Names& names, const Dictionary& dictionary, Faults& faults) {
  constexpr std::array<std::string_view, 7> kinds = {
      "call", "control", "advance_ms", "advance_s", "settings", "timeline", "random_timeline"};
  Step step;
  step.place = node.place;
  ObjectReader reader(node, faults);
  const auto kind = std::ranges::find_if(
      kinds, [&](std::string_view name) { return node.Find(name) != nullptr; });
  if (kind == kinds.end()) {
    faults.Add(node.place,
               "a step is one of: call, control, advance_ms, advance_s, settings, timeline, "
               "random_timeline");
    return step;
  }
  std::string why;
  reader.Text("why", why);  // for the reader of the file
  const Node& value = *reader.Find(*kind);
  step.title = std::string(*kind) + " " + NameOfValue(value.ToJson());
  if (*kind == "call") step.title = NameOfValue(value.ToJson());
  step.action = LoadAction(*kind, value, reader, dictionary);
  reader.Finish();
  CheckNames(node, names, faults);
  for (const Call* call : CallsOf(step.action)) CheckWith(*call, names, node, faults);
  if (const Saves* saves = SavesOf(step.action)) {
    for (const auto& [name, from] : *saves) names.insert(name);
  }
  return step;
}

}  // namespace kondor::scenarios
