// `kondor-check client [OPTIONS] -- CMD ARGS...`: judges any program that calls the vendors.
#pragma once

namespace kondor::judge {

// Whether the command line asks for it.
bool IsAskedFor(int argc, const char* const* argv);

// The exit code: 0 nothing found, 1 something found, 2 usage, 3 nothing to judge.
int RunClientCommand(int argc, const char* const* argv);

}  // namespace kondor::judge
