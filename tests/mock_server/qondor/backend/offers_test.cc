#include <gtest/gtest.h>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

class QondorOffers : public DevBackend {
 protected:
  Json Offer(int id) { return Get("/Offer/v1/Offer/" + std::to_string(id)); }
  Json Project(int id) { return Get("/Project/v1/Project/" + std::to_string(id)); }
};

TEST_F(QondorOffers, WhatIsCreatedIsFoundByItsIdByItsReferenceAndInItsList) {
  const Json made = Post("/Offer/v1/Offer", R"({"projectNo": "101", "heading": "H",
      "externalReference": "X-1", "defaultMargin": 12.5, "locationCode": "CPH"})");
  const int id = made["id"];
  EXPECT_EQ(made, Offer(id));
  EXPECT_EQ(made, Get("/Offer/v1/Offer/GetByExternalReference?externalReference=X-1"));
  EXPECT_EQ(IdsOf(Get("/Offer/v1/Offer/GetAllForProject?projectId=101")),
            (std::vector<int>{101, 102, id}));
  EXPECT_EQ(made["projectId"], 101);
  EXPECT_EQ(made["projectName"], "Spring conference");
  EXPECT_EQ(made["status"], 1);
  EXPECT_EQ(made["statusText"], "NotSent");
  EXPECT_EQ(made["defaultMargin"], 12.5);
  EXPECT_EQ(made["isPublished"], false);
  EXPECT_EQ(made["description"], nullptr);
  EXPECT_EQ(DumpJson(made["offerLocation"]),
            R"({"displayText":null,"location":{"name":"Copenhagen","code":"CPH","type":1,)"
            R"("typeText":"City","codeScheme":1,"codeSchemeText":"IATA","codeType":1,)"
            R"("codeTypeText":"City","country":{"name":"Denmark","twoLetterIsoName":"DK"}}})");
  EXPECT_EQ(made["lastEditedDateUtc"], "2026-03-01T12:00:00Z");  // Q13: with a Z ...
  EXPECT_EQ(made["lastEditedDate"], "2026-03-01T12:00:00");      // ... or without a zone
  EXPECT_EQ(made["offerCurrencies"], Json::array());
}

TEST_F(QondorOffers, AnUpdateChangesOnlyWhatWasSent) {
  const Json before = Offer(kOffer);
  At("2026-03-02T00:00:00Z");
  Put("/Offer/v1/Offer",
      R"({"id": 101, "defaultMargin": 20, "description": null, "Heading": "N"})");
  Json expected = before;
  expected["defaultMargin"] = 20;
  expected["description"] = nullptr;
  expected["heading"] = "N";
  expected["lastEditedDate"] = "2026-03-02T00:00:00";
  expected["lastEditedDateUtc"] = "2026-03-02T00:00:00Z";
  EXPECT_EQ(Offer(kOffer), expected);
}

TEST_F(QondorOffers, AnIdBesideAReferenceGivesItANewOne) {
  Put("/Offer/v1/Offer", R"({"id": 101, "externalReference": "NEW"})");
  EXPECT_EQ(Offer(kOffer)["externalReference"], "NEW");
  Put("/Offer/v1/Offer", R"({"externalReference": "NEW", "heading": "By reference"})");
  EXPECT_EQ(Offer(kOffer)["heading"], "By reference");
  EXPECT_EQ(
      StatusOf("GET", "/Offer/v1/Offer/GetByExternalReference?externalReference=OFFER-SPRING"),
      404);
}

TEST_F(QondorOffers, SendingOneIsTold) {  // Q17
  const Reply reply = Call("PUT", "/Offer/v1/Offer", R"({"id": 101, "status": 2})");
  ASSERT_EQ(reply.events.size(), 1U);
  EXPECT_EQ(reply.events[0].topic, "OfferSentV1");
  EXPECT_EQ(
      DumpJson(reply.events[0].fields),
      R"({"projectId":101,"projectNo":"101","projectName":"Spring conference",)"
      R"("projectMainCustomerContactPersonEmail":"demo.contact@example.com",)"
      R"("offerId":101,"offerHeading":"Spring conference in Oslo","offerLanguage":"en",)"
      R"("offerValidUntil":"2026-03-31T22:00:00",)"
      R"("offerLink":"https://offers.example.com/offers/101",)"
      R"("directLink":"https://offers.example.com/direct/101",)"
      R"("customerId":1,"customerName":"Demo Customer","customerExternalReference":"CUST-DEMO"})");
  EXPECT_EQ(Offer(kOffer)["lastSentUtc"], "2026-03-01T12:00:00Z");
  EXPECT_EQ(Offer(kOffer)["isPublished"], true);
  EXPECT_EQ(Project(kProject)["firstOfferSentDate"], "2026-03-01T12:00:00");
  // Still sent is nothing new.
  EXPECT_TRUE(Call("PUT", "/Offer/v1/Offer", R"({"id": 101, "status": 2})").events.empty());
  EXPECT_TRUE(Call("PUT", "/Offer/v1/Offer", R"({"id": 101, "heading": "x"})").events.empty());
}

