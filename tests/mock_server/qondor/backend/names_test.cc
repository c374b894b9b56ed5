// How a call names entities: by a name that several have, by names that are at odds.
#include <gtest/gtest.h>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

class QondorNames : public DevBackend {
 protected:
  static constexpr const char* kNights = "/AccommodationProduct/v1/AccommodationRoomNightProduct";

  // What is refused changes nothing; a broken rule has no traceId.
  std::string Broken(const std::string& method, const std::string& target,
                     const std::string& body = {}) {
    const std::string before = backend_.Dump();
    const Reply reply = Call(method, target, body);
    EXPECT_EQ(reply.status, 400) << target << body;
    EXPECT_EQ(reply.code, "BUSINESS_RULE") << target << body;
    EXPECT_EQ(backend_.Dump(), before);
    return ErrorsOf(reply);
  }
  void MakeSecondHotel() {
    Post("/AccommodationProduct/v1/AccommodationProduct",
         R"({"offerId": 103, "name": "H2", "externalReference": "H2"})");
    Post("/AccommodationProduct/v1/AccommodationRoomProduct",
         R"({"accommodationProductExternalReference": "H2", "name": "Double",
             "externalReference": "ROOM-DOUBLE"})");
  }
};

TEST_F(QondorNames, ARoomIsFoundByItsHotel) {
  MakeSecondHotel();
  Post(kNights, R"({"roomExternalReference": "ROOM-DOUBLE", "checkInDate": "2026-04-14",
                    "accommodationProductExternalReference": "H2"})");
  const Json hotel = Get(
      "/AccommodationProduct/v1/AccommodationProduct/GetByExternalReference?externalReference=H2");
  EXPECT_EQ(hotel["rooms"][0]["nights"].size(), 1U);
  Post(kNights, R"({"roomExternalReference": "ROOM-DOUBLE", "accommodationProductId": 103})");
  EXPECT_EQ(Get("/AccommodationProduct/v1/AccommodationProduct/103")["rooms"][0]["nights"].size(),
            3U);
  EXPECT_EQ(Broken("POST", kNights, R"({"roomExternalReference": "ROOM-DOUBLE"})"),
            "RoomExternalReference: More than one has this RoomExternalReference; add RoomId, "
            "AccommodationProductId or AccommodationProductExternalReference.\n");
  EXPECT_EQ(Broken("POST", kNights, R"({"roomExternalReference": "ROOM-DOUBLE",
                                        "accommodationProductId": 101})"),
            "RoomExternalReference: None that has this RoomExternalReference is of what else the "
            "call names.\n");
  EXPECT_EQ(Broken("POST", kNights, R"({"roomExternalReference": "ROOM-SINGLE",
                                        "accommodationProductExternalReference": "H2"})"),
            "AccommodationProductExternalReference: This RoomExternalReference does not belong to "
            "this AccommodationProductExternalReference.\n");
}

TEST_F(QondorNames, ACurrencyIsFoundByTheOfferOfTheProduct) {
  const auto add = [&](int offer) {
    return Post("/Offer/v1/Offer/AddCurrencyToOffer",
                R"({"externalReference": "USD", "currencyCode": "840", "exchangeRate": 10,
                    "offerId": )" +
                    std::to_string(offer) + "}")["id"]
        .get<int>();
  };
  const int spring = add(101);
  const int kickoff = add(103);
  ASSERT_NE(spring, kickoff);
  const std::string usd = R"(, "foreignInPriceOfferCurrencyExternalReference": "USD"})";
  const Json price = Post("/Product/v1/Product/AddPrice",
                          R"({"productId": 104, "artNo": "400", "foreignInPrice": 7)" + usd);
  EXPECT_EQ(price["inPriceExclVat"], 70);
  EXPECT_EQ(Get("/Product/v1/Product/104")["offerCurrencyId"], kickoff);
  Put("/Product/v1/Product/UpdatePrice", R"({"id": 1, "foreignInPrice": 1)" + usd);
  EXPECT_EQ(Get("/Product/v1/Product/101")["offerCurrencyId"], spring);
  const std::string hotels = "/AccommodationProduct/v1/AccommodationProduct";
  EXPECT_EQ(Post(hotels, R"({"offerExternalReference": "OFFER-KICKOFF")" + usd)["offerCurrencyId"],
            kickoff);
  EXPECT_EQ(Post(hotels, R"({"productGroupId": 1)" + usd)["offerCurrencyId"], spring);
  Put(hotels, R"({"id": 103)" + usd);
  EXPECT_EQ(Get(hotels + "/103")["offerCurrencyId"], spring);
}

