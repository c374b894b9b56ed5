#include "mock_server/qondor/backend/after_write.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>

#include "mock_server/qondor/backend/event.h"

namespace kondor::qondor {
namespace {

// One entity whose fields are read and written by name.
class Handle {
 public:
  Handle(Store& store, const Resource& resource, std::int64_t id)
      : store_(store), resource_(resource), entity_(store.TableOf(resource).Find(id)) {}

  explicit operator bool() const { return entity_ != nullptr; }
  std::int32_t id() const { return entity_->id; }
  const Resource& resource() const { return resource_; }
  Scalar Get(std::string_view name) const {
    return store_.TableOf(resource_).ValueOf(*entity_, Field(name));
  }
  void Set(std::string_view name, const Scalar& value) {
    store_.TableOf(resource_).Set(*entity_, Field(name), value);
  }
  void SetNow(std::string_view name, std::int64_t now) {
    Set(name, NowFor(resource_.fields[Field(name)], now));
  }
  // Through a link; nothing when that is open.
  Handle Behind(std::string_view link) const {
    const Scalar id = Get(link);
    return {store_, *resource_.fields[Field(link)].to, id.is_null() ? -1 : id.whole};
  }

 private:
  FieldIndex Field(std::string_view name) const {
    const auto field = resource_.FieldNamed(name);
    if (!field) std::abort();  // api.json and this file disagree; every test of them says so
    return *field;
  }

