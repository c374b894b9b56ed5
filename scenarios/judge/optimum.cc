#include "scenarios/judge/optimum.h"

#include <algorithm>

#include "scenarios/judge/fields.h"

namespace kondor::judge {
namespace {

// When every counter of that address and key admits a call.
Result<TimePoint> NextAdmitted(Sandbox& sandbox, const std::string& ip) {
  const Result<Json> limits =
      sandbox.Ask("GET", "/limits?ip=" + ip + "&key=" + sandbox.credentials().kondado_key);
  if (!limits) return Unexpected(limits.error());
  Result<TimePoint> next = ReadInstant(TextIn(*limits, "now"));
  if (!next) {
    return Unexpected(ErrorKind::kMalformed, "the limits cannot be read");
  }
  for (const Json& counter : ListIn(*limits, "counters")) {
    const Result<TimePoint> admitted = ReadInstant(TextIn(counter, "next_admitted"));
    if (admitted) *next = std::max(*next, *admitted);
  }
  return next;
}

}  // namespace

Result<Duration> Optimum(Control& control, const Settings& settings, TimePoint begin,
                         const std::string& ip, int jobs) {
  Result<std::unique_ptr<Sandbox>> sandbox = Sandbox::Make(
      control, {.settings = settings, .begin_at = WriteInstant(begin), .pipelines = 1});
  if (!sandbox) return Unexpected(sandbox.error());
  const Credentials& credentials = (*sandbox)->credentials();
  const std::string target = "/k2/pipelines/1/status?key=" + credentials.kondado_key +
                             "&token=" + credentials.kondado_token;
  TimePoint now = begin;
  for (int job = 0; job < jobs; ++job) {
    const Result<TimePoint> next = NextAdmitted(**sandbox, ip);
    if (!next) return Unexpected(next.error());
    if (*next > now) {
      const Result<Json> moved = (*sandbox)->Ask("PUT", "/clock", {{"now", WriteInstant(*next)}});
      if (!moved) return Unexpected(moved.error());
      now = *next;
    }
    const Result<Control::Reply> reply = (*sandbox)->Call("GET", target);
    if (!reply) return Unexpected(reply.error());
    if (reply->body.find("RATE_LIMIT_EXCEEDED") != std::string::npos) {
      return Unexpected(ErrorKind::kRejected, "the books refused the call they had announced");
    }
  }
  return now - begin;
}

}  // namespace kondor::judge
