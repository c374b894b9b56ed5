#include <cstdlib>
#include <string_view>

#include "client/credentials/access.h"
#include "client/credentials/names.h"

namespace kondor::client {

Result<Access> AccessFromEnvironment() {
  Access access;
  for (const AccessName& known : AccessNames()) {
    const char* value = std::getenv(known.name);
    if (value == nullptr) continue;
    // Empty credentials are missing ones. But an empty address would be the vendor's own, where
    // whoever set it meant another.
    if (*value == '\0' && std::string_view(known.name).ends_with("_BASE_URL")) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        std::string(known.name) + " is empty; set it to an address, or unset it");
    }
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
