// The documented examples are read whole; and each of their fields is taken away, and replaced by
// every other type, one at a time: nothing of such an answer is used.
#include "client/kondado/replies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "client/json/fields.h"

namespace kondor::client {
namespace {

using testing::ElementsAre;

constexpr const char* kStatus = R"({"2040": {"status": "active", "is_running": false,
    "is_active": true, "is_blocked": false, "raw_msg": null}})";                     // K9
constexpr const char* kModel = R"({"success": true, "data": {"162": {"status": "active",
    "is_running": false, "is_active": true, "kubo_status_type": "operational"}}})";  // K11
constexpr const char* kSources = R"({"success": true, "data": [{"id": 76,
    "createdAt": "2020-06-30T23:30:56.904Z", "updatedAt": "2023-02-14T12:05:31.120Z",
    "parent_collection_name": "Google Ads", "parent_collection_image": "https://a/b.png",
    "_links": {"src": {"tutorial": "https://help/src"}}}]})";                        // K12
constexpr const char* kDestinations = R"({"success": true, "data": [{"id": 9,
    "parent_collection_name": "MySQL", "parent_collection_image": "https://a/c.png",
    "_links": {"src": {"tutorial": "https://help/src"},
               "dest": {"tutorial": "https://help/dest"}}}]})";                      // K13
constexpr const char* kParents = R"({"success": true, "data": [{"id": 76,
    "parent_collection_name": "Google Ads", "parent_pipelines": [{"id": 290,
    "createdAt": "2020-07-01T13:02:11.310Z", "updatedAt": "2023-02-14T12:06:02.440Z",
    "parent_pipeline_name": "Campaigns", "is_billable": true}]}]})";                 // K14
constexpr const char* kLink =
    R"({"success": true, "data": {"access_link": "https://app/x"}})";  // K15
constexpr const char* kNames = R"([{"tbl_name": "sales"}])";           // H1
constexpr const char* kTables = R"([{"tbl_name": "sales", "tbl_id": 5,
    "origin_object_type": "pipeline", "origin_object_id": 2040,
    "origin_object_sub_location": "x"}])";                             // H1

TEST(Replies, OfAPipeline) {  // K9
  const auto status = ReadPipelineStatus(kStatus, 2040);
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(status->id, 2040);
  EXPECT_EQ(status->state, PipelineState::kActive);
  EXPECT_EQ(status->status, "active");
  EXPECT_FALSE(status->is_running);
  EXPECT_TRUE(status->is_active);
  EXPECT_FALSE(status->is_blocked);
  EXPECT_FALSE(status->raw_msg);
}

TEST(Replies, OfAModel) {  // K11
  const auto status = ReadModelStatus(kModel, 162);
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(status->status, "active");
  EXPECT_EQ(status->kubo_status_type, "operational");
  EXPECT_TRUE(status->is_active);
}

TEST(Replies, OfCollections) {  // K12, K13
  const auto sources = ReadCollections(kSources);
  ASSERT_TRUE(sources) << sources.error().message;
  ASSERT_EQ(sources->size(), 1U);
  EXPECT_EQ(sources->front().id, 76);
  EXPECT_EQ(sources->front().created_at, "2020-06-30T23:30:56.904Z");
  EXPECT_EQ(sources->front().src_tutorial, "https://help/src");
  EXPECT_FALSE(sources->front().dest_tutorial);
  const auto destinations = ReadCollections(kDestinations);
  ASSERT_TRUE(destinations) << destinations.error().message;
  EXPECT_FALSE(destinations->front().created_at);
  EXPECT_EQ(destinations->front().dest_tutorial, "https://help/dest");
}

TEST(Replies, OfParentPipelines) {  // K14
  const auto pipelines = ReadParentPipelines(kParents, 76);
  ASSERT_TRUE(pipelines) << pipelines.error().message;
  ASSERT_EQ(pipelines->size(), 1U);
  EXPECT_EQ(pipelines->front().id, 290);
  EXPECT_EQ(pipelines->front().name, "Campaigns");
  EXPECT_TRUE(pipelines->front().is_billable);
}