TEST_F(QondorNames, TheOfficeDecidesWhatBothOfficesHave) {
  Post("/Project/v1/Project", R"({"officeId": 3, "name": "Theirs", "projectNo": "101", "pax": 3})");
  const auto copy = [&](const char* office) {
    return Post("/Project/v1/Project",
                std::string(R"({"name": "c", "copyFromProjectNo": "101", "officeId": )") + office +
                    "}")["pax"];
  };
  EXPECT_EQ(copy("2"), 120);
  EXPECT_EQ(copy("3"), 3);
  Post("/Customer/v1/Customer", R"({"officeId": 3, "name": "Same", "customerNumber": "10001"})");
  const auto customer = [&](const char* office) {
    return Post("/Project/v1/Project",
                std::string(R"({"name": "p", "customerNumber": "10001", "officeId": )") + office +
                    "}")["customerName"];
  };
  EXPECT_EQ(customer("2"), "Demo Customer");
  EXPECT_EQ(customer("3"), "Same");
  // A number that only the other office has is nobody else's.
  EXPECT_EQ(Post("/Project/v1/Project", R"({"officeId": 2, "name": "p",
                 "customerNumber": "10002"})")["customerName"],
            "Example Association");
}

TEST_F(QondorNames, ANumberThatSeveralHaveIsRefusedEverywhere) {
  Post("/Project/v1/Project", R"({"officeId": 3, "name": "Theirs", "projectNo": "101"})");
  const std::string more = "ProjectNo: More than one has this ProjectNo; ";
  const std::string refused = more + "add ProjectId.\n";
  EXPECT_EQ(Broken("GET", "/Project/v1/Project/GetByProjectNo?projectNo=101"),
            more + "add OfficeId.\n");
  EXPECT_EQ(Broken("GET", "/Product/v1/Product/GetAllForProject?projectNo=101"), refused);
  EXPECT_EQ(Broken("POST", "/Offer/v1/Offer", R"({"projectNo": "101", "heading": "H"})"), refused);
  EXPECT_EQ(Broken("PUT", "/Project/v1/Project/SetAsFinished", R"({"projectNo": "101"})"),
            more + "add ProjectId or OfficeId.\n");
  EXPECT_EQ(StatusOf("GET", "/Product/v1/Product/GetAllForProject?projectNo=none"), 404);
}

struct AtOdds {
  std::string_view method, target, body, errors;
};

class QondorNamesAtOdds : public QondorNames, public testing::WithParamInterface<AtOdds> {};

TEST_P(QondorNamesAtOdds, BreakARuleOfTheLaterOne) {
  EXPECT_EQ(Broken(std::string(GetParam().method), std::string(GetParam().target),
                   std::string(GetParam().body)),
            GetParam().errors);
}

constexpr std::string_view kNoProject = "ProjectNo: This ProjectNo does not exist.\n";
constexpr std::string_view kOtherProject =
    "ProjectNo: This ProjectNo names another one than ProjectId does.\n";

INSTANTIATE_TEST_SUITE_P(
    Calls, QondorNamesAtOdds,
    testing::Values(
        AtOdds{"POST", "/Offer/v1/Offer",
               R"({"projectId": 101, "projectNo": "nope", "heading": "H"})", kNoProject},
        AtOdds{"POST", "/Offer/v1/Offer",
               R"({"projectNo": "102", "projectId": 101, "heading": "H"})", kOtherProject},
        AtOdds{"PUT", "/Project/v1/Project/SetAsFinished",
               R"({"projectId": 101, "projectNo": "102"})", kOtherProject},
        AtOdds{"GET", "/Product/v1/Product/GetAllForProject?projectId=101&projectNo=102", "",
               kOtherProject},
        AtOdds{"GET", "/Product/v1/Product/GetAllForProject?projectId=101&projectNo=nope", "",
               kNoProject},
        AtOdds{"POST", "/Project/v1/Project",
               R"({"officeId": 2, "name": "P", "customerId": 1,
                   "customerExternalReference": "NOPE"})",
               "CustomerExternalReference: This CustomerExternalReference does not exist.\n"},
        AtOdds{"POST", "/Product/v1/Product/AttachTicketToTransportProduct",
               R"({"ticketId": 3, "ticketExternalReference": "TICKET-1",
                   "transportProductId": 102})",
               "TicketExternalReference: This TicketExternalReference names another one than "
               "TicketId does.\n"},
        AtOdds{"DELETE", "/Product/v1/Product/DeletePrice?id=1&externalReference=PRICE-LUNCH", "",
               "ExternalReference: This ExternalReference names another one than Id does.\n"},
        AtOdds{"PUT", "/ContactPerson/v1/ContactPerson/UpdateCustomerRelation",
               R"({"contactPersonId": 6, "contactPersonEmail": "supplier.contact@example.com",
                   "customerId": 1})",
               "ContactPersonEmail: This ContactPersonEmail names another one than "
               "ContactPersonId does.\n"}));

