// Reads api.json, strictly: what nobody reads would be a promise that nobody keeps.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "mock_server/json/object_reader.h"
#include "mock_server/qondor/contract/contract.h"
#include "mock_server/qondor/contract/wire_type.h"

namespace kondor::qondor {
namespace {

constexpr std::array<std::string_view, 4> kMethods = {"GET", "POST", "PUT", "DELETE"};  // Q12

Unexpected FaultAt(const std::string& place, const std::string& what) {
  return Unexpected(ErrorKind::kInvalidArgument, place + ": " + what);
}

std::string PascalName(std::string name) {
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  }
  return name;
}

Result<Enum> ReadEnum(const std::string& name, const Json& words, const std::string& place) {
  if (!words.is_object()) return FaultAt(place, "expected an object of numbers and words");
  Enum result{name, {}};
  for (const auto& [digits, word] : words.items()) {
    std::int32_t number = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, fault] = std::from_chars(digits.data(), end, number);
    if (fault != std::errc() || stop != end || !word.is_string()) {
      return FaultAt(std::string(place).append("/").append(digits),
                     "expected a whole number and its word");
    }
    result.words.emplace_back(number, word.get<std::string>());
  }
  std::sort(result.words.begin(), result.words.end());
  return result;
}

Result<std::vector<Field>> ReadFields(const Json& fields, const std::string& place,
                                      const Draft& draft) {
  if (!fields.is_object()) return FaultAt(place, "expected an object of names and types");
  std::vector<Field> read;
  for (const auto& [name, type] : fields.items()) {
    const std::string here = std::string(place).append("/").append(name);
    if (!type.is_string()) return FaultAt(here, "expected the name of a type");
    const Result<ParsedType> parsed =
        ParseWireType(type.get_ref<const std::string&>(), draft.enums, draft.bodies);
    if (!parsed) return FaultAt(here, parsed.error().message);
    read.push_back({name, PascalName(name), parsed->type, parsed->required});
  }
  return read;
}

Result<void> ReadEnums(const Json& enums, Draft& draft) {
  for (const auto& [name, words] : enums.items()) {
    Result<Enum> read = ReadEnum(name, words, "/enums/" + name);
    if (!read) return Unexpected(read.error());
    draft.enums.push_back(std::move(read).value());
  }
  return {};
}

// Bodies may name each other in any order, so all of them stand before any field is read.
Result<void> ReadBodies(const Json& bodies, Draft& draft) {
  for (const auto& [name, fields] : bodies.items()) draft.bodies.push_back({name, {}});
  std::size_t index = 0;
  for (const auto& [name, fields] : bodies.items()) {
    Result<std::vector<Field>> read = ReadFields(fields, "/bodies/" + name, draft);
    if (!read) return Unexpected(read.error());
    draft.bodies[index++].fields = std::move(read).value();
  }
  return {};
}

void ReadBodyName(ObjectReader& reader, std::string_view name, const Draft& draft, WireType& out) {
  std::string text;
  if (!reader.Text(name, text)) return;
  const Result<ParsedType> parsed = ParseWireType(text, draft.enums, draft.bodies);
  if (!parsed) {
    reader.Fail(name, parsed.error().message);
  } else if (parsed->type.body == nullptr) {
    reader.Fail(name, "expected a body or a list of one");
  } else {
    out = parsed->type;
  }
}

// "Customer/v1" of "/Customer/v1/Customer/{id}"; empty when the path is shorter.
std::string ApiOfPath(const std::string& path) {
  const std::size_t second = path.find('/', 1);
  const std::size_t third =
      second == std::string::npos ? std::string::npos : path.find('/', second + 1);
  return path.starts_with('/') && third != std::string::npos ? path.substr(1, third - 1) : "";
}

