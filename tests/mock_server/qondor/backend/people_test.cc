// Customers, contact persons, suppliers, projects, invoices and participants.
#include <gtest/gtest.h>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

class QondorPeople : public DevBackend {
 protected:
  Json Customer(int id) { return Get("/Customer/v1/Customer/" + std::to_string(id)); }
  Json Project(int id) { return Get("/Project/v1/Project/" + std::to_string(id)); }
};

TEST_F(QondorPeople, TheSeedHasTheIdsThatIntegratorsKnow) {
  EXPECT_EQ(IdsOf(Get("/Office/v1/Office/GetAll"))[0], kOffice);
  EXPECT_EQ(Customer(kCustomer)["name"], "Demo Customer");
  EXPECT_EQ(Get("/ContactPerson/v1/ContactPerson/6")["firstName"], "Demo");
  EXPECT_EQ(Project(kProject)["teamId"], kTeam);
  EXPECT_EQ(Get("/Project/v1/Project/GetByProjectNo?projectNo=101")["projectManagers"][0]["id"],
            kManager);
  Backend test(Environment::kTest, DefaultBackendSeed());
  EXPECT_EQ(CallOn(test, "GET", "/Customer/v1/Customer/15409").json["officeId"], 102);
  EXPECT_EQ(CallOn(test, "GET", "/ContactPerson/v1/ContactPerson/264718").status, 200);
  EXPECT_EQ(CallOn(test, "POST", "/Project/v1/Project",
                   R"({"officeId": 102, "name": "P", "teamId": 19,
                       "mainProjectManagerId": 264636})")
                .status,
            200);
  Backend prod(Environment::kProd, DefaultBackendSeed());
  EXPECT_EQ(CallOn(prod, "GET", "/Customer/v1/Customer/1").status, 404);
  EXPECT_EQ(CallOn(prod, "GET", "/Customer/v1/Customer/8123").status, 200);
}

TEST_F(QondorPeople, ACustomerShowsWhatBelongsToIt) {
  const Json customer = Customer(kCustomer);
  EXPECT_EQ(customer["country"], "Norway");
  EXPECT_EQ(customer["invoiceCurrency"], "NOK");
  EXPECT_EQ(customer["invoiceCurrencyCode"], 578);
  EXPECT_EQ(customer["customerCategoryName"], "Corporate");
  EXPECT_EQ(DumpJson(customer["customerOwner"]),
            R"({"fullName":"Demo Manager","email":"demo.manager@example.com"})");
  EXPECT_EQ(customer["contactPersons"][0]["email"], "demo.contact@example.com");
  EXPECT_EQ(customer["customerInvoiceFields"], customer["customerInvoiceFieldsDeprecated"]);
  EXPECT_EQ(DumpJson(customer["customerInvoiceFields"][0]["allowedValues"]),
            R"([{"id":1,"value":"PO-1"},{"id":2,"value":"PO-2"}])");
  EXPECT_EQ(DumpJson(customer["customerCustomFieldAnswers"]),
            R"([{"heading":"Cost centre","answer":"4711","externalReference":"CF-COST-CENTRE",)"
            R"("dataType":0,"dataTypeText":"Text"}])");
}

TEST_F(QondorPeople, AListThatIsSentReplacesTheList) {
  Put("/Customer/v1/Customer", R"({"id": 1, "customerInvoiceFields": [
      {"heading": "A", "allowedValues": [{"value": "x"}]}, {"heading": "B", "isRequired": true}]})");
  Json fields = Customer(kCustomer)["customerInvoiceFields"];
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0]["allowedValues"][0]["value"], "x");
  EXPECT_EQ(fields[1]["isRequired"], true);
  Put("/Customer/v1/Customer", R"({"id": 1, "name": "No list sent"})");
  EXPECT_EQ(Customer(kCustomer)["customerInvoiceFields"], fields);
  Put("/Customer/v1/Customer", R"({"id": 1, "customerInvoiceFields": null})");
  EXPECT_EQ(Customer(kCustomer)["customerInvoiceFields"], Json::array());
}

TEST_F(QondorPeople, CurrenciesComeAsLettersOrAsTheirNumber) {  // Q13
  Put("/Customer/v1/Customer", R"({"id": 1, "invoiceCurrency": "sek"})");
  EXPECT_EQ(Customer(kCustomer)["invoiceCurrencyCode"], 752);
  Put("/Customer/v1/Customer", R"({"id": 1, "invoiceCurrencyCode": 978, "invoiceCurrency": null})");
  EXPECT_EQ(Customer(kCustomer)["invoiceCurrency"], "EUR");
  Put("/Customer/v1/Customer", R"({"id": 1, "invoiceCurrencyCode": null})");
  EXPECT_EQ(Customer(kCustomer)["invoiceCurrency"], nullptr);
}

