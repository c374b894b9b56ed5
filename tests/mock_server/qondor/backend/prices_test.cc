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
            "OutPriceInclVat: This OutPriceInclVat would be more than a price can be.\n");
  EXPECT_EQ(Refused("PUT", kUpdate, R"({"id": 3, "foreignInPrice": 7e28})"),
            "InPriceExclVat: This InPriceExclVat would be more than a price can be.\n");
  EXPECT_EQ(Refused("POST", "/AccommodationProduct/v1/AccommodationRoomNightProduct",
                    R"({"roomId": 1, "prices": [{"artNo": "300"},
                        {"artNo": "300", "inPriceExclVat": -7.9e28}]})"),
            "Prices[1].InPriceInclVat: This InPriceInclVat would be more than a price can be.\n");
  EXPECT_EQ(
      Refused("PUT", "/Offer/v1/Offer/UpdateOfferCurrency", R"({"id": 1, "exchangeRate": 7e28})"),
      "ExchangeRate: With this ExchangeRate a price would be more than it can be.\n");
}

}  // namespace
}  // namespace kondor::qondor