TEST_F(QondorOffers, AnAnswerIsToldAndAConfirmationConfirmsTheProject) {  // Q17
  const Reply declined = Call("PUT", "/Offer/v1/Offer", R"({"id": 102, "status": 4})");
  ASSERT_EQ(declined.events.size(), 1U);
  EXPECT_EQ(declined.events[0].topic, "OfferAnsweredV1");
  EXPECT_EQ(declined.events[0].fields.size(), 13U);
  EXPECT_EQ(Project(kProject)["statusText"], "Pending");
  const Reply confirmed = Call("PUT", "/Offer/v1/Offer", R"({"id": 101, "status": 3})");
  ASSERT_EQ(confirmed.events.size(), 1U);
  EXPECT_EQ(confirmed.events[0].topic, "OfferAnsweredV1");
  EXPECT_EQ(Project(kProject)["statusText"], "Confirmed");
  EXPECT_EQ(Project(kProject)["confirmationDate"], "2026-03-01T12:00:00");
}

TEST_F(QondorOffers, OneThatIsCreatedAsSentIsToldOf) {
  const Reply reply =
      Call("POST", "/Offer/v1/Offer", R"({"projectId": 101, "heading": "H", "status": 2})");
  ASSERT_EQ(reply.events.size(), 1U);
  EXPECT_EQ(reply.events[0].topic, "OfferSentV1");
  EXPECT_EQ(reply.events[0].fields["offerId"], reply.json["id"]);
}

TEST_F(QondorOffers, ARefusedChangeIsNotTold) {
  const Reply reply =
      Call("PUT", "/Offer/v1/Offer", R"({"id": 101, "status": 2, "locationCode": "none"})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_TRUE(reply.events.empty());
}

TEST_F(QondorOffers, ACommentIsToldWithItsText) {  // Q17
  const auto event = backend_.CommentOnOffer(kOffer, "Shall we?", now_);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->topic, "OfferCommentToCustomerCreatedV1");
  EXPECT_FALSE(event->fields.contains("offerValidUntil"));
  EXPECT_EQ(event->fields["commentedOn"], "2026-03-01T12:00:00");
  EXPECT_EQ(event->fields["commentText"], "Shall we?");
  EXPECT_EQ(event->fields["offerId"], kOffer);
  EXPECT_FALSE(backend_.CommentOnOffer(999, "Anybody?", now_));
}

TEST_F(QondorOffers, AProjectHasOneMainOfferAtMost) {
  EXPECT_EQ(Offer(kOffer)["projectMainOfferId"], kOffer);
  Put("/Offer/v1/Offer", R"({"id": 102, "isMainOffer": true})");
  EXPECT_EQ(Offer(kOffer)["isMainOffer"], false);
  EXPECT_EQ(Offer(kOffer)["projectMainOfferId"], 102);
  Put("/Offer/v1/Offer", R"({"id": 102, "isMainOffer": false})");
  EXPECT_EQ(Offer(kOffer)["projectMainOfferId"], nullptr);
  Put("/Offer/v1/Offer", R"({"id": 102, "isMainOffer": true})");
  Delete("/Offer/v1/Offer/102");
  EXPECT_EQ(Offer(kOffer)["projectMainOfferId"], nullptr);
}