TEST_F(QondorPeople, TwoNamesForOneThingMustNotSayTwoThings) {
  const std::string before = backend_.Dump();
  const auto refused = [&](const std::string& body) {
    const Reply reply = Call("PUT", "/Customer/v1/Customer", body);
    EXPECT_EQ(reply.status, 400) << body;
    EXPECT_EQ(backend_.Dump(), before);
    return ErrorsOf(reply);
  };
  const std::string currency =
      "InvoiceCurrencyCode: This InvoiceCurrencyCode contradicts InvoiceCurrency.\n";
  EXPECT_EQ(refused(R"({"id": 1, "invoiceCurrency": "SEK", "invoiceCurrencyCode": 578})"),
            currency);
  EXPECT_EQ(refused(R"({"id": 1, "invoiceCurrencyCode": 578, "invoiceCurrency": "SEK"})"),
            currency);
  EXPECT_EQ(refused(R"({"id": 1, "customerFields": [{"heading": "A"}],
                        "customerInvoiceFields": [{"heading": "B"}]})"),
            "CustomerInvoiceFields: This CustomerInvoiceFields contradicts CustomerFields.\n");
  Put("/Customer/v1/Customer", R"({"id": 1, "invoiceCurrency": "SEK", "invoiceCurrencyCode": 752,
      "customerFields": [{"heading": "A", "allowedValues": [{"value": "x"}]}],
      "customerInvoiceFields": [{"heading": "A", "allowedValues": [{"value": "x"}]}]})");
  EXPECT_EQ(Customer(kCustomer)["invoiceCurrency"], "SEK");
  EXPECT_EQ(Customer(kCustomer)["customerInvoiceFields"].size(), 1U);
}

TEST_F(QondorPeople, CountryCodesAreKnownInAnyCase) {
  Put("/Customer/v1/Customer", R"({"id": 1, "countryCode": "se"})");
  EXPECT_EQ(Customer(kCustomer)["country"], "Sweden");
  EXPECT_EQ(Customer(kCustomer)["countryCode"], "se");
  Put("/Customer/v1/Customer", R"({"id": 1, "countryCode": "SEX"})");
  EXPECT_EQ(Customer(kCustomer)["country"], nullptr);
}

TEST_F(QondorPeople, ContactPersonsAreFoundByEveryNameAndRelated) {
  const Json made = Post("/ContactPerson/v1/ContactPerson", R"({"firstName": "F", "lastName": "L",
      "email": "f@example.com", "externalReference": "F", "phoneNumber2": "22"})");
  const std::string id = std::to_string(made["id"].get<int>());
  EXPECT_EQ(made["phone2Number"], "22");
  EXPECT_EQ(made["isActive"], true);
  EXPECT_EQ(Get("/ContactPerson/v1/ContactPerson/GetByEmail?email=f%40example.com"), made);
  EXPECT_EQ(Get("/ContactPerson/v1/ContactPerson/GetByExternalReference?externalReference=F"),
            made);
  const std::string relate = "/ContactPerson/v1/ContactPerson/UpdateCustomerRelation";
  Put(relate,
      R"({"contactPersonEmail": "f@example.com", "customerExternalReference": "CUST-DEMO"})");
  Json persons = Customer(kCustomer)["contactPersons"];
  ASSERT_EQ(persons.size(), 2U);
  EXPECT_EQ(persons[1], made);
  Put(relate, R"({"contactPersonId": )" + id + R"(, "customerId": 1, "isActive": false})");
  persons = Customer(kCustomer)["contactPersons"];
  ASSERT_EQ(persons.size(), 2U);
  EXPECT_EQ(persons[1]["isActive"], false);
  Put(relate, R"({"contactPersonId": )" + id + R"(, "customerId": 1, "deleteRelation": true})");
  EXPECT_EQ(Customer(kCustomer)["contactPersons"].size(), 1U);
  Put("/ContactPerson/v1/ContactPerson/UpdateSupplierRelation",
      R"({"contactPersonId": )" + id + R"(, "supplierExternalReference": "SUP-HOTEL"})");
  EXPECT_EQ(Get("/Supplier/v1/Supplier/101")["contactPersons"].size(), 2U);
  Delete("/ContactPerson/v1/ContactPerson/DeleteByEmail?email=f@example.com");
  EXPECT_EQ(Get("/Supplier/v1/Supplier/101")["contactPersons"].size(), 1U);
}

