// Every kind of mistake in a seed is refused, with the place where it stands as a JSON pointer.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "mock_server/kondado/seed.h"

namespace kondor::kondado {
namespace {

struct Mistake {
  std::string_view name;   // of the test
  std::string_view seed;   // the "kondado" object
  std::string_view fault;  // how the message begins
};

// gtest prints a case that fails.
std::ostream& operator<<(std::ostream& out, const Mistake& mistake) { return out << mistake.seed; }

class SeedMistake : public testing::TestWithParam<Mistake> {};

TEST_P(SeedMistake, IsRefusedWithItsPlace) {
  const auto loaded = LoadSeed(ParseJson(GetParam().seed).value(), *DefaultSeed(), "/kondado");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_EQ(loaded.error().message.rfind(GetParam().fault, 0), 0U) << loaded.error().message;
}

std::string NameOf(const testing::TestParamInfo<Mistake>& info) {
  return std::string(info.param.name);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, SeedMistake,
    testing::Values(
        Mistake{"NotAnObject", "[]", "/kondado: expected an object, got an array"},
        Mistake{"UnknownList", R"({"pipeline": []})",
                "/kondado/pipeline: unknown field; known here: users, tokens, pipelines, models, "
                "parent_collections, tables"},
        Mistake{"ListThatIsNone", R"({"users": {}})", "/kondado/users: expected an array"},
        Mistake{"NullList", R"({"models": null})", "/kondado/models: expected an array, got null"},
        Mistake{"ElementThatIsNoObject", R"({"pipelines": [{"id": 1}, 2]})",
                "/kondado/pipelines/1: expected an object, got a number"},
        Mistake{"UnknownField", R"({"pipelines": [{"id": 1, "state": "x"}]})",
                "/kondado/pipelines/0/state: unknown field; known here: id, name, status"}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Users, SeedMistake,
    testing::Values(
        Mistake{"WithoutId", R"({"users": [{"permissions": []}]})",
                "/kondado/users/0/id: required, but missing"},
        Mistake{"OfIdZero", R"({"users": [{"id": 0, "permissions": []}]})",
                "/kondado/users/0/id: expected a whole number from 1"},
        Mistake{"OfHugeId", R"({"users": [{"id": 9223372036854775808, "permissions": []}]})",
                "/kondado/users/0/id: expected a whole number from 1"},
        Mistake{"WithoutPermissions", R"({"users": [{"id": 1}]})",
                "/kondado/users/0/permissions: required, but missing"},
        Mistake{"OfUnknownPermission",
                R"({"users": [{"id": 1, "permissions": ["read_models", "fly"]}]})",
                "/kondado/users/0/permissions/1: unknown permission; allowed: read_pipelines, "},
        Mistake{"OfPermissionThatIsNoText", R"({"users": [{"id": 1, "permissions": [1]}]})",
                "/kondado/users/0/permissions/0: unknown permission"},
        Mistake{"Twice",
                R"({"users": [{"id": 1, "permissions": []}, {"id": 1, "permissions": []}]})",
                "/kondado/users/1/id: 1 stands twice"},
        Mistake{"ReplacedUnderTheirTokens", R"({"users": [{"id": 9, "permissions": []}]})",
                "/kondado/tokens/0/user_id: there is no user 1"}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Tokens, SeedMistake,
    testing::Values(Mistake{"WithoutUser", R"({"tokens": [{"kind": "user"}]})",
                            "/kondado/tokens/0/user_id: required, but missing"},
                    Mistake{"OfNobody", R"({"tokens": [{"user_id": 1}, {"user_id": 3}]})",
                            "/kondado/tokens/1/user_id: there is no user 3"},
                    Mistake{"OfUnknownKind", R"({"tokens": [{"user_id": 1, "kind": "hub"}]})",
                            "/kondado/tokens/0/kind: unknown value; allowed: user, via_kondado"},
                    Mistake{"EmptyKey", R"({"tokens": [{"user_id": 1, "key": ""}]})",
                            "/kondado/tokens/0/key: cannot be empty"},
                    Mistake{"EmptySecret", R"({"tokens": [{"user_id": 1, "token": ""}]})",
                            "/kondado/tokens/0/token: cannot be empty"},
                    Mistake{"ActiveAsText", R"({"tokens": [{"user_id": 1, "active": "yes"}]})",
                            "/kondado/tokens/0/active: expected true or false, got text"},
                    Mistake{
                        "KeyTwice",
                        R"({"tokens": [{"user_id": 1, "key": "k"}, {"user_id": 2, "key": "k"}]})",
                        "/kondado/tokens/1/key: stands twice"},
                    Mistake{"ViaSecretTwice",
                            R"({"tokens": [{"user_id": 1, "kind": "via_kondado", "token": "t"},
                               {"user_id": 1, "kind": "via_kondado", "token": "t"}]})",
                            "/kondado/tokens/1/token: stands twice"}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    PipelinesAndModels, SeedMistake,
    testing::Values(
        Mistake{"PipelineTwice", R"({"pipelines": [{"id": 1}, {"id": 2}, {"id": 1}]})",
                "/kondado/pipelines/2/id: 1 stands twice"},
        Mistake{"PipelineWithoutId", R"({"pipelines": [{"name": "x"}]})",
                "/kondado/pipelines/0/id: required, but missing"},
        Mistake{
            "PipelineOfUnknownStatus", R"({"pipelines": [{"id": 1, "status": "asleep"}]})",
            "/kondado/pipelines/0/status: unknown value; allowed: running, scheduled, active, "},
        Mistake{"NegativeQueue", R"({"pipelines": [{"id": 1, "queue_ms": -1}]})",
                "/kondado/pipelines/0/queue_ms: expected a whole number from 0 to 86400000"},
        Mistake{"RunOfMoreThanADay", R"({"pipelines": [{"id": 1, "run_ms": 86400001}]})",
                "/kondado/pipelines/0/run_ms: expected a whole number from 0 to 86400000"},
        Mistake{"RunWithAFraction", R"({"pipelines": [{"id": 1, "run_ms": 1.5}]})",
                "/kondado/pipelines/0/run_ms: expected a whole number"},
        Mistake{"MessageThatIsNoText", R"({"pipelines": [{"id": 1, "raw_msg": 1}]})",
                "/kondado/pipelines/0/raw_msg: expected text or null, got a number"},
        Mistake{"ModelTwice", R"({"models": [{"id": 1}, {"id": 1}]})",
                "/kondado/models/1/id: 1 stands twice"},
        Mistake{"ModelOfAPipelinesStatus",
                R"({"models": [{"id": 1, "status": "building_tables"}]})",
                "/kondado/models/0/status: unknown value; allowed: running, scheduled, active, "
                "not_active"},
        Mistake{"ModelOfUnknownKubo", R"({"models": [{"id": 1, "kubo_status_type": "x"}]})",
                "/kondado/models/0/kubo_status_type: unknown value; allowed: not_published, "
                "rebuilding, operational"}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    CollectionsAndTables, SeedMistake,
    testing::Values(
        Mistake{"CollectionTwice", R"({"parent_collections": [{"id": 1}, {"id": 1}]})",
                "/kondado/parent_collections/1/id: 1 stands twice"},
        Mistake{
            "ParentPipelineTwice",
            R"({"parent_collections": [{"id": 1, "parent_pipelines": [{"id": 2}, {"id": 2}]}]})",
            "/kondado/parent_collections/0/parent_pipelines/1/id: 2 stands twice"},
        Mistake{
            "ParentPipelineMistyped",
            R"({"parent_collections": [{"id": 1, "parent_pipelines": [{"id": 2, "name": ""}]}]})",
            "/kondado/parent_collections/0/parent_pipelines/0/name: unknown field"},
        Mistake{"TableWithoutName", R"({"tables": [{"tbl_id": 1}]})",
                "/kondado/tables/0/tbl_name: required, but missing"},
        Mistake{"TableOfEmptyName", R"({"tables": [{"tbl_name": ""}]})",
                "/kondado/tables/0/tbl_name: cannot be empty"},
        Mistake{"TableNameTwice", R"({"tables": [{"tbl_name": "t"}, {"tbl_name": "t"}]})",
                "/kondado/tables/1/tbl_name: t stands twice"},
        Mistake{"TableIdTwice",
                R"({"tables": [{"tbl_name": "a", "tbl_id": 5}, {"tbl_name": "b", "tbl_id": 5}]})",
                "/kondado/tables/1/tbl_id: 5 stands twice"},
        Mistake{"TableOfUnknownOrigin",
                R"({"tables": [{"tbl_name": "t", "origin_object_type": "model"}]})",
                "/kondado/tables/0/origin_object_type: unknown value; allowed: pipeline, kubo"},
        Mistake{"RowThatIsNoObject", R"({"tables": [{"tbl_name": "t", "rows": [{}, [1]]}]})",
                "/kondado/tables/0/rows/1: expected an object"},
        Mistake{"RowsThatAreNone", R"({"tables": [{"tbl_name": "t", "rows": {}}]})",
                "/kondado/tables/0/rows: expected an array, got an object"}),
    NameOf);

}  // namespace
}  // namespace kondor::kondado
