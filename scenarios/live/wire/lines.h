// The way to a vendor's hosts: the reference client's calls (pace, retries, time-outs, HTTP) below
// one meter. Not thread-safe: one call at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "client/call/endpoint.h"
#include "scenarios/live/wire/meter.h"
#include "scenarios/live/wire/presenter.h"
#include "scenarios/live/wire/turnstile.h"

namespace kondor::live {

enum class Host { kK2, kK1, kHub, kQondor };

// Whose credentials a call carries.
enum class Presented {
  kOurs,
  kSecond,      // our second token
  kMissing,     // none
  kUnknown,     // of a shape that fits, and nobody's
  kWrong,       // our key with a secret that is not its own
  kInQuery,     // ours, in Qondor's query parameter (G4)
  kBothPlaces,  // nobody's in the header, ours in the query (G4)
};

// Answers what the credentials are: query fields and header fields.
struct Fields {
  std::vector<client::Field> query, headers;
};
using Wallet = std::function<Fields(Host, Presented)>;

struct Answered {
  std::optional<client::Response> response;  // nothing: see `why`
  std::optional<client::Refusal> refusal;    // what the client takes it for, when it is one
  std::string why;
  TimePoint sent, answered;
  int refused = 0;  // tries of it that the limits refused
};

struct LinesOptions {
  std::map<Host, std::string> base_urls;
  Presenter::Reader read;
  std::vector<limiter::Quota> quotas;
  Duration interval;  // between two calls of the strategy's
  Wallet wallet;
  // Makes the way to a base URL; empty: HTTP.
  std::function<Result<std::unique_ptr<client::Transport>>(const std::string&)> transport = {};
};

class Lines {
 public:
  // All references must outlive it. kInvalidArgument: a base URL cannot be used.
  static Result<std::unique_ptr<Lines>> Make(LinesOptions options, Meter& meter, const Clock& clock,
                                             Sleeper& sleeper);

  bool Has(Host host) const { return hosts_.contains(host); }
  // In its turn, and once more should the answer get lost; nothing begins after `until`.
  Answered Ask(Host host, const client::Request& request, Presented who, TimePoint until);
  // At that instant, once.
  Answered AskAt(TimePoint at, Host host, const client::Request& request, Presented who);

  void RestUntil(TimePoint instant) { turnstile_->RestUntil(instant); }
  // How many calls so far the limits refused.
  int refused() const { return presenter_.refused(); }
  Meter& meter() { return meter_; }
  const Clock& clock() const { return clock_; }

 private:
  struct One {
    std::unique_ptr<client::Transport> http, metered;
    std::unique_ptr<client::Endpoint> patient, exact;  // with a retry, and without
  };

  Lines(LinesOptions options, Meter& meter, const Clock& clock, Sleeper& sleeper);
  Result<void> Add(Host host, const std::string& base_url, Sleeper& sleeper);
  Answered Call(client::Endpoint& endpoint, const client::Request& request, TimePoint until);

  const LinesOptions options_;
  Meter& meter_;
  const Clock& clock_;
  Presenter presenter_;
  std::unique_ptr<Turnstile> turnstile_;
  std::map<Host, One> hosts_;
};

}  // namespace kondor::live
