// Where a request is addressed: which sandbox, and which vendor's host or the control API.
// Thread-safe: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "mock_server/http/message.h"
#include "mock_server/sandbox/exchange.h"

namespace kondor {

struct Place {
  enum class Kind { kVendor, kControl, kRoot, kUnknown };
  Kind kind = Kind::kUnknown;
  Surface surface = Surface::kK2;  // of a kVendor
  std::string_view sandbox;        // "default" when the request names none
  std::string_view path;           // what is left for the one addressed; within the request's path
};

// By path ("/k2/...", "/@NAME/k2/...") or by Host ("k2.kondado.com.br"), also in the absolute form
// that proxies send. kInvalidArgument when path and Kondor-Sandbox name two sandboxes.
Result<Place> FindPlace(const http::Request& request);

// The authority a request is for, without its port: lower-case name, or address without brackets.
std::string HostOf(const http::Request& request);

}  // namespace kondor
