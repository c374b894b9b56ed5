#include <utility>

#include "client/http/url.h"
#include "client/kondado/dialect.h"
#include "client/kondado/kondado.h"
#include "client/kondado/replies.h"

namespace kondor::client {

struct ViaKondado::Parts {
  explicit Parts(ViaKondadoOptions& options)
      : dialect(std::move(options.token)), call(std::move(options.call)) {}

  Result<std::string> Get(std::string path, std::vector<Field> query = {}) {
    auto response = endpoint->Call({Method::kGet, std::move(path), std::move(query)}, call);
    if (!response) return Unexpected(response.error());
    return std::move(response->body);
  }

  ViaKondadoDialect dialect;
  const CallOptions call;
  std::unique_ptr<Endpoint> endpoint;
};

Result<std::unique_ptr<ViaKondado>> ViaKondado::Make(ViaKondadoOptions options) {
  if (options.token.empty()) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "hub needs a Via Kondado token: set KONDADO_VIA_TOKEN");
  }
  if (options.endpoint.http.base_url.empty()) {
    options.endpoint.http.base_url = "https://hub.kondado.io";
  }
  auto parts = std::make_unique<Parts>(options);
  // W2: the limits are stated for k2 alone.
  auto endpoint = Endpoint::Make(std::move(options.endpoint), parts->dialect, {});
  if (!endpoint) return Unexpected(endpoint.error());
  parts->endpoint = std::move(*endpoint);
  return std::unique_ptr<ViaKondado>(new ViaKondado(std::move(parts)));
}

ViaKondado::ViaKondado(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ViaKondado::~ViaKondado() = default;

Result<std::string> ViaKondado::ReadTable(const std::string& table, DecimalSeparator separator) {
  if (table.empty() || table == "." || table == "..") {
    return Unexpected(ErrorKind::kInvalidArgument, "that is no name of a table");
  }
  std::vector<Field> query;
  if (separator == DecimalSeparator::kComma) query.push_back({"decimal_sep", "comma"});
  auto body = parts_->Get("/data/" + Encode(table), std::move(query));
  return body ? ReadRows(*std::move(body)) : body;
}

Result<std::vector<std::string>> ViaKondado::ListTableNames() {
  const auto body = parts_->Get("/metadata/show_tables");
  if (!body) return Unexpected(body.error());
  return ReadTableNames(*body);
}

Result<std::vector<KondadoTable>> ViaKondado::ListTables() {
  const auto body = parts_->Get("/metadata/kdd_show_tables");
  if (!body) return Unexpected(body.error());
  return ReadTables(*body);
}

}  // namespace kondor::client
