// What a handler of the control API gets to see, and the table it stands in.
// Not thread-safe: one visit, one request, one thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mock_server/front/counters.h"
#include "mock_server/front/own_reply.h"
#include "mock_server/front/sandboxes.h"
#include "mock_server/http/message.h"
#include "mock_server/http/query.h"
#include "mock_server/json/parse.h"

namespace kondor::control {

struct Visit {
  const http::Request& request;
  http::Query query;
  std::vector<std::string> captures;  // the segments that stand at ":x", decoded, in order
  Json body;                          // {} where none was sent and none is needed
  std::shared_ptr<Sandbox> sandbox;   // of the routes under sandboxes/:s; never null there
  Sandboxes& sandboxes;
  const Counters& counters;
};

enum class BodyUse { kNone, kOptional, kRequired };

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/sandboxes/:s/clock"; ":s" is a sandbox that must exist
  BodyUse body;
  http::Response (*handle)(Visit&);
};

// Status and code by what the caller can do about it.
http::Response ErrorReply(const Error& error);

// "http://127.0.0.1:7070", as the caller addressed this server.
std::string BaseUrl(const http::Request& request);

std::span<const Route> ServerRoutes();
std::span<const Route> SandboxRoutes();
std::span<const Route> TimeAndLimitRoutes();
std::span<const Route> JournalRoutes();
std::span<const Route> KondadoRoutes();
std::span<const Route> QondorRoutes();
std::span<const Route> WebhookRoutes();
std::span<const Route> FaultRoutes();

}  // namespace kondor::control
