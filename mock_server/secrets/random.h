// Credentials in the vendors' documented shapes, from the system's random source.
// Thread-safe.
#pragma once

#include <string>

namespace kondor::secrets {

// A version-4 UUID with hyphens, as Kondado's keys look (K2).
std::string NewUuid();
// 64 letters and digits without hyphens, as Kondado's secrets look (K2); 381 bits of randomness.
std::string NewSecret();

// A version-4 GUID without its dashes, as Qondor's keys are (G9): 32 lower-case hex digits.
std::string NewSubscriptionKey();

}  // namespace kondor::secrets
