// What a program is told about the vendors, by its environment or by a file: secrets come no other
// way. No error shows a value, nor anything that could be one.
// Thread-safe, as long as nobody changes the environment meanwhile.
#pragma once

#include <string>

#include "base/result.h"
#include "client/credentials/credentials.h"

namespace kondor::client {

// What was not said is empty.
struct Access {
  KondadoCredentials kondado;             // KONDADO_KEY, KONDADO_TOKEN
  std::string via_kondado_token = {};     // KONDADO_VIA_TOKEN
  QondorCredentials qondor = {};          // QONDOR_SUBSCRIPTION_KEY, QONDOR_SECONDARY_KEY
  std::string kondado_base_url = {};      // KONDADO_BASE_URL, of k2
  std::string webhook_base_url = {};      // KONDADO_WEBHOOK_BASE_URL, of k1
  std::string via_kondado_base_url = {};  // KONDADO_VIA_BASE_URL, of hub
  std::string qondor_base_url = {};       // QONDOR_BASE_URL; may end in an environment (Q10)
};

// kInvalidArgument: a value holds a blank, a control character or a letter that is no ASCII.
Result<Access> AccessFromEnvironment();

// From lines NAME=value with the names above; '#' begins a line that is a comment. The file must be
// a regular one of this user's or root's that nobody else may read or write.
// kUnavailable: it cannot be read. kInvalidArgument: its permissions, or the line that is wrong.
Result<Access> AccessFromFile(const std::string& path);

}  // namespace kondor::client
