#include "mock_server/ledger/ledger.h"

#include "mock_server/ledger/books.h"

namespace kondor::ledger {

class Ledger::Impl {
 public:
  Impl(const Reading& reading, const LedgerOptions& options)
      : reading_(reading), books_(OpenBooks(reading, options)) {}

  const Reading reading_;
  const std::unique_ptr<Books> books_;
};

Ledger::Ledger(const Reading& reading, LedgerOptions options)
    : impl_(std::make_unique<Impl>(reading, options)) {}

Ledger::~Ledger() = default;

const Reading& Ledger::reading() const { return impl_->reading_; }

Decision Ledger::Decide(TimePoint now, const IpIdentity& ip, std::optional<KeyIdentity> key) {
  return impl_->books_->Decide(ToUnixMicros(now), Party::Of(impl_->reading_.scope, ip, key));
}

std::vector<CounterView> Ledger::Inspect(TimePoint now, std::optional<IpIdentity> ip,
                                         std::optional<KeyIdentity> key) const {
  std::vector<Identity> identities;
  if (ip) {
    const Party party = Party::Of(impl_->reading_.scope, *ip, key);
    identities.push_back(party.first);
    if (party.second.kind != Identity::Kind::kNone) identities.push_back(party.second);
  } else if (key && impl_->reading_.scope == Scope::kIndependent) {
    identities.push_back(Identity::Of(*key));
  }
  return impl_->books_->Inspect(now, identities);
}

std::size_t Ledger::identities() const { return impl_->books_->identities(); }
std::size_t Ledger::bytes() const { return sizeof(Impl) + impl_->books_->bytes(); }

}  // namespace kondor::ledger
