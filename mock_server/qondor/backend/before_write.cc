#include "mock_server/qondor/backend/before_write.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

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
      Set(gross_name, net.AsNumber() * factor);
    } else if (!gross.is_null() && !net_is_new && (gross_is_new || only_article) && factor != 0) {
      Set(net_name, gross.AsNumber() / factor);
    }
  }

  // A price in foreign money costs what that is worth.
  void FollowRate(double rate) {
    const Scalar foreign = Get("foreignInPrice");
    if (!foreign.is_null()) Set("inPriceExclVat", foreign.AsNumber() * rate);
  }

  void Scale(std::string_view name, double factor) {
    const Scalar value = Get(name);
    if (!value.is_null()) Set(name, value.AsNumber() * factor);
  }

  // The first field that would be more than a .NET decimal holds; nullptr when all of them fit.
  const StoredField* too_much() const { return too_much_; }

 private:
  // To four places.
  void Set(std::string_view name, double value) {
    const FieldIndex field = FieldOf(prices_, name);
    if (!(std::abs(value) <= kDecimalMax)) {
      if (too_much_ == nullptr) too_much_ = &prices_.fields[field];
      return;
    }
    const double rounded = std::abs(value) < 1e12 ? std::round(value * 10000) / 10000 : value;
    record_.Set(field, Scalar::Number(rounded));
  }

  const Resource& prices_;
  Record& record_;
  const Record* const before_;
  const Input* const input_;
  const StoredField* too_much_ = nullptr;
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

// What the product's foreign money is worth, if the call does not say another.
Scalar RateOf(const Store& store, const Pending& price) {
  const Seen product = Behind(store, *price.resource, price.record, "productId");
  if (!product) return {};
  const Resource& products = product.table->resource();
  const FieldIndex currency = FieldOf(products, "offerCurrencyId");
  Scalar id = product.Get(currency);
  for (const Pending::Elsewhere& elsewhere : price.elsewhere) {
    if (elsewhere.field == currency) id = elsewhere.value;
  }
  return id.is_null() ? Scalar{}
                      : Of(store.Find(*products.fields[currency].to, id.whole), "exchangeRate");
}

void BeforePrice(const Planned& planned, Pending& price, Verdict& verdict) {
  const Resource& prices = *price.resource;
  const Seen known = planned.self == 0 ? Seen{} : planned.store.Find(prices, planned.self);
  PriceDraft draft(prices, price.record, known ? &known.entity->record : nullptr, &planned.input);
  const Scalar rate = RateOf(planned.store, price);
  const bool in_price_sent = draft.IsNew("inPriceExclVat") || draft.IsNew("inPriceInclVat");
  if (!rate.is_null() && !in_price_sent && draft.IsNew("foreignInPrice")) {
    draft.FollowRate(rate.AsNumber());
  }
  FollowBothVats(planned.store, prices, price.record, draft);
  if (draft.too_much() == nullptr) return;
  const std::string& name = draft.too_much()->pascal_name;
  verdict.broken.Add(price.place + name, "This " + name + " would be more than a price can be.");
}

void BeforeOfferCurrency(const Planned& planned, Pending& currency, Verdict& verdict) {
  if (planned.self == 0) return;  // nothing costs anything in it yet
  const FieldIndex rate = FieldOf(*currency.resource, "exchangeRate");
  const Scalar former = planned.store.Find(*currency.resource, planned.self).Get(rate);
  const Scalar now = currency.record.Get(rate);
  if (now.is_null() || now == former) return;
  const NewRate change{planned.self, former, now, OutPricesOf(planned.input)};
  if (Reprice(planned.store, planned.contract, change).fits) return;
  verdict.broken.Add("ExchangeRate",
                     "With this ExchangeRate a price would be more than it can be.");
}

using Handler = void (*)(const Planned&, Pending&, Verdict&);
constexpr std::array<std::pair<std::string_view, Handler>, 2> kHandlers = {{
    {"price", &BeforePrice},
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

OutPrices OutPricesOf(const Input& input) {
  for (const Input::Item& item : input.items) {
    if (item.field->name != "recalculateOutPrices") continue;
    return item.scalar.is_true() ? OutPrices::kScale : OutPrices::kStay;
  }
  return OutPrices::kStay;
}

Repriced Reprice(const Store& store, const Contract& contract, const NewRate& rate) {
  const Resource& products = ResourceCalled(contract, "products");
  const Resource& prices = ResourceCalled(contract, "prices");
  const bool scales =
      rate.out_prices == OutPrices::kScale && !rate.former.is_null() && rate.former.AsNumber() != 0;
  Repriced repriced;
  const auto reprice = [&](const Entity& price) {
    Record record = price.record;
    PriceDraft draft(prices, record, &price.record, nullptr);
    if (draft.Get("foreignInPrice").is_null()) return;
    draft.FollowRate(rate.now.AsNumber());
    FollowBothVats(store, prices, record, draft);
    if (scales) {
      const double factor = rate.now.AsNumber() / rate.former.AsNumber();
      draft.Scale("outPriceExclVat", factor);
      draft.Scale("outPriceInclVat", factor);
    }
    repriced.fits = repriced.fits && draft.too_much() == nullptr;
    repriced.prices.emplace_back(price.id, std::move(record));
  };
  store.ForEachChild(
      products, FieldOf(products, "offerCurrencyId"), rate.currency, [&](const Entity& product) {
        store.ForEachChild(prices, FieldOf(prices, "productId"), product.id, reprice);
      });
  return repriced;
}

}  // namespace kondor::qondor
