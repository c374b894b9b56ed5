// Via Kondado (H1): read the tables of a destination. The rows' shape in /data is ours: an array of
// objects, one per row; the documentation shows none.
#include <algorithm>
#include <utility>

#include "mock_server/json/spaced.h"
#include "mock_server/kondado/api.h"
#include "mock_server/kondado/reply.h"

namespace kondor::kondado {
namespace {

constexpr std::string_view kDataPrefix = "/data/";

Json ShowTables(const std::vector<Table>& tables) {
  Json list = Json::array();
  for (const Table& table : tables) list.push_back({{"tbl_name", table.name}});
  return list;
}

Json ShowTablesWithOrigin(const std::vector<Table>& tables) {
  Json list = Json::array();
  for (const Table& table : tables) {
    list.push_back({{"tbl_name", table.name},
                    {"tbl_id", table.id},
                    {"origin_object_type", table.origin_object_type},
                    {"origin_object_id", table.origin_object_id},
                    {"origin_object_sub_location", table.origin_object_sub_location}});
  }
  return list;
}

// decimal_sep=comma: numbers with a fraction become text, as JSON has no other way to write a
// comma.
void UseDecimalCommas(Json& rows) {
  for (Json& row : rows) {
    for (auto& [name, value] : row.items()) {
      if (!value.is_number_float()) continue;
      std::string text = DumpJson(value);
      std::replace(text.begin(), text.end(), '.', ',');
      value = std::move(text);
    }
  }
}

}  // namespace

Answer AnswerHub(const Call& call, const World& world) {
  const auto fail = [&](Failure failure, std::string_view message) {
    return Failed(failure, call.surface, world.settings, message);
  };
  const std::vector<Table>& tables = world.account.tables();
  const bool is_data = call.path.substr(0, kDataPrefix.size()) == kDataPrefix &&
                       call.path.find('/', kDataPrefix.size()) == std::string_view::npos &&
                       call.path.size() > kDataPrefix.size();
  const bool is_show = call.path == "/metadata/show_tables";
  const bool is_kdd_show = call.path == "/metadata/kdd_show_tables";
  if (!is_data && !is_show && !is_kdd_show) {
    return fail(Failure::kUnknownRoute, "No such route is documented.");
  }
  if (call.request.method != "GET" && call.request.method != "HEAD") {
    Grounds grounds;
    grounds.instead = "GET";
    return WithGrounds(fail(Failure::kMethodNotAllowed, "Use GET."), std::move(grounds));
  }
  if (is_show) return Success(SpacedJson(ShowTables(tables)));
  if (is_kdd_show) return Success(SpacedJson(ShowTablesWithOrigin(tables)));

  const std::string name =
      http::PercentDecode(call.path.substr(kDataPrefix.size()), http::PlusSign::kLiteral);
  const auto table = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& candidate) { return candidate.name == name; });
  if (table == tables.end()) return fail(Failure::kNotFound, "There is no table with this name.");
  const std::string* separator = call.query.First("decimal_sep");
  if (separator == nullptr || *separator != "comma") return Success(SpacedJson(table->rows));
  Json rows = table->rows;
  UseDecimalCommas(rows);
  return Success(SpacedJson(rows));
}

}  // namespace kondor::kondado
