// Money that follows other money.
#include <gtest/gtest.h>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

class QondorPrices : public DevBackend {
 protected:
  static constexpr const char* kUpdate = "/Product/v1/Product/UpdatePrice";
  Json First() { return Get("/Product/v1/Product/101")["prices"][0]; }
  std::string Refused(const std::string& method, const std::string& path, const std::string& body) {
    const std::string before = backend_.Dump();
    const Reply reply = Call(method, path, body);
    EXPECT_EQ(reply.code, "BUSINESS_RULE") << body << reply.text;
    EXPECT_EQ(backend_.Dump(), before);
    return ErrorsOf(reply);
  }
};

TEST_F(QondorPrices, AnotherArticleMeansAnotherVat) {
  Put(kUpdate, R"({"id": 1, "artNo": "400"})");
  EXPECT_EQ(First()["vatPercentage"], 0);
  EXPECT_EQ(First()["inPriceExclVat"], 600);
  EXPECT_EQ(First()["inPriceInclVat"], 600);
  EXPECT_EQ(First()["outPriceInclVat"], 720);
  EXPECT_EQ(Get("/Statistics/v1/Statistics/GetOfferSales")[0]["vatAmount"], 0);
}

TEST_F(QondorPrices, WhatIsSentStaysAsSent) {
  Put(kUpdate, R"({"id": 1, "artNo": "300", "outPriceInclVat": 900})");  // 900 as before
  EXPECT_EQ(First()["outPriceInclVat"], 900);
  EXPECT_EQ(First()["outPriceExclVat"], 803.5714);
  EXPECT_EQ(First()["inPriceExclVat"], 600);
  EXPECT_EQ(First()["inPriceInclVat"], 672);
  Put(kUpdate, R"({"id": 1, "artNo": "400", "outPriceExclVat": 5, "outPriceInclVat": 7})");
  EXPECT_EQ(First()["outPriceExclVat"], 5);
  EXPECT_EQ(First()["outPriceInclVat"], 7);
  Put(kUpdate, R"({"id": 1, "artNo": "400"})");  // the same article is no change
  EXPECT_EQ(First()["outPriceInclVat"], 7);
}

TEST_F(QondorPrices, OfANightAreInTheMoneyOfItsHotel) {
  Put("/AccommodationProduct/v1/AccommodationProduct",
      R"({"id": 103, "foreignInPriceOfferCurrencyId": 1})");
  const Json night = Post("/AccommodationProduct/v1/AccommodationRoomNightProduct",
                          R"({"roomId": 2, "prices": [{"artNo": "300", "foreignInPrice": 100}]})");
  EXPECT_EQ(night["prices"][0]["inPriceExclVat"], 1150);
  EXPECT_EQ(night["prices"][0]["inPriceInclVat"], 1288);
}

TEST_F(QondorPrices, MoreThanADecimalHoldsIsRefused) {
  EXPECT_EQ(Refused("POST", "/Product/v1/Product/AddPrice",
                    R"({"productId": 101, "artNo": "100", "outPriceExclVat": 7.9e28})"),
            "OutPriceExclVat: With this OutPriceExclVat a price would be more than it can be.\n");
  EXPECT_EQ(Refused("PUT", kUpdate, R"({"id": 3, "foreignInPrice": 7e28})"),
            "ForeignInPrice: With this ForeignInPrice a price would be more than it can be.\n");
  EXPECT_EQ(
      Refused("POST", "/AccommodationProduct/v1/AccommodationRoomNightProduct",
              R"({"roomId": 1, "prices": [{"artNo": "300"},
                        {"artNo": "300", "inPriceExclVat": -7.9e28}]})"),
      "Prices[1].InPriceExclVat: With this InPriceExclVat a price would be more than it can be.\n");
  EXPECT_EQ(
      Refused("PUT", "/Offer/v1/Offer/UpdateOfferCurrency", R"({"id": 1, "exchangeRate": 7e28})"),
      "ExchangeRate: With this ExchangeRate a price would be more than it can be.\n");
}

