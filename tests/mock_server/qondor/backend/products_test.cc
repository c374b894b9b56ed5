#include <gtest/gtest.h>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

class QondorProducts : public DevBackend {
 protected:
  Json Product(int id) { return Get("/Product/v1/Product/" + std::to_string(id)); }
  Json Hotel() { return Get("/AccommodationProduct/v1/AccommodationProduct/103"); }
  std::string OfferEdited() { return Get("/Offer/v1/Offer/101")["lastEditedDateUtc"]; }
};

TEST_F(QondorProducts, ShowWhatTheyAreLinkedTo) {
  const Json product = Product(kProduct);
  EXPECT_EQ(product["offerExternalReference"], "OFFER-SPRING");
  EXPECT_EQ(product["productGroupExternalReference"], "PG-CONFERENCE");
  EXPECT_EQ(product["supplierName"], "Sample Hotel");
  EXPECT_EQ(product["productCategoryName"], "Conference");
  EXPECT_EQ(product["productTypeText"], "Standard");
  EXPECT_EQ(product["isOptionalOnOffer"], false);
  EXPECT_EQ(product["offerAnswer"], nullptr);
  EXPECT_EQ(product["offerAnswerText"], nullptr);
  EXPECT_EQ(product["offerImages"][0]["fileId"], "6f1f2a5e-3f3b-4a38-9a7e-52c1a4d6b001");
  Put("/Supplier/v1/Supplier", R"({"id": 101, "name": "Renamed Hotel"})");
  EXPECT_EQ(Product(kProduct)["supplierName"], "Renamed Hotel");
  const Json coach = Product(kCoach);
  EXPECT_EQ(coach["foreignInPriceCurrency"], 978);
  EXPECT_EQ(coach["foreignInPriceCurrencyCode"], "EUR");
  EXPECT_EQ(coach["offerCurrencyExternalReference"], "OC-EUR");
}

TEST_F(QondorProducts, FollowTheirGroupToItsOffer) {
  const Json made =
      Post("/Product/v1/Product", R"({"productGroupExternalReference": "PG-KICKOFF"})");
  EXPECT_EQ(made["offerId"], 103);
  EXPECT_EQ(made["productGroupId"], 3);
}

TEST_F(QondorProducts, LoseTheirLinksToWhatIsDeleted) {
  Delete("/Supplier/v1/Supplier/101");
  EXPECT_EQ(Product(kProduct)["supplierId"], nullptr);
  EXPECT_EQ(Product(kProduct)["supplierName"], nullptr);
  Delete("/ProductGroup/v1/ProductGroup/1");
  EXPECT_EQ(Product(kProduct)["productGroupId"], nullptr);
  Delete("/Offer/v1/Offer/DeleteOfferCurrency?offerCurrencyId=1");
  EXPECT_EQ(Product(kCoach)["offerCurrencyId"], nullptr);
}

TEST_F(QondorProducts, SpecifiedFlagsSayWhetherALinkWasMeant) {
  Put("/Product/v1/Product", R"({"id": 101, "supplierSpecified": false, "supplierId": 102})");
  EXPECT_EQ(Product(kProduct)["supplierId"], 101);
  Put("/Product/v1/Product", R"({"id": 101, "supplierId": 102})");
  EXPECT_EQ(Product(kProduct)["supplierId"], 102);
  Put("/Product/v1/Product", R"({"id": 101, "name": "x"})");
  EXPECT_EQ(Product(kProduct)["supplierId"], 102);
  Put("/Product/v1/Product", R"({"id": 101, "supplierSpecified": true})");
  EXPECT_EQ(Product(kProduct)["supplierId"], nullptr);
  Put("/Product/v1/Product", R"({"id": 101, "productCategoryId": null})");
  EXPECT_EQ(Product(kProduct)["productCategoryId"], nullptr);
}

TEST_F(QondorProducts, ConfirmingOneAnswersIt) {
  Put("/Product/v1/Product/ConfirmProduct", R"({"productExternalReference": "PROD-DAY"})");
  EXPECT_EQ(Product(kProduct)["offerAnswer"], 1);
  EXPECT_EQ(Product(kProduct)["offerAnswerText"], "Yes");
}

TEST_F(QondorProducts, PricesComeWithAndWithoutVat) {
  const Json price = Post("/Product/v1/Product/AddPrice",
                          R"({"productId": 101, "artNo": "300", "inPriceExclVat": 100,
                              "outPriceInclVat": 224, "externalReference": "P"})");
  EXPECT_EQ(DumpJson(price),
            R"({"id":8,"artNo":"300","isValidFrom":"2026-03-01T12:00:00","inPriceExclVat":100,)"
            R"("inPriceInclVat":112,"outPriceExclVat":200,"outPriceInclVat":224,)"
            R"("foreignInPrice":null,"vatPercentage":12,"vatPercentageFee":25})");
  Put("/Product/v1/Product/UpdatePrice", R"({"externalReference": "P", "outPriceExclVat": 300})");
  const Json prices = Product(kProduct)["prices"];
  EXPECT_EQ(prices[2]["outPriceInclVat"], 336);
  EXPECT_EQ(prices[2]["inPriceInclVat"], 112);
  Delete("/Product/v1/Product/DeletePrice?externalReference=P&productExternalReference=PROD-DAY");
  EXPECT_EQ(IdsOf(Product(kProduct)["prices"]), (std::vector<int>{1, 2}));
}

