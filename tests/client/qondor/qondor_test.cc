// What each typed call sends, and what becomes of what comes back.
#include "client/qondor/qondor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "client/json/fields.h"
#include "tests/client/call/fakes.h"

namespace kondor::client {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

class QondorTest : public testing::Test {
 protected:
  QondorOptions Options(QondorCredentials credentials = {"primary-1", "secondary-1"}) {
    QondorOptions options{.credentials = std::move(credentials)};
    options.endpoint.clock = &clock_;
    options.endpoint.sleeper = &sleeper_;
    options.endpoint.transport = &transport_;
    return options;
  }
  void SetUp() override {
    auto made = Qondor::Make(Options());
    ASSERT_TRUE(made) << made.error().message;
    api_ = std::move(*made);
  }
  Request Sent() const { return transport_.requests().back(); }

  ManualClock clock_{kBegin};
  ManualSleeper sleeper_{clock_};
  FakeTransport transport_;
  std::unique_ptr<Qondor> api_;
};

TEST_F(QondorTest, ListsProjects) {  // Q10, Q12
  transport_.Then(Ok(R"([{"id": 1, "name": "A", "externalReference": "x"},
                         {"id": 2, "name": "B", "externalReference": null}])"));
  const auto projects = api_->ListProjects();
  ASSERT_TRUE(projects) << projects.error().message;
  ASSERT_EQ(projects->size(), 2U);
  EXPECT_EQ(projects->at(0).external_reference, "x");
  EXPECT_FALSE(projects->at(1).external_reference);
  EXPECT_TRUE(ParseJson(projects->at(1).json));
  EXPECT_EQ(Sent().path, "/Test/Project/v1/Project/GetAll");
  EXPECT_EQ(HeaderValue(Sent(), "Ocp-Apim-Subscription-Key"), "primary-1");
  EXPECT_TRUE(Sent().query.empty()) << "no key in the URL";
}

TEST_F(QondorTest, AsksForOneProject) {
  transport_.Then(Ok(R"({"id": 7, "name": "A"})")).Then(Status(404));
  EXPECT_EQ(api_->GetProject(7)->id, 7);
  EXPECT_EQ(Sent().path, "/Test/Project/v1/Project/7");
  EXPECT_EQ(api_->GetProject(8).error().kind, ErrorKind::kNotFound);  // QO6
  transport_.Always([](const Request&) { return Ok(""); });
  EXPECT_EQ(api_->GetProject(9).error().kind, ErrorKind::kMalformed);
}

TEST_F(QondorTest, CreatesAProjectOnce) {  // Q13
  transport_.Then(Ok(R"({"id": 7, "name": "A"})")).Then(Lost());
  const NewQondorProject project{.office_id = 2, .name = "A", .external_reference = "x"};
  ASSERT_TRUE(api_->CreateProject(project));
  EXPECT_EQ(Sent().method, Method::kPost);
  EXPECT_EQ(*ParseJson(Sent().body),
            *ParseJson(R"({"officeId": 2, "name": "A", "externalReference": "x"})"));
  EXPECT_EQ(api_->CreateProject(project).error().kind, ErrorKind::kTransport);
  EXPECT_EQ(transport_.requests().size(), 2U);
}

TEST_F(QondorTest, UndocumentedJsonIsAskedForAgainAndNotPostedAgain) {
  transport_.Then(Ok("{}")).Then(Ok("[]"));
  EXPECT_TRUE(api_->ListProjects());
  transport_.Then(Ok("{}"));
  const auto created = api_->CreateProject({.office_id = 2, .name = "A"});
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().kind, ErrorKind::kMalformed);
  EXPECT_THAT(created.error().message, HasSubstr("it may have been carried out"));
  EXPECT_EQ(transport_.requests().size(), 3U);
}

TEST_F(QondorTest, WorksOffInvoices) {  // Q15
  transport_.Then(Ok(R"([{"id": 5}])")).Then(Ok(""));
  EXPECT_EQ(api_->ListUnprocessedInvoices()->front().id, 5);
  EXPECT_EQ(Sent().path, "/Test/Invoicing/v1/Invoice/GetAllUnprocessedInvoices");
  EXPECT_TRUE(api_->SetInvoiceProcessed(5));
  EXPECT_EQ(Sent().method, Method::kPut);
  EXPECT_EQ(*ParseJson(Sent().body), *ParseJson(R"({"id": 5})"));
}

