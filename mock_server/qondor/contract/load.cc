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
      return FaultAt(place + "/" + digits, "expected a whole number and its word");
    }
    result.words.emplace_back(number, word.get<std::string>());
  }
  std::sort(result.words.begin(), result.words.end());
  return result;
}

}  // namespace

class ContractLoader {
 public:
  Result<std::unique_ptr<const Contract>> Load(const Json& api) {
    ObjectReader reader(api, "");
    const Json* enums = reader.Object("enums");
    const Json* bodies = reader.Object("bodies");
    const Json* operations = reader.Array("operations");
    for (const std::string_view name : {"enums", "bodies", "operations"}) reader.Require(name);
    if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
    if (Result<void> read = ReadEnums(*enums); !read) return Unexpected(read.error());
    if (Result<void> read = ReadBodies(*bodies); !read) return Unexpected(read.error());
    if (Result<void> read = ReadOperations(*operations); !read) return Unexpected(read.error());
    return std::unique_ptr<const Contract>(std::move(contract_));
  }

 private:
  Result<void> ReadEnums(const Json& enums) {
    for (const auto& [name, words] : enums.items()) {
      Result<Enum> read = ReadEnum(name, words, "/enums/" + name);
      if (!read) return Unexpected(read.error());
      contract_->enums_.push_back(std::move(read).value());
    }
    return {};
  }

  // Bodies may name each other in any order, so all of them stand before any field is read.
  Result<void> ReadBodies(const Json& bodies) {
    for (const auto& [name, fields] : bodies.items()) contract_->bodies_.push_back({name, {}});
    std::size_t index = 0;
    for (const auto& [name, fields] : bodies.items()) {
      Result<std::vector<Field>> read = ReadFields(fields, "/bodies/" + name);
      if (!read) return Unexpected(read.error());
      contract_->bodies_[index++].fields = std::move(read).value();
    }
    return {};
  }

  Result<std::vector<Field>> ReadFields(const Json& fields, const std::string& place) const {
    if (!fields.is_object()) return FaultAt(place, "expected an object of names and types");
    std::vector<Field> read;
    for (const auto& [name, type] : fields.items()) {
      const std::string here = place + "/" + name;
      if (!type.is_string()) return FaultAt(here, "expected the name of a type");
      const Result<ParsedType> parsed = ParseType(type.get<std::string>());
      if (!parsed) return FaultAt(here, parsed.error().message);
      read.push_back({name, PascalName(name), parsed->type, parsed->required});
    }
    return read;
  }

  Result<ParsedType> ParseType(const std::string& text) const {
    return ParseWireType(text, contract_->enums_, contract_->bodies_);
  }

  Result<void> ReadOperations(const Json& operations) {
    std::vector<Operation>& list = contract_->operations_;
    for (std::size_t i = 0; i < operations.size(); ++i) {
      Result<Operation> read = ReadOperation(operations[i], "/operations/" + std::to_string(i));
      if (!read) return Unexpected(read.error());
      list.push_back(std::move(read).value());
    }
    for (std::size_t i = 0; i < list.size(); ++i) {  // now they stay where they are
      if (contract_->routes_.Add(list[i])) continue;
      return FaultAt("/operations/" + std::to_string(i),
                     list[i].method + " " + list[i].path + " stands twice");
    }
    return {};
  }

  Result<Operation> ReadOperation(const Json& object, const std::string& place) const {
    ObjectReader reader(object, place);
    Operation operation;
    for (const std::string_view name : {"method", "path", "rule", "summary"}) reader.Require(name);
    reader.Text("method", operation.method);
    reader.Text("path", operation.path);
    reader.Text("rule", operation.rule);
    reader.Text("summary", operation.summary);
    if (const Json* query = reader.Object("query")) {
      Result<std::vector<Field>> fields = ReadFields(*query, reader.PlaceOf("query"));
      if (!fields) return Unexpected(fields.error());
      operation.query = std::move(fields).value();
    }
    WireType request, response;
    ReadBodyName(reader, "request", request);
    ReadBodyName(reader, "response", response);
    operation.request = request.body;
    operation.response = response.body;
    operation.answers_list = response.is_list;
    if (std::find(kMethods.begin(), kMethods.end(), operation.method) == kMethods.end()) {
      reader.Fail("method", "Qondor knows GET, POST, PUT and DELETE");
    }
    const std::size_t second = operation.path.find('/', 1);
    const std::size_t third =
        second == std::string::npos ? second : operation.path.find('/', second + 1);
    if (!operation.path.starts_with("/") || third == std::string::npos) {
      reader.Fail("path", "expected /Group/v1/Controller...");
    } else {
      operation.api = operation.path.substr(1, third - 1);
    }
    if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
    return operation;
  }

  void ReadBodyName(ObjectReader& reader, std::string_view name, WireType& out) const {
    std::string text;
    if (!reader.Text(name, text)) return;
    const Result<ParsedType> parsed = ParseType(text);
    if (!parsed) {
      reader.Fail(name, parsed.error().message);
    } else if (parsed->type.body == nullptr) {
      reader.Fail(name, "expected a body or a list of one");
    } else {
      out = parsed->type;
    }
  }

  std::unique_ptr<Contract> contract_{new Contract};
};

Result<std::unique_ptr<const Contract>> Contract::Load(const Json& api) {
  return ContractLoader().Load(api);
}

}  // namespace kondor::qondor
