// TLS over a connected socket. The certificate must be one this machine trusts, and name the host:
// what is checked over a connection that may be anybody's proves nothing.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "scenarios/wire/socket.h"
#include "scenarios/wire/stream.h"

namespace kondor::scenarios {

Result<std::unique_ptr<Stream>> ConnectTls(Socket socket, const std::string& host);

}  // namespace kondor::scenarios
