#include "mock_server/qondor/backend/backend_seed.h"

#include <gtest/gtest.h>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

// The message of the refusal; empty when the seed was taken.
std::string FaultOf(std::string_view environments) {
  const auto loaded =
      LoadBackendSeed(ParseJson(environments).value(), *DefaultBackendSeed(), "/qondor");
  return loaded ? "" : loaded.error().message;
}

TEST(QondorSeed, TheDefaultIsTaken) {
  const Result<Json> text = ParseJson(DefaultBackendSeedText());
  ASSERT_TRUE(text) << text.error().message;
  const auto loaded = LoadBackendSeed(*text, BackendSeed{}, "");
  EXPECT_TRUE(loaded) << loaded.error().message;
}

TEST(QondorSeed, NamesNobodyReal) {
  const std::string text = DefaultBackendSeedText();
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    EXPECT_EQ(text.substr(at, 13), "@example.com\"");
  }
}

using QondorSeedLists = DevBackend;

TEST_F(QondorSeedLists, AListInASeedReplacesThatListAlone) {
  const Json environments =
      ParseJson(R"({"Dev": {"supplierCategories": [{"id": 9, "name": "Boats"}],
      "suppliers": [{"id": 103, "name": "C", "supplierCategoryId": 9},
                    {"id": 102, "name": "B", "isInternalSupplier": true, "status": 2},
                    {"id": 101, "name": "A", "lastModifiedDateUtc": "2026-01-01T00:00:00Z"}]}})")
          .value();
  const auto seed = LoadBackendSeed(environments, *DefaultBackendSeed(), "/qondor");
  ASSERT_TRUE(seed) << seed.error().message;
  Backend dev(Environment::kDev, *seed);
  const Json suppliers = CallOn(dev, "GET", "/Supplier/v1/Supplier/GetAll").json;
  EXPECT_EQ(IdsOf(suppliers), (std::vector<int>{101, 102, 103}));
  EXPECT_EQ(suppliers[2]["categoryName"], "Boats");
  EXPECT_EQ(CallOn(dev, "GET", "/Customer/v1/Customer/1").status, 200);
  EXPECT_EQ(CallOn(dev, "POST", "/Supplier/v1/Supplier",
                   R"({"officeId": 2, "name": "S", "city": "C", "countryCode": "NO",
                       "zipCode": "1", "status": 1})")
                .json["id"],
            104);
  Backend test(Environment::kTest, *seed);
  EXPECT_EQ(CallOn(test, "GET", "/Supplier/v1/Supplier/70001").json["name"], "Sample Hotel");
}

TEST_F(QondorSeedLists, NoSeedIsTheDefaultOne) {
  Backend dev(Environment::kDev, nullptr);
  EXPECT_EQ(dev.Dump(), backend_.Dump());
}

struct BadSeed {
  std::string_view environments, fault;
};

class QondorSeedFaults : public testing::TestWithParam<BadSeed> {};

TEST_P(QondorSeedFaults, AreRefusedWithTheirPlace) {
  const std::string fault = FaultOf(GetParam().environments);
  EXPECT_EQ(fault.rfind(GetParam().fault, 0), 0U) << fault;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, QondorSeedFaults,
    testing::Values(
        BadSeed{"[]", "/qondor: expected an object"},
        BadSeed{R"({"Staging": {}})", "/qondor/Staging: unknown environment"},
        BadSeed{R"({"a\nb": {}})", "/qondor/a?b: unknown environment"},
        BadSeed{R"({"Dev": {"a\nb": []}})", "/qondor/Dev/a?b: unknown list"},
        BadSeed{R"({"dev": {}})", "/qondor/dev: unknown environment"},
        BadSeed{R"({"Dev": []})", "/qondor/Dev: expected an object of lists"},
        BadSeed{R"({"Dev": {"boats": []}})",
                "/qondor/Dev/boats: unknown list; known here: offices"},
        BadSeed{R"({"Dev": {"teams": {}}})", "/qondor/Dev/teams: expected an array"},
        BadSeed{R"({"Dev": {"teams": [1]}})", "/qondor/Dev/teams/0: expected an object"},
        BadSeed{R"({"Dev": {"teams": [{"name": "T"}]}})", "/qondor/Dev/teams/0/id: required"},
        BadSeed{R"({"Dev": {"teams": [{"id": 0}]}})", "/qondor/Dev/teams/0/id: expected a whole"},
        BadSeed{R"({"Dev": {"teams": [{"id": 9}, {"id": 9}]}})",
                "/qondor/Dev/teams/1/id: stands twice"},
        BadSeed{R"({"Dev": {"teams": [{"id": 1, "colour": "red"}]}})",
                "/qondor/Dev/teams/0/colour: unknown field"},
        BadSeed{R"({"Dev": {"teams": [{"id": 1, "name": 5}]}})",
                "/qondor/Dev/teams/0/name: expected text"},
        BadSeed{R"({"Dev": {"invoices": [{"id": 1, "status": 9}]}})",
                "/qondor/Dev/invoices/0/status: expected one of the numbers of its enum"},
        BadSeed{R"({"Dev": {"invoices": [{"id": 1, "createdDate": "soon"}]}})",
                "/qondor/Dev/invoices/0/createdDate: expected a date"},
        BadSeed{R"({"Dev": {"invoices": [{"id": 1, "projectId": 3000000000}]}})",
                "/qondor/Dev/invoices/0/projectId: expected a whole number"},
        BadSeed{R"({"Dev": {"invoiceRows": [{"id": 1}]}})",
                "/qondor/Dev/invoiceRows/0/invoiceId: required"},
        BadSeed{R"({"Dev": {"invoiceRows": [{"id": 1, "invoiceId": 9}]}})",
                "/qondor/Dev/invoiceRows/0/invoiceId: links to nothing"},
        BadSeed{R"({"Dev": {"suppliers": []}})",
                "/qondor/Dev/supplierContacts/0/supplierId: links"},
        BadSeed{R"({"Dev": {"articles": [{"id": 1, "artNo": "1"}, {"id": 2, "artNo": "1"}]}})",
                "/qondor/Dev/articles/0/artNo: stands twice"},
        BadSeed{R"({"Dev": {"articles": [{"id": 1, "vatPercentage": "25"}]}})",
                "/qondor/Dev/articles/0/vatPercentage: expected a number"},
        BadSeed{R"({"Dev": {"articles": [{"id": 1, "vatPercentage": 8e28}]}})",
                "/qondor/Dev/articles/0/vatPercentage: expected a number"},
        BadSeed{R"({"Dev": {"tickets": [{"id": 1, "transportProductId": 103}]}})",
                "/qondor/Dev/tickets/0/transportProductId: leads to one of another productType"},
        BadSeed{R"({"Dev": {"customers": [{"id": 1, "officeId": 3, "customerCategoryId": 1}]}})",
                "/qondor/Dev/customers/0: its links contradict each other"},
        BadSeed{R"({"Dev": {"customers": [{"id": 1, "isActive": "yes"}]}})",
                "/qondor/Dev/customers/0/isActive: expected true or false"}));

}  // namespace
}  // namespace kondor::qondor