TEST_F(QondorNames, ThatAgreeOrSayNothingAreFine) {
  Post("/Offer/v1/Offer", R"({"projectId": 101, "projectNo": "101", "heading": "H"})");
  Post("/Offer/v1/Offer", R"({"projectId": 101, "projectNo": "", "heading": "H"})");
  Post("/Offer/v1/Offer", R"({"projectId": 101, "projectNo": null, "heading": "H"})");
  // Beside an id, an update's reference and e-mail are new ones.
  Put("/ContactPerson/v1/ContactPerson",
      R"({"id": 6, "externalReference": "NEW", "email": "new@example.com"})");
  Put("/ContactPerson/v1/ContactPerson",
      R"({"externalReference": "NEW", "email": "newer@example.com"})");
  EXPECT_EQ(Get("/ContactPerson/v1/ContactPerson/6")["email"], "newer@example.com");
}

TEST_F(QondorNames, OfAnUpdateThatNobodyHasAreNewOnes) {
  const std::string people = "/ContactPerson/v1/ContactPerson";
  const auto add = [&](const std::string& rest) {
    return Post(people, R"({"firstName": "F", "lastName": "L", )" + rest)["id"].get<int>();
  };
  const int a = add(R"("email": "a@example.com"})");
  const int b = add(R"("email": "b@example.com", "externalReference": "RB"})");
  Put(people, R"({"email": "a@example.com", "externalReference": "RA"})");
  EXPECT_EQ(Get(people + "/GetByExternalReference?externalReference=RA")["id"], a);
  EXPECT_EQ(Broken("PUT", people, R"({"email": "a@example.com", "externalReference": "RB"})"),
            "Email: This Email names another one than ExternalReference does.\n");
  Put(people, R"({"email": "b@example.com", "externalReference": "RB", "firstName": "Both"})");
  EXPECT_EQ(Get(people + "/" + std::to_string(b))["firstName"], "Both");
  EXPECT_EQ(Broken("PUT", people, R"({"id": 6, "externalReference": "RB"})"),
            "ExternalReference: This ExternalReference is already in use.\n");
  EXPECT_EQ(StatusOf("PUT", people, R"({"email": "c@example.com", "externalReference": "RC"})"),
            404);
}

TEST_F(QondorNames, AnEmailIsOneInEitherCase) {
  const std::string people = "/ContactPerson/v1/ContactPerson";
  const std::string email = "Demo.CONTACT@example.com";
  EXPECT_EQ(Get(people + "/GetByEmail?email=" + email)["id"], 6);
  EXPECT_EQ(
      Broken("POST", people, R"({"firstName": "F", "lastName": "L", "email": ")" + email + R"("})"),
      "Email: This Email is already in use.\n");
  Put(people, R"({"email": ")" + email + R"("})");
  EXPECT_EQ(Get(people + "/6")["email"], email);
  Put(people + "/UpdateCustomerRelation",
      R"({"contactPersonEmail": "DEMO.contact@example.com", "customerId": 2})");
  const Json other =
      Post(people, R"({"firstName": "F", "lastName": "L", "email": "o@example.com"})");
  EXPECT_EQ(Broken("PUT", people,
                   R"({"id": )" + other["id"].dump() + R"(, "email": "demo.contact@EXAMPLE.com"})"),
            "Email: This Email is already in use.\n");
  Delete(people + "/DeleteByEmail?email=DEMO.CONTACT@EXAMPLE.COM");
  EXPECT_EQ(StatusOf("GET", people + "/6"), 404);
}

TEST_F(QondorNames, ThatAreBlankAreNone) {
  for (const char* blank : {" ", R"(\u00a0)", R"(\u2003\u3000 \u0085)"}) {
    const std::string quoted = std::string("\"") + blank + "\"";
    for (int i = 0; i < 2; ++i) {  // nothing is no name that two could not share
      const Json offer =
          Post("/Offer/v1/Offer",
               R"({"projectId": 101, "heading": "H", "externalReference": )" + quoted + "}");
      EXPECT_TRUE(offer["externalReference"].is_null());
    }
    Post("/Offer/v1/Offer", R"({"projectId": 101, "heading": "H", "projectNo": )" + quoted + "}");
    const Reply reply =
        Call("POST", "/Offer/v1/Offer", R"({"projectId": 101, "heading": )" + quoted + "}");
    EXPECT_EQ(ErrorsOf(reply), "Heading: The Heading field is required.\n");
  }
  // An invisible letter is one all the same.
  Post("/Offer/v1/Offer", R"({"projectId": 101, "heading": "\u200b"})");
}

}  // namespace
}  // namespace kondor::qondor
