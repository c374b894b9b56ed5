// Refusals, as ASP.NET writes them (Q14).
#include <gtest/gtest.h>

#include <regex>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

using QondorProblems = DevBackend;

TEST_F(QondorProblems, AMissingFieldIsAValidationErrorWithATraceId) {
  const Reply reply = Call("POST", "/Project/v1/Project", R"({"officeId": 2})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.code, "VALIDATION");
  EXPECT_EQ(reply.type, "application/problem+json; charset=utf-8");
  const std::regex shape(R"re(\{"errors":\{"Name":\["The Name field is required\."\]\},)re"
                         R"re("type":"https://tools\.ietf\.org/html/rfc7231#section-6\.5\.1",)re"
                         R"re("title":"One or more validation errors occurred\.","status":400,)re"
                         R"re("traceId":"00-[0-9a-f]{32}-[0-9a-f]{16}-00"\})re");
  EXPECT_TRUE(std::regex_match(reply.text, shape)) << reply.text;
}

TEST_F(QondorProblems, TraceIdsAreNeverTheSame) {
  const Reply one = Call("POST", "/Project/v1/Project", "{}");
  const Reply two = Call("POST", "/Project/v1/Project", "{}");
  EXPECT_NE(one.json["traceId"], two.json["traceId"]);
}

TEST_F(QondorProblems, AReferenceToNothingIsABrokenRuleWithoutATraceId) {
  const Reply reply = Call("POST", "/Offer/v1/Offer", R"({"projectId": 999, "heading": "H"})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.code, "BUSINESS_RULE");
  EXPECT_EQ(reply.text, R"({"errors":{"ProjectId":["This ProjectId does not exist."]},)"
                        R"("type":"https://tools.ietf.org/html/rfc7231#section-6.5.1",)"
                        R"("title":"One or more validation errors occurred.","status":400})");
}

struct Refused {
  std::string_view method, target, body, errors;
};

class QondorRefusals : public DevBackend, public testing::WithParamInterface<Refused> {};

TEST_P(QondorRefusals, NameTheFieldAndChangeNothing) {
  const std::string before = backend_.Dump();
  const Reply reply = Call(std::string(GetParam().method), std::string(GetParam().target),
                           std::string(GetParam().body));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(ErrorsOf(reply), GetParam().errors);
  EXPECT_EQ(backend_.Dump(), before);
}

constexpr std::string_view kOffers = "/Offer/v1/Offer";
constexpr std::string_view kProjects = "/Project/v1/Project";

INSTANTIATE_TEST_SUITE_P(
    Bodies, QondorRefusals,
    testing::Values(
        Refused{"POST", kProjects, "", ": A non-empty request body is required.\n"},
        Refused{"POST", kProjects, " \n", ": A non-empty request body is required.\n"},
        Refused{"POST", kProjects, "null", ": A non-empty request body is required.\n"},
        Refused{"POST", kProjects, "{", "$: The JSON value is not valid. Path: $.\n"},
        Refused{"POST", kProjects, "{\"name\": \"\xff\"}",
                "$: The JSON value is not valid. Path: $.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P"} x)",
                "$: The JSON value is not valid. Path: $.\n"},
        Refused{"POST", kProjects, "[]",
                "$: The JSON value could not be converted to CreateProject. Path: $.\n"},
        Refused{"POST", kProjects, "7",
                "$: The JSON value could not be converted to CreateProject. Path: $.\n"},
        Refused{"POST", kProjects, "{}",
                "OfficeId: The OfficeId field is required.\nName: The Name field is required.\n"},
        Refused{"POST", kProjects, R"({"officeId": null, "name": ""})",
                "OfficeId: The OfficeId field is required.\nName: The Name field is required.\n"},
        Refused{"POST", kProjects, R"({"officeId": "2", "name": "P"})",
                "OfficeId: The JSON value could not be converted to System.Int32. "
                "Path: $.officeId.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2.5, "name": "P"})",
                "OfficeId: The JSON value could not be converted to System.Int32. "
                "Path: $.officeId.\n"},
        Refused{"POST", kProjects, R"({"officeId": 100000000000000000000, "name": "P"})",
                "OfficeId: The JSON value could not be converted to System.Int32. "
                "Path: $.officeId.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2147483648, "name": "P"})",
                "OfficeId: The JSON value could not be converted to System.Int32. "
                "Path: $.officeId.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": 5})",
                "Name: The JSON value could not be converted to System.String. Path: $.name.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "startDate": "soon"})",
                "StartDate: The JSON value could not be converted to System.DateTime. "
                "Path: $.startDate.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "budgetedSales": "1"})",
                "BudgetedSales: The JSON value could not be converted to System.Decimal. "
                "Path: $.budgetedSales.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "budgetedSales": 8e28})",
                "BudgetedSales: The JSON value could not be converted to System.Decimal. "
                "Path: $.budgetedSales.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "budgetedSales": 1e400})",
                "BudgetedSales: The JSON value could not be converted to System.Decimal. "
                "Path: $.budgetedSales.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "unknown": 1e400})",
                "$: The JSON value is not valid. Path: $.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "currency": "XXX"})",
                "Currency: The field Currency is invalid.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "pax": {}})",
                "Pax: The JSON value could not be converted to System.Int32. Path: $.pax.\n"},
        Refused{"POST", kProjects, R"({"officeId": 3, "name": "P", "teamId": -1})",
                "TeamId: This TeamId does not exist.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "projectNo": "101"})",
                "ProjectNo: This ProjectNo is already in use.\n"},
        Refused{"POST", kProjects, R"({"officeId": 2, "name": "P", "copyFromProjectNo": "none"})",
                "CopyFromProjectNo: This CopyFromProjectNo does not exist.\n"},
        Refused{"POST", kProjects,
                R"({"officeId": 2, "name": "P", "projectCustomFieldAnswers": [{"id": 9}]})",
                "ProjectCustomFieldAnswers[0].Id: This Id does not exist.\n"},
        Refused{
            "POST", kProjects,
            R"({"officeId": 2, "name": "P", "projectCustomFieldAnswers": [{}, {"id": "1"}, 3]})",
            "ProjectCustomFieldAnswers[1].Id: The JSON value could not be converted to "
            "System.Int32. Path: $.projectCustomFieldAnswers[1].id.\n"
            "ProjectCustomFieldAnswers[2]: The JSON value could not be converted to "
            "ProjectCustomFieldAnswerIn. Path: $.projectCustomFieldAnswers[2].\n"},
        Refused{"POST", kProjects,
                R"({"officeId": 2, "name": "P", "projectCustomFieldAnswers": [{"answer": "x"}]})",
                "ProjectCustomFieldAnswers[0].Id: The Id field is required.\n"}));

