// Every secret a client has been given of late, so that none gets into what people or logs see: a
// call that is under way may carry one that has been replaced since. Not thread-safe.
#pragma once

#include <deque>
#include <string>
#include <string_view>

namespace kondor::client {

class KnownSecrets {
 public:
  // Of those added before, the last few are remembered.
  void Add(const std::string& secret);

  // See conceal.h.
  std::string Conceal(std::string_view text) const;

 private:
  std::deque<std::string> secrets_;
};

}  // namespace kondor::client
