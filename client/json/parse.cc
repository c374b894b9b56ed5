#include "client/json/parse.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kondor::client {
namespace {

// Far from what anybody's recursion could bear.
constexpr std::size_t kDepthMax = 64;

// Puts together what the library's parser finds. Not with a callback of that parser: it searches
// the whole of a list again after each of its elements. And its own way keeps the last of several
// members of one name, so that a second "success" could turn a refusal into data.
// NOLINTNEXTLINE(bugprone-exception-escape): what could throw in Json's move is its assertions.
class Builder {
 public:
  bool null() { return Put(nullptr) != nullptr; }
  bool boolean(bool value) { return Put(value) != nullptr; }
  bool number_integer(Json::number_integer_t value) { return Put(value) != nullptr; }
  bool number_unsigned(Json::number_unsigned_t value) { return Put(value) != nullptr; }
  bool number_float(Json::number_float_t value, const std::string&) {
    return Put(value) != nullptr;
  }
  bool string(std::string& value) { return Put(std::move(value)) != nullptr; }
  bool binary(Json::binary_t&) { return false; }  // no part of JSON
  bool start_object(std::size_t) { return Open(Json::value_t::object); }
  bool key(std::string& name) {
    const auto [member, is_new] = open_.back()->emplace(name, nullptr);
    member_ = &*member;
    return is_new;
  }
  bool end_object() { return Close(); }
  bool start_array(std::size_t) { return Open(Json::value_t::array); }
  bool end_array() { return Close(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

  Json Take() { return std::move(root_); }

 private:
  // Where it is now.
  template <typename Value>
  Json* Put(Value&& value) {
    if (open_.empty()) {
      root_ = std::forward<Value>(value);
      return &root_;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) return &parent.emplace_back(std::forward<Value>(value));
    *member_ = std::forward<Value>(value);
    return member_;
  }
  bool Open(Json::value_t type) {
    if (open_.size() == kDepthMax) return false;
    open_.push_back(Put(Json(type)));
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  Json root_;
  std::vector<Json*> open_;  // each in the one before; only the last can grow
  Json* member_ = nullptr;   // of the last, if that is an object
};

}  // namespace

std::optional<Json> ParseJson(std::string_view text) {
  Builder builder;
  if (!Json::sax_parse(text, &builder)) return {};
  return builder.Take();
}

}  // namespace kondor::client
