#include <cstdlib>

#include "client/credentials/access.h"
#include "client/credentials/names.h"

namespace kondor::client {

Result<Access> AccessFromEnvironment() {
  Access access;
  for (const AccessName& known : AccessNames()) {
    const char* value = std::getenv(known.name);
    if (value == nullptr) continue;
    if (!IsPlainValue(value)) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        std::string(known.name) +
                            " holds a blank, a control character or a letter that is no ASCII; "
                            "set it to the value alone");
    }
    known.field(access) = value;
  }
  return access;
}

}  // namespace kondor::client
