#include "scenarios/data/load.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <span>
#include <utility>

#include "scenarios/data/expand.h"
#include "scenarios/data/load_parts.h"

namespace kondor::scenarios {
namespace {

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

constexpr std::string_view kFirstInstant = "2026-01-01T00:00:00Z";

// What every sandbox brings.
const Names& NamesOfSandbox() {
  static const Names names = {"origin",
                              "authority",
                              "sandbox",
                              "user.key",
                              "user.token",
                              "via.token",
                              "production.primary",
                              "test.primary",
                              "production.secondary",
                              "test.secondary",
                              "production.id",
                              "test.id",
                              "arm"};
  return names;
}

// What the instances of one scenario have in common.
struct Draft {
  Instance common;
  std::vector<Axis> axes;
  std::vector<const Node*> rows;    // one null for none
  std::vector<std::string> labels;  // of the rows
  std::vector<Through> ways;
  const Node* steps = nullptr;
};

void ReadRules(ObjectReader& reader, const Dictionary& dictionary, Instance& out) {
  reader.Need("rules");
  const Node* list = reader.Array("rules");
  if (list == nullptr || !reader.Texts("rules", out.rules)) return;
  for (std::size_t i = 0; i < out.rules.size(); ++i) {
    const Rule* rule = dictionary.FindRule(out.rules[i]);
    if (rule == nullptr) {
      reader.faults().Add(list->items[i].place, "unknown rule '" + out.rules[i] + "'");
    } else if (!rule->uncovered.empty()) {
      reader.faults().Add(list->items[i].place,
                          out.rules[i] + " is listed as uncovered in the dictionary; mend that");
    }
  }
}

void ReadThrough(ObjectReader& reader, std::vector<Through>& out) {
  std::vector<std::string> through;
  const Node* place = reader.Find("through");
  out = {Through::kRaw};
  if (!reader.Texts("through", through)) return;
  out.clear();
  for (const std::string& way : through) {
    const Through one = way == "client" ? Through::kClient : Through::kRaw;
    if (way != "raw" && way != "client") {
      reader.faults().Add(place->place, "'through' knows: raw, client");
    } else if (std::ranges::find(out, one) != out.end()) {
      reader.faults().Add(place->place, "'" + way + "' stands twice");
    }
    out.push_back(one);
  }
}

// A raw call tells nothing of the client, and a client nothing of the reason phrase.
void LeaveOut(Through through, CallStep& step, const Node& node, Faults& faults) {
  if (!step.expect.client) return;
  if (through == Through::kClient) {
    step.expect.reason.reset();
    return;
  }
  step.expect.client.reset();
  if (step.tries > 1) {
    faults.Add(node.place, "'tries' are the client's, and this is played raw, too");
  }
  if (step.expect == Expectation{}) {
    faults.Add(node.place, "played raw, nothing is expected of this call");
  }
}

void ReadSettings(ObjectReader& reader, const Dictionary& dictionary, Reading& out) {
  const Node* settings = reader.Object("settings");
  if (settings == nullptr) return;
  CheckSettings(*settings, dictionary, reader.faults());
  for (const Node::Member& member : settings->members) {
    out.emplace_back(member.key, member.value.ToJson());
  }
}

void ReadNow(ObjectReader& reader, std::string& out) {
  static const std::regex instant(
      "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
      "([.][0-9]{1,9})?Z");
  if (!reader.Text("now", out) || std::regex_match(out, instant)) return;
  reader.faults().Add(reader.Find("now")->place,
                      "'now' takes an instant like 2026-01-01T00:00:00Z");
}

void ReadRows(ObjectReader& reader, Draft& draft) {
  draft.rows = {nullptr};
  draft.labels = {""};
  const Node* each = reader.Array("each");
  if (each == nullptr) return;
  draft.rows.clear();
  draft.labels.clear();
  std::map<std::string, int> twins;
  for (const Node& row : each->items) {
    if (row.kind != Node::Kind::kObject) reader.faults().Add(row.place, "a row is an object");
    draft.rows.push_back(&row);
    draft.labels.push_back(LabelOfRow(row));
    // What tells rows apart may be too long for a label.
    const int count = ++twins[draft.labels.back()];
    if (count > 1) draft.labels.back() += " #" + std::to_string(count);
  }
  if (each->items.empty()) reader.faults().Add(each->place, "a table without rows plays nothing");
}

Draft ReadDraft(const Node& node, const Dictionary& dictionary, Faults& faults) {
  Draft draft;
  ObjectReader reader(node, faults);
  std::string why;
  reader.Need("name");
  reader.Text("name", draft.common.scenario);
  if (std::ranges::any_of(draft.common.scenario, &IsControl)) {
    faults.Add(node.Find("name")->place, "a name is one line, without control characters");
  }
  reader.Text("why", why);
  ReadRules(reader, dictionary, draft.common);
  ReadThrough(reader, draft.ways);
  ReadSettings(reader, dictionary, draft.common.settings);
  if (const Node* axes = reader.Object("readings")) {
    draft.axes = ReadAxes(*axes, dictionary, faults);
  }
  ReadRows(reader, draft);
  bool anywhere = false;
  reader.Flag("anywhere", anywhere);
  if (anywhere) draft.common.needs = Needs::kAnyServer;
  draft.common.now = kFirstInstant;
  ReadNow(reader, draft.common.now);
  if (const Node* seed = reader.Object("seed")) draft.common.seed = seed->ToJson();
  reader.Need("steps");
  draft.steps = reader.Array("steps");
  if (draft.steps != nullptr && draft.steps->items.empty()) {
    faults.Add(draft.steps->place, "a scenario without steps proves nothing");
  }
  reader.Finish();
  return draft;
}

bool IsReadOnly(const Call& call) { return call.method == "GET" || call.method == "HEAD"; }

// What a server without a control API cannot do.
bool NeedsControl(const Step& step) {
  const auto* call = std::get_if<CallStep>(&step.action);
  return call == nullptr || call->expect.journal.has_value() || !call->call.ip.empty() ||
         call->tries > 1;
}

// Whether anything is looked at, and whether it can be played where it says.
void CheckWhole(const Instance& instance, const Node& node, Faults& faults) {
  const auto expects = [](const Step& step) {
    const auto* control = std::get_if<ControlStep>(&step.action);
    return std::holds_alternative<CallStep>(step.action) ||
           std::holds_alternative<TimelineStep>(step.action) ||
           std::holds_alternative<RandomTimelineStep>(step.action) ||
           (control != nullptr && control->expect.json.has_value());
  };
  if (std::ranges::none_of(instance.steps, expects)) {
    faults.Add(node.place, "no step of this scenario expects anything");
  }
  if (instance.needs == Needs::kAnyServer && (!instance.settings.empty() || instance.seed ||
                                              std::ranges::any_of(instance.steps, &NeedsControl))) {
    faults.Add(node.place,
               "'anywhere' is for calls alone: no settings, seed, clock, ip or journal");
  }
}

Instance MakeInstance(const Draft& draft, const Choice& choice, Through through,
                      const Dictionary& dictionary, Faults& faults) {
  Instance instance = draft.common;
  instance.through = through;
  instance.reading = *choice.reading;
  instance.settings.insert(instance.settings.end(), choice.reading->begin(), choice.reading->end());
  Names names = NamesOfSandbox();
  bool tells_of_client = false;
  for (const Node& item : draft.steps->items) {
    const Node resolved = Resolve(item, choice, faults);
    if (!faults.none()) return instance;  // what is left would only look wrong
    instance.steps.push_back(LoadStep(resolved, names, dictionary, faults));
    auto* call = std::get_if<CallStep>(&instance.steps.back().action);
    if (call == nullptr) continue;
    if (!IsReadOnly(call->call)) instance.methods = Methods::kWrites;
    tells_of_client = tells_of_client || call->expect.client.has_value();
    LeaveOut(through, *call, item, faults);
  }
  const bool by_client = std::ranges::find(draft.ways, Through::kClient) != draft.ways.end();
  if (tells_of_client && !by_client) {
    faults.Add(draft.steps->place, "'client' is expected, and 'through' does not name it");
  }
  if (by_client && !tells_of_client) {
    faults.Add(draft.steps->place, "'through' names the client, and no step expects 'client'");
  }
  return instance;
}

void AddInstances(const Node& node, const Dictionary& dictionary, const std::string& stem,
                  std::vector<Instance>& out, Faults& faults) {
  Draft draft = ReadDraft(node, dictionary, faults);
  draft.common.file = stem;
  if (draft.steps == nullptr) return;
  for (std::size_t i = 0; i < draft.rows.size(); ++i) {
    for (const Reading& reading : Combine(draft.axes)) {
      for (const Through through : draft.ways) {
        if (!faults.none()) return;  // the next reading would say the same again
        const Choice choice{&reading, &draft.axes, draft.rows[i]};
        out.push_back(MakeInstance(draft, choice, through, dictionary, faults));
        out.back().row = draft.labels[i];
        if (!faults.none()) return;
        CheckWhole(out.back(), node, faults);
      }
    }
  }
}

// `names`: of all before these.
void CheckTwins(std::span<const Instance> instances, const Node& node, std::set<std::string>& names,
                Faults& faults) {
  for (const Instance& instance : instances) {
    if (!names.insert(instance.scenario + "\n" + instance.row + "\n" + instance.ReadingName())
             .second) {
      faults.Add(node.Find("name")->place, "two scenarios or rows are called '" +
                                               instance.scenario + "' [" + instance.row + "]");
      return;
    }
  }
}

}  // namespace

Result<std::vector<Instance>> LoadCases(const CaseFile& file, const Dictionary& dictionary) {
  const Result<Node> root = ReadNode(file.text, file.name);
  if (!root) return Unexpected(root.error());
  Faults faults{file.name};
  std::vector<Instance> instances;
  ObjectReader reader(*root, faults);
  std::string about;
  reader.Need("about");
  reader.Text("about", about);
  reader.Need("scenarios");
  const Node* scenarios = reader.Array("scenarios");
  reader.Finish();
  if (scenarios != nullptr) {
    std::set<std::string> names;
    for (const Node& node : scenarios->items) {
      Faults own{file.name};
      const std::size_t first = instances.size();
      AddInstances(node, dictionary, file.name.substr(0, file.name.rfind(".json")), instances, own);
      if (own.none()) CheckTwins(std::span(instances).subspan(first), node, names, own);
      faults.lines.insert(faults.lines.end(), own.lines.begin(), own.lines.end());
    }
    if (scenarios->items.empty()) faults.Add(scenarios->place, "there is no scenario here");
  }
  if (faults.none()) return instances;
  std::string all;
  for (const std::string& line : faults.lines) all += (all.empty() ? "" : "\n") + line;
  return Unexpected(ErrorKind::kInvalidArgument, all);
}

}  // namespace kondor::scenarios
