#include <utility>

#include "client/http/url.h"
#include "client/kondado/dialect.h"
#include "client/kondado/kondado.h"
#include "client/kondado/replies.h"

namespace kondor::client {

struct ViaKondado::Parts {
  explicit Parts(ViaKondadoOptions& options)
      : dialect(std::move(options.token)), call(std::move(options.call)) {}

  template <typename Read>
  auto Get(std::string path, std::vector<Field> query, const Read& read) {
    return endpoint->Ask({Method::kGet, std::move(path), std::move(query)}, call, read);
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
  return parts_->Get("/data/" + Encode(table), std::move(query), &ReadRows);
}

Result<std::vector<std::string>> ViaKondado::ListTableNames() {
  return parts_->Get("/metadata/show_tables", {}, &ReadTableNames);
}

Result<std::vector<KondadoTable>> ViaKondado::ListTables() {
  return parts_->Get("/metadata/kdd_show_tables", {}, &ReadTables);
}

}  // namespace kondor::client