// Two currencies on the first offer, of which product 101 and hotel 103 are.
class QondorForeignPrices : public QondorPrices {
 protected:
  void SetUp() override {
    Add(R"("externalReference": "USD10", "currencyCode": "840", "exchangeRate": 10)");
    Add(R"("externalReference": "EUR12", "currencyCode": "978", "exchangeRate": 12)");
    Add(R"("externalReference": "HUGE", "currencyCode": "756", "exchangeRate": 7e28)");
    product_ = Post("/Product/v1/Product", R"({"offerId": 101, "name": "P"})")["id"].get<int>();
  }
  void Add(const std::string& currency) {
    Post("/Offer/v1/Offer/AddCurrencyToOffer", R"({"offerId": 101, )" + currency + "}");
  }
  static std::string In(const std::string& currency) {
    return R"(, "foreignInPriceOfferCurrencyExternalReference": ")" + currency + R"("})";
  }
  std::string NewPrice(const std::string& foreign) const {
    return R"({"artNo": "100", "productId": )" + std::to_string(product_) +
           R"(, "foreignInPrice": )" + foreign;
  }
  Json PriceAt(std::size_t index) {
    return Get("/Product/v1/Product/" + std::to_string(product_))["prices"][index];
  }
  static constexpr const char* kAdd = "/Product/v1/Product/AddPrice";
  int product_ = 0;
};

TEST_F(QondorForeignPrices, FollowTheCurrencyThatAPriceBrings) {
  const Json first = Post(kAdd, NewPrice("5") + "}");  // the product has no currency yet
  EXPECT_TRUE(first["inPriceExclVat"].is_null());
  Post(kAdd, NewPrice("7") + In("USD10"));
  EXPECT_EQ(PriceAt(0)["inPriceExclVat"], 50);
  EXPECT_EQ(PriceAt(0)["inPriceInclVat"], 62.5);
  EXPECT_EQ(PriceAt(1)["inPriceExclVat"], 70);
  Post(kAdd, NewPrice("1") + In("EUR12"));
  EXPECT_EQ(PriceAt(0)["inPriceExclVat"], 60);
  EXPECT_EQ(PriceAt(1)["inPriceExclVat"], 84);
  EXPECT_EQ(PriceAt(2)["inPriceExclVat"], 12);
  const std::string id = R"({"id": )" + first["id"].dump();
  Put(kUpdate, id + In("USD10"));
  EXPECT_EQ(PriceAt(0)["inPriceExclVat"], 50);
  EXPECT_EQ(PriceAt(1)["inPriceExclVat"], 70);
  Put(kUpdate, id + R"(, "inPriceExclVat": 3)" + In("EUR12"));  // sent, so it stays
  EXPECT_EQ(PriceAt(0)["inPriceExclVat"], 3);
  EXPECT_EQ(PriceAt(1)["inPriceExclVat"], 84);
}

TEST_F(QondorForeignPrices, FollowTheCurrencyOfTheirProduct) {
  const std::string hotels = "/AccommodationProduct/v1/AccommodationProduct";
  Put(hotels, R"({"id": 103)" + In("USD10"));
  const Json night = Post("/AccommodationProduct/v1/AccommodationRoomNightProduct",
                          R"({"roomId": 2, "prices": [{"artNo": "300", "foreignInPrice": 10}]})");
  EXPECT_EQ(night["prices"][0]["inPriceExclVat"], 100);
  Put(hotels, R"({"id": 103)" + In("EUR12"));
  const Json hotel = Get(hotels + "/103");
  EXPECT_EQ(hotel["rooms"][1]["nights"].back()["prices"][0]["inPriceExclVat"], 120);
}

TEST_F(QondorForeignPrices, ThatCannotFollowRefuseTheCurrency) {
  const Json first = Post(kAdd, NewPrice("5") + In("USD10"));
  const std::string refused =
      "ForeignInPriceOfferCurrencyExternalReference: With this "
      "ForeignInPriceOfferCurrencyExternalReference a price would be more than it can be.\n";
  EXPECT_EQ(Refused("PUT", kUpdate, R"({"id": )" + first["id"].dump() + In("HUGE")), refused);
  EXPECT_EQ(Refused("POST", kAdd, NewPrice("0.1") + In("HUGE")), refused);
  const std::string hotels = "/AccommodationProduct/v1/AccommodationProduct";
  Put(hotels, R"({"id": 103)" + In("USD10"));
  Post("/AccommodationProduct/v1/AccommodationRoomNightProduct",
       R"({"roomId": 2, "prices": [{"artNo": "300", "foreignInPrice": 10}]})");
  EXPECT_EQ(Refused("PUT", hotels, R"({"id": 103)" + In("HUGE")), refused);
}

}  // namespace
}  // namespace kondor::qondor
