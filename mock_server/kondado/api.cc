// What all three hosts share: the limits and the credentials, in that order (K4, KO5).
#include "mock_server/kondado/api.h"

#include <optional>
#include <utility>

#include "mock_server/kondado/reply.h"

namespace kondor::kondado {
namespace {

struct Presented {
  bool missing = false;
  Caller caller;
};

// An empty credential is as good as none; of a doubled one the first counts.
const std::string* Credential(const http::Query& query, std::string_view name) {
  const std::string* value = query.First(name);
  return value == nullptr || value->empty() ? nullptr : value;
}

Presented Identify(const Call& call, const Account& account) {
  const std::string* token = Credential(call.query, "token");
  if (call.surface == Surface::kHub) {  // H1: no key
    if (token == nullptr) return {true, {}};
    return {false, account.CheckViaKondado(*token)};
  }
  const std::string* key = Credential(call.query, "key");  // K1, W1
  if (key == nullptr || token == nullptr) return {true, {}};
  return {false, account.CheckUser(*key, *token)};
}

bool IsLimited(Surface surface, LimitedHosts hosts) {  // W2
  switch (surface) {
    case Surface::kK2:
      return true;
    case Surface::kK1:
      return hosts != LimitedHosts::kK2;
    case Surface::kHub:
      return hosts == LimitedHosts::kAll;
    default:  // the other vendor's calls do not come here
      return true;
  }
}

Answer RefuseCredentials(const Call& call, const World& world, const Presented& presented) {
  const bool hub = call.surface == Surface::kHub;
  if (presented.missing) {
    Grounds grounds;
    if (hub || Credential(call.query, "key") != nullptr) {
      grounds.about = "token";
    } else if (Credential(call.query, "token") != nullptr) {
      grounds.about = "key";
    }
    return WithGrounds(Failed(Failure::kMissingCredentials, call.surface, world.settings,
                              hub ? "Send the query parameter token."
                                  : "Send the query parameters key and token."),
                       std::move(grounds));
  }
  if (presented.caller.check == TokenCheck::kInactive) {  // T6
    return Failed(Failure::kInactiveToken, call.surface, world.settings,
                  "This token is deactivated.");
  }
  Answer answer = Failed(Failure::kInvalidCredentials, call.surface, world.settings,
                         hub ? "Unknown token." : "Unknown key, or a token that is not its own.");
  if (hub) return answer;
  const std::optional<Token> token = world.account.FindToken(*Credential(call.query, "key"));
  if (!token) return answer;
  Grounds grounds;
  grounds.which = token->kind == TokenKind::kUser ? "WRONG_TOKEN" : "VIA_KONDADO";
  return WithGrounds(std::move(answer), std::move(grounds));
}

Answer AnswerAdmitted(const Call& call, const World& world, const Presented& presented,
                      TimePoint now) {
  if (presented.caller.check != TokenCheck::kGood) {
    return RefuseCredentials(call, world, presented);
  }
  switch (call.surface) {
    case Surface::kK2:
      return AnswerK2(call, world, presented.caller, now);
    case Surface::kK1:
      return AnswerK1(call, world, presented.caller);
    case Surface::kHub:
      return AnswerHub(call, world);
    default:
      return {};
  }
}

}  // namespace

Answer AnswerCall(const Call& call, const World& world) {
  const Presented presented = Identify(call, world.account);
  const bool good = presented.caller.check == TokenCheck::kGood;
  std::optional<ledger::KeyIdentity> key;
  if (good && call.surface != Surface::kHub) key = presented.caller.serial;

  std::optional<ledger::Decision> decision;
  // KO5: `no` answers bad credentials before the books are opened, so they cost nothing.
  if (IsLimited(call.surface, world.settings.limited_hosts) &&
      (good || world.settings.count_unauthenticated == Choice::kYes)) {
    decision = world.books.Decide(world.clock.Now(), call.client.Identity(), key);
  }
  const TimePoint now = decision ? decision->at : world.clock.Now();
  Answer answer = decision && !decision->admitted() ? RateLimited()
                                                    : AnswerAdmitted(call, world, presented, now);
  answer.at = now;
  answer.decision = decision;
  answer.reading = world.settings.limits;
  answer.key = key;
  return answer;
}

}  // namespace kondor::kondado