TEST_F(QondorProducts, BothPricesMayBeSent) {
  const Json price = Post("/Product/v1/Product/AddPrice",
                          R"({"productId": 101, "artNo": "100", "outPriceExclVat": 1,
                              "outPriceInclVat": 7})");
  EXPECT_EQ(price["outPriceExclVat"], 1);
  EXPECT_EQ(price["outPriceInclVat"], 7);
}

TEST_F(QondorProducts, ForeignPricesFollowTheRate) {
  const Json price = Post("/Product/v1/Product/AddPrice",
                          R"({"productId": 101, "artNo": "400", "foreignInPrice": 10,
                              "outPriceExclVat": 200,
                              "foreignInPriceOfferCurrencyExternalReference": "OC-EUR"})");
  EXPECT_EQ(price["inPriceExclVat"], 115);
  EXPECT_EQ(Product(kProduct)["offerCurrencyId"], 1);
  Put("/Offer/v1/Offer/UpdateOfferCurrency", R"({"id": 1, "exchangeRate": 23})");
  Json now = Product(kProduct)["prices"][2];
  EXPECT_EQ(now["inPriceExclVat"], 230);
  EXPECT_EQ(now["outPriceExclVat"], 200);
  Put("/Offer/v1/Offer/UpdateOfferCurrency",
      R"({"id": 1, "exchangeRate": 11.5, "recalculateOutPrices": true})");
  now = Product(kProduct)["prices"][2];
  EXPECT_EQ(now["inPriceExclVat"], 115);
  EXPECT_EQ(now["outPriceExclVat"], 100);
}

TEST_F(QondorProducts, AnyChangeBelowAnOfferIsItsLatestChange) {
  const std::vector<std::string> changes = {
      R"(/Product/v1/Product {"id": 101, "name": "x"})",
      R"(/Product/v1/Product/UpdatePrice {"id": 1, "inPriceExclVat": 1})",
      R"(/ProductGroup/v1/ProductGroup {"id": 1, "name": "x"})",
      R"(/AccommodationProduct/v1/AccommodationRoomProduct {"id": 1, "name": "x"})",
      R"(/AccommodationProduct/v1/AccommodationRoomNightProduct {"id": 1, "numberOfRooms": 1})",
      R"(/Offer/v1/Offer/UpdateOfferCurrency {"id": 1, "exchangeRate": 1})"};
  for (const std::string& change : changes) {
    now_ += std::chrono::seconds(1);
    const std::string before = OfferEdited();
    const std::size_t blank = change.find(' ');
    Put(change.substr(0, blank), change.substr(blank + 1));
    EXPECT_GT(OfferEdited(), before) << change;
  }
  now_ += std::chrono::seconds(1);
  const std::string before = OfferEdited();
  Delete("/Product/v1/Product/DeletePrice?id=1");
  EXPECT_GT(OfferEdited(), before);
}

TEST_F(QondorProducts, TicketsAreAttachedAndDetached) {
  const std::string list = "/Product/v1/Product/GetTicketsForTransportProduct?transportProductId=";
  EXPECT_EQ(IdsOf(Get(list + "102")), (std::vector<int>{1, 2}));
  const Json ticket = Post("/Product/v1/Product/AttachTicketToTransportProduct",
                           R"({"transportProductExternalReference": "PROD-DAY",
                               "ticketExternalReference": "TICKET-3"})");
  EXPECT_EQ(ticket["transportProductId"], 101);
  EXPECT_EQ(ticket["projectProjectNo"], "101");
  EXPECT_EQ(ticket["tripModeText"], "Return");
  EXPECT_EQ(ticket["flightClassText"], "Economy");
  EXPECT_EQ(IdsOf(Get(list + "101")), (std::vector<int>{3}));
  EXPECT_EQ(StatusOf("DELETE",
                     "/Product/v1/Product/DetachTicketFromTransportProduct"
                     "?ticketId=3&transportProductId=102"),
            404);
  Delete(
      "/Product/v1/Product/DetachTicketFromTransportProduct?ticketExternalReference=TICKET-3"
      "&transportProductExternalReference=PROD-DAY");
  EXPECT_EQ(Get(list + "101"), Json::array());
  Delete("/Product/v1/Product/102");
  EXPECT_EQ(Post("/Product/v1/Product/AttachTicketToTransportProduct",
                 R"({"transportProductId": 101, "ticketId": 1})")["transportProductId"],
            101);
}

