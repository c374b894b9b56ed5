// An answer of the script's own.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "mock_server/faults/kind.h"
#include "mock_server/http/ascii.h"

namespace kondor::faults {
namespace {

constexpr std::size_t kHeadersMax = 64;
constexpr std::size_t kHeaderBytesMax = 8 * 1024;

// What the edge and the front door say themselves; the rest is the script's.
std::string WhyNotAHeader(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOfTheEdge = {"Connection", "Content-Length",
                                                          "Keep-Alive", "Transfer-Encoding"};
  if (name.empty() || name.size() > 256 ||
      !std::all_of(name.begin(), name.end(), &http::IsTokenChar)) {
    return "is no header's name";
  }
  if (std::any_of(kOfTheEdge.begin(), kOfTheEdge.end(),
                  [&](std::string_view own) { return http::EqualsIgnoreCase(own, name); })) {
    return "the server says that itself; wrong_content_length, truncated_body and the like change "
           "how an answer is sent";
  }
  if (http::EqualsIgnoreCase(name, "Kondor-Request-Id")) return "names the journal's entry";
  return {};
}

bool IsHeaderValue(const Json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return text.size() <= kHeaderBytesMax && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 0x20 && c < 0x7f) || c == '\t';
         });
}

std::vector<http::Header> ReadHeaders(ObjectReader& step) {
  std::vector<http::Header> headers;
  const Json* object = step.Object("headers");
  if (object == nullptr) return headers;
  if (object->size() > kHeadersMax) {
    step.Fail("headers", "more than " + std::to_string(kHeadersMax));
    return headers;
  }
  for (const auto& [name, value] : object->items()) {
    if (const std::string why = WhyNotAHeader(name); !why.empty()) {
      step.Fail("headers/" + Shown(name), why);
    } else if (!IsHeaderValue(value)) {
      step.Fail("headers/" + name, "expected up to 8192 printable ASCII characters");
    } else {
      headers.push_back({name, value.get<std::string>()});
    }
  }
  return headers;
}

// Text is sent as it is, any other value as JSON.
void ReadOwnBody(ObjectReader& step, http::Response& response) {
  const bool bodiless = response.status == 204 || response.status == 304;
  const Json* body = step.Any("body");
  if (body == nullptr) {
    if (!bodiless) PutFrontPage(response.status, response);
  } else if (bodiless) {
    step.Fail("body", "an answer of this status has none");
  } else if (body->is_string()) {
    response.body = body->get<std::string>();
    response.content_type = "text/plain";
  } else {
    response.body = DumpJson(*body);
    response.content_type = "application/json";
  }
}

Effect ReadStatus(ObjectReader& step) {
  http::Response response;
  std::int64_t status = 0;
  step.Require("status");
  step.Whole("status", status, 200, 599);
  response.status = static_cast<int>(status);
  ReadOwnBody(step, response);
  response.headers = ReadHeaders(step);
  for (const http::Header& header : response.headers) {
    if (http::EqualsIgnoreCase(header.name, "Content-Type")) response.content_type.clear();
  }
  return [response](const Call&, Reply& reply) {
    reply.response = response;
    reply.done = "status " + std::to_string(response.status) + " was answered by the script";
  };
}

}  // namespace

Kind Status() { return {"status", FaultTime::kBefore, &ReadStatus}; }

}  // namespace kondor::faults
