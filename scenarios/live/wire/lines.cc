#include "scenarios/live/wire/lines.h"

#include <utility>

namespace kondor::live {

Lines::Lines(LinesOptions options, Meter& meter, const Clock& clock, Sleeper& sleeper)
    : options_(std::move(options)),
      meter_(meter),
      clock_(clock),
      presenter_(options_.read),
      turnstile_(std::make_unique<Turnstile>(options_.quotas, options_.interval, clock, sleeper)) {}

Result<std::unique_ptr<Lines>> Lines::Make(LinesOptions options, Meter& meter, const Clock& clock,
                                           Sleeper& sleeper) {
  std::unique_ptr<Lines> lines(new Lines(std::move(options), meter, clock, sleeper));
  for (const auto& [host, url] : lines->options_.base_urls) {
    if (auto added = lines->Add(host, url, sleeper); !added) return Unexpected(added.error());
  }
  return lines;
}

Result<void> Lines::Add(Host host, const std::string& base_url, Sleeper& sleeper) {
  auto http = options_.transport ? options_.transport(base_url)
                                 : client::MakeHttpTransport({.base_url = base_url});
  if (!http) return Unexpected(http.error());
  One one;
  one.http = std::move(*http);
  one.metered = meter_.Over(*one.http);
  client::EndpointOptions endpoint;
  endpoint.budget = turnstile_.get();
  endpoint.clock = &clock_;
  endpoint.sleeper = &sleeper;
  endpoint.transport = one.metered.get();
  endpoint.caller.retry.tries_max = 2;
  auto patient = client::Endpoint::Make(endpoint, presenter_, {});
  if (!patient) return Unexpected(patient.error());
  endpoint.caller.retry.tries_max = 1;
  auto exact = client::Endpoint::Make(endpoint, presenter_, {});
  if (!exact) return Unexpected(exact.error());
  one.patient = std::move(*patient);
  one.exact = std::move(*exact);
  hosts_.emplace(host, std::move(one));
  return {};
}

Answered Lines::Ask(Host host, const client::Request& request, Presented who, TimePoint until) {
  auto [query, headers] = options_.wallet(host, who);
  presenter_.Present(std::move(query), std::move(headers));
  return Call(*hosts_.at(host).patient, request, until);
}

Answered Lines::AskAt(TimePoint at, Host host, const client::Request& request, Presented who) {
  auto [query, headers] = options_.wallet(host, who);
  presenter_.Present(std::move(query), std::move(headers));
  turnstile_->OpenAt(at);
  return Call(*hosts_.at(host).exact, request, TimePoint::max());
}

Answered Lines::Call(client::Endpoint& endpoint, const client::Request& request, TimePoint until) {
  const int before = meter_.used(), refused = presenter_.refused();
  const client::CallOptions options{
      .timeout = std::chrono::hours(1), .deadline = until, .stop = meter_.token()};
  const auto result = endpoint.Call(request, options);
  Answered answered;
  if (!result) answered.why = result.error().message;
  if (meter_.used() == before) return answered;  // it never went out
  const Meter::Exchanged& last = meter_.last();
  answered.sent = last.sent;
  answered.answered = last.answered;
  answered.response = last.response;
  answered.refused = presenter_.refused() - refused;
  if (last.response) answered.refusal = options_.read(*last.response);
  return answered;
}

}  // namespace kondor::live
