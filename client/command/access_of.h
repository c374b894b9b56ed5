// Whose credentials and which addresses a command uses. Not thread-safe: reads the environment.
#pragma once

#include "client/command/options.h"
#include "client/credentials/access.h"

namespace kondor::client::command {

// Of --credentials, else of the environment. Base URLs that the file does not say are those of the
// environment: who points it at a mock means it. --base-url goes before both.
Result<Access> AccessOf(const Options& options);

}  // namespace kondor::client::command