TEST_F(QondorProducts, GroupsHaveOtherNamesInAnswers) {
  const Json made = Post("/ProductGroup/v1/ProductGroup", R"({"offerId": 101, "name": "N",
      "introduction": "I", "mustSelectAllProducts": true, "hidePriceTable": true,
      "showTotalPriceForGroup": true, "nameOnInvoice": "V", "offerDesignTemplate": 8})");
  EXPECT_EQ(DumpJson(made),
            R"({"id":4,"externalReference":null,"offerProjectId":101,"offerId":101,"position":3,)"
            R"("heading":"N","intro":"I","description":null,"offerDesignTemplate":8,)"
            R"("offerDesignTemplateText":"Slider","hideAllProducts":false,)"
            R"("allProductsAreRequired":true,"hideProductPrices":false,"showPackagePrice":true,)"
            R"("showTotalPricePerPerson":false,"numberOfPersonsInTotalPrice":null,)"
            R"("hidePriceTableOnOffer":true,"customTotalRowText":null,"invoiceText":"V",)"
            R"("hideFeedbackOnOffer":false})");
}

TEST_F(QondorProducts, AnAccommodationIsAProductToo) {
  const Json made = Post("/AccommodationProduct/v1/AccommodationProduct",
                         R"({"offerId": 101, "name": "Inn", "externalReference": "INN"})");
  const int id = made["id"];
  EXPECT_EQ(Product(id)["productTypeText"], "Accommodation");
  EXPECT_EQ(
      IdsOf(Get("/AccommodationProduct/v1/AccommodationProduct/GetAllForProject?projectNo=101")),
      (std::vector<int>{103, id}));
  EXPECT_EQ(IdsOf(Get("/Product/v1/Product/GetAllForProject?projectId=101")),
            (std::vector<int>{101, 102, 103, id}));
  EXPECT_EQ(StatusOf("DELETE", "/AccommodationProduct/v1/AccommodationProduct/101"), 404);
}

TEST_F(QondorProducts, RoomsAndNightsLiveUnderTheirHotel) {
  const Json room = Post("/AccommodationProduct/v1/AccommodationRoomProduct",
                         R"({"accommodationProductExternalReference": "PROD-HOTEL", "name": "Suite",
                             "externalReference": "SUITE", "billingModel": 2})");
  EXPECT_EQ(room["position"], 3);
  EXPECT_EQ(room["billingModelText"], "Commission");
  const Json night = Post("/AccommodationProduct/v1/AccommodationRoomNightProduct",
                          R"({"roomExternalReference": "SUITE", "checkInDate": "2026-04-14",
                              "prices": [{"artNo": "300", "outPriceExclVat": 1000},
                                         {"artNo": "400", "outPriceExclVat": 10}]})");
  EXPECT_EQ(night["date"], "2026-04-14T00:00:00");
  EXPECT_EQ(night["prices"][0]["outPriceInclVat"], 1120);
  EXPECT_EQ(Hotel()["rooms"][2]["nights"][0], night);
  EXPECT_EQ(Product(kHotel)["prices"].size(), 5U);
  Put("/AccommodationProduct/v1/AccommodationRoomNightProduct",
      R"({"id": )" + std::to_string(night["id"].get<int>()) +
          R"(, "prices": [{"artNo": "100", "outPriceExclVat": 8}]})");
  EXPECT_EQ(Hotel()["rooms"][2]["nights"][0]["prices"].size(), 1U);
  Delete(
      "/AccommodationProduct/v1/AccommodationRoomProduct?externalReference=SUITE"
      "&accommodationExternalReference=PROD-HOTEL");
  EXPECT_EQ(Hotel()["rooms"].size(), 2U);
  EXPECT_EQ(Product(kHotel)["prices"].size(), 3U);
}

TEST_F(QondorProducts, SalesTellOfEveryPrice) {
  const Json sales = Get("/Statistics/v1/Statistics/GetOfferSales?projectId=101");
  EXPECT_EQ(IdsOf(sales, "priceId"), (std::vector<int>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(sales[0]["offerQuantity"], 120);
  EXPECT_EQ(sales[0]["vatAmount"], 180);
  EXPECT_EQ(sales[0]["projectStatusText"], "Pending");
  EXPECT_EQ(sales[0]["supplierCategoryName"], "Hotel");
  EXPECT_EQ(sales[2]["supplierCurrency"], "EUR");
  EXPECT_EQ(sales[3]["offerQuantity"], 40);
  EXPECT_EQ(sales[3]["productStartDate"], "2026-04-14T00:00:00");
  EXPECT_EQ(Get("/Statistics/v1/Statistics/GetOfferSales?officeId=3"), Json::array());
  EXPECT_EQ(
      IdsOf(Get("/Statistics/v1/Statistics/GetOfferSales?lastModifiedDate=2026-02-01"), "priceId"),
      (std::vector<int>{7}));
}

}  // namespace
}  // namespace kondor::qondor