  Store& store_;
  const Resource& resource_;
  Entity* entity_;
};

Scalar Before(const Written& written, std::string_view name) {
  return written.before == nullptr ? Scalar{}
                                   : written.before->Get(*written.resource.FieldNamed(name));
}

enum OfferStatus : std::int64_t { kSent = 2, kConfirmed = 3, kDeclined = 4 };
enum ProjectStatus : std::int64_t { kPending = 1, kProjectConfirmed = 2 };

// At most one offer of a project is its main one.
void KeepOneMainOffer(const Written& written, Handle& offer, Handle& project) {
  const bool is_main = offer.Get("isMainOffer").is_true();
  const Scalar main = project.Get("mainOfferId");
  if (!is_main) {
    if (main == Scalar::Int(offer.id())) project.Set("mainOfferId", {});
    return;
  }
  if (!main.is_null() && main.whole != offer.id()) {
    Handle former(written.store, offer.resource(), main.whole);
    if (former) former.Set("isMainOffer", {});
  }
  project.Set("mainOfferId", Scalar::Int(offer.id()));
}

// Q17: an offer that becomes sent or answered is told of.
void OfferWritten(const Written& written) {
  Handle offer(written.store, written.resource, written.id);
  Handle project = offer.Behind("projectId");
  if (!project) return;
  KeepOneMainOffer(written, offer, project);
  const Scalar status = offer.Get("status");
  if (status == Before(written, "status")) return;
  if (status.whole == kSent) {
    offer.SetNow("lastSentUtc", written.now);
    offer.Set("isPublished", Scalar::Bool(true));
    if (project.Get("firstOfferSentDate").is_null()) {
      project.SetNow("firstOfferSentDate", written.now);
    }
    written.notices.push_back({kOfferSent, written.id});
  } else if (status.whole == kConfirmed || status.whole == kDeclined) {
    written.notices.push_back({kOfferAnswered, written.id});
  }
  if (status.whole == kConfirmed && project.Get("status").whole == kPending) {
    project.Set("status", Scalar::Int(kProjectConfirmed));
    project.SetNow("confirmationDate", written.now);
    project.SetNow("settingsLastEditedDate", written.now);
  }
}

// To four places, and no more than a .NET decimal holds.
double Cents(double value) {
  constexpr double kMost = 7.9e28;
  return std::abs(value) < 1e12 ? std::round(value * 10000) / 10000
                                : std::clamp(value, -kMost, kMost);
}

// Of a price with and without VAT, the one that was left out follows the one that was sent.
void FollowVat(const Written& written, Handle& price, std::string_view excluding,
               std::string_view including) {
  Handle article = price.Behind("articleId");
  const Scalar rate = article ? article.Get("vatPercentage") : Scalar{};
  if (rate.is_null()) return;
  const double factor = 1 + rate.AsNumber() / 100;
  const Scalar net = price.Get(excluding);
  const Scalar gross = price.Get(including);
  const bool net_changed = !(net == Before(written, excluding));
  const bool gross_changed = !(gross == Before(written, including));
  if (!net.is_null() && net_changed && !gross_changed) {
    price.Set(including, Scalar::Number(Cents(net.AsNumber() * factor)));
  } else if (!gross.is_null() && gross_changed && !net_changed && factor != 0) {
    price.Set(excluding, Scalar::Number(Cents(gross.AsNumber() / factor)));
  }
}

// A price in foreign money costs what that is worth.
void FollowRate(Handle& price, double rate) {
  const Scalar foreign = price.Get("foreignInPrice");
  if (foreign.is_null()) return;
  price.Set("inPriceExclVat", Scalar::Number(Cents(foreign.AsNumber() * rate)));
}

void PriceWritten(const Written& written) {
  Handle price(written.store, written.resource, written.id);
  const bool in_price_sent = !(price.Get("inPriceExclVat") == Before(written, "inPriceExclVat")) ||
                             !(price.Get("inPriceInclVat") == Before(written, "inPriceInclVat"));
  const Handle product = price.Behind("productId");
  if (product && !in_price_sent) {
    const Handle currency = product.Behind("offerCurrencyId");
    const Scalar rate = currency ? currency.Get("exchangeRate") : Scalar{};
    const bool foreign_changed =
        !(price.Get("foreignInPrice") == Before(written, "foreignInPrice"));
    if (!rate.is_null() && foreign_changed) FollowRate(price, rate.AsNumber());
  }
  FollowVat(written, price, "inPriceExclVat", "inPriceInclVat");
  FollowVat(written, price, "outPriceExclVat", "outPriceInclVat");
}

// UpdateOfferCurrency's flag; nobody else has it.
bool WantsNewOutPrices(const Written& written) {
  for (const Input::Item& item : written.input.items) {
    if (item.field->name == "recalculateOutPrices") return item.scalar.is_true();
  }
  return false;
}

void Scale(Handle& price, std::string_view name, double factor) {
  const Scalar value = price.Get(name);
  if (!value.is_null()) price.Set(name, Scalar::Number(Cents(value.AsNumber() * factor)));
}

// A new rate makes the prices in this currency cost more or less.
void OfferCurrencyWritten(const Written& written) {
  Handle currency(written.store, written.resource, written.id);
  const Scalar rate = currency.Get("exchangeRate");
  const Scalar former = Before(written, "exchangeRate");
  if (written.before == nullptr || rate.is_null() || rate == former) return;
  const bool new_out_prices =
      WantsNewOutPrices(written) && !former.is_null() && former.AsNumber() != 0;
  Store& store = written.store;
  const Resource* products = nullptr;
  const Resource* prices = nullptr;
  for (const auto& resource : written.contract.resources()) {
    if (resource->name == "products") products = resource.get();
    if (resource->name == "prices") prices = resource.get();
  }
  std::vector<std::int32_t> ids;
  store.ForEachChild(*products, *products->FieldNamed("offerCurrencyId"), written.id,
                     [&](const Entity& product) {
                       store.ForEachChild(*prices, *prices->FieldNamed("productId"), product.id,
                                          [&](const Entity& price) { ids.push_back(price.id); });
                     });
  for (const std::int32_t id : ids) {
    Handle price(store, *prices, id);
    if (price.Get("foreignInPrice").is_null()) continue;
    const Record before = store.TableOf(*prices).Find(id)->record;
    FollowRate(price, rate.AsNumber());
    FollowVat({store, written.contract, *prices, id, &before, written.input, written.now,
               written.notices},
              price, "inPriceExclVat", "inPriceInclVat");
    if (!new_out_prices) continue;
    Scale(price, "outPriceExclVat", rate.AsNumber() / former.AsNumber());
    Scale(price, "outPriceInclVat", rate.AsNumber() / former.AsNumber());
  }
}

using Handler = void (*)(const Written&);
constexpr std::array<std::pair<std::string_view, Handler>, 3> kHandlers = {{
    {"offer", &OfferWritten},
    {"price", &PriceWritten},
    {"offer_currency", &OfferCurrencyWritten},
}};

}  // namespace

bool IsAfterWrite(std::string_view name) {
  for (const auto& [known, handler] : kHandlers) {
    if (known == name) return true;
  }
  return false;
}

void AfterWrite(const Written& written) {
  for (const auto& [name, handler] : kHandlers) {
    if (name == written.resource.after_write) handler(written);
  }
}

}  // namespace kondor::qondor
