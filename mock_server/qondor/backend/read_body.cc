#include "mock_server/qondor/backend/read_body.h"

#include <charconv>
#include <cmath>
#include <cstddef>

#include "mock_server/http/ascii.h"
#include "mock_server/json/parse.h"
#include "mock_server/qondor/backend/date_text.h"

namespace kondor::qondor {
namespace {

// A .NET decimal holds nothing finer.
constexpr double kDecimalMin = 1e-28;

std::string_view TypeName(const WireType& type) {
  if (type.is_list) return "System.Collections.Generic.List";
  switch (type.kind) {
    case Kind::kBool:
      return "System.Boolean";
    case Kind::kInt:
      return "System.Int32";
    case Kind::kNumber:
      return "System.Decimal";
    case Kind::kDate:
      return "System.DateTime";
    case Kind::kEnum:
      return type.words->name;
    case Kind::kObject:
      return type.body->name;
    case Kind::kText:
    case Kind::kEnumText:
    case Kind::kEnumDigits:
      return "System.String";
  }
  return {};
}

// What came, before it is known to be what was wanted.
struct Token {
  Scalar scalar;
  std::string* text = nullptr;  // may be taken
};

enum class Fit { kTaken, kWrongType, kNoSuchWord };

Fit TakeWord(const Enum& words, std::optional<std::int64_t> number, Scalar& out) {
  if (!number || words.TextOf(*number).empty()) return Fit::kNoSuchWord;
  out = Scalar::Int(*number);
  return Fit::kTaken;
}

std::optional<std::int64_t> Digits(std::string_view text) {
  std::int64_t number = 0;
  if (text.size() > 3) return {};  // "036" is as good as "36"
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || stop != end) return {};
  return number;
}

Fit TakeText(Token& token, const WireType& type, Input::Item& item) {
  std::string& text = *token.text;
  switch (type.kind) {
    case Kind::kText:
      item.scalar = Scalar::Text({});
      item.text = std::move(text);
      return Fit::kTaken;
    case Kind::kDate:
      if (const auto date = ParseDate(text)) {
        item.scalar = *date;
        return Fit::kTaken;
      }
      return Fit::kWrongType;
    case Kind::kEnumText:
      return TakeWord(*type.words, type.words->NumberOf(text), item.scalar);
    case Kind::kEnumDigits:
      return TakeWord(*type.words, Digits(text), item.scalar);
    default:
      return Fit::kWrongType;
  }
}

Fit TakeToken(Token& token, const WireType& type, Input::Item& item) {
  if (token.scalar.is_null() && token.text == nullptr) return Fit::kTaken;
  if (type.is_list || type.kind == Kind::kObject) return Fit::kWrongType;
  if (token.text != nullptr) return TakeText(token, type, item);
  const bool whole = token.scalar.kind == ScalarKind::kInt;
  switch (type.kind) {
    case Kind::kBool:
      if (token.scalar.kind != ScalarKind::kBool) return Fit::kWrongType;
      break;
    case Kind::kInt:
      if (!whole || token.scalar.whole < INT32_MIN || token.scalar.whole > INT32_MAX) {
        return Fit::kWrongType;
      }
      break;
    case Kind::kNumber: {
      if (!token.scalar.is_number()) return Fit::kWrongType;
      const double number = token.scalar.AsNumber();
      if (!(std::abs(number) <= kDecimalMax)) return Fit::kWrongType;
      item.scalar = Scalar::Number(std::abs(number) < kDecimalMin ? 0 : number);
      return Fit::kTaken;
    }
    case Kind::kEnum:
      if (!whole) return Fit::kWrongType;
      return TakeWord(*type.words, token.scalar.whole, item.scalar);
    default:
      return Fit::kWrongType;
  }
  item.scalar = token.scalar;
  return Fit::kTaken;
}

// Listens to the parser. What is open is a stack of frames; one without an input is skipped.
class BodyListener {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  BodyListener(const Body& body, Input& input, FieldErrors& errors)
      : body_(body), input_(input), errors_(errors) {}

