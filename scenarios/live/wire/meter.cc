#include "scenarios/live/wire/meter.h"

#include <variant>

namespace kondor::live {
namespace {

constexpr const char* kSpent = "the budget of calls is spent";

}  // namespace

class Meter::Metered final : public client::Transport {
 public:
  Metered(Meter& meter, client::Transport& transport) : meter_(meter), transport_(transport) {}

  std::variant<client::Response, client::TransportFault> Send(const client::Request& request,
                                                              Duration timeout,
                                                              std::stop_token stop) override {
    if (meter_.left_ <= 0 || stop.stop_requested()) {
      meter_.Stop();
      return client::TransportFault{client::TransportFault::Reach::kNotSent, kSpent};
    }
    --meter_.left_;
    ++meter_.used_;
    meter_.last_ = {meter_.clock_.Now(), {}, {}};
    auto delivery = transport_.Send(request, timeout, std::move(stop));
    meter_.last_.answered = meter_.clock_.Now();
    if (const auto* response = std::get_if<client::Response>(&delivery)) {
      meter_.last_.response = *response;
    }
    return delivery;
  }

 private:
  Meter& meter_;
  client::Transport& transport_;
};

// Not in the header: g++ 12 takes the stop source for unset where it sees it being made.
Meter::Meter(int budget, const Clock& clock) : clock_(clock), left_(budget) {}

std::stop_token Meter::token() const { return stop_.get_token(); }

std::string Meter::WhyStopped() const {
  if (left_ <= 0) return kSpent;
  return stop_.stop_requested() ? "the run was ended before its turn" : "";
}

std::unique_ptr<client::Transport> Meter::Over(client::Transport& transport) {
  return std::make_unique<Metered>(*this, transport);
}

}  // namespace kondor::live
