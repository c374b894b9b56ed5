// Reading what a server sent, which may be anything: every field is checked before it is used. The
// first that is missing or of another type makes the whole of it no good. Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/json/parse.h"

namespace kondor::client {

class Fields {
 public:
  // `json` must outlive it. What is no object has no field.
  explicit Fields(const Json& json) : json_(json) {}

  // Of a field that has to be there.
  std::string Text(const char* name);
  bool Flag(const char* name);
  std::int64_t Number(const char* name);
  const Json& Array(const char* name);
  const Json& Object(const char* name);

  // Of one that may be absent or null.
  std::optional<std::string> TextOrNone(const char* name);
  // Its `inner` text, which may be absent or null too.
  std::optional<std::string> TextInObjectOrNone(const char* name, const char* inner);

  // What is wrong with `inner`, of an object within, is wrong with these.
  void Adopt(const Fields& inner) {
    if (fault_.empty()) fault_ = inner.fault_;
  }

  // What was wrong first, for people; empty while nothing was.
  const std::string& fault() const { return fault_; }

 private:
  const Json* Find(const char* name) const;
  const Json& Need(const char* name, Json::value_t type, const char* type_text);
  void Blame(const char* name, const char* why);

  const Json& json_;
  std::string fault_;
};

}  // namespace kondor::client