  bool null() { return Take({}); }
  bool boolean(bool value) { return Take({Scalar::Bool(value), nullptr}); }
  bool number_integer(number_integer_t value) { return Take({Scalar::Int(value), nullptr}); }
  bool number_unsigned(number_unsigned_t value) {
    return value > static_cast<number_unsigned_t>(INT64_MAX)
               ? Take({Scalar::Number(static_cast<double>(value)), nullptr})
               : Take({Scalar::Int(static_cast<std::int64_t>(value)), nullptr});
  }
  bool number_float(number_float_t value, const string_t&) {
    return Take({Scalar::Number(value), nullptr});
  }
  bool string(string_t& value) { return Take({{}, &value}); }
  bool binary(binary_t&) { return true; }

  bool key(string_t& name) {
    Frame& frame = frames_.back();
    if (frame.input == nullptr) return true;
    frame.field = nullptr;
    for (const Field& field : frame.body->fields) {
      if (http::EqualsIgnoreCase(field.name, name)) frame.field = &field;
    }
    return true;
  }

  bool start_object(std::size_t) {
    if (frames_.empty()) return Open({&body_, &input_, nullptr, nullptr, 0, false});
    const Frame& parent = frames_.back();
    if (!parent.is_array) {
      if (parent.input != nullptr && parent.field != nullptr) {
        parent.input->Put(parent.field);
        Fault(Fit::kWrongType);  // no body holds a lone object
      }
      return Open({});
    }
    if (parent.item == nullptr) return Open({});
    Input& element = parent.item->list.emplace_back();
    return Open({parent.field->type.body, &element, nullptr, nullptr, 0, false});
  }
  bool end_object() { return Close(); }

  bool start_array(std::size_t) {
    if (frames_.empty()) {
      errors_.Add("$", "The JSON value could not be converted to " + body_.name + ". Path: $.");
      return Open({nullptr, nullptr, nullptr, nullptr, 0, true});
    }
    const Frame& parent = frames_.back();
    if (parent.input == nullptr || parent.field == nullptr || parent.is_array) {
      if (parent.is_array && parent.item != nullptr) Fault(Fit::kWrongType);
      return Open({nullptr, nullptr, nullptr, nullptr, 0, true});
    }
    Input::Item& item = parent.input->Put(parent.field);
    if (!parent.field->type.is_list) {
      Fault(Fit::kWrongType);
      return Open({nullptr, nullptr, nullptr, nullptr, 0, true});
    }
    item.is_list = true;
    return Open({nullptr, parent.input, parent.field, &item, 0, true});
  }
  bool end_array() { return Close(); }

  // A number that no double holds ends the parser's work like a fault of the text; the field that
  // it was for, if it is one of the body's, is told all the same.
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& fault) {
    constexpr int kNumberOutOfRange = 406;
    if (fault.id != kNumberOutOfRange) return false;
    errors_ = FieldErrors();
    Fault(Fit::kWrongType);
    is_told_ = !errors_.empty();
    return false;
  }

  bool too_deep() const { return too_deep_; }
  // Why the parser ended is among the errors.
  bool is_told() const { return is_told_; }

 private:
  struct Frame {
    const Body* body = nullptr;
    Input* input = nullptr;
    const Field* field = nullptr;  // the one that is being read
    Input::Item* item = nullptr;   // of an array: where its elements go
    std::size_t elements = 0;      // of an array: how many have ended
    bool is_array = false;
  };

  bool Open(const Frame& frame) {
    too_deep_ = frames_.size() >= static_cast<std::size_t>(kJsonDepthMax);
    if (!too_deep_) frames_.push_back(frame);
    return !too_deep_;
  }

  bool Close() {
    frames_.pop_back();
    if (!frames_.empty() && frames_.back().is_array) ++frames_.back().elements;
    return true;
  }

