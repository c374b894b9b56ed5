// Reads a seed, strictly: an unknown field, a wrong type or a reference to nothing is refused with
// its place, because a seed that is half understood makes tests that prove nothing.
#include "mock_server/kondado/seed.h"

#include <algorithm>
#include <limits>
#include <set>
#include <type_traits>
#include <utility>

#include "mock_server/json/object_reader.h"

namespace kondor::kondado {
namespace {

constexpr std::int64_t kIdMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kDayMs = 86'400'000;

// Stores the parsed word of field `name`, or makes it a fault that lists the words.
template <typename Enum>
void ReadWord(ObjectReader& reader, std::string_view name, Enum& out,
              std::optional<Enum> (*parse)(std::string_view), std::string_view words) {
  std::string text;
  if (!reader.Text(name, text)) return;
  const std::optional<Enum> value = parse(text);
  if (!value) {
    reader.Fail(name, "unknown value; allowed: " + std::string(words));
    return;
  }
  out = *value;
}

void ReadMillis(ObjectReader& reader, std::string_view name, Duration& out) {
  std::int64_t ms = 0;
  if (reader.Whole(name, ms, 0, kDayMs)) out = std::chrono::milliseconds(ms);
}

void ReadId(ObjectReader& reader, std::int64_t& out) {
  reader.Require("id");
  reader.Whole("id", out, 1, kIdMax);
}

Result<User> ReadUser(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  User user;
  ReadId(reader, user.id);
  reader.Text("name", user.name);
  reader.Require("permissions");
  if (const Json* permissions = reader.Array("permissions")) {
    for (std::size_t i = 0; i < permissions->size(); ++i) {
      const Json& word = (*permissions)[i];
      const auto permission =
          word.is_string() ? ParsePermission(word.get<std::string>()) : std::nullopt;
      if (permission) {
        user.permissions.Add(*permission);
      } else {
        reader.Fail("permissions/" + std::to_string(i),
                    "unknown permission; allowed: " + std::string(PermissionWords()));
      }
    }
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return user;
}

std::optional<TokenKind> ParseTokenKind(std::string_view text) {
  if (text == "user") return TokenKind::kUser;
  if (text == "via_kondado") return TokenKind::kViaKondado;
  return {};
}

Result<SeedToken> ReadToken(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  SeedToken token;
  ReadWord(reader, "kind", token.kind, &ParseTokenKind, "user, via_kondado");
  reader.Text("description", token.description);
  reader.Require("user_id");
  reader.Whole("user_id", token.user_id, 1, kIdMax);
  reader.Flag("active", token.active);
  if (reader.Text("key", token.key) && token.key.empty()) reader.Fail("key", "cannot be empty");
  if (reader.Text("token", token.secret) && token.secret.empty()) {
    reader.Fail("token", "cannot be empty");
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return token;
}

Result<Pipeline> ReadPipeline(const Json& object, const std::string& place) {
  return LoadPipeline(object, Pipeline{}, place);
}

Result<Model> ReadModel(const Json& object, const std::string& place) {
  return LoadModel(object, Model{}, place);
}

Result<ParentPipeline> ReadParentPipeline(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  ParentPipeline pipeline;
  ReadId(reader, pipeline.id);
  reader.Text("createdAt", pipeline.created_at);
  reader.Text("updatedAt", pipeline.updated_at);
  reader.Text("parent_pipeline_name", pipeline.name);
  reader.Flag("is_billable", pipeline.is_billable);
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return pipeline;
}

// What tells the elements of a list apart, and the field it is written in. Tokens are looked at
// together with the users, later.
template <typename T>
std::pair<std::string, std::string_view> NameOf(const T& element) {
  if constexpr (std::is_same_v<T, Table>) {
    return {element.name, "tbl_name"};  // H1 asks for tables by name
  } else if constexpr (requires { element.id; }) {
    return {std::to_string(element.id), "id"};
  } else {
    return {};
  }
}

// Reads every element of the array with `read` and refuses a second element of one id or name.
template <typename T>
Result<std::vector<T>> ReadList(const Json& array, const std::string& place,
                                Result<T> (*read)(const Json&, const std::string&)) {
  std::vector<T> list;
  std::set<std::string> names;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const std::string here = place + "/" + std::to_string(i);
    Result<T> element = read(array[i], here);
    if (!element) return Unexpected(element.error());
    if (const auto [name, field] = NameOf(*element); !field.empty() && !names.insert(name).second) {
      return Unexpected(ErrorKind::kInvalidArgument, here + "/" + std::string(field) + ": " +
                                                         Shown(name) +
                                                         " stands twice; it must be unique");
    }
    list.push_back(std::move(element).value());
  }
  return list;
}

Result<ParentCollection> ReadParentCollection(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  ParentCollection collection;
  ReadId(reader, collection.id);
  reader.Text("createdAt", collection.created_at);
  reader.Text("updatedAt", collection.updated_at);
  reader.Text("parent_collection_name", collection.name);
  reader.Text("parent_collection_image", collection.image);
  reader.OptionalText("src_tutorial", collection.src_tutorial);
  reader.OptionalText("dest_tutorial", collection.dest_tutorial);
  if (const Json* pipelines = reader.Array("parent_pipelines")) {
    auto list = ReadList<ParentPipeline>(*pipelines, reader.PlaceOf("parent_pipelines"),
                                         &ReadParentPipeline);
    if (!list) return Unexpected(list.error());
    collection.parent_pipelines = std::move(list).value();
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return collection;
}

Result<Table> ReadTable(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  Table table;
  reader.Require("tbl_name");
  if (reader.Text("tbl_name", table.name) && table.name.empty()) {
    reader.Fail("tbl_name", "cannot be empty");
  }
  reader.Whole("tbl_id", table.id, 1, kIdMax);
  if (reader.Text("origin_object_type", table.origin_object_type) &&
      table.origin_object_type != "pipeline" && table.origin_object_type != "kubo") {
    reader.Fail("origin_object_type", "unknown value; allowed: pipeline, kubo");
  }
  reader.Whole("origin_object_id", table.origin_object_id, 1, kIdMax);
  reader.Text("origin_object_sub_location", table.origin_object_sub_location);
  if (const Json* rows = reader.Array("rows")) {
    for (std::size_t i = 0; i < rows->size(); ++i) {
      if (!(*rows)[i].is_object()) {
        reader.Fail("rows/" + std::to_string(i), "expected an object, one field per column");
      }
    }
    table.rows = *rows;
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return table;
}

// References must lead somewhere, and credentials to one token only.
Result<void> CheckTokens(const Seed& seed, const std::string& place) {
  std::set<std::string> keys, secrets;
  for (std::size_t i = 0; i < seed.tokens.size(); ++i) {
    const SeedToken& token = seed.tokens[i];
    const std::string here = place + "/tokens/" + std::to_string(i);
    if (std::none_of(seed.users.begin(), seed.users.end(),
                     [&](const User& user) { return user.id == token.user_id; })) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + "/user_id: there is no user " + std::to_string(token.user_id));
    }
    if (!token.key.empty() && !keys.insert(token.key).second) {
      return Unexpected(ErrorKind::kInvalidArgument, here + "/key: stands twice; keys are unique");
    }
    // A Via Kondado token has no key beside it: its secret alone tells whose it is (H1).
    if (token.kind == TokenKind::kViaKondado && !token.secret.empty() &&
        !secrets.insert(token.secret).second) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        here + "/token: stands twice; Via Kondado tokens are unique");
    }
  }
  return {};
}

// Ids may be left out, so the list itself does not hold them apart.
Result<void> CheckTableIds(const Seed& seed, const std::string& place) {
  std::set<std::int64_t> ids;
  for (std::size_t i = 0; i < seed.tables.size(); ++i) {
    const std::int64_t id = seed.tables[i].id;
    if (id == 0 || ids.insert(id).second) continue;
    return Unexpected(ErrorKind::kInvalidArgument, place + "/tables/" + std::to_string(i) +
                                                       "/tbl_id: " + std::to_string(id) +
                                                       " stands twice; it must be unique");
  }
  return {};
}

// Replaces `list` by the array of field `name`, when there is one.
template <typename T>
Result<void> ReplaceList(ObjectReader& reader, std::string_view name, std::vector<T>& list,
                         Result<T> (*read)(const Json&, const std::string&)) {
  const Json* array = reader.Array(name);
  if (array == nullptr) return {};
  Result<std::vector<T>> read_list = ReadList<T>(*array, reader.PlaceOf(name), read);
  if (!read_list) return Unexpected(read_list.error());
  list = std::move(read_list).value();
  return {};
}

}  // namespace

