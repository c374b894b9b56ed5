// What --help says beside the flags. Thread-safe: a pure function.
#pragma once

#include <string>

namespace kondor::client::command {

std::string HelpFooter();

}  // namespace kondor::client::command