TEST(Replies, OfHub) {  // H1
  const auto names = ReadTableNames(kNames);
  ASSERT_TRUE(names);
  EXPECT_THAT(*names, ElementsAre("sales"));
  const auto tables = ReadTables(kTables);
  ASSERT_TRUE(tables);
  EXPECT_EQ(tables->front().id, 5);
  EXPECT_EQ(tables->front().origin_object_type, "pipeline");
  EXPECT_EQ(*ReadRows("[1, {}]"), "[1, {}]");
  EXPECT_FALSE(ReadRows("{}"));
}

TEST(Replies, OfAnInvitation) {  // K15
  EXPECT_EQ(*ReadAccessLink(kLink), "https://app/x");
  EXPECT_FALSE(ReadAccessLink(R"({"success": true, "data": {"id": 1, "name": "ftp://x"}})"));
}

TEST(Replies, OfEveryStateOfAPipeline) {  // K10
  const std::vector<std::pair<const char*, bool>> idle = {
      {"running", false},
      {"scheduled", false},
      {"active", true},
      {"not_active", true},
      {"building_tables", false},
      {"error_building_tables", true},
      {"too_many_consecutive_failed_builds", true},
      {"too_many_consecutive_failed_builds__blocked", true},
      {"a_word_of_tomorrow", false}};
  std::set<PipelineState> states;
  for (const auto& [word, is_idle] : idle) {
    Json body = *ParseJson(kStatus);
    body["2040"]["status"] = word;
    const auto status = ReadPipelineStatus(body.dump(), 2040);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->status, word);
    EXPECT_EQ(IsIdle(status->state), is_idle) << word;
    states.insert(status->state);
  }
  EXPECT_EQ(states.size(), idle.size());
}

TEST(Replies, AboutAnotherThingAreNone) {
  EXPECT_FALSE(ReadPipelineStatus(kStatus, 2041));
  EXPECT_FALSE(ReadModelStatus(kModel, 163));
  EXPECT_FALSE(ReadParentPipelines(kParents, 77));
  EXPECT_FALSE(ReadParentPipelines(R"({"success": true, "data": []})", 76));
}

TEST(Replies, OfARefusalAreNone) {
  const std::string refused = R"({"success": false, "data": {"162": {"status": "active",
      "is_running": false, "is_active": true, "kubo_status_type": "operational"}}})";
  EXPECT_FALSE(ReadSuccess(refused));
  EXPECT_FALSE(ReadModelStatus(refused, 162));
}

// A documented answer and who reads it. Fields named in `may_be_absent` or `may_be_null` need not
// be there.
struct Example {
  const char* name;
  const char* body;
  std::function<std::optional<Error>(const std::string&)> read;
  std::set<std::string> may_be_absent = {};
  std::set<std::string> may_be_null = {};
  std::set<std::string> never_read = {};
};

template <typename T>
std::optional<Error> ErrorOf(const Result<T>& result) {
  if (result) return {};
  return result.error();
}

std::vector<Example> Examples() {
  const std::set<std::string> collection_extras = {
      "parent_collection_image", "createdAt", "updatedAt", "src", "dest", "tutorial"};
  return {
      {"run", R"({"success": true})", [](const auto& b) { return ErrorOf(ReadSuccess(b)); }},
      {"status",
       kStatus,
       [](const auto& b) { return ErrorOf(ReadPipelineStatus(b, 2040)); },
       {"raw_msg"},
       {"raw_msg"}},
      {"model", kModel, [](const auto& b) { return ErrorOf(ReadModelStatus(b, 162)); }},
      {"sources", kSources, [](const auto& b) { return ErrorOf(ReadCollections(b)); },
       collection_extras, collection_extras},
      {"destinations", kDestinations, [](const auto& b) { return ErrorOf(ReadCollections(b)); },
       collection_extras, collection_extras},
      {"parents",
       kParents,
       [](const auto& b) { return ErrorOf(ReadParentPipelines(b, 76)); },
       {},
       {},
       {"parent_collection_name"}},
      {"link", kLink, [](const auto& b) { return ErrorOf(ReadAccessLink(b)); }},
      {"names", kNames, [](const auto& b) { return ErrorOf(ReadTableNames(b)); }},
      {"tables",
       kTables,
       [](const auto& b) { return ErrorOf(ReadTables(b)); },
       {"origin_object_sub_location"},
       {"origin_object_sub_location"}},
  };
}

