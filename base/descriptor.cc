#include "base/descriptor.h"

#include <unistd.h>

namespace kondor {

void Descriptor::Close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

}  // namespace kondor