TEST_F(QondorPeople, ADeletedContactPersonIsNobodysMainContact) {
  Delete("/ContactPerson/v1/ContactPerson/6");
  const Reply sent = Call("PUT", "/Offer/v1/Offer", R"({"id": 101, "status": 2})");
  EXPECT_EQ(sent.events[0].fields["projectMainCustomerContactPersonEmail"], nullptr);
  EXPECT_EQ(Customer(kCustomer)["contactPersons"], Json::array());
}

TEST_F(QondorPeople, AProjectShowsItsPeopleOnDemandInListsOnly) {
  EXPECT_EQ(Project(kProject)["projectManagers"][0]["fullName"], "Demo Manager");
  EXPECT_EQ(Project(kProject)["projectManagers"][0]["isMainProjectManager"], true);
  EXPECT_EQ(Project(kProject)["projectLeaders"][0]["isMainProjectLeader"], true);
  const Json bare = Get("/Project/v1/Project/GetAll")[0];
  EXPECT_EQ(bare["projectManagers"], nullptr);
  EXPECT_EQ(bare["projectCustomFieldAnswers"], nullptr);
  const Json some = Get("/Project/v1/Project/GetAll?includeProjectManagers=True")[0];
  EXPECT_EQ(some["projectManagers"].size(), 1U);
  EXPECT_EQ(some["projectLeaders"], nullptr);
  const Json answers = Get("/Project/v1/Project/GetAll?includeProjectCustomFieldAnswers=true")[0];
  EXPECT_EQ(answers["projectCustomFieldAnswers"][0]["heading"], "Purpose");
}

TEST_F(QondorPeople, AProjectIsCreatedWithLittle) {  // Q13
  const Json made = Post("/Project/v1/Project", R"({"officeId": 2, "name": "P"})");
  EXPECT_EQ(made["projectNo"], std::to_string(made["id"].get<int>()));
  EXPECT_EQ(made["statusText"], "Pending");
  EXPECT_EQ(made["createdDate"], "2026-03-01T12:00:00");
  EXPECT_EQ(made["officeInternalName"], "DEMO-DEV");
  EXPECT_EQ(made["projectManagers"], Json::array());
  EXPECT_EQ(Project(made["id"]), made);
}

TEST_F(QondorPeople, AProjectIsCreatedWithMuch) {
  const Json made = Post("/Project/v1/Project", R"({"officeId": 2, "name": "P", "projectNo": "X-9",
      "mainProjectManagerUserName": "other.manager", "customerExternalReference": "CUST-ASSOC",
      "mainContactPersonEmail": "demo.contact@example.com", "teamExternalReference": "TEAM-OTHER",
      "pax": 7, "startDate": "2026-05-01", "endDate": "2026-05-02T10:00:00+02:00",
      "locationCode": "STO", "location": "The old town", "currency": "SEK", "leadFrom": "Tender",
      "projectCategory": "Incentive",
      "projectCustomFieldAnswers": [{"externalReference": "PF-APPROVED", "answer": "2026-01-01"}]})");
  EXPECT_EQ(made["projectManagers"][0]["id"], 6);
  EXPECT_EQ(made["customerName"], "Example Association");
  EXPECT_EQ(made["teamName"], "Other Team");
  EXPECT_EQ(made["startDate"], "2026-05-01T00:00:00");
  EXPECT_EQ(made["endDate"], "2026-05-02T08:00:00Z");
  EXPECT_EQ(made["destination"], "Stockholm");
  EXPECT_EQ(made["location"], "The old town");
  EXPECT_EQ(made["locationCountryCode"], "SE");
  EXPECT_EQ(made["currencyCode"], 752);
  EXPECT_EQ(made["currency"], "SEK");
  EXPECT_EQ(made["leadFromId"], 3);
  EXPECT_EQ(made["projectCategoryId"], 2);
  EXPECT_EQ(made["projectCustomFieldAnswers"][0]["dataTypeText"], "Date");
  EXPECT_EQ(Get("/Project/v1/Project/GetByProjectNo?projectNo=X-9&officeId=2"), made);
}

TEST_F(QondorPeople, AProjectCanStartFromAnother) {
  const Json made =
      Post("/Project/v1/Project",
           R"({"officeId": 2, "name": "Again", "copyFromProjectNo": "101", "pax": 9})");
  EXPECT_EQ(made["customerId"], kCustomer);
  EXPECT_EQ(made["teamId"], kTeam);
  EXPECT_EQ(made["pax"], 9);
  EXPECT_EQ(made["name"], "Again");
  EXPECT_EQ(made["currency"], "NOK");
  EXPECT_NE(made["projectNo"], "101");
  EXPECT_EQ(made["createdDate"], "2026-03-01T12:00:00");
}

