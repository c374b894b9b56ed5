// What a handler of the management REST gets to see, and the table it stands in (ARM1-ARM5).
// Not thread-safe: one visit, one request, one thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/api.h"
#include "mock_server/qondor/arm/arm_reply.h"
#include "mock_server/qondor/directory/text_rules.h"

namespace kondor::qondor {

struct ArmVisit {
  const Call& call;
  const World& world;
  TimePoint now;
  std::string service;           // the id of the whole service, which every entity's begins with
  std::vector<std::string> ids;  // the segments that stand at ":x", decoded, in order
  Json body;                     // an object; {} where none is needed

  Directory& directory() const { return world.tenant.directory(); }
  Edit edit() const { return {"arm", now}; }
  Duration key_spread() const { return std::chrono::milliseconds(world.settings.key_delay_ms); }
};

struct ArmRoute {
  std::string_view method;   // HEAD goes where GET goes
  std::string_view pattern;  // "/subscriptions/:id/listSecrets"; without regard to case
  enum class Body { kNone, kRequired } body;
  Answer (*handle)(const ArmVisit&);
};

std::span<const ArmRoute> ArmSubscriptionRoutes();
std::span<const ArmRoute> ArmUserRoutes();
std::span<const ArmRoute> ArmProductRoutes();  // and groups

// {"value", "count", "nextLink"} with one page of `entities` ($top, $skip).
Answer ArmList(const ArmVisit& visit, std::vector<Json> entities);

// Reads the "properties" of a body. What nobody asks for is ignored, as Azure does; null is
// absent, but for a date.
class ArmFields {
 public:
  explicit ArmFields(const Json& body);

  std::optional<std::string> Text(std::string_view name);
  std::optional<std::string> Text(std::string_view name, TextRule rule);
  // An ISO 8601 date with its time; without a zone it is UTC. As it is shown:
  // "2027-01-01T00:00:00.000Z". Null is read as an empty text: it takes a date away (RFC 7396).
  std::optional<std::string> Date(std::string_view name);
  std::optional<std::string> Key(std::string_view name);  // G9
  std::optional<bool> Flag(std::string_view name);
  // A word that `parse` knows.
  template <typename Word>
  std::optional<Word> OneOf(std::string_view name, std::optional<Word> (*parse)(std::string_view),
                            std::string_view words) {
    const std::optional<std::string> text = Text(name);
    const std::optional<Word> word = text ? parse(*text) : std::nullopt;
    if (text && !word) Fail(name, "unknown value; allowed: " + std::string(words));
    return word;
  }
  // The last segment of an id such as "/subscriptions/.../products/qondor-test" or
  // "/products/qondor-test": what follows "/products/".
  std::optional<std::string> LastOfId(std::string_view name, std::string_view collection);
  void Require(std::string_view name);
  // A fault when `text` breaks the rule; it need not stand in the body.
  void Check(std::string_view name, std::string_view text, TextRule rule);
  void Fail(std::string_view name, std::string message);

  const std::vector<FieldFault>& faults() const { return faults_; }

 private:
  const Json* Find(std::string_view name) const;
  bool IsNull(std::string_view name) const;

  const Json* properties_ = nullptr;  // null: there are none
  std::vector<FieldFault> faults_;
};

// For a change that needs If-Match: an error, or the version to insist on (none after "*").
struct Precondition {
  std::optional<Answer> refused;
  std::optional<std::uint64_t> only_version;
};
Precondition CheckPrecondition(const ArmVisit& visit, std::uint64_t version);

}  // namespace kondor::qondor
