#include "mock_server/qondor/contract/routes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>

#include "mock_server/qondor/contract/contract.h"

namespace kondor::qondor {
namespace {

const Contract& Api() { return Contract::Get(); }

std::string WithId(std::string path, const std::string& id) {
  if (const std::size_t at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, id);
  return path;
}

// "GET /Customer/v1/Customer/{id}" of what was found; "none" when nothing was.
std::string Found(std::string_view method, std::string_view path) {
  const std::optional<Route> route = Api().Find(method, path);
  return route ? route->operation->method + " " + route->operation->path : "none";
}

std::string IdFound(std::string_view path) {
  const std::optional<Route> route = Api().Find("GET", path);
  return route ? route->id : "none";
}

TEST(QondorRoutes, EveryOperationIsFoundByItsMethodAndPath) {
  for (const Operation& operation : Api().operations()) {
    const auto route = Api().Find(operation.method, WithId(operation.path, "7"));
    ASSERT_TRUE(route) << operation.method << " " << operation.path;
    EXPECT_EQ(route->operation, &operation);
    EXPECT_EQ(route->id, operation.has_id() ? "7" : "");
  }
}

TEST(QondorRoutes, AWrongMethodFindsNothing) {  // G5: 404, never 405
  for (const Operation& operation : Api().operations()) {
    for (const std::string_view method :
         {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", ""}) {
      const std::string path = WithId(operation.path, "7");
      const std::string found = Found(method, path);
      if (found == "none") continue;
      const auto& all = Api().operations();
      EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                              [&](const Operation& other) {
                                return other.method == method &&
                                       found == other.method + " " + other.path;
                              }))
          << method << " " << path;
    }
  }
  EXPECT_EQ(Found("PUT", "/Customer/v1/Customer/7"), "none");
  EXPECT_EQ(Found("DELETE", "/Customer/v1/Customer/7"), "none");  // Q13
  EXPECT_EQ(Found("DELETE", "/Project/v1/Project/7"), "none");    // Q13
  EXPECT_EQ(Found("PATCH", "/Customer/v1/Customer"), "none");     // Q12
  EXPECT_EQ(Found("get", "/Office/v1/Office/GetAll"), "none");
}

TEST(QondorRoutes, ALiteralSegmentWinsOverAnId) {
  EXPECT_EQ(Found("GET", "/Customer/v1/Customer/GetAll"), "GET /Customer/v1/Customer/GetAll");
  EXPECT_EQ(Found("DELETE", "/Offer/v1/Offer/DeleteOfferCurrency"),
            "DELETE /Offer/v1/Offer/DeleteOfferCurrency");
  EXPECT_EQ(Found("GET", "/Customer/v1/Customer/GetAlles"), "GET /Customer/v1/Customer/{id}");
  // A literal of another method is an id here.
  EXPECT_EQ(Found("DELETE", "/Offer/v1/Offer/GetByExternalReference"),
            "DELETE /Offer/v1/Offer/{id}");
}

TEST(QondorRoutes, CaseDoesNotMatter) {
  rc::check("any mixture of letters leads to the same operation", [] {
    const auto& all = Api().operations();
    const Operation& operation = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    std::string path = WithId(operation.path, "15409");
    for (char& c : path) {
      const auto letter = static_cast<unsigned char>(c);
      c = static_cast<char>(*rc::gen::arbitrary<bool>() ? std::toupper(letter)
                                                        : std::tolower(letter));
    }
    const auto route = Api().Find(operation.method, path);
    RC_ASSERT(route.has_value());
    RC_ASSERT(route->operation == &operation);
  });
}

TEST(QondorRoutes, TheIdIsTheDecodedSegmentWhateverItHolds) {
  const std::string folder = "/Customer/v1/Customer/";
  for (const auto& [raw, id] : std::map<std::string, std::string>{
           {"15409", "15409"},
           {"-1", "-1"},
           {"100000000000000000000", "100000000000000000000"},
           {"abc", "abc"},
           {"%31%32", "12"},
           {"1%2F2", "1/2"},
           {"1+2", "1+2"},
           {"%zz", "%zz"},
           {"{id}", "{id}"},
           {"...", "..."},
           {"%00", std::string(1, '\0')},
       }) {
    EXPECT_EQ(IdFound(folder + raw), id) << raw;
  }
}

TEST(QondorRoutes, PercentEncodedLettersOfThePathAreLetters) {
  EXPECT_EQ(Found("GET", "/C%75stomer/v1/Customer/5"), "GET /Customer/v1/Customer/{id}");
  EXPECT_EQ(Found("GET", "/Customer/v1/Customer/Get%41ll"), "GET /Customer/v1/Customer/GetAll");
  EXPECT_EQ(Found("GET", "/Customer%2Fv1/Customer/5"), "none");
  EXPECT_EQ(Found("GET", "/Customer/v1%2FCustomer/5"), "none");
}

TEST(QondorRoutes, WhatNoOperationHasFindsNothing) {
  for (const std::string path : {"",
                                 "/",
                                 "//",
                                 "Customer/v1/Customer/5",
                                 "/Customer",
                                 "/Customer/v1",
                                 "/Customer/v1/",
                                 "/Customer/v2/Customer/5",
                                 "/Customer/v1/Customer/",
                                 "/Customer/v1/Customer/5/",
                                 "/Customer/v1/Customer/5/6",
                                 "//Customer/v1/Customer/5",
                                 "/Customer//v1/Customer/5",
                                 "/Customer/v1/./Customer/5",
                                 "/Customer/v1/Customer/.",
                                 "/Customer/v1/Customer/..",
                                 "/Customer/v1/Customer/%2e%2e",
                                 "/Customer/v1/x/../Customer/5",
                                 "/Prod/Customer/v1/Customer/5",
                                 "/Customer/v1/%2e/Customer/5",
                                 "/Customer/v1/Customer/GetAll/"}) {
    EXPECT_EQ(Found("GET", path), "none") << path;
  }
}

TEST(QondorRoutes, NoBytesBreakIt) {
  rc::check("any path finds an operation or nothing", [](const std::string& rest) {
    const auto route = Api().Find("GET", "/Customer/v1/" + rest);
    const bool well = !route || route->operation->api == "Customer/v1";
    RC_ASSERT(well);
    (void)Api().Find(rest, rest);
    (void)Api().ApiOf(rest);
  });
}

TEST(QondorRoutes, ApiOfTellsWhichApiAPathLiesIn) {  // G3
  EXPECT_EQ(Api().ApiOf("/customer/V1/Customer/5"), "Customer/v1");
  EXPECT_EQ(Api().ApiOf("/Customer/v1"), "Customer/v1");
  EXPECT_EQ(Api().ApiOf("/Customer/v1/no/such/thing"), "Customer/v1");
  EXPECT_EQ(Api().ApiOf("/AccommodationProduct/v1/AccommodationRoomProduct"),
            "AccommodationProduct/v1");
  for (const std::string_view path : {"", "/", "/Customer", "/Customer/v2/x", "/Customers/v1"}) {
    EXPECT_EQ(Api().ApiOf(path), "") << path;
  }
}

}  // namespace
}  // namespace kondor::qondor
