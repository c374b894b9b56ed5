#include "scenarios/live/checks/load.h"

#include <algorithm>
#include <array>

#include "scenarios/data/object_reader.h"
#include "scenarios/judge/match.h"

namespace kondor::live {
namespace {

using scenarios::Expectation;
using scenarios::Faults;
using scenarios::Json;
using scenarios::Node;
using scenarios::ObjectReader;

template <typename T, std::size_t N>
T OneOf(const std::array<std::pair<std::string_view, T>, N>& words, const std::string& word,
        const Node& node, Faults& faults) {
  for (const auto& [name, value] : words) {
    if (name == word) return value;
  }
  faults.Add(node.place, "nobody knows '" + word + "'");
  return words.front().second;
}

Host HostOf(const std::string& word, const Node& node, Faults& faults) {
  constexpr std::array<std::pair<std::string_view, Host>, 4> hosts = {
      {{"k2", Host::kK2}, {"k1", Host::kK1}, {"hub", Host::kHub}, {"qondor", Host::kQondor}}};
  return OneOf(hosts, word, node, faults);
}

Presented WhoOf(const std::string& word, const Node& node, Faults& faults) {
  constexpr std::array<std::pair<std::string_view, Presented>, 6> all = {
      {{"ours", Presented::kOurs},
       {"missing", Presented::kMissing},
       {"unknown", Presented::kUnknown},
       {"wrong", Presented::kWrong},
       {"query", Presented::kInQuery},
       {"both", Presented::kBothPlaces}}};
  return OneOf(all, word, node, faults);
}

Expectation ReadExpectation(const Node& node, Faults& faults) {
  Expectation expect;
  ObjectReader reader(node, faults);
  std::int64_t status = 0;
  std::string body;
  if (reader.Whole("status", status, 100, 599)) expect.status = static_cast<int>(status);
  if (reader.Text("body", body)) expect.body = body;
  if (const Node* const json = reader.Find("json")) {
    scenarios::CheckMatcher(*json, faults);
    expect.json = json->ToJson();
  }
  if (const Node* const json = reader.Find("json_exactly")) {
    scenarios::CheckMatcher(*json, faults);
    expect.json_exactly = json->ToJson();
  }
  if (const Node* const headers = reader.Object("headers")) {
    for (const Node::Member& header : headers->members) {
      expect.headers.push_back({header.key, header.value.ToJson()});
    }
  }
  reader.Finish();
  return expect;
}

Part ReadQuestion(const Node& node, Faults& faults) {
  Part part;
  ObjectReader reader(node, faults);
  reader.Text("rule", part.rule);
  reader.Text("setting", part.setting);
  reader.Text("unless", part.unless);
  if (const Node* const when = reader.Find("when")) part.when = when->ToJson();
  const Node* const readings = reader.Need("readings");
  for (const Node::Member& one : readings == nullptr ? Node{}.members : readings->members) {
    part.readings.emplace_back(one.key, ReadExpectation(one.value, faults));
  }
  reader.Finish();
  return part;
}

// "GET /path?name=value".
client::Request ReadCall(const std::string& text, const Node& node, Faults& faults) {
  client::Request request;
  const std::size_t blank = text.find(' ');
  const std::string method = text.substr(0, blank);
  if (method == "POST") {
    request.method = client::Method::kPost;
  } else if (method != "GET" || blank == std::string::npos) {
    faults.Add(node.place, "a call is GET or POST, and a path");
    return request;
  }
  const std::size_t query = text.find('?');
  request.path = text.substr(blank + 1, query - blank - 1);
  if (query == std::string::npos) return request;
  const std::size_t equals = text.find('=', query);
  request.query.push_back({text.substr(query + 1, equals - query - 1), text.substr(equals + 1)});
  return request;
}

Check ReadCheck(const Node& node, Faults& faults) {
  Check check;
  ObjectReader reader(node, faults);
  std::string host, call, who = "ours";
  bool writes = false;
  reader.Need("name");
  reader.Text("name", check.name);
  if (reader.Text("host", host)) check.host = HostOf(host, node, faults);
  if (reader.Text("call", call)) check.request = ReadCall(call, node, faults);
  reader.Text("who", who);
  check.who = WhoOf(who, node, faults);
  reader.Flag("plain", check.is_plain);
  reader.Flag("refusal", check.is_refusal);
  if (reader.Flag("writes", writes) && writes) check.methods = scenarios::Methods::kWrites;
  if (const Node* const body = reader.Find("body")) {
    check.request.body = body->ToJson().dump();
    check.request.headers = {{"Content-Type", "application/json"}};
  }
  if (const Node* const example = reader.Need("example")) {
    check.example =
        example->IsText() ? example->scalar.get<std::string>() : example->ToJson().dump();
  }
  if (const Node* const rules = reader.Object("rules")) {
    for (const Node::Member& rule : rules->members) {
      check.parts.push_back({rule.key, "", {{"", ReadExpectation(rule.value, faults)}}, {}, ""});
    }
  }
  if (const Node* const questions = reader.Array("questions")) {
    for (const Node& question : questions->items) {
      check.parts.push_back(ReadQuestion(question, faults));
    }
  }
  reader.Finish();
  return check;
}

}  // namespace

Result<std::vector<Check>> LoadChecks(std::string_view text, const std::string& file) {
  const Result<Node> node = scenarios::ReadNode(text, file);
  if (!node) return Unexpected(node.error());
  Faults faults{file};
  ObjectReader reader(*node, faults);
  reader.Find("about");
  std::vector<Check> checks;
  const Node* const list = reader.Array("checks");
  for (const Node& one : list == nullptr ? Node{}.items : list->items) {
    checks.push_back(ReadCheck(one, faults));
  }
  reader.Finish();
  if (faults.none()) return checks;
  return Unexpected(ErrorKind::kInvalidArgument, faults.lines.front());
}

}  // namespace kondor::live
