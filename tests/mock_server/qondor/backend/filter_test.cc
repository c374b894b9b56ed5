// Filters against a plain reading of the whole list.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

class QondorFilters : public DevBackend {
 protected:
  // The ids of those in the unfiltered list that `keep` keeps.
  std::vector<int> Kept(const std::string& list, const std::function<bool(const Json&)>& keep) {
    return KeptOf(Get(list), keep);
  }
  static std::vector<int> KeptOf(const Json& list, const std::function<bool(const Json&)>& keep) {
    std::vector<int> ids;
    for (const Json& element : list) {
      if (keep(element)) ids.push_back(element["id"]);
    }
    return ids;
  }

  void MakeProjects() {
    for (int i = 0; i < 40; ++i) {
      now_ += std::chrono::minutes(7);
      const Json made = Post("/Project/v1/Project",
                             R"({"officeId": )" + std::to_string(2 + i % 2) + R"(, "name": "P"})");
      const std::string id = std::to_string(made["id"].get<int>());
      if (i % 3 == 0) Put("/Project/v1/Project/SetAsFinished", R"({"projectId": )" + id + "}");
      if (i % 4 != 0) continue;
      const Json offer = Post("/Offer/v1/Offer", R"({"heading": "H", "projectId": )" + id + "}");
      now_ += std::chrono::minutes(1);
      const std::string status = i % 8 == 0 ? "3" : "4";
      Put("/Offer/v1/Offer",
          R"({"id": )" + std::to_string(offer["id"].get<int>()) + R"(, "status": )" + status + "}");
    }
  }
};

TEST_F(QondorFilters, ProjectsByStatusOfficeAndChange) {
  MakeProjects();
  const std::string all = "/Project/v1/Project/GetAll";
  const Json unfiltered = Get(all);
  rc::check("the filtered list is the list, filtered", [&] {
    const auto statuses = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 5));
    const int office = *rc::gen::inRange(1, 5);  // 1 and 4: any
    std::string query = "?x=1";
    for (const int status : statuses) query += "&status=" + std::to_string(status);
    const bool by_office = office == 2 || office == 3;
    if (by_office) query += "&officeId=" + std::to_string(office);
    std::string after;
    if (*rc::gen::arbitrary<bool>()) {
      now_ = ParseIsoTime("2026-03-01T12:00:00Z").value() +
             std::chrono::minutes(*rc::gen::inRange(0, 500));
      after = FormatIsoTime(now_).substr(0, 19);
      query += "&changedAfter=" + after + "Z";
    }
    const auto wanted = KeptOf(unfiltered, [&](const Json& project) {
      const int status = project["status"];
      const bool in =
          statuses.empty() || std::find(statuses.begin(), statuses.end(), status) != statuses.end();
      return in && (!by_office || project["officeId"] == office) &&
             (after.empty() || project["settingsLastEditedDate"].get<std::string>() > after);
    });
    RC_ASSERT(IdsOf(Get(all + query)) == wanted);
  });
}

TEST_F(QondorFilters, ChangesOfOffersCountOnlyWhenAskedFor) {
  At("2026-03-05T00:00:00Z");
  Put("/Product/v1/Product/UpdatePrice", R"({"id": 1, "inPriceExclVat": 1})");
  const std::string query = "/Project/v1/Project/GetAll?changedAfter=2026-03-04T00:00:00Z";
  EXPECT_EQ(Get(query), Json::array());
  EXPECT_EQ(Get(query + "&changedAfterIncludesOfferChanges=false"), Json::array());
  EXPECT_EQ(IdsOf(Get(query + "&changedAfterIncludesOfferChanges=true")),
            (std::vector<int>{kProject}));
  At("2026-03-06T00:00:00Z");
  Delete("/Offer/v1/Offer/103");
  EXPECT_EQ(IdsOf(Get(query + "&changedAfterIncludesOfferChanges=true")),
            (std::vector<int>{101, 102}));
}

TEST_F(QondorFilters, AnInstantAfterIsLaterThanItself) {
  At("2026-03-05T00:00:00Z");
  const int id = Post("/Project/v1/Project", R"({"officeId": 2, "name": "P"})")["id"];
  const std::string query = "/Project/v1/Project/GetAll?changedAfter=2026-03-0";
  EXPECT_EQ(Get(query + "5"), Json::array());
  EXPECT_EQ(IdsOf(Get(query + "4T23:59:59.9")), (std::vector<int>{id}));
  EXPECT_EQ(IdsOf(Get(query + "5T02:59:59%2B03:00")), (std::vector<int>{id}));
}

TEST_F(QondorFilters, CustomersByOfficeAndNumber) {
  Post("/Customer/v1/Customer", R"({"officeId": 3, "name": "N", "customerNumber": "10001"})");
  const std::string all = "/Customer/v1/Customer/GetAll";
  EXPECT_EQ(IdsOf(Get(all + "?officeId=3")),
            Kept(all, [](const Json& customer) { return customer["officeId"] == 3; }));
  const std::string by_number = all + "ByCustomerNumber?customerNumber=10001";
  EXPECT_EQ(IdsOf(Get(by_number)), (std::vector<int>{1, 3}));
  EXPECT_EQ(IdsOf(Get(by_number + "&officeId=3")), (std::vector<int>{3}));
  EXPECT_EQ(Get(all + "?officeId=999"), Json::array());
  // A number that two customers of the office have names neither.
  Post("/Customer/v1/Customer", R"({"officeId": 2, "name": "N", "customerNumber": "10001"})");
  const Reply which = Call("POST", "/Project/v1/Project",
                           R"({"officeId": 2, "name": "P", "customerNumber": "10001"})");
  EXPECT_EQ(ErrorsOf(which),
            "CustomerNumber: More than one has this CustomerNumber; add CustomerId or "
            "CustomerExternalReference.\n");
}

TEST_F(QondorFilters, SuppliersSinceADate) {
  const std::string all = "/Supplier/v1/Supplier/GetAll";
  for (const std::string date :
       {"2026-01-05T09:00:00Z", "2026-01-05T09:00:01Z", "2026-01-12", "2026-02-01", "2027-01-01"}) {
    EXPECT_EQ(IdsOf(Get(all + "?lastModifiedDate=" + date)),
              Kept(all,
                   [&](const Json& supplier) {
                     return supplier["lastModifiedDateUtc"].get<std::string>() >= date;
                   }))
        << date;
  }
}

TEST_F(QondorFilters, CategoriesByOffice) {
  const std::string all = "/Office/v1/Office/GetAllCustomerCategories";
  EXPECT_EQ(IdsOf(Get(all)), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(IdsOf(Get(all + "?officeId=2")), (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace kondor::qondor
