#include <gtest/gtest.h>

#include <string>

#include "mock_server/qondor/contract/contract.h"

namespace kondor::qondor {
namespace {

Json Parsed(std::string_view text) {
  const Result<Json> parsed = ParseJson(text);
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message);
  return parsed ? *parsed : Json();
}

// The message of the refusal; empty when it was taken.
std::string FaultOf(const Json& api) {
  const auto loaded = Contract::Load(api);
  return loaded ? "" : loaded.error().message;
}

// The built-in description with one thing changed, given as a JSON patch.
std::string FaultOfPatched(std::string_view patch) {
  return FaultOf(Parsed(Contract::Text()).patch(Parsed(patch)));
}

TEST(ContractLoad, TheBuiltInDescriptionIsTaken) {
  EXPECT_EQ(FaultOf(Parsed(Contract::Text())), "");
}

TEST(ContractLoad, IsPlainAsciiSoThatItCanBeCutIntoPieces) {
  for (const char c : Contract::Text()) ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f));
}

TEST(ContractLoad, RefusesWhatNobodyReads) {
  EXPECT_EQ(FaultOfPatched(R"([{"op": "add", "path": "/note", "value": "x"}])")
                .rfind("/note: unknown field", 0),
            0U);
  EXPECT_EQ(FaultOfPatched(R"([{"op": "add", "path": "/operations/3/verb", "value": "x"}])")
                .rfind("/operations/3/verb: unknown field", 0),
            0U);
}

struct Broken {
  std::string_view patch;
  std::string_view fault;  // how the message begins
};

class BrokenContract : public testing::TestWithParam<Broken> {};

TEST_P(BrokenContract, IsRefusedWithItsPlace) {
  const std::string fault = FaultOfPatched(GetParam().patch);
  EXPECT_EQ(fault.rfind(GetParam().fault, 0), 0U) << fault;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BrokenContract,
    testing::Values(
        Broken{R"([{"op": "remove", "path": "/enums"}])", "/enums: required"},
        Broken{R"([{"op": "replace", "path": "/bodies", "value": []}])", "/bodies: expected"},
        Broken{R"([{"op": "add", "path": "/enums/OfferStatus/x", "value": "X"}])",
               "/enums/OfferStatus/x: expected a whole number"},
        Broken{R"([{"op": "add", "path": "/enums/OfferStatus/5", "value": 5}])",
               "/enums/OfferStatus/5: expected a whole number"},
        Broken{R"([{"op": "replace", "path": "/bodies/Country/name", "value": "text"}])",
               "/bodies/Country/name: unknown type 'text'"},
        Broken{R"([{"op": "replace", "path": "/bodies/Country/name", "value": "list[Nation]"}])",
               "/bodies/Country/name: unknown type 'Nation'"},
        Broken{
            R"([{"op": "replace", "path": "/bodies/Country/name", "value": "digits of Country"}])",
            "/bodies/Country/name: unknown type 'digits of Country'"},
        Broken{R"([{"op": "replace", "path": "/bodies/Country/name", "value": 1}])",
               "/bodies/Country/name: expected the name of a type"},
        Broken{R"([{"op": "replace", "path": "/operations/0/method", "value": "PATCH"}])",
               "/operations/0/method: Qondor knows"},
        Broken{R"([{"op": "replace", "path": "/operations/0/path", "value": "/Customer"}])",
               "/operations/0/path: expected /Group/v1"},
        Broken{R"([{"op": "remove", "path": "/operations/0/rule"}])",
               "/operations/0/rule: required"},
        Broken{R"([{"op": "replace", "path": "/operations/0/response", "value": "OfferStatus"}])",
               "/operations/0/response: expected a body"},
        Broken{
            R"([{"op": "replace", "path": "/resources/offers/derived/offerId", "value": "x.id"}])",
            "/resources/offers/derived/offerId: no link leads along x.id"},
        Broken{R"([{"op": "replace", "path": "/resources/offers/derived/offerId", "value": "x"}])",
               "/resources/offers/derived/offerId: no field 'x'"},
        Broken{
            R"([{"op": "add", "path": "/resources/offers/derived/offerId", "value": {"sqrt": "id"}}])",
            "/resources/offers/derived/offerId: unknown word 'sqrt'"},
        Broken{
            R"([{"op": "add", "path": "/resources/offers/derived/offerId", "value": {"text": "heading"}}])",
            "/resources/offers/derived/offerId: has no words"},
        Broken{
            R"([{"op": "add", "path": "/resources/offers/derived/offerId", "value": {"children": "invoices"}}])",
            "/resources/offers/derived/offerId: nothing links invoices to offers"},
        Broken{R"([{"op": "add", "path": "/resources/offers/colour", "value": "red"}])",
               "/resources/offers/colour: unknown field"},
        Broken{
            R"([{"op": "replace", "path": "/resources/offers/links/projectId/to", "value": "trips"}])",
            "/resources/offers/links/projectId/to: no such resource"},
        Broken{R"([{"op": "add", "path": "/resources/offers/links/projectId/by/x", "value": "y"}])",
               "/resources/offers/links/projectId/by/x: no stored field 'y' in projects"},
        Broken{R"([{"op": "add", "path": "/resources/offers/unique/x", "value": ""}])",
               "/resources/offers/unique: no stored field 'x'"},
        Broken{R"([{"op": "add", "path": "/resources/offers/touches/x", "value": "y"}])",
               "/resources/offers/touches/x: leads to no field"},
        Broken{R"([{"op": "add", "path": "/bodies/CreateOffer/surprise", "value": "string"}])",
               "/bodies/CreateOffer/surprise: nothing becomes of it in offers"},
        Broken{R"([{"op": "add", "path": "/operations/0/does", "value": {}}])",
               "/operations/0/does: says not what it does"},
        Broken{R"([{"op": "add", "path": "/operations/0/does/hurry", "value": true}])",
               "/operations/0/does/hurry: unknown field"},
        Broken{R"([{"op": "add", "path": "/operations/0/does/find/x", "value": "id"}])",
               "/operations/0/does/find: the call has no 'x'"},
        Broken{R"([{"op": "add", "path": "/events/0", "value": "OfferLostV1"}])",
               "/events: no such body"},
        Broken{R"([{"op": "copy", "from": "/operations/0", "path": "/operations/1"}])",
               "/operations/1: GET /Customer/v1/Customer/{id} stands twice"}));

}  // namespace
}  // namespace kondor::qondor