TEST_F(QondorTest, EveryFieldIsChecked) {
  for (const char* bad :
       {R"([{"name": "A"}])", R"([{"id": "1", "name": "A"}])", R"([{"id": 1.5, "name": "A"}])",
        R"([{"id": 1}])", R"([{"id": 1, "name": null}])", R"([{"id": 1, "name": []}])",
        R"([{"id": 1, "name": "A", "externalReference": 5}])", "[7]", "[null]", "{}", "7", "null",
        R"([{"id": 1, "name": "A"}, {}])"}) {
    transport_.Always([bad](const Request&) { return Ok(bad); });
    const auto projects = api_->ListProjects();
    ASSERT_FALSE(projects) << bad;
    EXPECT_EQ(projects.error().kind, ErrorKind::kMalformed) << bad;
  }
  for (const char* bad : {"[{}]", R"([{"id": null}])", "{}"}) {
    transport_.Always([bad](const Request&) { return Ok(bad); });
    EXPECT_EQ(api_->ListUnprocessedInvoices().error().kind, ErrorKind::kMalformed) << bad;
  }
}

TEST_F(QondorTest, WaitsAsLongAsRetryAfterSays) {  // G6
  transport_.Then(Status(429, "", {{"Retry-After", "57"}})).Then(Ok("[]"));
  ASSERT_TRUE(api_->ListProjects());
  EXPECT_GE(clock_.Now() - kBegin, seconds(57));
  EXPECT_LT(clock_.Now() - kBegin, seconds(59));
}

TEST_F(QondorTest, NamesTheFieldsAtFault) {  // Q14
  transport_.Then(Status(400, R"({"errors": {"ProjectId": ["must be there"]}, "title": "t"})"));
  const auto refused = api_->CreateProject({.office_id = 1, .name = "A"});
  EXPECT_EQ(refused.error().kind, ErrorKind::kRejected);
  EXPECT_THAT(refused.error().message, HasSubstr("ProjectId: must be there"));
}

TEST_F(QondorTest, RotatesItsKeys) {  // Q5
  transport_.Then(Status(401)).Then(Ok("[]"));
  ASSERT_TRUE(api_->ListProjects());
  EXPECT_EQ(api_->key_in_use(), QondorDialect::Key::kSecondary);
  api_->SetKey(QondorDialect::Key::kPrimary, "primary-2");
  api_->Use(QondorDialect::Key::kPrimary);
  transport_.Then(Ok("[]"));
  ASSERT_TRUE(api_->ListProjects());
  EXPECT_EQ(HeaderValue(Sent(), "Ocp-Apim-Subscription-Key"), "primary-2");
}

TEST_F(QondorTest, TheEnvironmentGoesBeforeThePath) {  // Q10
  const std::pair<QondorEnvironment, const char*> all[] = {
      {QondorEnvironment::kProduction, "/Prod/x"},
      {QondorEnvironment::kTest, "/Test/x"},
      {QondorEnvironment::kDevelopment, "/Dev/x"}};
  for (const auto& [environment, path] : all) {
    QondorOptions options = Options();
    options.environment = environment;
    auto api = Qondor::Make(std::move(options));
    transport_.Then(Ok("[]"));
    EXPECT_TRUE((*api)->Call({.path = "/x"}));
    EXPECT_EQ(Sent().path, path);
    EXPECT_EQ((*api)->Call({.path = "x"}).error().kind, ErrorKind::kInvalidArgument)
        << "it would become " << path;
  }
}

TEST_F(QondorTest, IsNotMadeOfBadCredentials) {
  for (const QondorCredentials& bad :
       {QondorCredentials{""}, QondorCredentials{"with\nline"}, QondorCredentials{"a b"},
        QondorCredentials{"good", "line\r"}}) {
    const auto made = Qondor::Make(Options(bad));
    ASSERT_FALSE(made) << bad.primary_key;
    EXPECT_EQ(made.error().kind, ErrorKind::kInvalidArgument);
  }
}

}  // namespace
}  // namespace kondor::client
