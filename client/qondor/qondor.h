// Qondor's API behind its gateway (rules Q10 to Q16, G1 to G12 in docs/VENDORS.md): any operation
// by path and JSON, the common ones by name. Thread-safe, but for the plain values.
//
//   auto api = Qondor::Make({.credentials = {primary, secondary}});
//   auto all = (*api)->Call({.path = "/Project/v1/Project/GetAll"});
// Thread-safe, but for the plain values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "client/call/endpoint.h"
#include "client/credentials/credentials.h"
#include "client/qondor/dialect.h"

namespace kondor::client {

enum class QondorEnvironment { kProduction, kTest, kDevelopment };

// As it stands in the path: "Prod" (Q10). Thread-safe.
std::string_view ToText(QondorEnvironment environment);

// Q7, per subscription, whichever of its keys is used (G6): what a budget that is shared has to
// know.
const std::vector<limiter::Quota>& QondorQuotas();

struct QondorProject {
  std::int64_t id = 0;
  std::string name;
  std::optional<std::string> external_reference = std::nullopt;
  std::string json;  // all of it
};

// Q13: what a project cannot be without.
struct NewQondorProject {
  std::int64_t office_id = 0;
  std::string name;
  std::optional<std::string> external_reference = std::nullopt;
};

struct QondorInvoice {  // Q15
  std::int64_t id = 0;
  std::string json;
};

struct QondorOptions {
  QondorCredentials credentials;
  QondorEnvironment environment = QondorEnvironment::kTest;
  EndpointOptions endpoint = {};  // "https://qondor.azure-api.net" unless another is given
  CallOptions call = {};
};

// Thread-safe.
class Qondor {
 public:
  // kInvalidArgument: the primary key is missing, or the base URL cannot be used.
  static Result<std::unique_ptr<Qondor>> Make(QondorOptions options);
  ~Qondor();

  // The path begins with the group, "/Project/v1/Project/GetAll"; the environment goes before it.
  // The JSON of the answer; nothing for PUT and DELETE (Q12).
  Result<std::string> Call(const Request& request);
  Result<std::string> Call(const Request& request, const CallOptions& options);

  Result<std::vector<QondorProject>> ListProjects();
  Result<QondorProject> GetProject(std::int64_t id);
  // Not sent again after a lost answer: it could be created twice.
  Result<QondorProject> CreateProject(const NewQondorProject& project);
  Result<std::vector<QondorInvoice>> ListUnprocessedInvoices();  // Q15
  Result<void> SetInvoiceProcessed(std::int64_t id);

  // The two keys (Q5); see QondorDialect.
  void SetKey(QondorDialect::Key which, std::string key);
  void Use(QondorDialect::Key which);
  QondorDialect::Key key_in_use() const;

 private:
  struct Parts;
  explicit Qondor(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace kondor::client
