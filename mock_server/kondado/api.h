// Kondado's three HTTP hosts as their documentation describes them. The order of checks is written
// down in docs/VENDORS.md ("Where the vendor is silent").
// Thread-safe: the functions keep no state of their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "mock_server/kondado/account.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/sandbox/exchange.h"
#include "mock_server/sandbox/settings.h"

namespace kondor::kondado {

// What a call is answered from; the parts outlive the call.
struct World {
  Account& account;
  ledger::Ledger& books;
  const KondadoSettings& settings;
  const Clock& clock;
};

Answer AnswerCall(const Call& call, const World& world);

// What k2 has, for whoever describes it: {"GET", "/pipelines/:id/status"}.
struct RouteName {
  std::string_view method;
  std::string pattern;
};
std::vector<RouteName> K2Routes();

// Each host by itself, once the limits admitted the call and its caller is known and good.
Answer AnswerK2(const Call& call, const World& world, const Caller& caller, TimePoint now);
Answer AnswerK1(const Call& call, const World& world, const Caller& caller);
Answer AnswerHub(const Call& call, const World& world);

}  // namespace kondor::kondado
