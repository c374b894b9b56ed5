// Kondado's refusals in words: credentials, routes, permissions, plans and the rest (KO6, KO7,
// KO10, OUR2).
#include <array>

#include "mock_server/journal/reason_rows.h"

namespace kondor {
namespace {

using RuleIds = std::vector<std::string_view>;

// Which open question decides a credential error's status there.
std::string_view CredentialQuestion(Surface surface) {
  return surface == Surface::kK2 ? "KO6" : "KO10";
}

// And any other failure's, with the rule of the host where that is not k2 (KO7, OUR6, OUR7).
RuleIds FailureRules(Surface surface, RuleIds on_k2) {
  if (surface == Surface::kK1) return {"W1", "OUR6"};
  if (surface == Surface::kHub) return {"H1", "OUR7"};
  on_k2.push_back("KO7");
  return on_k2;
}

Reason MissingCredentials(const JournalEntry& entry, const Grounds& grounds) {
  const std::string_view host = entry.surface == Surface::kK2   ? "K1"
                                : entry.surface == Surface::kK1 ? "W1"
                                                                : "H1";
  const std::string what =
      grounds.about.empty() ? "parameters key and token are" : "parameter " + grounds.about + " is";
  return {{host, "OUR4", CredentialQuestion(entry.surface)},
          "The query " + what + " absent or empty."};
}

Reason InvalidCredentials(const JournalEntry& entry, const Grounds& grounds) {
  const std::string_view question = CredentialQuestion(entry.surface);
  if (entry.surface == Surface::kHub) {
    return {{"H1", question}, "No Via Kondado token of this sandbox is the one that was sent."};
  }
  if (grounds.which == "VIA_KONDADO") {
    return {{"K2", "H1", question},
            "The key " + entry.key + " is a Via Kondado token's, and such a token opens hub only."};
  }
  if (grounds.which == "WRONG_TOKEN") {
    return {{"K2", "OUR4", question},
            "There is a token of the key " + entry.key +
                ", but the secret that was sent is not its own."};
  }
  return {{"K2", question}, "No token of this sandbox has the key " + entry.key + "."};
}

Reason InactiveToken(const JournalEntry& entry, const Grounds&) {
  return {{"T4", "T6", CredentialQuestion(entry.surface)},
          entry.surface == Surface::kHub
              ? "The Via Kondado token that was sent is deactivated."
              : "The token of the key " + entry.key + " is deactivated."};
}

Reason UnknownRoute(const JournalEntry& entry, const Grounds&) {
  return {FailureRules(entry.surface, {"K16"}),
          "No documented route of " + std::string(ToText(entry.surface)) + " has this path."};
}

Reason MethodNotAllowed(const JournalEntry& entry, const Grounds& grounds) {
  RuleIds rules = FailureRules(entry.surface, {});
  if (entry.surface == Surface::kK1) rules = {"W1"};
  return {std::move(rules), "This route is there for " + grounds.instead + " only."};
}

Reason PermissionDenied(const JournalEntry& entry, const Grounds& grounds) {
  return {
      {"K3", "OUR5", entry.surface == Surface::kK1 ? "W1" : "KO7"},
      "The user of the key " + entry.key + " does not have the permission " + grounds.about + "."};
}

Reason PlanNotAllowed(const JournalEntry&, const Grounds& grounds) {
  const std::string plan =
      "The account's plan is " + std::string(grounds.state) + " (kondado.plan), and ";
  if (grounds.which == "RUN") return {{"K8", "KO7"}, plan + "such a plan may not start runs."};
  return {{"K15", "KO7"}, plan + "only an enterprise one may invite guests."};
}

Reason NothingThere(const JournalEntry& entry, const Grounds&) {
  return {FailureRules(entry.surface, {}),
          "The sandbox holds nothing of the id or name that was sent."};
}

Reason BadParameters(const JournalEntry& entry, const Grounds&) {
  return {FailureRules(entry.surface, {"K15"}),
          "A parameter is absent or malformed; the message of the answer names it."};
}

Reason BadBody(const JournalEntry& entry, const Grounds&) {
  return {FailureRules(entry.surface, {"K15"}),
          "The body is not the JSON that is expected; the message of the answer says where."};
}

Reason NoRun(const JournalEntry& entry, const Grounds&) {
  const std::string_view why = entry.code == "PIPELINE_DISABLED" ? "it is disabled"
                               : entry.code == "PIPELINE_BLOCKED"
                                   ? "it was disabled after too many failed builds"
                                   : "it is queued, running or building tables";
  return {{"K7", "K10", "KO7"}, "A run of this pipeline cannot start: " + std::string(why) + "."};
}

constexpr std::array kKondadoRows = {
    ReasonRow{"MISSING_CREDENTIALS", &MissingCredentials},
    ReasonRow{"INVALID_CREDENTIALS", &InvalidCredentials},
    ReasonRow{"INACTIVE_TOKEN", &InactiveToken},
    ReasonRow{"UNKNOWN_ROUTE", &UnknownRoute},
    ReasonRow{"METHOD_NOT_ALLOWED", &MethodNotAllowed},
    ReasonRow{"PERMISSION_DENIED", &PermissionDenied},
    ReasonRow{"PLAN_NOT_ALLOWED", &PlanNotAllowed},
    ReasonRow{"NOT_FOUND", &NothingThere},
    ReasonRow{"INVALID_PARAMETERS", &BadParameters},
    ReasonRow{"INVALID_BODY", &BadBody},
    ReasonRow{"PIPELINE_DISABLED", &NoRun},
    ReasonRow{"PIPELINE_BLOCKED", &NoRun},
    ReasonRow{"PIPELINE_ALREADY_RUNNING", &NoRun},
};

}  // namespace

Reason KondadoReason(const JournalEntry& entry) {
  return ReasonAmong(kKondadoRows, entry).value_or(Reason{{}, std::string(kSeeTheBody)});
}

}  // namespace kondor
