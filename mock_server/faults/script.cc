#include "mock_server/faults/script.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mock_server/faults/registry.h"
#include "mock_server/http/ascii.h"
#include "mock_server/journal/glob.h"
#include "mock_server/json/object_reader.h"

namespace kondor::faults {
namespace {

constexpr std::size_t kNameMax = 200;
constexpr std::size_t kPatternMax = 1024;
constexpr std::size_t kStepsMax = 1'000;
constexpr std::size_t kListMax = 256;
constexpr std::int64_t kTimesMax = 1'000'000'000;

constexpr std::string_view kSurfaceNames = "k2, k1, hub, qondor, arm";

std::string_view PathOf(const Call& call) { return call.path.empty() ? "/" : call.path; }

void ReadVendor(ObjectReader& reader, CallPattern& match) {
  if (reader.Text("vendor", match.vendor) && match.vendor != "kondado" &&
      match.vendor != "qondor") {
    reader.Fail("vendor", "unknown value; allowed: kondado, qondor");
  }
  std::string surface;
  if (!reader.Text("surface", surface)) return;
  match.surface = ParseHost(surface);
  if (!match.surface) {
    reader.Fail("surface", "unknown value; allowed: " + std::string(kSurfaceNames));
  } else if (!match.vendor.empty() && VendorOf(*match.surface) != match.vendor) {
    reader.Fail("surface", "is the other vendor's, so no call would fit");
  }
}

// A pattern that no call can fit is a mistake that would only show as a script left unplayed.
std::string WhyNotAPath(std::string_view pattern) {
  if (pattern.empty() || pattern.size() > kPatternMax) return "expected 1 to 1024 characters";
  if (pattern.front() != '/' && pattern.front() != '*') {
    return "begins with '/' or '*': it is compared with the whole path";
  }
  if (pattern.find_first_of("?#") != pattern.npos) return "is without the query";
  for (const Surface host : kHosts) {
    const std::string prefix = "/" + std::string(ToText(host));
    if (pattern == prefix || pattern.substr(0, prefix.size() + 1) == prefix + "/") {
      return "is the path as the vendor sees it: leave out " + prefix +
             " and write \"surface\": \"" + prefix.substr(1) + "\"";
    }
  }
  return pattern.substr(0, 2) == "/@" ? "is without the sandbox's name" : "";
}

bool IsMethodPattern(std::string_view pattern) {
  return !pattern.empty() && pattern.size() <= kPatternMax &&
         std::all_of(pattern.begin(), pattern.end(), [](char c) {
           return http::IsTokenChar(c) && !(c >= 'a' && c <= 'z');  // '*' is such a character
         });
}

void ReadChance(ObjectReader& reader, CallPattern& match) {
  const Json* chance = reader.Any("probability");
  if (chance != nullptr) {
    match.probability = chance->is_number() ? chance->get<double>() : 0;
    if (!(match.probability > 0 && match.probability <= 1)) {
      reader.Fail("probability", "expected a number over 0 and at most 1");
    }
  }
  std::int64_t seed = 0;
  if (reader.Whole("seed", seed, 0, INT64_MAX)) {
    match.seed = static_cast<std::uint64_t>(seed);
    if (chance == nullptr) reader.Fail("seed", "is of no use without probability");
  }
}

Result<CallPattern> ReadCallPattern(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  CallPattern match;
  ReadVendor(reader, match);
  if (reader.Text("path", match.path)) {
    if (const std::string why = WhyNotAPath(match.path); !why.empty()) reader.Fail("path", why);
  }
  if (reader.Text("method", match.method) && !IsMethodPattern(match.method)) {
    reader.Fail("method", "expected a method in capitals, such as POST, or '*'");
  }
  std::int64_t nth = 1;
  reader.Whole("nth", nth, 1, kTimesMax);
  match.nth = static_cast<std::uint64_t>(nth);
  ReadChance(reader, match);
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return match;
}

Result<Step> ReadStep(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  std::string name, when;
  Step step;
  const Kind* kind = nullptr;
  if (reader.Text("fault", name)) {
    kind = FindKind(name);
    if (kind == nullptr) reader.Fail("fault", "unknown kind of fault; allowed: " + KindNames());
  } else if (object.is_object() && !object.contains("fault")) {
    reader.Fail("fault", "required, but missing; one of: " + KindNames());
  }
  if (reader.Text("when", when) && when != ToText(FaultTime::kBefore) &&
      when != ToText(FaultTime::kAfterCommit)) {
    reader.Fail("when", "unknown value; allowed: before, after_commit");
  }
  std::int64_t times = 1, delay_ms = 0;
  reader.Whole("times", times, 1, kTimesMax);
  reader.Whole("delay_ms", delay_ms, 0, kMillisMax);
  if (kind != nullptr) {
    step.kind = kind->name;
    step.when = kind->usual;
    step.effect = kind->read(reader);
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  if (!when.empty()) {
    step.when = when == ToText(FaultTime::kBefore) ? FaultTime::kBefore : FaultTime::kAfterCommit;
  }
  step.times = static_cast<std::uint64_t>(times);
  step.delay = std::chrono::milliseconds(delay_ms);
  step.fields = object;
  return step;
}

Result<void> ReadSteps(const Json& list, const std::string& place, Script& script) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    Result<Step> step = ReadStep(list[i], place + "/" + std::to_string(i));
    if (!step) return Unexpected(step.error());
    script.steps.push_back(std::move(step).value());
  }
  return {};
}

}  // namespace

bool CallPattern::Fits(const Call& call) const {
  return (vendor.empty() || VendorOf(call.surface) == vendor) &&
         (!surface || *surface == call.surface) && Glob(method, call.request.method) &&
         Glob(path, PathOf(call));
}

std::uint64_t Script::times() const {
  std::uint64_t sum = 0;
  for (const Step& step : steps) sum += step.times;
  return sum;
}

Result<Script> ReadScript(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  Script script;
  if (reader.Text("name", script.name) && script.name.size() > kNameMax) {
    reader.Fail("name", "expected at most 200 characters");
  }
  const Json* match = reader.Object("match");
  reader.Require("play");
  const Json* play = reader.Array("play");
  if (play != nullptr && (play->empty() || play->size() > kStepsMax)) {
    reader.Fail("play", "expected 1 to 1000 steps");
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  script.match_fields = match == nullptr ? Json::object() : *match;
  Result<CallPattern> pattern = ReadCallPattern(script.match_fields, place + "/match");
  if (!pattern) return Unexpected(pattern.error());
  script.match = std::move(pattern).value();
  if (Result<void> read = ReadSteps(*play, place + "/play", script); !read) {
    return Unexpected(read.error());
  }
  script.bytes = DumpJson(object).size();
  return script;
}

Result<std::vector<Script>> ReadScripts(const Json& list, const std::string& place) {
  std::vector<Script> scripts;
  if (list.size() > kListMax) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      place + ": more than " + std::to_string(kListMax) + " scripts");
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    Result<Script> script = ReadScript(list[i], place + "/" + std::to_string(i));
    if (!script) return Unexpected(script.error());
    scripts.push_back(std::move(script).value());
  }
  return scripts;
}

}  // namespace kondor::faults
