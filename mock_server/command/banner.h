// What a person at a terminal sees once the mock is ready. Thread-safe: a pure function.
#pragma once

#include <string>

#include "mock_server/mock_server.h"

namespace kondor::command {

std::string Banner(const std::string& url, const MockServer::Credentials& credentials);

}  // namespace kondor::command
