// Random creates, updates and deletes, beside a plain map of what there should be: whichever way
// one looks, both say the same.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <optional>
#include <set>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

struct ModelOffer {
  std::string heading;
  std::optional<std::string> reference;
  std::optional<std::string> description;
  int project = 0;
};
struct ModelProduct {
  int offer = 0;
  std::optional<std::string> reference;
};

class QondorModel : public DevBackend {
 protected:
  // One world's map, beside the backend, from an empty start.
  struct Model {
    std::map<int, ModelOffer> offers;
    std::map<int, ModelProduct> products;
    std::map<int, int> prices;  // price to product
  };

  static std::string Quoted(const std::optional<std::string>& text) {
    return text ? DumpJson(*text) : "null";
  }

  std::optional<std::string> AnyReference() {
    const int n = *rc::gen::inRange(0, 6);
    return n == 0 ? std::nullopt : std::optional("R" + std::to_string(n));
  }

  template <typename Map>
  static bool IsTaken(const Map& map, const std::optional<std::string>& reference, int but = 0) {
    for (const auto& [id, entity] : map) {
      if (reference && id != but && entity.reference == reference) return true;
    }
    return false;
  }

  template <typename Map>
  static std::optional<int> AnyOf(const Map& map) {
    if (map.empty()) return {};
    auto place = map.begin();
    std::advance(place, *rc::gen::inRange<std::size_t>(0, map.size()));
    return place->first;
  }

  void CreateOffer(Model& model) {
    ModelOffer offer{"H" + std::to_string(*rc::gen::inRange(0, 100)),
                     AnyReference(),
                     {},
                     *rc::gen::inRange(101, 106)};
    const Reply reply = Call("POST", "/Offer/v1/Offer",
                             R"({"projectId": )" + std::to_string(offer.project) +
                                 R"(, "heading": )" + Quoted(offer.heading) +
                                 R"(, "externalReference": )" + Quoted(offer.reference) + "}");
    const bool possible = offer.project < 105 && !IsTaken(model.offers, offer.reference);
    RC_ASSERT(reply.status == (possible ? 200 : 400));
    if (possible) model.offers[reply.json["id"].get<int>()] = offer;
  }

  void UpdateOffer(Model& model) {
    const auto id = AnyOf(model.offers);
    if (!id) return;
    ModelOffer changed = model.offers[*id];
    std::string body = R"({"id": )" + std::to_string(*id);
    if (*rc::gen::arbitrary<bool>()) {
      changed.reference = AnyReference();
      body += R"(, "externalReference": )" + Quoted(changed.reference);
    }
    if (*rc::gen::arbitrary<bool>()) {
      changed.description =
          *rc::gen::arbitrary<bool>() ? std::optional<std::string>("text") : std::nullopt;
      body += R"(, "description": )" + Quoted(changed.description);
    }
    const bool possible = !IsTaken(model.offers, changed.reference, *id);
    RC_ASSERT(StatusOf("PUT", "/Offer/v1/Offer", body + "}") == (possible ? 200 : 400));
    if (possible) model.offers[*id] = changed;
  }

  void DeleteOffer(Model& model) {
    const auto id = AnyOf(model.offers);
    if (!id) return;
    const auto reference = model.offers[*id].reference;
    const bool by_reference = reference && *rc::gen::arbitrary<bool>();
    Delete(by_reference
               ? "/Offer/v1/Offer/DeleteByExternalReference?externalReference=" + *reference
               : "/Offer/v1/Offer/" + std::to_string(*id));
    model.offers.erase(*id);
    std::set<int> gone;
    for (const auto& [product, of] : model.products) {
      if (of.offer == *id) gone.insert(product);
    }
    for (const int product : gone) EraseProduct(model, product);
  }

  static void EraseProduct(Model& model, int product) {
    model.products.erase(product);
    for (auto price = model.prices.begin(); price != model.prices.end();) {
      price = price->second == product ? model.prices.erase(price) : std::next(price);
    }
  }

