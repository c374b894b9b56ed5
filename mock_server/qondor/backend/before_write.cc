#include "mock_server/qondor/backend/before_write.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kondor::qondor {
namespace {

const Resource& ResourceCalled(const Contract& contract, std::string_view name) {
  for (const auto& resource : contract.resources()) {
    if (resource->name == name) return *resource;
  }
  std::abort();  // api.json and this file disagree; every test of them says so
}

FieldIndex FieldOf(const Resource& resource, std::string_view name) {
  const auto field = resource.FieldNamed(name);
  if (!field) std::abort();  // as above
  return *field;
}

// The money of one price as it would be, beside what it was.
class PriceDraft {
 public:
  // `before`: nullptr when it is new; `input`: what was sent for it, if anything.
  PriceDraft(const Resource& prices, Record& record, const Record* before, const Input* input)
      : prices_(prices), record_(record), before_(before), input_(input) {}

  Scalar Get(std::string_view name) const { return record_.Get(FieldOf(prices_, name)); }
  // Whether the call says what it is to be, if only the same as before.
  bool IsNew(std::string_view name) const {
    const FieldIndex field = FieldOf(prices_, name);
    const Scalar before = before_ == nullptr ? Scalar{} : before_->Get(field);
    if (!(record_.Get(field) == before)) return true;
    if (before_ == nullptr || input_ == nullptr) return false;
    for (const Input::Item& item : input_->items) {
      if (item.field->name == name) return !item.is_null();
    }
    return false;
  }

  // Of a price with and without VAT, the one that was left out follows the one that was sent; when
  // only the article changes, the one with VAT follows.
  void FollowVat(double factor, std::string_view net_name, std::string_view gross_name) {
    const Scalar net = Get(net_name);
    const Scalar gross = Get(gross_name);
    const bool net_is_new = IsNew(net_name);
    const bool gross_is_new = IsNew(gross_name);
    const bool only_article = !net_is_new && !gross_is_new && IsNew("articleId");
    if (!net.is_null() && !gross_is_new && (net_is_new || only_article)) {
      Set(gross_name, net.AsNumber() * factor, only_article ? "ArtNo" : CauseOf(net_name));
    } else if (!gross.is_null() && !net_is_new && (gross_is_new || only_article) && factor != 0) {
      Set(net_name, gross.AsNumber() / factor, only_article ? "ArtNo" : CauseOf(gross_name));
    }
  }

  // A price in foreign money costs what that is worth. `cause`: what the call sent to that end.
  void FollowRate(double rate, std::string cause) {
    const Scalar foreign = Get("foreignInPrice");
    if (foreign.is_null()) return;
    rate_cause_ = std::move(cause);
    Set("inPriceExclVat", foreign.AsNumber() * rate, rate_cause_);
  }

  void Scale(std::string_view name, double factor) {
    const Scalar value = Get(name);
    if (!value.is_null()) Set(name, value.AsNumber() * factor, rate_cause_);
  }

  bool fits() const { return fits_; }
  // What the call sent that first made something more than a .NET decimal holds.
  const std::string& too_much() const { return too_much_; }

 private:
  const std::string& CauseOf(std::string_view name) const {
    if (name == "inPriceExclVat" && !rate_cause_.empty()) return rate_cause_;
    return prices_.fields[FieldOf(prices_, name)].pascal_name;
  }

  // To four places.
  void Set(std::string_view name, double value, const std::string& cause) {
    const FieldIndex field = FieldOf(prices_, name);
    if (!(std::abs(value) <= kDecimalMax)) {
      if (fits_) too_much_ = cause;
      fits_ = false;
      return;
    }
    const double rounded = std::abs(value) < 1e12 ? std::round(value * 10000) / 10000 : value;
    record_.Set(field, Scalar::Number(rounded));
  }

