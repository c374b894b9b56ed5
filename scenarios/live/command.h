// `kondor-check --live VENDOR`.
#pragma once

namespace kondor::live {

// Whether --live is among the words typed.
bool IsAskedFor(int argc, const char* const* argv);

// The program's exit code: 0 all that was checked holds, 1 something differs or was not written
// down, 2 usage (no yes, no credentials), 3 nothing was checked.
int RunLiveCommand(int argc, const char* const* argv);

}  // namespace kondor::live
