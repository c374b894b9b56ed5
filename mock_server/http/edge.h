// What all connections of one server share.
#pragma once

#include <utility>

#include "mock_server/http/pool.h"
#include "mock_server/http/roster.h"
#include "mock_server/http/server.h"

namespace kondor::http {

struct Edge {
  Edge(ServerOptions the_options, Handler the_handler, ErrorBody the_error_body)
      : options(std::move(the_options)),
        handler(std::move(the_handler)),
        error_body(std::move(the_error_body)),
        roster(options.head_time_max / 10),
        pool(options.threads_max, options.thread_idle_time_max) {}

  const ServerOptions options;
  const Handler handler;
  const ErrorBody error_body;
  Roster roster;
  Pool pool;  // last: its threads use the others
};

}  // namespace kondor::http