  const Resource& prices_;
  Record& record_;
  const Record* const before_;
  const Input* const input_;
  std::string rate_cause_;  // empty: it does not follow a rate
  std::string too_much_;
  bool fits_ = true;
};

// Behind a link of a record that is not, or not yet, in the store.
Seen Behind(const Store& store, const Resource& resource, const Record& record,
            std::string_view link) {
  const FieldIndex field = FieldOf(resource, link);
  const Scalar id = record.Get(field);
  return id.is_null() ? Seen{} : store.Find(*resource.fields[field].to, id.whole);
}

Scalar Of(Seen entity, std::string_view name) {
  return entity ? entity.Get(FieldOf(entity.table->resource(), name)) : Scalar{};
}

void FollowBothVats(const Store& store, const Resource& prices, const Record& record,
                    PriceDraft& draft) {
  const Scalar vat = Of(Behind(store, prices, record, "articleId"), "vatPercentage");
  if (vat.is_null()) return;
  const double factor = 1 + vat.AsNumber() / 100;
  draft.FollowVat(factor, "inPriceExclVat", "inPriceInclVat");
  draft.FollowVat(factor, "outPriceExclVat", "outPriceInclVat");
}

void SayTooMuch(const std::string& place, const std::string& name, Verdict& verdict) {
  verdict.broken.Add(place + name, "With this " + name + " a price would be more than it can be.");
}

// The currency of a price's product before the call and after it.
struct ProductMoney {
  std::int32_t product = 0;
  Scalar former, now;  // ids
  std::string name;    // what the call calls it, if it says one

  bool is_new() const { return !now.is_null() && !(now == former); }
};

ProductMoney MoneyOf(const Store& store, const Pending& price) {
  const Seen product = Behind(store, *price.resource, price.record, "productId");
  if (!product) return {};
  const FieldIndex currency = FieldOf(product.table->resource(), "offerCurrencyId");
  const Scalar former = product.Get(currency);
  ProductMoney money{product.entity->id, former, former, {}};
  for (const Pending::Elsewhere& elsewhere : price.elsewhere) {
    if (elsewhere.field != currency) continue;
    money.now = elsewhere.value;
    money.name = elsewhere.name;
  }
  return money;
}

Scalar RateOf(const Store& store, const Contract& contract, const Scalar& currency) {
  if (currency.is_null()) return {};
  return Of(store.Find(ResourceCalled(contract, "offerCurrencies"), currency.whole),
            "exchangeRate");
}

// Prices that follow a rate.
class Repricing {
 public:
  Repricing(const Store& store, const Contract& contract, Scalar rate)
      : store_(store), prices_(ResourceCalled(contract, "prices")), rate_(rate) {}

  // Prices asked for follow by as much.
  void ScaleOutPrices(double factor) { out_factor_ = factor; }

  // All of the product but for one, those of its rooms' nights, too.
  void Reprice(std::int32_t product, std::int32_t but_for) {
    store_.ForEachChild(prices_, FieldOf(prices_, "productId"), product, [&](const Entity& price) {
      if (price.id != but_for) Reprice(price);
    });
  }

  // Whether a .NET decimal holds all of it.
  bool fits() const { return fits_; }
  void MoveTo(Pending& pending) {
    for (auto& [id, record] : repriced_) {
      pending.followers.push_back({&prices_, id, std::move(record)});
    }
  }

 private:
  void Reprice(const Entity& price) {
    Record record = price.record;
    PriceDraft draft(prices_, record, &price.record, nullptr);
    if (draft.Get("foreignInPrice").is_null()) return;
    draft.FollowRate(rate_.AsNumber(), "ExchangeRate");
    FollowBothVats(store_, prices_, record, draft);
    if (out_factor_) {
      draft.Scale("outPriceExclVat", *out_factor_);
      draft.Scale("outPriceInclVat", *out_factor_);
    }
    fits_ = fits_ && draft.fits();
    repriced_.emplace_back(price.id, std::move(record));
  }