TEST_F(QondorPeople, FinishingAProjectIsByItsNumberToo) {
  Put("/Project/v1/Project/SetAsFinished",
      R"({"projectNo": "101", "officeId": 2, "realSales": 5})");
  EXPECT_EQ(Project(kProject)["statusText"], "Finished");
  EXPECT_EQ(Get("/Statistics/v1/Statistics/GetOfferSales?projectId=101")[0]["projectFinishedDate"],
            "2026-03-01T12:00:00");
  EXPECT_EQ(StatusOf("PUT", "/Project/v1/Project/SetAsFinished",
                     R"({"projectNo": "101", "officeId": 3})"),
            404);
}

TEST_F(QondorPeople, SuppliersComeAndGo) {
  const Json made = Post("/Supplier/v1/Supplier", R"({"officeId": 2, "name": "S", "city": "Oslo",
      "countryCode": "no", "zipCode": "0150", "status": 2, "supplierCategoryId": 1})");
  EXPECT_EQ(made["statusText"], "Preferred");
  EXPECT_EQ(made["supplierCategoryName"], "Hotel");
  EXPECT_EQ(made["lastModifiedDateUtc"], "2026-03-01T12:00:00Z");
  EXPECT_EQ(IdsOf(Get("/Supplier/v1/Supplier/GetAll?lastModifiedDate=2026-03-01T12:00:00Z")),
            (std::vector<int>{made["id"].get<int>()}));
  Delete("/Supplier/v1/Supplier/" + std::to_string(made["id"].get<int>()));
  EXPECT_EQ(IdsOf(Get("/Supplier/v1/Supplier/GetAll")), (std::vector<int>{101, 102, 103}));
}

TEST_F(QondorPeople, InvoicesGoThroughTheirQueue) {  // Q15
  const std::string list = "/Invoicing/v1/Invoice/GetAllUnprocessedInvoices";
  EXPECT_EQ(IdsOf(Get(list)), (std::vector<int>{101, 102, 103}));
  const Json invoice = Get("/Invoicing/v1/Invoice/101");
  EXPECT_EQ(invoice["statusText"], "Unprocessed");
  EXPECT_EQ(invoice["totalExclVat"], 28500);
  EXPECT_EQ(invoice["vatAmount"], 4525);
  EXPECT_EQ(invoice["totalInclVat"], 33025);
  EXPECT_EQ(invoice["rows"][0]["totalInclVat"], 29900);
  const auto set = [&](const std::string& state, int id) {
    return StatusOf("PUT", "/Invoicing/v1/Invoice/SetAs" + state,
                    R"({"id": )" + std::to_string(id) + "}");
  };
  EXPECT_EQ(set("Paid", 101), 400);
  EXPECT_EQ(set("Processed", 101), 200);
  EXPECT_EQ(set("Processed", 101), 400);
  EXPECT_EQ(set("Failed", 101), 400);
  EXPECT_EQ(set("Paid", 101), 200);
  EXPECT_EQ(set("Paid", 101), 400);
  EXPECT_EQ(set("Failed", 102), 200);
  for (const std::string state : {"Processed", "Paid", "Failed"}) EXPECT_EQ(set(state, 102), 400);
  EXPECT_EQ(IdsOf(Get(list)), (std::vector<int>{103}));
  EXPECT_EQ(Get("/Invoicing/v1/Invoice/101")["statusText"], "Paid");
  EXPECT_EQ(Get("/Invoicing/v1/Invoice/102")["statusText"], "Failed");
}

TEST_F(QondorPeople, ParticipantsAreCounted) {  // Q16
  const std::string statistics =
      "/ParticipantStatistics/v1/ParticipantStatistics/GetStatisticsForProject?projectId=";
  EXPECT_EQ(DumpJson(Get(statistics + "101")), R"({"projectId":101,"numberOfParticipants":2})");
  const Json made = Post("/Participant/v1/Participant", R"({"projectId": 101, "firstName": "P"})");
  EXPECT_EQ(made["reference"].get<std::string>().size(), 36U);
  Put("/Participant/v1/Participant",
      R"({"reference": ")" + made["reference"].get<std::string>() + R"(", "lastName": "Q"})");
  const Json all = Get("/Participant/v1/Participant/GetForProject?projectId=101");
  EXPECT_EQ(all[2]["lastName"], "Q");
  EXPECT_EQ(all[2]["firstName"], "P");
  EXPECT_EQ(Get(statistics + "101")["numberOfParticipants"], 3);
  EXPECT_EQ(Get(statistics + "102")["numberOfParticipants"], 0);
  Post("/Participant/v1/ParticipantField", R"({"projectId": 102, "heading": "Size"})");
  EXPECT_EQ(Get("/Participant/v1/ParticipantField/GetForProject?projectId=102")[0]["heading"],
            "Size");
}

}  // namespace
}  // namespace kondor::qondor
