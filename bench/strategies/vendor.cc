#include "bench/strategies/vendor.h"

namespace kondor::bench {

using limiter::Answer;

constexpr Duration kVendorsHint = std::chrono::seconds(60);  // K5's text

Answer Books::Arrives(TimePoint now, std::uint32_t key) {
  constexpr ledger::IpIdentity kAddress{ledger::IpIdentity::Family::kV4, 1};
  const bool admitted = ledger_.Decide(now, kAddress, ledger::KeyIdentity{key}).admitted();
  return admitted ? Answer{} : Answer{Answer::Fate::kRefused, kVendorsHint};
}

}  // namespace kondor::bench
