#include "mock_server/qondor/arm/arm_visit.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mock_server/http/ascii.h"
#include "mock_server/qondor/backend/date_text.h"
#include "mock_server/qondor/directory/rotating_key.h"

namespace kondor::qondor {
namespace {

// $top or $skip; nothing when it is no whole number.
std::optional<std::size_t> PageNumber(const std::string& text) {
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

// With three digits of a fraction, as every other date of the management REST is shown.
std::string UtcMillis(const Scalar& date) {
  constexpr std::int64_t kSecond = 1'000'000;
  const std::int64_t micros = (date.whole % kSecond + kSecond) % kSecond;
  std::string text;
  AppendDate(text, Scalar::Date(date.whole - micros, ScalarKind::kDateLocal));
  const std::string millis = std::to_string(micros / 1000);
  return text + "." + std::string(3 - millis.size(), '0') + millis + "Z";
}

// The address of the page that begins at `skip`, as this caller reaches it.
std::string NextLink(const ArmVisit& visit, std::size_t top, std::size_t skip) {
  const http::Request& request = visit.call.request;
  const http::HeaderView* host = request.FindHeader("Host");
  const std::string_view name = host == nullptr ? "127.0.0.1" : host->value;
  const bool azure = http::EqualsIgnoreCase(name, "management.azure.com");
  std::string link = azure ? "https://" : "http://";
  link.append(name).append(request.path);
  link += "?api-version=" + *visit.call.query.First("api-version");
  return link + "&$top=" + std::to_string(top) + "&$skip=" + std::to_string(skip);
}

}  // namespace

Answer ArmList(const ArmVisit& visit, std::vector<Json> entities) {
  std::size_t top = entities.size(), skip = 0;
  for (const auto& [name, number] : {std::pair("$top", &top), std::pair("$skip", &skip)}) {
    const std::string* text = visit.call.query.First(name);
    if (text == nullptr) continue;
    const std::optional<std::size_t> read = PageNumber(*text);
    if (!read) return ArmInvalid({{name, "expected a whole number"}});
    if (number == &top && *read == 0) return ArmInvalid({{name, "expected at least 1"}});
    *number = *read;
  }
  if (visit.call.query.First("$filter") != nullptr) {
    return ArmInvalid({{"$filter", "this mock does not filter; read the list and choose"}});
  }
  const std::size_t count = entities.size();
  skip = std::min(skip, count);
  const std::size_t shown = std::min(top, count - skip);
  Json value = Json::array();
  for (std::size_t i = skip; i < skip + shown; ++i) value.push_back(std::move(entities[i]));
  const bool more = skip + shown < count;
  return ArmJson({{"value", std::move(value)},
                  {"count", count},
                  {"nextLink", more ? Json(NextLink(visit, top, skip + shown)) : Json(nullptr)}});
}

ArmFields::ArmFields(const Json& body) {
  const auto found = body.find("properties");
  if (found == body.end() || found->is_null()) return;
  if (found->is_object()) {
    properties_ = &*found;
  } else {
    Fail("properties", "expected an object");
  }
}

const Json* ArmFields::Find(std::string_view name) const {
  if (properties_ == nullptr) return nullptr;
  const auto found = properties_->find(std::string(name));
  return found == properties_->end() || found->is_null() ? nullptr : &*found;
}

bool ArmFields::IsNull(std::string_view name) const {
  if (properties_ == nullptr) return false;
  const auto found = properties_->find(std::string(name));
  return found != properties_->end() && found->is_null();
}

std::optional<std::string> ArmFields::Text(std::string_view name) {
  const Json* value = Find(name);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  Fail(name, "expected text");
  return {};
}

std::optional<std::string> ArmFields::Text(std::string_view name, TextRule rule) {
  std::optional<std::string> text = Text(name);
  if (text) Check(name, *text, rule);
  return text;
}

std::optional<std::string> ArmFields::Date(std::string_view name) {
  if (IsNull(name)) return "";
  const std::optional<std::string> text = Text(name);
  if (!text) return {};
  // A date alone is none of ISO 8601's date-times.
  const std::optional<Scalar> date =
      text->find('T') == std::string::npos ? std::nullopt : ParseDate(*text);
  if (date) return UtcMillis(*date);
  Fail(name, "expected an ISO 8601 date and time such as 2027-01-01T00:00:00Z");
  return {};
}

std::optional<std::string> ArmFields::Key(std::string_view name) {
  std::optional<std::string> key = Text(name);
  if (key && !IsSubscriptionKey(*key)) Fail(name, "expected " + std::string(kKeyWords));
  return key;
}

std::optional<bool> ArmFields::Flag(std::string_view name) {
  const Json* value = Find(name);
  if (value == nullptr) return {};
  if (value->is_boolean()) return value->get<bool>();
  Fail(name, "expected true or false");
  return {};
}

std::optional<std::string> ArmFields::LastOfId(std::string_view name, std::string_view collection) {
  const std::optional<std::string> text = Text(name);
  if (!text) return {};
  const std::size_t slash = text->rfind('/');
  const std::size_t begin = slash == std::string::npos || slash + 1 < collection.size()
                                ? std::string::npos
                                : slash + 1 - collection.size();
  const bool fits = begin != std::string::npos &&
                    http::EqualsIgnoreCase(text->substr(begin, collection.size()), collection) &&
                    slash + 1 < text->size();
  if (fits) return text->substr(slash + 1);
  Fail(name, "expected an id that ends in " + std::string(collection) + "{id}");
  return {};
}

void ArmFields::Require(std::string_view name) {
  if (Find(name) == nullptr) Fail(name, "'" + std::string(name) + "' is required.");
}

void ArmFields::Check(std::string_view name, std::string_view text, TextRule rule) {
  if (std::string fault = FaultIn(text, rule); !fault.empty()) Fail(name, std::move(fault));
}

void ArmFields::Fail(std::string_view name, std::string message) {
  faults_.push_back({std::string(name), std::move(message)});
}

Precondition CheckPrecondition(const ArmVisit& visit, std::uint64_t version) {
  switch (ReadIfMatch(visit.call.request, version)) {
    case IfMatch::kMissing:
      return {ArmInvalid({{"If-Match", "the header is required: an ETag, or *"}}), {}};
    case IfMatch::kStale:
      return {ArmPreconditionFailed(), {}};
    case IfMatch::kAny:
      return {};
    case IfMatch::kMatches:
      break;
  }
  return {{}, version};
}

}  // namespace kondor::qondor