Result<Pipeline> LoadPipeline(const Json& object, Pipeline base, const std::string& place) {
  ObjectReader reader(object, place);
  Pipeline pipeline = std::move(base);
  if (pipeline.id == 0) reader.Require("id");
  reader.Whole("id", pipeline.id, 1, kIdMax);
  reader.Text("name", pipeline.name);
  ReadWord(reader, "status", pipeline.status, &ParsePipelineStatus, PipelineStatusWords());
  reader.OptionalText("raw_msg", pipeline.raw_msg);
  ReadMillis(reader, "queue_ms", pipeline.queue);
  ReadMillis(reader, "run_ms", pipeline.run);
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return pipeline;
}

Result<Model> LoadModel(const Json& object, Model base, const std::string& place) {
  ObjectReader reader(object, place);
  Model model = std::move(base);
  if (model.id == 0) reader.Require("id");
  reader.Whole("id", model.id, 1, kIdMax);
  reader.Text("name", model.name);
  ReadWord(reader, "status", model.status, &ParseModelStatus, ModelStatusWords());
  ReadWord(reader, "kubo_status_type", model.kubo_status, &ParseKuboStatus, KuboStatusWords());
  reader.OptionalText("raw_msg", model.raw_msg);
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return model;
}

Result<std::shared_ptr<const Seed>> LoadSeed(const Json& kondado, const Seed& base,
                                             const std::string& place) {
  ObjectReader reader(kondado, place);
  auto seed = std::make_shared<Seed>(base);
  for (const Result<void>& replaced :
       {ReplaceList(reader, "users", seed->users, &ReadUser),
        ReplaceList(reader, "tokens", seed->tokens, &ReadToken),
        ReplaceList(reader, "pipelines", seed->pipelines, &ReadPipeline),
        ReplaceList(reader, "models", seed->models, &ReadModel),
        ReplaceList(reader, "parent_collections", seed->parent_collections, &ReadParentCollection),
        ReplaceList(reader, "tables", seed->tables, &ReadTable)}) {
    if (!replaced) return Unexpected(replaced.error());
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  for (const Result<void>& checked : {CheckTokens(*seed, place), CheckTableIds(*seed, place)}) {
    if (!checked) return Unexpected(checked.error());
  }
  return std::shared_ptr<const Seed>(std::move(seed));
}

}  // namespace kondor::kondado
