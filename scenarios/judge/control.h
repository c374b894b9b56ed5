// The control API of a kondor-mock (docs/CONTROL_API.md), of one in this process or of one
// somewhere. Thread-safe.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kondor::judge {

using Json = nlohmann::json;

class Control {
 public:
  virtual ~Control() = default;

  struct Reply {
    int status = 0;
    std::string body;
  };
  // `target` is a path of that server's. An empty body is none. kTransport: no answer.
  virtual Result<Reply> Exchange(std::string_view method, const std::string& target,
                                 const std::string& body) = 0;

  // As above, for answers that are JSON, with null for none. An error's status is an error:
  // kNotFound for a 404, else kRejected, with the server's own words.
  Result<Json> Ask(std::string_view method, const std::string& target, const Json& body = nullptr);
};

// A mock of our own, on a free port of this machine.
Result<std::unique_ptr<Control>> StartOwnMock();

// kTransport when nobody answers there, kRejected when it is no kondor-mock.
Result<std::unique_ptr<Control>> ReachMock(const std::string& url,
                                           const std::string& control_token);

}  // namespace kondor::judge
