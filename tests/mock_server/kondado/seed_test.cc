// The seed that is built in, and what a seed may hold.
#include "mock_server/kondado/seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace kondor::kondado {
namespace {

std::shared_ptr<const Seed> Loaded(std::string_view text, const Seed& base = Seed{}) {
  const auto loaded = LoadSeed(ParseJson(text).value(), base, "/kondado");
  EXPECT_TRUE(loaded) << loaded.error().message;
  return loaded ? *loaded : std::make_shared<Seed>();
}

// --- the default seed
TEST(DefaultSeed, HasOnePipelineOfEachStatus) {  // K10
  std::map<std::int64_t, std::string> statuses;
  for (const Pipeline& pipeline : DefaultSeed()->pipelines) {
    statuses[pipeline.id] = ToText(pipeline.status);
  }
  EXPECT_EQ(statuses, (std::map<std::int64_t, std::string>{
                          {2040, "active"},
                          {2041, "running"},
                          {2042, "scheduled"},
                          {2043, "not_active"},
                          {2044, "building_tables"},
                          {2045, "error_building_tables"},
                          {2046, "too_many_consecutive_failed_builds"},
                          {2047, "too_many_consecutive_failed_builds__blocked"}}));
}

TEST(DefaultSeed, ExplainsEveryFailedPipelineAndNoOther) {  // K10: raw_msg says why
  for (const Pipeline& pipeline : DefaultSeed()->pipelines) {
    EXPECT_EQ(pipeline.raw_msg.has_value(), pipeline.id >= 2045) << pipeline.id;
  }
}

TEST(DefaultSeed, HasOneModelOfEachStatus) {  // K11
  std::map<std::int64_t, std::string> statuses;
  std::set<KuboStatus> kubo;
  for (const Model& model : DefaultSeed()->models) {
    statuses[model.id] = ToText(model.status);
    kubo.insert(model.kubo_status);
    if (model.id == 162) {
      EXPECT_EQ(model.kubo_status, KuboStatus::kOperational);
    }
  }
  EXPECT_EQ(statuses,
            (std::map<std::int64_t, std::string>{
                {162, "active"}, {163, "running"}, {164, "scheduled"}, {165, "not_active"}}));
  EXPECT_EQ(kubo.size(), 3U);
}

TEST(DefaultSeed, HasTheSourcesAndTheDestinationOfTheDocs) {  // K12-K14
  std::vector<std::int64_t> sources, destinations;
  std::map<std::int64_t, std::vector<std::int64_t>> pipelines;
  for (const ParentCollection& collection : DefaultSeed()->parent_collections) {
    if (collection.src_tutorial) sources.push_back(collection.id);
    if (collection.dest_tutorial) destinations.push_back(collection.id);
    for (const ParentPipeline& pipeline : collection.parent_pipelines) {
      pipelines[collection.id].push_back(pipeline.id);
    }
  }
  EXPECT_EQ(sources, (std::vector<std::int64_t>{76, 92}));
  EXPECT_EQ(destinations, (std::vector<std::int64_t>{20}));
  EXPECT_EQ(pipelines[76], (std::vector<std::int64_t>{290, 289, 284}));
}

TEST(DefaultSeed, DatesCollectionsAsTheVendorDoes) {  // K12
  const std::regex date(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
  for (const ParentCollection& collection : DefaultSeed()->parent_collections) {
    EXPECT_TRUE(std::regex_match(collection.created_at, date));
    EXPECT_TRUE(std::regex_match(collection.updated_at, date));
    for (const ParentPipeline& pipeline : collection.parent_pipelines) {
      EXPECT_TRUE(std::regex_match(pipeline.created_at, date));
      EXPECT_TRUE(std::regex_match(pipeline.updated_at, date));
    }
  }
}

TEST(DefaultSeed, HasAUserWhoMayDoEverythingAndOneWhoMayOnlyRead) {  // K3
  const Seed& seed = *DefaultSeed();
  ASSERT_EQ(seed.users.size(), 2U);
  EXPECT_EQ(seed.users[0].permissions.Texts().size(), 6U);
  EXPECT_FALSE(seed.users[1].permissions.Has(Permission::kRunPipelines));
  EXPECT_FALSE(seed.users[1].permissions.Has(Permission::kCreateGuests));
  EXPECT_FALSE(seed.users[1].permissions.Has(Permission::kSendWebhooks));
  EXPECT_TRUE(seed.users[1].permissions.Has(Permission::kReadPipelines));
  ASSERT_EQ(seed.tokens.size(), 3U);
  EXPECT_EQ(seed.tokens[2].kind, TokenKind::kViaKondado);
}

TEST(DefaultSeed, LeavesCredentialsToEachSandbox) {
  for (const SeedToken& token : DefaultSeed()->tokens) {
    EXPECT_TRUE(token.key.empty());
    EXPECT_TRUE(token.secret.empty());
  }
}

TEST(DefaultSeed, IsWhatItsTextSays) {
  const Json text = ParseJson(DefaultSeedText()).value();
  const auto loaded = LoadSeed(text["kondado"], Seed{}, "/kondado");
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ((*loaded)->pipelines.size(), DefaultSeed()->pipelines.size());
  EXPECT_EQ((*loaded)->tables.size(), 2U);
  EXPECT_EQ((*loaded)->tables[0].rows.size(), 3U);
}

TEST(DemoCredentials, HaveTheVendorsShapesAndFillOnlyGaps) {  // K2
  const std::regex key("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), secret("[0-9A-Za-z]{64}");
  const auto demo = WithDemoCredentials(*DefaultSeed());
  std::set<std::string> distinct;
  for (const SeedToken& token : demo->tokens) {
    EXPECT_TRUE(std::regex_match(token.key, key)) << token.key;
    EXPECT_TRUE(std::regex_match(token.secret, secret)) << token.secret;
    distinct.insert(token.key);
    distinct.insert(token.secret);
  }
  EXPECT_EQ(distinct.size(), 6U);
  const auto own = WithDemoCredentials(*Loaded(
      R"({"users": [{"id": 1, "permissions": []}],
          "tokens": [{"user_id": 1, "key": "mine", "token": "hush"}]})"));
  EXPECT_EQ(own->tokens[0].key, "mine");
  EXPECT_EQ(own->tokens[0].secret, "hush");
}

// --- a seed of one's own
TEST(Seed, ReadsEveryField) {
  const auto seed = Loaded(R"({
    "users": [{"id": 7, "name": "n", "permissions": ["run_pipelines", "read_models"]}],
    "tokens": [{"kind": "via_kondado", "description": "d", "user_id": 7, "active": false,
                "key": "k", "token": "t"}],
    "pipelines": [{"id": 1, "name": "p", "status": "scheduled", "raw_msg": "m", "queue_ms": 0,
                   "run_ms": 86400000}],
    "models": [{"id": 2, "name": "m", "status": "running", "kubo_status_type": "rebuilding",
                "raw_msg": null}],
    "parent_collections": [{"id": 3, "createdAt": "c", "updatedAt": "u",
      "parent_collection_name": "pc", "parent_collection_image": "i", "src_tutorial": "s",
      "dest_tutorial": "t", "parent_pipelines": [{"id": 4, "createdAt": "c", "updatedAt": "u",
      "parent_pipeline_name": "pp", "is_billable": false}]}],
    "tables": [{"tbl_name": "t", "tbl_id": 5, "origin_object_type": "kubo",
      "origin_object_id": 2, "origin_object_sub_location": "main", "rows": [{"a": 1}]}]})");
  EXPECT_EQ(seed->users[0].name, "n");
  EXPECT_EQ(seed->users[0].permissions.Texts(),
            (std::vector<std::string_view>{"run_pipelines", "read_models"}));
  const SeedToken& token = seed->tokens[0];
  EXPECT_EQ(token.kind, TokenKind::kViaKondado);
  EXPECT_EQ(token.description + token.key + token.secret, "dkt");
  EXPECT_FALSE(token.active);
  const Pipeline& pipeline = seed->pipelines[0];
  EXPECT_EQ(pipeline.status, PipelineStatus::kScheduled);
  EXPECT_EQ(pipeline.raw_msg, "m");
  EXPECT_EQ(pipeline.queue, Duration(0));
  EXPECT_EQ(pipeline.run, std::chrono::hours(24));
  EXPECT_EQ(seed->models[0].kubo_status, KuboStatus::kRebuilding);
  EXPECT_EQ(seed->models[0].raw_msg, std::nullopt);
  const ParentCollection& collection = seed->parent_collections[0];
  EXPECT_EQ(collection.src_tutorial, "s");
  EXPECT_EQ(collection.dest_tutorial, "t");
  EXPECT_EQ(collection.parent_pipelines[0].name, "pp");
  EXPECT_FALSE(collection.parent_pipelines[0].is_billable);
  EXPECT_EQ(seed->tables[0].origin_object_type, "kubo");
  EXPECT_EQ(seed->tables[0].rows[0]["a"], 1);
}

TEST(Seed, ReplacesTheListsItNamesAndKeepsTheOthers) {
  const auto seed = Loaded(R"({"pipelines": [{"id": 1}], "models": []})", *DefaultSeed());
  ASSERT_EQ(seed->pipelines.size(), 1U);
  EXPECT_EQ(seed->pipelines[0].id, 1);
  EXPECT_EQ(seed->pipelines[0].status, PipelineStatus::kActive);
  EXPECT_TRUE(seed->models.empty());
  EXPECT_EQ(seed->users.size(), 2U);
  EXPECT_EQ(seed->tokens.size(), 3U);
  EXPECT_EQ(seed->parent_collections.size(), 3U);
  EXPECT_EQ(seed->tables.size(), 2U);
  EXPECT_EQ(DefaultSeed()->pipelines.size(), 8U) << "the base is nobody's to change";
}

TEST(Seed, OfAnEmptyObjectIsItsBase) {
  EXPECT_EQ(Loaded("{}", *DefaultSeed())->pipelines.size(), 8U);
}

TEST(Seed, TakesTablesWithoutIds) {
  EXPECT_EQ(Loaded(R"({"tables": [{"tbl_name": "a"}, {"tbl_name": "b"}]})")->tables.size(), 2U);
}

TEST(Seed, TakesOneParentPipelineIdInTwoCollections) {
  Loaded(R"({"parent_collections": [{"id": 1, "parent_pipelines": [{"id": 9}]},
                                    {"id": 2, "parent_pipelines": [{"id": 9}]}]})");
}