  const Store& store_;
  const Resource& prices_;
  const Scalar rate_;
  std::optional<double> out_factor_;
  std::vector<std::pair<std::int32_t, Record>> repriced_;
  bool fits_ = true;
};

void BeforePrice(const Planned& planned, Pending& price, Verdict& verdict) {
  const Resource& prices = *price.resource;
  const Seen known = planned.self == 0 ? Seen{} : planned.store.Find(prices, planned.self);
  PriceDraft draft(prices, price.record, known ? &known.entity->record : nullptr, &planned.input);
  const ProductMoney money = MoneyOf(planned.store, price);
  const Scalar rate = RateOf(planned.store, planned.contract, money.now);
  const bool in_price_sent = draft.IsNew("inPriceExclVat") || draft.IsNew("inPriceInclVat");
  const bool foreign_is_new = draft.IsNew("foreignInPrice");
  if (!rate.is_null() && !in_price_sent && (foreign_is_new || money.is_new())) {
    draft.FollowRate(rate.AsNumber(), foreign_is_new ? "ForeignInPrice" : money.name);
  }
  FollowBothVats(planned.store, prices, price.record, draft);
  if (!draft.fits()) return SayTooMuch(price.place, draft.too_much(), verdict);
  if (rate.is_null() || !money.is_new()) return;
  Repricing others(planned.store, planned.contract, rate);
  others.Reprice(money.product, planned.self);
  if (!others.fits()) return SayTooMuch({}, money.name, verdict);
  others.MoveTo(price);
}

// Another currency makes all prices of the product cost something else.
void BeforeProduct(const Planned& planned, Pending& product, Verdict& verdict) {
  if (planned.self == 0) return;  // it has no prices yet
  const FieldIndex currency = FieldOf(*product.resource, "offerCurrencyId");
  const Scalar now = product.record.Get(currency);
  if (now == planned.store.Find(*product.resource, planned.self).Get(currency)) return;
  const Scalar rate = RateOf(planned.store, planned.contract, now);
  if (rate.is_null()) return;
  Repricing prices(planned.store, planned.contract, rate);
  prices.Reprice(planned.self, 0);
  if (prices.fits()) return prices.MoveTo(product);
  std::string name = product.resource->fields[currency].pascal_name;
  for (const Pending::Sent& sent : product.sent) {
    if (sent.link == currency) name = sent.name;
  }
  SayTooMuch({}, name, verdict);
}

// UpdateOfferCurrency's flag; nobody else has it.
bool AsksForOutPrices(const Input& input) {
  return std::any_of(input.items.begin(), input.items.end(), [](const Input::Item& item) {
    return item.field->name == "recalculateOutPrices" && item.scalar.is_true();
  });
}

// A new rate makes the prices in this currency cost more or less.
void BeforeOfferCurrency(const Planned& planned, Pending& currency, Verdict& verdict) {
  if (planned.self == 0) return;  // nothing costs anything in it yet
  const FieldIndex rate = FieldOf(*currency.resource, "exchangeRate");
  const Scalar former = planned.store.Find(*currency.resource, planned.self).Get(rate);
  const Scalar now = currency.record.Get(rate);
  if (now.is_null() || now == former) return;
  Repricing prices(planned.store, planned.contract, now);
  if (AsksForOutPrices(planned.input) && !former.is_null() && former.AsNumber() != 0) {
    prices.ScaleOutPrices(now.AsNumber() / former.AsNumber());
  }
  const Resource& products = ResourceCalled(planned.contract, "products");
  planned.store.ForEachChild(products, FieldOf(products, "offerCurrencyId"), planned.self,
                             [&](const Entity& product) { prices.Reprice(product.id, 0); });
  if (!prices.fits()) return SayTooMuch({}, "ExchangeRate", verdict);
  prices.MoveTo(currency);
}

using Handler = void (*)(const Planned&, Pending&, Verdict&);
constexpr std::array<std::pair<std::string_view, Handler>, 3> kHandlers = {{
    {"price", &BeforePrice},
    {"product", &BeforeProduct},
    {"offer_currency", &BeforeOfferCurrency},
}};

// What those in a list get from where the list is: a night's prices are of its room's hotel.
void TellChildren(const Planned& planned, const Pending& parent, Pending::Children& children) {
  Entity entity;
  entity.record = parent.record;
  const Seen top{&planned.store.TableOf(*parent.resource), &entity};
  for (const Resource::Agreement& agreement : children.resource->agree) {
    const Source& source = *agreement.first;
    if (source.hops.front().link != children.link) continue;
    const Seen end = planned.store.Follow(top, {source.hops.begin() + 1, source.hops.end()});
    if (!end || source.target->op != Source::Op::kField) continue;
    for (Pending& child : children.list) {
      child.record.Set(agreement.second, end.Get(source.target->field));
    }
  }
}

}  // namespace

bool IsBeforeWrite(std::string_view name) {
  for (const auto& [known, handler] : kHandlers) {
    if (known == name) return true;
  }
  return false;
}

void BeforeWrite(const Planned& planned, Pending& pending, Verdict& verdict) {
  for (const auto& [name, handler] : kHandlers) {
    if (name == pending.resource->before_write) handler(planned, pending, verdict);
  }
  for (Pending::Children& children : pending.children) {
    TellChildren(planned, pending, children);
    const Planned new_ones{planned.store, planned.contract, planned.input, 0};
    for (Pending& child : children.list) BeforeWrite(new_ones, child, verdict);
  }
}

}  // namespace kondor::qondor
