// The control API under /_kondor: what a test, a person or a script does to sandboxes.
// Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mock_server/front/counters.h"
#include "mock_server/front/sandboxes.h"
#include "mock_server/http/message.h"
#include "mock_server/secrets/digest.h"

namespace kondor {

inline constexpr std::string_view kVersion = "0.1.0";

struct ControlOptions {
  std::string token;     // empty: none asked for, which is right on loopback only
  std::string own_host;  // the name the server was told to listen on
};

class Control {
 public:
  // Everything referred to must outlive the control API.
  Control(ControlOptions options, Sandboxes& sandboxes, const Counters& counters);

  // `path` is what follows /_kondor.
  http::Response Handle(const http::Request& request, std::string_view path) const;

 private:
  // Nothing when the request may go on; otherwise its refusal.
  std::optional<http::Response> Guard(const http::Request& request, std::string_view path) const;
  bool HasToken(const http::Request& request) const;

  const std::string own_host_;
  const std::optional<secrets::Digest> token_;
  Sandboxes& sandboxes_;
  const Counters& counters_;
};

}  // namespace kondor