// Every place in a document, as JSON pointers.
void Places(const Json& json, const Json::json_pointer& at, std::vector<Json::json_pointer>& all) {
  if (!at.empty()) all.push_back(at);
  if (json.is_object()) {
    for (const auto& [name, member] : json.items()) Places(member, at / name, all);
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) Places(json[i], at / i, all);
  }
}

std::vector<Json> OtherTypesThan(const Json& value) {
  std::vector<Json> others;
  for (const Json& other : {Json(nullptr), Json(true), Json(7), Json(1.5), Json("text"),
                            Json::array(), Json::object()}) {
    const bool both_whole = other.is_number_integer() && value.is_number_integer();
    if (other.type() != value.type() && !both_whole) others.push_back(other);
  }
  return others;
}

class ExampleTest : public testing::TestWithParam<Example> {
 protected:
  void ExpectMalformed(const Json& body, const std::string& what) {
    const auto error = GetParam().read(body.dump());
    ASSERT_TRUE(error) << what << " was read as data: " << body.dump();
    EXPECT_EQ(error->kind, ErrorKind::kMalformed) << what;
    EXPECT_FALSE(error->message.empty());
  }
};

TEST_P(ExampleTest, IsReadAsItStands) {
  const auto error = GetParam().read(GetParam().body);
  EXPECT_FALSE(error) << error->message;
}

TEST_P(ExampleTest, WithoutAnyOneFieldIsMalformed) {
  const Json whole = *ParseJson(GetParam().body);
  std::vector<Json::json_pointer> places;
  Places(whole, Json::json_pointer(), places);
  int tried = 0;
  for (const auto& place : places) {
    const std::string name = place.back();
    Json body = whole;
    Json& parent = body[place.parent_pointer()];
    if (!parent.is_object() || GetParam().never_read.count(name) > 0) continue;
    parent.erase(name);
    ++tried;
    if (GetParam().may_be_absent.count(name) > 0) {
      EXPECT_FALSE(GetParam().read(body.dump())) << place.to_string() << " may be absent";
    } else {
      ExpectMalformed(body, "without " + place.to_string());
    }
  }
  EXPECT_GT(tried, 0);
}

TEST_P(ExampleTest, WithAnyOneFieldOfAnotherTypeIsMalformed) {
  const Json whole = *ParseJson(GetParam().body);
  std::vector<Json::json_pointer> places;
  Places(whole, Json::json_pointer(), places);
  for (const auto& place : places) {
    const std::string name = place.back();
    if (GetParam().never_read.count(name) > 0) continue;
    for (const Json& other : OtherTypesThan(whole[place])) {
      if (other.is_null() && GetParam().may_be_null.count(name) > 0) continue;
      if (whole[place].is_null() && other.is_string()) continue;  // raw_msg is text or null
      // A side without its tutorial is none, and so is an empty one.
      if (other.is_object() && GetParam().may_be_absent.count(name) > 0 &&
          whole[place].is_object()) {
        continue;
      }
      Json body = whole;
      body[place] = other;
      ExpectMalformed(body, place.to_string() + " as " + other.dump());
    }
  }
}

TEST_P(ExampleTest, CutOffAnywhereIsMalformed) {
  const std::string whole = GetParam().body;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto error = GetParam().read(whole.substr(0, length));
    ASSERT_TRUE(error) << whole.substr(0, length);
    EXPECT_EQ(error->kind, ErrorKind::kMalformed);
  }
}

TEST_P(ExampleTest, OfAnotherShapeIsMalformed) {
  for (const char* other : {"null", "7", "\"x\"", "[7]", "[null]", "[[]]", "{\"data\": 7}", "{}",
                            "{\"success\": true, \"data\": null}"}) {
    if (std::string_view(GetParam().name) == "run" && ParseJson(other)->contains("success"))
      continue;
    const auto error = GetParam().read(other);
    ASSERT_TRUE(error) << other;
    EXPECT_EQ(error->kind, ErrorKind::kMalformed);
  }
}

INSTANTIATE_TEST_SUITE_P(Documented, ExampleTest, testing::ValuesIn(Examples()),
                         [](const auto& example) { return std::string(example.param.name); });

}  // namespace
}  // namespace kondor::client
