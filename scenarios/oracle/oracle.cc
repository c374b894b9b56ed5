#include "scenarios/oracle/oracle.h"

#include <algorithm>
#include <map>

namespace kondor::scenarios {
namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kLockMs = 60'000;

// A mark that a call has left with an identity, in both its windows.
struct Charge {
  std::int64_t at_ms;
  bool refused;  // charged although refused (KO3)
};

std::int64_t CountWithin(const std::vector<Charge>& charges, std::int64_t from, std::int64_t to) {
  return std::count_if(charges.begin(), charges.end(), [&](const Charge& charge) {
    return charge.at_ms >= from && charge.at_ms < to;
  });
}

bool FixedFromFirstAdmits(const std::vector<Charge>& charges, std::int64_t t, std::int64_t window,
                          std::int64_t limit) {
  bool open = false;
  std::int64_t start = 0, count = 0;
  for (const Charge& charge : charges) {
    if (!open || charge.at_ms >= start + window) {
      open = true;
      start = charge.at_ms;
      count = 0;
    }
    ++count;
  }
  return !open || t >= start + window || count < limit;
}

bool SlidingCounterAdmits(const std::vector<Charge>& charges, std::int64_t t, std::int64_t window,
                          std::int64_t limit) {
  const std::int64_t begin = t / window * window;
  const std::int64_t previous = CountWithin(charges, begin - window, begin);
  const std::int64_t current = CountWithin(charges, begin, begin + window);
  return previous * (window - (t - begin)) + current * window < limit * window;
}

// In units of 1/window token, so that nothing is ever rounded.
bool TokenBucketAdmits(const std::vector<Charge>& charges, std::int64_t t, std::int64_t window,
                       std::int64_t limit) {
  const std::int64_t capacity = limit * window;
  std::int64_t level = capacity, last = 0;
  for (const Charge& charge : charges) {
    if (charge.refused) continue;
    level = std::min(capacity, level + (charge.at_ms - last) * limit) - window;
    last = charge.at_ms;
  }
  return std::min(capacity, level + (t - last) * limit) >= window;
}

bool GcraAdmits(const std::vector<Charge>& charges, std::int64_t t, std::int64_t window,
                std::int64_t limit) {
  for (const Charge& charge : charges) {
    if (!charge.refused && (t - charge.at_ms) * limit < window) return false;
  }
  return true;
}

bool WindowAdmits(const std::string& kind, const std::vector<Charge>& charges, std::int64_t t,
                  std::int64_t window, std::int64_t limit) {
  if (limit == 0) return true;  // there is no such limit
  if (kind == "sliding_log") return CountWithin(charges, t - window + 1, t + 1) < limit;
  if (kind == "fixed_from_first") return FixedFromFirstAdmits(charges, t, window, limit);
  if (kind == "fixed_aligned") {
    const std::int64_t begin = t / window * window;
    return CountWithin(charges, begin, begin + window) < limit;
  }
  if (kind == "sliding_counter") return SlidingCounterAdmits(charges, t, window, limit);
  if (kind == "token_bucket") return TokenBucketAdmits(charges, t, window, limit);
  return GcraAdmits(charges, t, window, limit);
}

class World {
 public:
  explicit World(const LimitRules& rules) : rules_(rules) {}

  char Decide(const ForetoldCall& call) {
    const bool good = !call.key.empty();
    if (!good && rules_.count_unauthenticated == "no") return '!';
    if (!Admits(IdentitiesOf(call), call.at_ms)) return '-';
    return good ? '+' : '!';
  }

 private:
  std::vector<std::string> IdentitiesOf(const ForetoldCall& call) const {
    const std::string ip = "ip " + call.ip;
    if (call.key.empty()) return {ip};
    if (rules_.scope == "pair") return {ip + " key " + call.key};
    return {ip, "key " + call.key};
  }

  bool Locked(const std::string& identity, std::int64_t t) const {
    const auto lock = locked_until_.find(identity);
    return lock != locked_until_.end() && t < lock->second;
  }

  bool AdmitsAlone(const std::string& identity, std::int64_t t) {
    const std::vector<Charge>& charges = charges_[identity];
    return !Locked(identity, t) &&
           WindowAdmits(rules_.window, charges, t, kSecondMs, rules_.per_second) &&
           WindowAdmits(rules_.window, charges, t, kMinuteMs, rules_.per_minute);
  }

  // The identity itself has refused: KO2.
  void LockUp(const std::string& identity, std::int64_t t) {
    if (rules_.lockout == "none") return;
    if (Locked(identity, t) && rules_.lockout == "from_breach") return;
    locked_until_[identity] = t + kLockMs;
  }

  void ChargeTo(const std::string& identity, std::int64_t t, bool refused) {
    charges_[identity].push_back({t, refused});
  }

  bool Admits(const std::vector<std::string>& identities, std::int64_t t) {
    std::vector<std::string> unpaid = identities;
    bool admitted = true;
    for (const std::string& identity : identities) {
      const bool admits = AdmitsAlone(identity, t);
      if (!admits) LockUp(identity, t);
      admitted = admitted && admits;
      if (rules_.charge != "in_order") continue;
      if (!admits) break;
      ChargeTo(identity, t, false);
      std::erase(unpaid, identity);
    }
    if (!admitted && rules_.refused_count == "no") return false;
    for (const std::string& identity : unpaid) ChargeTo(identity, t, !admitted);
    return admitted;
  }

  const LimitRules& rules_;
  std::map<std::string, std::vector<Charge>> charges_;
  std::map<std::string, std::int64_t> locked_until_;
};

}  // namespace

LimitRules LimitRulesOf(const Reading& settings) {
  LimitRules rules;
  for (const auto& [name, value] : settings) {
    const std::string word = NameOfValue(value);
    if (name == "kondado.window") rules.window = word;
    if (name == "kondado.lockout") rules.lockout = word;
    if (name == "kondado.refused_count") rules.refused_count = word;
    if (name == "kondado.scope") rules.scope = word;
    if (name == "kondado.charge") rules.charge = word;
    if (name == "kondado.count_unauthenticated") rules.count_unauthenticated = word;
    if (name == "kondado.per_second") rules.per_second = value.get<std::int64_t>();
    if (name == "kondado.per_minute") rules.per_minute = value.get<std::int64_t>();
  }
  return rules;
}

std::string Foretell(const LimitRules& rules, const std::vector<ForetoldCall>& calls) {
  World world(rules);
  std::string letters;
  for (const ForetoldCall& call : calls) letters += world.Decide(call);
  return letters;
}

}  // namespace kondor::scenarios
