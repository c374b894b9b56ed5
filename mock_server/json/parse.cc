#include "mock_server/json/parse.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kondor {
namespace {

constexpr std::size_t kReasonMax = 200;
constexpr std::size_t kShown = 60;

// JSON leaves open what a doubled name means; what we read ourselves may not have one.
enum class Duplicates { kAllow, kRefuse };

// Walks the text once, keeps nothing but the depth and the first fault.
class Checker {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  explicit Checker(Duplicates duplicates) : duplicates_(duplicates) {}

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(number_integer_t) { return true; }
  bool number_unsigned(number_unsigned_t) { return true; }
  bool number_float(number_float_t, const string_t&) { return true; }
  bool string(string_t&) { return true; }
  bool binary(binary_t&) { return true; }
  bool key(string_t& name) {
    if (duplicates_ == Duplicates::kAllow) return true;
    if (!names_.back().insert(name).second) doubled_ = name;
    return !doubled_ && !too_wide();
  }
  bool start_object(std::size_t) {
    names_.emplace_back();
    return Enter();
  }
  bool start_array(std::size_t) { return Enter(); }
  bool end_object() {
    names_.pop_back();
    return Leave();
  }
  bool end_array() { return Leave(); }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& fault) {
    fault_byte_ = position == 0 ? 0 : position - 1;
    fault_ = Reason(fault.what());
    return false;
  }

  const std::string& fault() const { return fault_; }
  const std::optional<std::string>& doubled() const { return doubled_; }
  bool too_wide() const { return !names_.empty() && names_.back().size() > kJsonMembersMax; }
  bool too_deep() const { return depth_ > kJsonDepthMax; }
  std::size_t fault_byte() const { return fault_byte_; }

 private:
  bool Enter() { return ++depth_ <= kJsonDepthMax; }
  bool Leave() {
    --depth_;
    return true;
  }

  // The library's text names its own exception and repeats the place, and then all of the token it
  // was reading, which can be megabytes; people need what stands between.
  static std::string Reason(std::string_view what) {
    const std::size_t syntax = what.find("syntax error");
    const std::size_t bracket = what.find("] ");
    if (syntax != std::string_view::npos) {
      what.remove_prefix(syntax);
    } else if (bracket != std::string_view::npos) {
      what.remove_prefix(bracket + 2);
    }
    // What was last read may also be a secret.
    what = what.substr(0, what.find("; last read"));
    return std::string(what.substr(0, kReasonMax)) + (what.size() > kReasonMax ? "..." : "");
  }

  const Duplicates duplicates_;
  std::vector<std::set<std::string>> names_;  // of each object that is open
  std::optional<std::string> doubled_;
  int depth_ = 0;
  std::string fault_;
  std::size_t fault_byte_ = 0;
};

// What the parser saw may be half of a multi-byte letter, or worse: messages are plain text.
std::string Plain(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

std::string Place(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column =
      newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

Result<void> Check(std::string_view text, Duplicates duplicates) {
  Checker checker(duplicates);
  if (Json::sax_parse(text.begin(), text.end(), &checker)) {
    // The library takes a NUL for the end of the text and whatever follows for nothing.
    const std::size_t nul = text.find('\0');
    if (nul == std::string_view::npos) return {};
    return Unexpected(ErrorKind::kInvalidArgument,
                      "not JSON at " + Place(text, nul) + ": a NUL byte; leave it out");
  }
  if (checker.too_deep()) {
    return Unexpected(
        ErrorKind::kInvalidArgument,
        "JSON nested deeper than " + std::to_string(kJsonDepthMax) + " levels; flatten it");
  }
  if (checker.too_wide()) {
    return Unexpected(
        ErrorKind::kInvalidArgument,
        "a JSON object has more than " + std::to_string(kJsonMembersMax) + " members; send fewer");
  }
  if (checker.doubled()) {
    return Unexpected(ErrorKind::kInvalidArgument, "the name '" + Shown(*checker.doubled()) +
                                                       "' stands twice in one object; keep one");
  }
  const std::string fault = Plain(checker.fault());
  return Unexpected(ErrorKind::kInvalidArgument,
                    "not JSON at " + Place(text, checker.fault_byte()) + ": " + fault);
}

}  // namespace

std::string Shown(std::string_view text) { return Plain(std::string(text.substr(0, kShown))); }

Result<void> CheckJson(std::string_view text) { return Check(text, Duplicates::kAllow); }

Result<Json> ParseJson(std::string_view text) {
  if (Result<void> checked = Check(text, Duplicates::kRefuse); !checked) {
    return Unexpected(checked.error());
  }
  Json value = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  return value;
}

std::string DumpJson(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string PrettyJson(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace kondor
