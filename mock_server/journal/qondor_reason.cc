// The refusals of Qondor's gateway, of its backend and of the management REST in words (G1-G9,
// OUR9-OUR17).
#include <array>

#include "mock_server/journal/reason_rows.h"
#include "mock_server/sandbox/time_text.h"
#include "mock_server/secrets/redact.h"

namespace kondor {
namespace {

using secrets::RedactText;

constexpr std::string_view kKeyHeaderText = "The header Ocp-Apim-Subscription-Key ";

// "primary key of subscription production"
std::string WhoseKey(const JournalEntry& entry) {
  return entry.key + " key of subscription " + entry.subscription;
}

std::string InstantOf(const Grounds& grounds) {
  return grounds.at ? FormatIsoTime(*grounds.at) : "";
}

Reason NoRoute(const JournalEntry& entry, const Grounds& grounds) {
  if (grounds.which == "NO_ENVIRONMENT") {
    return {{"G5", "QO7"},
            "The path does not begin with an environment (Prod, Test or Dev) and go on from "
            "there."};
  }
  if (grounds.which != "WRONG_METHOD") {
    return {{"G5", "Q11"},
            "No documented operation has this path in " + std::string(grounds.where) + "."};
  }
  const std::string there = "This path is there for " + grounds.instead + " only";
  if (entry.method == "OPTIONS") {
    return {{"G5", "G10", "OUR16"},
            there + "; CORS is off, so a preflight is a wrong method like any other."};
  }
  return {{"G5"}, there + ", and the gateway takes a wrong method for an unknown path."};
}

Reason NoKey(const JournalEntry&, const Grounds& grounds) {
  if (grounds.which == "EMPTY_HEADER") {
    return {{"G1", "G4", "OUR10"},
            std::string(kKeyHeaderText) +
                "is there and empty, so the key is missing, and the query is not looked at."};
  }
  if (grounds.which == "QUERY_KEY_OFF") {
    return {{"G1", "QO4"},
            std::string(kKeyHeaderText) +
                "is not there, and a key in the query is not accepted (qondor.query_key is no)."};
  }
  return {{"G1", "G4"},
          "No key was sent, neither in the header Ocp-Apim-Subscription-Key nor in the query "
          "parameter subscription-key."};
}

Reason StrangersKey(const JournalEntry&, const Grounds& grounds) {
  if (grounds.which == "REMOVED") {
    return {{"G2", "OUR15"},
            "The key was the " + std::string(grounds.state) + " one of subscription " +
                RedactText(grounds.about) + ", which was removed at " + InstantOf(grounds) + "."};
  }
  if (grounds.which == "SEVERAL") {
    return {{"G2", "OUR10"},
            std::string(kKeyHeaderText) + "came more than once, and several keys are none."};
  }
  if (grounds.which == "NO_KEYS_SHAPE") {
    return {{"G2", "G9"},
            "What was sent does not have a key's shape, 32 lower-case hex digits of a version-4 "
            "GUID."};
  }
  return {{"G2"}, "No subscription of this sandbox has the key that was sent."};
}

Reason KeyNotYet(const JournalEntry& entry, const Grounds& grounds) {
  return {{"G2", "QO5", "OUR14"},
          "The new " + WhoseKey(entry) + " works from " + InstantOf(grounds) +
              " on; until then the one before it does."};
}

Reason RetiredKey(const JournalEntry& entry, const Grounds& grounds) {
  const std::string replaced = "This " + WhoseKey(entry) + " was replaced ";
  if (grounds.at) return {{"G2", "Q5"}, replaced + "at " + InstantOf(grounds) + "."};
  return {{"G2", "QO5", "OUR14"}, replaced + "before it began to work."};
}

Reason WrongProduct(const JournalEntry& entry, const Grounds& grounds) {
  return {{"G2", "Q4"},
          "The key is of subscription " + entry.subscription + " to " + RedactText(grounds.about) +
              ", which opens " + grounds.instead + " and not " + std::string(grounds.where) + "."};
}

Reason NotActive(const JournalEntry& entry, const Grounds& grounds) {
  return {{"G2", "G9"},
          "Subscription " + entry.subscription + " is " + std::string(grounds.state) +
              ", and only an active one lets calls through."};
}

Reason OwnerBlocked(const JournalEntry& entry, const Grounds& grounds) {
  return {{"G2", "OUR15"},
          "User " + RedactText(grounds.about) + " is blocked, and so is subscription " +
              entry.subscription + "."};
}

// "Prod has nothing that fits projectNo and officeId": another parent than the one that was named,
// too, makes an entity unknown.
Reason NothingFits(const JournalEntry&, const Grounds& grounds) {
  const std::string looked_up = grounds.about.empty() ? "the call" : RedactText(grounds.about);
  const std::string_view sent =
      grounds.about.find(" and ") == std::string::npos ? " as it was sent" : " as they were sent";
  return {{"Q14", "QO6"},
          std::string(grounds.where.empty() ? "The environment" : grounds.where) +
              " has nothing of the wanted kind that fits " + looked_up + std::string(sent) +
              " (qondor.unknown_id says how that is answered)."};
}

Reason InvalidFields(const JournalEntry&, const Grounds& grounds) {
  const std::string at = grounds.about.empty() ? "" : " at " + RedactText(grounds.about);
  return {{"Q14"},
          "The request is not valid" + at + "; the problem details in the answer say why."};
}

Reason BrokenRule(const JournalEntry&, const Grounds& grounds) {
  const std::string at = grounds.about.empty() ? "" : ", at " + RedactText(grounds.about);
  return {
      {"Q14"},
      "A rule of Qondor's forbids this" + at + "; the problem details in the answer say which."};
}

constexpr std::array kNotedRows = {
    ReasonRow{"RESOURCE_NOT_FOUND", &NoRoute},
    ReasonRow{"MISSING_KEY", &NoKey},
    ReasonRow{"UNKNOWN_KEY", &StrangersKey},
    ReasonRow{"KEY_NOT_YET_VALID", &KeyNotYet},
    ReasonRow{"REGENERATED_KEY", &RetiredKey},
    ReasonRow{"WRONG_PRODUCT", &WrongProduct},
    ReasonRow{"SUBSCRIPTION_NOT_ACTIVE", &NotActive},
    ReasonRow{"USER_BLOCKED", &OwnerBlocked},
    ReasonRow{"NOT_FOUND", &NothingFits},
    ReasonRow{"VALIDATION", &InvalidFields},
    ReasonRow{"BUSINESS_RULE", &BrokenRule},
};

// Of these the answer itself tells the particulars.
struct FixedRow {
  std::string_view code;
  std::array<std::string_view, 2> rules;
  std::string_view text;
};

constexpr std::array kFixedRows = {
    FixedRow{"INTERNAL", {"G8"}, "The backend broke down over this call."},
    FixedRow{"AuthenticationFailed",
             {"OUR17"},
             "The header Authorization is not there; any bearer token will do."},
    FixedRow{"AuthenticationFailedInvalidHeader",
             {"OUR17"},
             "The header Authorization is of another scheme than Bearer, or has no token."},
    FixedRow{"MissingApiVersionParameter",
             {"OUR17"},
             "The query parameter api-version is absent or empty; any version will do."},
    FixedRow{"InvalidResourceType", {"OUR17"}, "No resource of the management REST has this path."},
    FixedRow{"MethodNotAllowed",
             {"OUR17"},
             "The path is there with other methods; the header Allow of the answer lists them."},
    FixedRow{"InvalidRequestContent", {"ARM4"}, "The body is not a JSON object."},
    FixedRow{
        "ValidationError", {"ARM4"}, "A field is not valid; the details of the answer name it."},
    FixedRow{"ResourceNotFound", {"ARM4"}, "The directory holds nothing of this id."},
    FixedRow{"PreconditionFailed",
             {"ARM1"},
             "It has changed since the version that the header If-Match names."},
};

}  // namespace

Reason QondorReason(const JournalEntry& entry) {
  if (std::optional<Reason> noted = ReasonAmong(kNotedRows, entry)) return *std::move(noted);
  for (const FixedRow& row : kFixedRows) {
    if (row.code != entry.code) continue;
    Reason reason{{}, std::string(row.text)};
    for (const std::string_view rule : row.rules) {
      if (!rule.empty()) reason.rules.push_back(rule);
    }
    return reason;
  }
  return {{}, std::string(kSeeTheBody)};
}

}  // namespace kondor