TEST(LoadPipeline, KeepsWhatIsLeftOut) {
  Pipeline base;
  base.id = 5;
  base.name = "before";
  base.raw_msg = "why";
  const auto loaded =
      LoadPipeline(ParseJson(R"({"status": "not_active"})").value(), base, "/here").value();
  EXPECT_EQ(loaded.id, 5);
  EXPECT_EQ(loaded.name, "before");
  EXPECT_EQ(loaded.raw_msg, "why");
  EXPECT_EQ(loaded.status, PipelineStatus::kNotActive);
  EXPECT_EQ(LoadPipeline(ParseJson(R"({"raw_msg": null})").value(), base, "")->raw_msg,
            std::nullopt);
}

TEST(LoadPipeline, NeedsAnIdFromSomewhere) {
  EXPECT_EQ(LoadPipeline(Json::object(), Pipeline{}, "/x").error().message,
            "/x/id: required, but missing");
  EXPECT_EQ(LoadModel(Json::object(), Model{}, "").error().message, "/id: required, but missing");
}

TEST(Words, OfEveryEnumerationReadBack) {
  for (const std::string_view word :
       {"running", "scheduled", "active", "not_active", "building_tables", "error_building_tables",
        "too_many_consecutive_failed_builds", "too_many_consecutive_failed_builds__blocked"}) {
    ASSERT_TRUE(ParsePipelineStatus(word)) << word;
    EXPECT_EQ(ToText(*ParsePipelineStatus(word)), word);
    EXPECT_NE(PipelineStatusWords().find(word), std::string_view::npos);
  }
  for (const std::string_view word : {"running", "scheduled", "active", "not_active"}) {
    EXPECT_EQ(ToText(ParseModelStatus(word).value()), word);
  }
  for (const std::string_view word : {"not_published", "rebuilding", "operational"}) {
    EXPECT_EQ(ToText(ParseKuboStatus(word).value()), word);
  }
  EXPECT_FALSE(ParsePipelineStatus("too_many_consecutive_failed_builds_blocked"));
  EXPECT_FALSE(ParseModelStatus("building_tables"));
  EXPECT_FALSE(ParsePermission("everything"));
}

}  // namespace
}  // namespace kondor::kondado