  void CreateProduct(Model& model) {
    const auto offer = AnyOf(model.offers);
    if (!offer) return;
    const ModelProduct product{*offer, AnyReference()};
    const Reply reply = Call("POST", "/Product/v1/Product",
                             R"({"offerId": )" + std::to_string(product.offer) +
                                 R"(, "externalReference": )" + Quoted(product.reference) + "}");
    const bool possible = !IsTaken(model.products, product.reference);
    RC_ASSERT(reply.status == (possible ? 200 : 400));
    if (possible) model.products[reply.json["id"].get<int>()] = product;
  }

  void DeleteProduct(Model& model) {
    const auto id = AnyOf(model.products);
    if (!id) return;
    Delete("/Product/v1/Product/" + std::to_string(*id));
    EraseProduct(model, *id);
  }

  void AddPrice(Model& model) {
    const auto product = AnyOf(model.products);
    if (!product) return;
    const Json price = Post("/Product/v1/Product/AddPrice",
                            R"({"artNo": "100", "productId": )" + std::to_string(*product) + "}");
    model.prices[price["id"].get<int>()] = *product;
  }

  void CheckOffers(const Model& model) {
    std::map<int, std::vector<int>> of_project;
    for (const auto& [id, offer] : model.offers) {
      of_project[offer.project].push_back(id);
      const Json seen = Get("/Offer/v1/Offer/" + std::to_string(id));
      RC_ASSERT(seen["heading"] == offer.heading);
      RC_ASSERT(DumpJson(seen["description"]) == Quoted(offer.description));
      RC_ASSERT(DumpJson(seen["externalReference"]) == Quoted(offer.reference));
      if (!offer.reference) continue;
      RC_ASSERT(Get("/Offer/v1/Offer/GetByExternalReference?externalReference=" +
                    *offer.reference) == seen);
    }
    for (int project = 101; project < 105; ++project) {
      RC_ASSERT(IdsOf(Get("/Offer/v1/Offer/GetAllForProject?projectId=" +
                          std::to_string(project))) == of_project[project]);
    }
    for (int n = 1; n < 6; ++n) {
      const std::string reference = "R" + std::to_string(n);
      const bool there = IsTaken(model.offers, reference);
      RC_ASSERT(StatusOf("GET", "/Offer/v1/Offer/GetByExternalReference?externalReference=" +
                                    reference) == (there ? 200 : 404));
    }
  }

  void CheckProducts(const Model& model) {
    std::vector<int> priced, listed;
    for (const auto& [price, product] : model.prices) priced.push_back(price);
    RC_ASSERT(IdsOf(Get("/Statistics/v1/Statistics/GetOfferSales"), "priceId") == priced);
    for (int project = 101; project < 105; ++project) {
      for (const int id : IdsOf(
               Get("/Product/v1/Product/GetAllForProject?projectId=" + std::to_string(project)))) {
        listed.push_back(id);
        RC_ASSERT(model.offers.at(model.products.at(id).offer).project == project);
      }
    }
    RC_ASSERT(listed.size() == model.products.size());
    for (const auto& [id, product] : model.products) {
      std::vector<int> prices;
      for (const auto& [price, of] : model.prices) {
        if (of == id) prices.push_back(price);
      }
      RC_ASSERT(IdsOf(Get("/Product/v1/Product/" + std::to_string(id))["prices"]) == prices);
    }
  }
};

TEST_F(QondorModel, AllViewsAgreeWithAPlainMap) {
  rc::check("after any creates, updates and deletes", [&] {
    backend_.Reset();
    for (const int seeded : {101, 102, 103}) Delete("/Offer/v1/Offer/" + std::to_string(seeded));
    Model model;
    const int steps = *rc::gen::inRange(1, 40);
    for (int i = 0; i < steps; ++i) {
      switch (*rc::gen::inRange(0, 8)) {
        case 0:
        case 1:
          CreateOffer(model);
          break;
        case 2:
          UpdateOffer(model);
          break;
        case 3:
          DeleteOffer(model);
          break;
        case 4:
        case 5:
          CreateProduct(model);
          break;
        case 6:
          DeleteProduct(model);
          break;
        default:
          AddPrice(model);
      }
    }
    CheckOffers(model);
    CheckProducts(model);
    RC_ASSERT(!HasFailure());
  });
}

}  // namespace
}  // namespace kondor::qondor
