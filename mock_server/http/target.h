// A request's target taken apart (RFC 9112, 3.2). Thread-safe: a pure function.
#pragma once

#include <string_view>

#include "mock_server/http/message.h"

namespace kondor::http {

// Fills target, authority, path and query; they point into `target`. False: it begins neither with
// a slash nor with http://, nor is it the asterisk of OPTIONS.
bool TakeTargetApart(std::string_view target, Request& request);

}  // namespace kondor::http