INSTANTIATE_TEST_SUITE_P(
    Rules, QondorRefusals,
    testing::Values(
        Refused{"POST", kOffers, R"({"heading": "H"})",
                "ProjectId: The ProjectId field is required.\n"},
        Refused{"POST", kOffers, R"({"projectId": 101, "heading": "H", "status": 5})",
                "Status: The field Status is invalid.\n"},
        Refused{"POST", kOffers, R"({"projectId": 101, "heading": "H", "status": "Sent"})",
                "Status: The JSON value could not be converted to OfferStatus. Path: $.status.\n"},
        Refused{"PUT", kOffers, R"({"id": 101, "heading": null})",
                "Heading: The Heading field is required.\n"},
        Refused{"PUT", kOffers, R"({"heading": "no id"})", "Id: The Id field is required.\n"},
        Refused{"PUT", kOffers, R"({"id": 101, "externalReference": "OFFER-SPRING-B"})",
                "ExternalReference: This ExternalReference is already in use.\n"},
        Refused{"PUT", kOffers, R"({"id": 101, "heading": "x", "locationCode": "XXX"})",
                "LocationCode: This LocationCode does not exist.\n"},
        Refused{"POST", "/Offer/v1/Offer/AddCurrencyToOffer",
                R"({"offerId": 101, "currencyCode": 840})",
                "CurrencyCode: The JSON value could not be converted to System.String. "
                "Path: $.currencyCode.\n"},
        Refused{"POST", "/Offer/v1/Offer/AddCurrencyToOffer",
                R"({"offerId": 101, "currencyCode": "USD"})",
                "CurrencyCode: The field CurrencyCode is invalid.\n"},
        Refused{"POST", "/Product/v1/Product/AddPrice", R"({"productId": 101, "artNo": "999"})",
                "ArtNo: This ArtNo does not exist.\n"},
        Refused{"POST", "/Product/v1/Product/AddPrice", R"({"productId": 101})",
                "ArtNo: The ArtNo field is required.\n"},
        Refused{"POST", "/Product/v1/Product", R"({"offerId": 103, "productGroupId": 1})",
                "ProductGroupId: This ProductGroupId belongs to another offer.\n"},
        Refused{"PUT", "/Product/v1/Product", R"({"id": 101, "productGroupId": 3})",
                "ProductGroupId: This ProductGroupId belongs to another offer.\n"},
        Refused{"PUT", "/Product/v1/Product",
                R"({"id": 101, "productGroupExternalReference": "PG-KICKOFF"})",
                "ProductGroupExternalReference: This ProductGroupExternalReference belongs to "
                "another offer.\n"},
        Refused{"POST", "/Product/v1/Product/AddPrice",
                R"({"productId": 104, "artNo": "100", "foreignInPriceOfferCurrencyId": 1})",
                "ForeignInPriceOfferCurrencyId: This ForeignInPriceOfferCurrencyId belongs to "
                "another offer.\n"},
        Refused{"POST", "/AccommodationProduct/v1/AccommodationProduct",
                R"({"offerId": 103, "foreignInPriceOfferCurrencyId": 1})",
                "ForeignInPriceOfferCurrencyId: This ForeignInPriceOfferCurrencyId belongs to "
                "another offer.\n"},
        Refused{"POST", "/Product/v1/Product/AttachTicketToTransportProduct",
                R"({"transportProductId": 102, "ticketId": 99})",
                "TicketId: This TicketId does not exist.\n"},
        Refused{"POST", "/Product/v1/Product/AttachTicketToTransportProduct",
                R"({"ticketId": 3, "transportProductId": null})",
                "TransportProductId: The TransportProductId field is required.\n"},
        Refused{"POST", "/Product/v1/Product/AttachTicketToTransportProduct", R"({"ticketId": 3})",
                "TransportProductId: The TransportProductId field is required.\n"},
        Refused{"POST", "/Product/v1/Product/AttachTicketToTransportProduct", R"({"ticketId": 1})",
                "TransportProductId: The TransportProductId field is required.\n"},
        Refused{"POST", "/Product/v1/Product/AttachTicketToTransportProduct",
                R"({"ticketId": 3, "transportProductId": 103})",
                "TransportProductId: This TransportProductId has another ProductType.\n"},
        Refused{"POST", "/AccommodationProduct/v1/AccommodationRoomProduct",
                R"({"accommodationProductId": 101, "name": "Suite"})",
                "AccommodationProductId: This AccommodationProductId has another ProductType.\n"},
        Refused{"POST", kOffers, R"({"projectId": 101, "heading": " \t"})",
                "Heading: The Heading field is required.\n"},
        Refused{"PUT", kOffers, R"({"id": 101, "heading": "  "})",
                "Heading: The Heading field is required.\n"},
        Refused{"POST", "/Customer/v1/Customer", R"({"officeId": 3, "customerCategoryId": 1})",
                "CustomerCategoryId: This CustomerCategoryId belongs to another office.\n"},
        Refused{"PUT", "/Project/v1/Project/SetAsFinished", R"({"projectId": 104})",
                "Status: Its Status is Cancelled; this needs Pending, Confirmed or Finished.\n"},
        Refused{"PUT", "/Invoicing/v1/Invoice/SetAsPaid", R"({"id": 101})",
                "Status: Its Status is Unprocessed; this needs Processed.\n"},
        Refused{"PUT", "/ContactPerson/v1/ContactPerson/UpdateCustomerRelation",
                R"({"contactPersonId": 6})", "CustomerId: The CustomerId field is required.\n"},
        Refused{"PUT", "/ContactPerson/v1/ContactPerson/UpdateCustomerRelation",
                R"({"contactPersonId": 999999})",
                "CustomerId: The CustomerId field is required.\n"},
        Refused{"POST", "/AccommodationProduct/v1/AccommodationRoomNightProduct",
                R"({"accommodationProductId": 999, "checkInDate": "2026-01-01"})",
                "RoomId: The RoomId field is required.\n"},
        Refused{"POST", "/Product/v1/Product/AttachTicketToTransportProduct", R"({"ticketId": 99})",
                "TransportProductId: The TransportProductId field is required.\n"},
        Refused{"POST", "/Product/v1/Product", R"({"productGroupId": 999})",
                "ProductGroupId: This ProductGroupId does not exist.\n"},
        Refused{"POST", "/AccommodationProduct/v1/AccommodationRoomNightProduct",
                R"({"roomId": 1, "accommodationProductId": 101})",
                "AccommodationProductId: This RoomId does not belong to this "
                "AccommodationProductId.\n"},
        Refused{"POST", "/AccommodationProduct/v1/AccommodationRoomNightProduct",
                R"({"roomId": 1, "accommodationProductId": 999})",
                "AccommodationProductId: This AccommodationProductId does not exist.\n"},
        Refused{"POST", "/ContactPerson/v1/ContactPerson",
                R"({"firstName": "A", "lastName": "B", "email": "demo.contact@example.com"})",
                "Email: This Email is already in use.\n"}));