Result<Operation> ReadOperation(const Json& object, const std::string& place, const Draft& draft) {
  ObjectReader reader(object, place);
  Operation operation;
  for (const std::string_view name : {"method", "path", "rule", "summary", "does"}) {
    reader.Require(name);
  }
  reader.Text("method", operation.method);
  reader.Text("path", operation.path);
  reader.Text("rule", operation.rule);
  reader.Text("summary", operation.summary);
  reader.Object("does");  // read later, when there are resources to do it to
  if (const Json* query = reader.Object("query")) {
    Result<std::vector<Field>> fields = ReadFields(*query, reader.PlaceOf("query"), draft);
    if (!fields) return Unexpected(fields.error());
    operation.query = std::move(fields).value();
  }
  WireType request, response;
  ReadBodyName(reader, "request", draft, request);
  ReadBodyName(reader, "response", draft, response);
  operation.request = request.body;
  operation.response = response.body;
  operation.answers_list = response.is_list;
  if (std::find(kMethods.begin(), kMethods.end(), operation.method) == kMethods.end()) {
    reader.Fail("method", "Qondor knows GET, POST, PUT and DELETE");
  }
  operation.api = ApiOfPath(operation.path);
  if (operation.api.empty()) reader.Fail("path", "expected /Group/v1/Controller...");
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return operation;
}

Result<void> ReadOperations(const Json& operations, Draft& draft) {
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const std::string place = "/operations/" + std::to_string(i);
    Result<Operation> read = ReadOperation(operations[i], place, draft);
    if (!read) return Unexpected(read.error());
    draft.operations.push_back(std::move(read).value());
  }
  return {};
}

void ReadEventsAndCountries(const Json& events, const Json& countries, Draft& draft) {
  for (const Json& name : events) {
    const Body* body = name.is_string() ? draft.FindBody(name.get<std::string>()) : nullptr;
    if (body == nullptr) draft.Fail("/events", "no such body: " + DumpJson(name));
    draft.events.push_back(body);
  }
  for (const auto& [code, name] : countries.items()) {
    if (!name.is_string()) return draft.Fail("/countries/" + code, "expected a name");
    draft.countries.emplace(code, name.get<std::string>());
  }
}

}  // namespace

const Field& IdParameter() {
  static const Field id{"id", "Id", {Kind::kInt, false, nullptr, nullptr}, true};
  return id;
}

std::string_view Contract::CountryOf(std::string_view code) const {
  if (code.size() != 2) return {};
  // Of a letter its capital; nothing else becomes one.
  const std::array<char, 2> letters = {static_cast<char>(code[0] & ~0x20),
                                       static_cast<char>(code[1] & ~0x20)};
  const auto found = draft_.countries.find(std::string_view(letters.data(), letters.size()));
  return found == draft_.countries.end() ? std::string_view() : std::string_view(found->second);
}

Result<std::unique_ptr<const Contract>> Contract::Load(const Json& api) {
  ObjectReader reader(api, "");
  const Json* enums = reader.Object("enums");
  const Json* countries = reader.Object("countries");
  const Json* bodies = reader.Object("bodies");
  const Json* resources = reader.Object("resources");
  const Json* events = reader.Array("events");
  const Json* operations = reader.Array("operations");
  for (const std::string_view name :
       {"enums", "countries", "bodies", "resources", "events", "operations"}) {
    reader.Require(name);
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  Draft draft;
  if (Result<void> read = ReadEnums(*enums, draft); !read) return Unexpected(read.error());
  if (Result<void> read = ReadBodies(*bodies, draft); !read) return Unexpected(read.error());
  if (Result<void> read = ReadOperations(*operations, draft); !read) {
    return Unexpected(read.error());
  }
  ReadEventsAndCountries(*events, *countries, draft);
  if (!draft.fault) ReadResources(*resources, draft);
  if (!draft.fault) ReadSources(*resources, draft);
  if (!draft.fault) ReadEffects(*operations, draft);
  if (!draft.fault) ReadIntakes(draft);
  if (draft.fault) return Unexpected(*draft.fault);
  auto contract = std::unique_ptr<Contract>(new Contract(std::move(draft)));
  std::size_t index = 0;
  for (const Operation& operation : contract->operations()) {  // now they stay where they are
    const std::string place = "/operations/" + std::to_string(index++);
    if (!contract->routes_.Add(operation)) {
      return FaultAt(place, operation.method + " " + operation.path + " stands twice");
    }
  }
  return std::unique_ptr<const Contract>(std::move(contract));
}

}  // namespace kondor::qondor
