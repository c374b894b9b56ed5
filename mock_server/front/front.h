// The front door: finds the sandbox and the vendor a request is for, lets that vendor answer, and
// writes the call into the sandbox's journal before the answer leaves. Thread-safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/control/control.h"
#include "mock_server/front/counters.h"
#include "mock_server/front/place.h"
#include "mock_server/front/sandboxes.h"
#include "mock_server/http/message.h"
#include "mock_server/net/address.h"

namespace kondor {

struct FrontOptions {
  std::vector<net::Cidr> trusted_proxies;
  bool request_id_header = true;                       // Kondor-Request-Id on every vendor answer
  std::function<void(std::string_view line)> on_call;  // null: nobody listens
};

class Front {
 public:
  // Everything referred to must outlive the front.
  Front(FrontOptions options, Sandboxes& sandboxes, const Control& control, Counters& counters)
      : options_(std::move(options)),
        sandboxes_(sandboxes),
        control_(control),
        counters_(counters) {}

  http::Response Handle(const http::Request& request);

 private:
  http::Response HandleVendor(const http::Request& request, const Place& place);

  const FrontOptions options_;
  Sandboxes& sandboxes_;
  const Control& control_;
  Counters& counters_;
};

}  // namespace kondor
