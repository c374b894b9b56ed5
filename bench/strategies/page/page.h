// The page that a report is written into: page.html with page.css and the scripts beside it, in the
// order of their numbers. Thread-safe: a pure function.
#pragma once

#include <string>

namespace kondor::bench {

// `figures` is JavaScript's notation of an object.
std::string PageWith(const std::string& figures);

}  // namespace kondor::bench