TEST_F(QondorOffers, ADeletedOneTakesAllThatIsItsAlong) {
  Delete("/Offer/v1/Offer/DeleteByExternalReference?externalReference=OFFER-SPRING");
  for (const std::string target :
       {"/Offer/v1/Offer/101", "/ProductGroup/v1/ProductGroup/1", "/ProductGroup/v1/ProductGroup/2",
        "/Product/v1/Product/101", "/Product/v1/Product/102", "/Product/v1/Product/103",
        "/AccommodationProduct/v1/AccommodationProduct/103"}) {
    EXPECT_EQ(StatusOf("GET", target), 404) << target;
  }
  EXPECT_EQ(StatusOf("PUT", "/Offer/v1/Offer/UpdateOfferCurrency", R"({"id": 1})"), 404);
  EXPECT_EQ(StatusOf("PUT", "/Product/v1/Product/UpdatePrice", R"({"id": 1})"), 404);
  EXPECT_EQ(StatusOf("PUT", "/AccommodationProduct/v1/AccommodationRoomProduct", R"({"id": 1})"),
            404);
  EXPECT_EQ(
      StatusOf("PUT", "/AccommodationProduct/v1/AccommodationRoomNightProduct", R"({"id": 1})"),
      404);
  EXPECT_EQ(IdsOf(Get("/Statistics/v1/Statistics/GetOfferSales"), "priceId"),
            (std::vector<int>{7}));
  // The tickets were not its: they are free again.
  EXPECT_EQ(StatusOf("POST", "/Product/v1/Product/AttachTicketToTransportProduct",
                     R"({"transportProductId": 104, "ticketId": 1})"),
            200);
  EXPECT_EQ(IdsOf(Get("/Offer/v1/Offer/GetAllForProject?projectId=101")), (std::vector<int>{102}));
}

TEST_F(QondorOffers, CurrenciesAreKeptByTheirNumber) {  // Q13
  const Json made = Post("/Offer/v1/Offer/AddCurrencyToOffer",
                         R"({"offerExternalReference": "OFFER-SPRING", "currencyCode": "840",
                             "exchangeRate": 10.25, "date": "2026-02-01", "externalReference": "U"})");
  EXPECT_EQ(DumpJson(made), R"({"id":2,"externalReference":"U","offerId":101,"currencyCode":840,)"
                            R"("currencyCodeText":"USD","exchangeRate":10.25,)"
                            R"("date":"2026-02-01T00:00:00"})");
  EXPECT_EQ(IdsOf(Offer(kOffer)["offerCurrencies"]), (std::vector<int>{1, 2}));
  Put("/Offer/v1/Offer/UpdateOfferCurrency",
      R"({"externalReference": "U", "offerId": 101, "dateUtc": "2026-02-02T00:00:00Z"})");
  EXPECT_EQ(Offer(kOffer)["offerCurrencies"][1]["date"], "2026-02-02T00:00:00Z");
  Delete("/Offer/v1/Offer/DeleteOfferCurrency?offerCurrencyExternalReference=U&offerId=101");
  EXPECT_EQ(IdsOf(Offer(kOffer)["offerCurrencies"]), (std::vector<int>{1}));
  EXPECT_EQ(StatusOf("DELETE", "/Offer/v1/Offer/DeleteOfferCurrency?offerCurrencyId=1&offerId=102"),
            404);
}

TEST_F(QondorOffers, OneReferenceMayStandUnderTwoOffers) {
  const std::string body = R"("currencyCode": "840", "externalReference": "USD"})";
  Post("/Offer/v1/Offer/AddCurrencyToOffer", R"({"offerId": 101, )" + body);
  Post("/Offer/v1/Offer/AddCurrencyToOffer", R"({"offerId": 102, )" + body);
  EXPECT_EQ(StatusOf("POST", "/Offer/v1/Offer/AddCurrencyToOffer", R"({"offerId": 102, )" + body),
            400);
  const Reply which = Call("PUT", "/Offer/v1/Offer/UpdateOfferCurrency",
                           R"({"externalReference": "USD", "exchangeRate": 2})");
  EXPECT_EQ(ErrorsOf(which),
            "ExternalReference: More than one has this ExternalReference; add Id, OfferId or "
            "OfferExternalReference.\n");
  Put("/Offer/v1/Offer/UpdateOfferCurrency",
      R"({"externalReference": "USD", "offerExternalReference": "OFFER-SPRING-B",
          "exchangeRate": 2})");
  EXPECT_EQ(Offer(102)["offerCurrencies"][0]["exchangeRate"], 2);
  EXPECT_EQ(Offer(101)["offerCurrencies"][1]["exchangeRate"], nullptr);
}

}  // namespace
}  // namespace kondor::qondor
