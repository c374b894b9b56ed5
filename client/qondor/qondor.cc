#include "client/qondor/qondor.h"

#include <algorithm>
#include <utility>

#include "client/http/url.h"
#include "client/json/fields.h"

namespace kondor::client {
namespace {

Unexpected NotUnderstood(const std::string& why) {
  return Unexpected(ErrorKind::kMalformed, "Qondor's answer is not as documented: " + why);
}

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// It goes into a header as it is. A line end, from a file say, would not be taken there.
bool IsPrintable(const std::string& key) {
  return std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7f; });
}

Request WithBody(Method method, const char* path, const Json& body) {
  return {method, path, {}, {{"Content-Type", "application/json"}}, Dump(body)};
}

Result<QondorProject> ReadProject(const Json& json) {
  Fields fields(json);
  QondorProject project{fields.Number("id"), fields.Text("name"),
                        fields.TextOrNone("externalReference"), Dump(json)};
  if (!fields.fault().empty()) return NotUnderstood(fields.fault());
  return project;
}

Result<QondorInvoice> ReadInvoice(const Json& json) {
  Fields fields(json);
  QondorInvoice invoice{fields.Number("id"), Dump(json)};
  if (!fields.fault().empty()) return NotUnderstood(fields.fault());
  return invoice;
}

Result<QondorProject> ReadOneProject(const std::string& body) {
  const auto json = ParseJson(body);
  return json ? ReadProject(*json) : NotUnderstood("it is no JSON");
}

// Q12: a list is a bare array.
template <typename T>
Result<std::vector<T>> ReadList(const std::string& body, Result<T> (*read)(const Json&)) {
  const auto json = ParseJson(body);
  if (!json || !json->is_array()) return NotUnderstood("it is no list");
  std::vector<T> all;
  for (const Json& element : *json) {
    auto one = read(element);
    if (!one) return Unexpected(one.error());
    all.push_back(*std::move(one));
  }
  return all;
}

Result<std::vector<QondorProject>> ReadProjects(const std::string& body) {
  return ReadList(body, &ReadProject);
}

Result<std::vector<QondorInvoice>> ReadInvoices(const std::string& body) {
  return ReadList(body, &ReadInvoice);
}

}  // namespace

const std::vector<limiter::Quota>& QondorQuotas() {
  static const std::vector<limiter::Quota> quotas = {{10, std::chrono::seconds(1)},
                                                     {100'000, std::chrono::hours(24)}};
  return quotas;
}

std::string_view ToText(QondorEnvironment environment) {
  switch (environment) {
    case QondorEnvironment::kProduction:
      return "Prod";
    case QondorEnvironment::kTest:
      return "Test";
    case QondorEnvironment::kDevelopment:
      return "Dev";
  }
  return {};
}

struct Qondor::Parts {
  explicit Parts(QondorOptions& options)
      : environment("/" + std::string(ToText(options.environment))),
        dialect(std::move(options.credentials)),
        call(std::move(options.call)) {}

  template <typename Read>
  auto Ask(Request request, const Read& read) {
    request.path.insert(0, environment);
    return endpoint->Ask(request, call, read);
  }

  const std::string environment;
  QondorDialect dialect;
  const CallOptions call;
  std::unique_ptr<Endpoint> endpoint;
};

Result<std::unique_ptr<Qondor>> Qondor::Make(QondorOptions options) {
  if (options.credentials.primary_key.empty()) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a subscription key is needed: set QONDOR_SUBSCRIPTION_KEY");
  }
  if (!IsPrintable(options.credentials.primary_key) ||
      !IsPrintable(options.credentials.secondary_key)) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "a subscription key holds neither blanks nor line ends");
  }
  if (options.endpoint.http.base_url.empty()) {
    options.endpoint.http.base_url = "https://qondor.azure-api.net";
  }
  auto parts = std::make_unique<Parts>(options);
  auto endpoint = Endpoint::Make(std::move(options.endpoint), parts->dialect, QondorQuotas());
  if (!endpoint) return Unexpected(endpoint.error());
  parts->endpoint = std::move(*endpoint);
  return std::unique_ptr<Qondor>(new Qondor(std::move(parts)));
}

Qondor::Qondor(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Qondor::~Qondor() = default;

Result<std::string> Qondor::Call(const Request& request) { return Call(request, parts_->call); }

Result<std::string> Qondor::Call(const Request& request, const CallOptions& options) {
  if (const auto good = CheckRequest(request); !good) return Unexpected(good.error());
  Request below = request;
  below.path.insert(0, parts_->environment);
  auto response = parts_->endpoint->Call(below, options);
  if (!response) return Unexpected(response.error());
  return std::move(response->body);
}

Result<std::vector<QondorProject>> Qondor::ListProjects() {
  return parts_->Ask({Method::kGet, "/Project/v1/Project/GetAll"}, &ReadProjects);
}

Result<QondorProject> Qondor::GetProject(std::int64_t id) {
  return parts_->Ask({Method::kGet, "/Project/v1/Project/" + std::to_string(id)}, &ReadOneProject);
}

Result<QondorProject> Qondor::CreateProject(const NewQondorProject& project) {
  Json body = {{"officeId", project.office_id}, {"name", project.name}};
  if (project.external_reference) body["externalReference"] = *project.external_reference;
  return parts_->Ask(WithBody(Method::kPost, "/Project/v1/Project", body), &ReadOneProject);
}

Result<std::vector<QondorInvoice>> Qondor::ListUnprocessedInvoices() {
  return parts_->Ask({Method::kGet, "/Invoicing/v1/Invoice/GetAllUnprocessedInvoices"},
                     &ReadInvoices);
}

Result<void> Qondor::SetInvoiceProcessed(std::int64_t id) {
  const auto answer =
      Call(WithBody(Method::kPut, "/Invoicing/v1/Invoice/SetAsProcessed", {{"id", id}}));
  if (!answer) return Unexpected(answer.error());
  return {};
}

void Qondor::SetKey(QondorDialect::Key which, std::string key) {
  parts_->dialect.SetKey(which, std::move(key));
}

void Qondor::Use(QondorDialect::Key which) { parts_->dialect.Use(which); }

QondorDialect::Key Qondor::key_in_use() const { return parts_->dialect.in_use(); }

}  // namespace kondor::client
