// Whom a run is about, as the environment names it: addresses, credentials, and what must never be
// shown. Thread-safe, as long as nobody changes the environment meanwhile.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "scenarios/live/probe/menu.h"
#include "scenarios/live/wire/lines.h"
#include "scenarios/run/variables.h"

namespace kondor::live {

enum class Vendor { kKondado, kQondor };

struct Target {
  Vendor vendor = Vendor::kKondado;
  std::string name;  // "kondado https://k2.kondado.com.br": what the drift file calls it
  std::map<Host, std::string> base_urls;
  std::map<Host, std::string> closed;  // hosts that cannot be called, and why
  std::string environment;             // Qondor's: "Test"
  SecondToken second = SecondToken::kNone;
  Wallet wallet;
  scenarios::Variables secrets;  // for Masked()
};

// With this set, nothing but this machine is ever called; our tests set it.
inline constexpr const char* kLoopbackOnly = "KONDOR_LOOPBACK_ONLY";

// kInvalidArgument, in one line: what is missing or wrong, and what to set.
Result<Target> TargetFromEnvironment(Vendor vendor);

}  // namespace kondor::live
