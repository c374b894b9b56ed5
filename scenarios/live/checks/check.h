// One call and what its answer tells about the rules. Plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/data/scenario.h"
#include "scenarios/live/wire/lines.h"

namespace kondor::live {

// What an answer must be for a rule to hold. Of an open question, each reading's.
struct Part {
  std::string rule;
  std::string setting;  // of an open question: "kondado.auth_error"; else empty
  // The default reading first. A rule that is no question has one, without a name.
  std::vector<std::pair<std::string, scenarios::Expectation>> readings;
  std::optional<scenarios::Json> when;  // looked at only if the answer's JSON is so
  std::string unless;                   // why it is not checked otherwise
};

struct Check {
  std::string name;  // "a pipeline's status"
  Host host = Host::kK2;
  Presented who = Presented::kOurs;
  client::Request request;  // may hold {$pipeline} and the like, which have to be known
  scenarios::Methods methods = scenarios::Methods::kReadOnly;
  std::vector<Part> parts;
  std::string example;      // the documented body, for whoever compares
  bool is_plain = false;    // an ordinary success, which any call with good credentials may ask for
  bool is_refusal = false;  // what a refusal must be: nobody asks for it by itself
};

// What calls are about. Some are learnt from answers on the way.
using Ids = std::map<std::string, std::string>;  // "pipeline" -> "2040"

// `text` with its {$names} filled in; nothing when one is not known, and `missing` says which.
std::optional<std::string> Filled(std::string text, const Ids& ids, std::string* missing);
std::optional<client::Request> Filled(client::Request request, const Ids& ids,
                                      std::string* missing);
// Adds what an answer of such a check tells.
void LearnIds(const Check& check, const std::string& body, Ids& ids);

// "GET /pipelines/2040/status, without credentials".
std::string NameOf(const Check& check, const client::Request& request);

}  // namespace kondor::live