INSTANTIATE_TEST_SUITE_P(
    Queries, QondorRefusals,
    testing::Values(
        Refused{"GET", "/Customer/v1/Customer/abc", "", "Id: The value 'abc' is not valid.\n"},
        Refused{"GET", "/Customer/v1/Customer/1.0", "", "Id: The value '1.0' is not valid.\n"},
        Refused{"GET", "/Customer/v1/Customer/100000000000000000000", "",
                "Id: The value '100000000000000000000' is not valid.\n"},
        Refused{"GET", "/Customer/v1/Customer/GetByExternalReference", "",
                "ExternalReference: The ExternalReference field is required.\n"},
        Refused{"GET", "/Project/v1/Project/GetAll?status=9", "",
                "Status: The value '9' is not valid.\n"},
        Refused{"GET", "/Project/v1/Project/GetAll?changedAfter=yesterday", "",
                "ChangedAfter: The value 'yesterday' is not valid.\n"},
        Refused{"GET", "/Project/v1/Project/GetAll?includeProjectLeaders=1", "",
                "IncludeProjectLeaders: The value '1' is not valid.\n"},
        Refused{"GET", "/Product/v1/Product/GetAllForProject", "",
                "ProjectId: The ProjectId field is required.\n"},
        Refused{"DELETE", "/Offer/v1/Offer/DeleteOfferCurrency?offerId=101", "",
                "OfferCurrencyId: The OfferCurrencyId field is required.\n"},
        Refused{"GET", "/ProductGroup/v1/ProductGroup/GetAllForOffer?offerId=&x=1", "",
                "OfferId: The OfferId field is required.\n"}));

}  // namespace
}  // namespace kondor::qondor
