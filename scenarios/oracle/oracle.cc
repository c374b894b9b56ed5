#include "scenarios/oracle/oracle.h"

#include <algorithm>
#include <array>

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

bool SlidingLogAdmits(const std::vector<Charge>& charges, std::int64_t t, std::int64_t window,
                      std::int64_t limit) {
  return CountWithin(charges, t - window + 1, t + 1) < limit;
}

bool FixedAlignedAdmits(const std::vector<Charge>& charges, std::int64_t t, std::int64_t window,
                        std::int64_t limit) {
  const std::int64_t begin = t / window * window;
  return CountWithin(charges, begin, begin + window) < limit;
}

using WindowAdmits = bool (*)(const std::vector<Charge>& charges, std::int64_t t,
                              std::int64_t window, std::int64_t limit);

WindowAdmits WindowOf(const std::string& name) {
  if (name == "sliding_log") return SlidingLogAdmits;
  if (name == "fixed_from_first") return FixedFromFirstAdmits;
  if (name == "fixed_aligned") return FixedAlignedAdmits;
  if (name == "sliding_counter") return SlidingCounterAdmits;
  if (name == "token_bucket") return TokenBucketAdmits;
  return GcraAdmits;
}

// What is held against an address or a key (KO4).
struct Book {
  std::string identity;
  std::vector<Charge> charges;
  std::int64_t locked_until_ms = 0;
};

// A probe asks it a million times, so its rules are words no more.
class World {
 public:
  explicit World(const LimitRules& rules)
      : limits_{{{kSecondMs, rules.per_second}, {kMinuteMs, rules.per_minute}}},
        window_(WindowOf(rules.window)),
        locks_(rules.lockout != "none"),
        locks_anew_(rules.lockout == "from_last"),
        counts_refused_(rules.refused_count != "no"),
        counts_bad_(rules.count_unauthenticated != "no"),
        by_pair_(rules.scope == "pair"),
        in_order_(rules.charge == "in_order") {}

  char Decide(const ForetoldCall& call) {
    const bool good = !call.key.empty();
    if (!good && !counts_bad_) return '!';
    if (!Admits(IdentitiesOf(call), call.at_ms)) return '-';
    return good ? '+' : '!';
  }

 private:
  struct Limit {
    std::int64_t window_ms, calls;
  };
  using Identities = std::vector<std::size_t>;  // places in books_

  Identities IdentitiesOf(const ForetoldCall& call) {
    if (call.key.empty()) return {PlaceOf(call.ip + '\n')};
    if (by_pair_) return {PlaceOf(call.ip + '\n' + call.key)};
    return {PlaceOf(call.ip + '\n'), PlaceOf('\n' + call.key)};
  }

  std::size_t PlaceOf(const std::string& identity) {
    const auto it = std::ranges::find(books_, identity, &Book::identity);
    const auto place = static_cast<std::size_t>(it - books_.begin());
    if (it == books_.end()) books_.push_back({identity, {}, 0});
    return place;
  }

  bool AdmitsAlone(const Book& book, std::int64_t t) const {
    return t >= book.locked_until_ms && std::ranges::all_of(limits_, [&](const Limit& limit) {
             return limit.calls == 0 || window_(book.charges, t, limit.window_ms, limit.calls);
           });
  }

  // The identity itself has refused: KO2.
  void LockUp(Book& book, std::int64_t t) const {
    if (!locks_ || (t < book.locked_until_ms && !locks_anew_)) return;
    book.locked_until_ms = t + kLockMs;
  }

  bool Admits(const Identities& identities, std::int64_t t) {
    Identities unpaid = identities;
    bool admitted = true;
    for (const std::size_t place : identities) {
      Book& book = books_[place];
      const bool admits = AdmitsAlone(book, t);
      if (!admits) LockUp(book, t);
      admitted = admitted && admits;
      if (!in_order_) continue;
      if (!admits) break;
      book.charges.push_back({t, false});
      std::erase(unpaid, place);
    }
    if (!admitted && !counts_refused_) return false;
    for (const std::size_t place : unpaid) books_[place].charges.push_back({t, !admitted});
    return admitted;
  }

  const std::array<Limit, 2> limits_;
  const WindowAdmits window_;
  const bool locks_, locks_anew_, counts_refused_, counts_bad_, by_pair_, in_order_;
  std::vector<Book> books_;
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

std::size_t AlikeFromStart(const LimitRules& rules, const std::vector<ForetoldCall>& calls,
                           std::string_view letters) {
  World world(rules);
  std::size_t alike = 0;
  while (alike < calls.size() && world.Decide(calls[alike]) == letters[alike]) ++alike;
  return alike;
}

}  // namespace kondor::scenarios
