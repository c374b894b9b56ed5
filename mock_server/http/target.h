// A request's target taken apart (RFC 9112, 3.2). Thread-safe: a pure function.
#pragma once

#include <string_view>

#include "mock_server/http/message.h"

namespace kondor::http {

// Fills target, authority, path and query; they point into `target`. False: it is neither a path,
// nor a whole URL of http or https with a host, nor the asterisk of OPTIONS; or it has a fragment.
bool TakeTargetApart(std::string_view target, Request& request);

}  // namespace kondor::http
