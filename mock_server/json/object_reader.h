// Reads one JSON object field by field and holds its author to the contract: a wrong type, a
// missing field or a field nobody asked for is an error that names its place as a JSON pointer. Not
// thread-safe: one reader, one object, one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/json/parse.h"

namespace kondor {

class ObjectReader {
 public:
  // `place` is the object's own JSON pointer ("" for the root). `object` must outlive the reader.
  ObjectReader(const Json& object, std::string place);

  // Each returns true when the field is there, well typed and stored; absent fields leave `out`
  // alone. The first fault is kept, everything after it is ignored.
  bool Text(std::string_view name, std::string& out);
  bool OptionalText(std::string_view name, std::optional<std::string>& out);  // null is "none"
  bool Flag(std::string_view name, bool& out);
  bool Whole(std::string_view name, std::int64_t& out, std::int64_t least, std::int64_t most);
  const Json* Object(std::string_view name);
  const Json* Array(std::string_view name);
  const Json* Any(std::string_view name);

  void Require(std::string_view name);  // a fault when absent
  // `name` may go on to what stands in the field: "rows/3".
  void Fail(std::string_view name, const std::string& what);

  std::string PlaceOf(std::string_view name) const;
  std::string PlaceOf(std::string_view name, std::size_t index) const;

  // The first fault, or an unknown field, or nothing.
  Result<void> Finish();

 private:
  const Json* Take(std::string_view name);

  const Json& object_;
  const std::string place_;
  std::vector<std::string> known_;
  std::optional<Error> fault_;
};

}  // namespace kondor
