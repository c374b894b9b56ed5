// Credentials: in their place, nowhere else, and only while they live.
#include <algorithm>
#include <array>
#include <optional>

#include "scenarios/judge/rules/rules.h"
#include "scenarios/judge/words.h"

namespace kondor::judge {
namespace {

constexpr std::array<std::string_view, 5> kNotTheOnesGiven = {
    "MISSING_CREDENTIALS", "INVALID_CREDENTIALS", "MISSING_KEY", "UNKNOWN_KEY", "WRONG_PRODUCT"};

bool IsMisplaced(const Call& call) {
  if (call.IsQondor() && call.secrets.key_parameter) return true;
  return call.outcome == Outcome::kAuthError &&
         std::ranges::find(kNotTheOnesGiven, call.code) != kNotTheOnesGiven.end();
}

std::string WhereMisplaced(const Call& call) {
  if (call.IsQondor() && call.secrets.key_parameter) {
    return "the key is in the query, where it ends up in logs; Q10 has it in a header";
  }
  std::string where;
  for (const std::string& place : call.secrets.stray) where += (where.empty() ? "" : ", ") + place;
  return call.code + (where.empty() ? "" : "; there is a secret in: " + where);
}

// Places in a call where a secret has no business; those of a misplaced one are told as that.
std::vector<std::string> Leaks(const Call& call) {
  const SecretPlaces& secrets = call.secrets;
  std::vector<std::string> leaks;
  if (!IsMisplaced(call)) {
    leaks = secrets.stray;
    leaks.insert(leaks.end(), secrets.hidden.begin(), secrets.hidden.end());
  }
  if (call.IsKondado() && secrets.key_header) {
    leaks.emplace_back("Qondor's key, at Kondado: header Ocp-Apim-Subscription-Key");
  }
  if (call.IsQondor() && secrets.token_parameter) {
    leaks.emplace_back("Kondado's token, at Qondor: parameter token");
  }
  return leaks;
}

void FindLeaksOf(const std::vector<std::string>& secrets, const std::string& where,
                 Finding& finding) {
  for (const std::string& secret : secrets) {
    ++finding.count;
    if (!finding.text.empty()) finding.text += "; ";
    finding.text.append(secret).append(" stands in ").append(where);
  }
}

}  // namespace

void FindMisplacedCredentials(const Evidence& evidence, Findings& findings) {
  Finding kondado{FindingId::kCredentialsMisplaced, "K1", {}, 0};
  Finding qondor{FindingId::kCredentialsMisplaced, "Q10", {}, 0};
  for (const Call& call : evidence.calls) {
    if (IsMisplaced(call)) (call.IsQondor() ? qondor : kondado).Show(call, WhereMisplaced(call));
  }
  kondado.text =
      Some(kondado.count, "call") + " without the credentials given, in the query as key and token";
  qondor.text = Some(qondor.count, "call") +
                " without the key given in the header Ocp-Apim-Subscription-Key alone";
  if (kondado.count > 0) findings.push_back(std::move(kondado));
  if (qondor.count > 0) findings.push_back(std::move(qondor));
}

void FindLeakedCredentials(const Evidence& evidence, Findings& findings) {
  Finding finding{FindingId::kCredentialsLeaked, "K1", {}, 0};
  for (const Call& call : evidence.calls) {
    const std::vector<std::string> leaks = Leaks(call);
    if (leaks.empty()) continue;
    std::string where;
    for (const std::string& leak : leaks) where += (where.empty() ? "" : ", ") + leak;
    finding.Show(call, "a secret stands in: " + where);
  }
  if (finding.count > 0) finding.text = Some(finding.count, "call") + " with a secret out of place";
  for (const Ending& ending : evidence.endings) {
    FindLeaksOf(ending.secrets_out, "what it said on stdout", finding);
    FindLeaksOf(ending.secrets_err, "what it said on stderr", finding);
  }
  FindLeaksOf(evidence.output.secrets_found, "KONDOR_OUTPUT", finding);
  if (finding.count > 0) findings.push_back(std::move(finding));
}

}  // namespace kondor::judge
