// Takes secrets out of text that is kept or shown: by the name they go under, and by their shape,
// so that a secret put in the wrong place (a path, a header of the client's own making) is caught
// too. Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace kondor::secrets {

inline constexpr std::string_view kRedacted = "[redacted]";

// Runs of letters and digits as long as Kondado's secrets (64), or as Qondor's keys (32) with a
// digit among them: names of operations are that long too. UUIDs are no such runs.
std::string RedactText(std::string_view text);

// A raw path; percent-encoding does not hide a secret.
std::string RedactPath(std::string_view raw_path);

// A raw query string: also the values of `token`, `subscription-key` and their like.
std::string RedactQuery(std::string_view raw_query);

// One header's value.
std::string RedactHeader(std::string_view name, std::string_view value);

// A body: also the values of "token" and its like where they stand as JSON members.
std::string RedactBody(std::string_view body);

}  // namespace kondor::secrets
