// What somebody else wrote, made fit for a line of a log. Thread-safe: a pure function.
#pragma once

#include <string>
#include <string_view>

namespace kondor::client {

// Without control characters, and cut after some 300 bytes.
std::string OneLine(std::string_view text);

}  // namespace kondor::client
