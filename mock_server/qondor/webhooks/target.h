// Where a webhook may be delivered to: this machine, and hosts that whoever started the server
// named. What a test sends to the mock must not make it call the world. Thread-safe: immutable once
// made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kondor::qondor {

struct Target {
  std::string host;       // lower-case name, or an address without brackets
  int port = 80;          //
  std::string authority;  // the Host header: "127.0.0.1:8080"
  std::string path;       // with the query: "/hook?x=1"
};

// The numeric addresses that a name has now.
using LookUp = std::vector<std::string> (*)(const std::string& name);
std::vector<std::string> SystemLookUp(const std::string& name);

class TargetPolicy {
 public:
  TargetPolicy() = default;  // loopback only
  // `hosts`: names or addresses, without a port. kInvalidArgument names the one that is neither.
  static Result<TargetPolicy> Allowing(const std::vector<std::string>& hosts,
                                       LookUp look_up = &SystemLookUp);

  // Takes `url` apart. kInvalidArgument, one line that says the mend, when it is no http:// URL or
  // its host is not allowed.
  Result<Target> Admit(std::string_view url) const;

  // The numeric address to connect to, looked up now: a name may have come to mean another machine
  // since it was admitted. kInvalidArgument when it points elsewhere, kUnavailable when nowhere.
  // Blocks as long as the system's resolver does.
  Result<std::string> Resolve(const Target& target) const;

 private:
  bool Allows(std::string_view host) const;

  std::vector<std::string> hosts_;
  LookUp look_up_ = &SystemLookUp;
};

}  // namespace kondor::qondor