  bool Take(Token token) {
    if (frames_.empty()) {
      // "null" is JSON, but as good as no body at all.
      const bool null = token.scalar.is_null() && token.text == nullptr;
      if (null) errors_.Add("", "A non-empty request body is required.");
      if (!null) {
        errors_.Add("$", "The JSON value could not be converted to " + body_.name + ". Path: $.");
      }
      return true;
    }
    Frame& frame = frames_.back();
    if (frame.is_array) {
      if (frame.item != nullptr) Fault(Fit::kWrongType);  // lists hold objects only
      ++frame.elements;
      return true;
    }
    if (frame.input == nullptr || frame.field == nullptr) return true;
    const Fit fit = TakeToken(token, frame.field->type, frame.input->Put(frame.field));
    if (fit != Fit::kTaken) Fault(fit);
    return true;
  }

  // Of the field that is being read: "Prices[0].ArtNo".
  void Fault(Fit fit) {
    std::string pascal, path = "$";
    const Field* field = nullptr;
    bool is_element = false;
    for (const Frame& frame : frames_) {
      if (frame.is_array) {
        const std::string index = "[" + std::to_string(frame.elements) + "]";
        pascal += index;
        path += index;
        is_element = true;
      } else if (frame.field != nullptr) {
        field = frame.field;
        is_element = false;
        pascal += (pascal.empty() ? "" : ".") + field->pascal_name;
        path += "." + field->name;
      }
    }
    if (field == nullptr) return;  // nothing is being read
    if (fit == Fit::kNoSuchWord) {
      errors_.Add(pascal, "The field " + field->pascal_name + " is invalid.");
      return;
    }
    const std::string_view type = is_element ? field->type.body->name : TypeName(field->type);
    errors_.Add(pascal, "The JSON value could not be converted to " + std::string(type) +
                            ". Path: " + path + ".");
  }

  const Body& body_;
  Input& input_;
  FieldErrors& errors_;
  std::vector<Frame> frames_;
  bool too_deep_ = false;
  bool is_told_ = false;
};

void CheckRequired(const Body& body, const Input& input, const std::string& place,
                   FieldErrors& errors) {
  for (const Field& field : body.fields) {
    const Input::Item* item = input.Find(&field);
    const bool open =
        item == nullptr || item->is_null() || (item->scalar.is_text() && IsBlank(item->text));
    if (field.required && open) {
      errors.Add(place + field.pascal_name, "The " + field.pascal_name + " field is required.");
    }
    if (item == nullptr || field.type.body == nullptr) continue;
    for (std::size_t i = 0; i < item->list.size(); ++i) {
      CheckRequired(*field.type.body, item->list[i],
                    place + field.pascal_name + "[" + std::to_string(i) + "].", errors);
    }
  }
}

}  // namespace

Input ReadBody(std::string_view text, const Body& body, FieldErrors& errors) {
  Input input;
  if (text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos) {
    errors.Add("", "A non-empty request body is required.");
    return input;
  }
  BodyListener listener(body, input, errors);
  // The parser takes a NUL for the end of the text.
  const bool parsed = text.find('\0') == std::string_view::npos &&
                      Json::sax_parse(text.begin(), text.end(), &listener);
  if (!parsed) {
    if (listener.is_told()) return input;
    FieldErrors only;
    only.Add("$", listener.too_deep()
                      ? "The maximum configured depth of 64 has been exceeded. Path: $."
                      : "The JSON value is not valid. Path: $.");
    errors = only;
    return input;
  }
  if (!errors.empty() && input.items.empty()) return input;
  // A field that came with a wrong type is not missing.
  FieldErrors missing;
  CheckRequired(body, input, "", missing);
  for (const auto& [field, message] : missing.all()) {
    bool known = false;
    for (const auto& [faulty, what] : errors.all()) known = known || faulty == field;
    if (!known) errors.Add(field, message);
  }
  return input;
}

}  // namespace kondor::qondor
