#include "mock_server/sandbox/sandbox.h"

#include <algorithm>
#include <utility>

#include "mock_server/sandbox/advance.h"

namespace kondor {
namespace {

// With the books of `before` where they count by these settings; null: all books are new.
std::shared_ptr<const Sandbox::Regime> NewRegime(const Settings& settings,
                                                 const Sandbox::Regime* before) {
  Sandbox::Regime regime{settings, nullptr, nullptr};
  if (before != nullptr && before->settings.kondado.limits == settings.kondado.limits) {
    regime.books = before->books;
  } else {
    regime.books = std::make_shared<ledger::Ledger>(settings.kondado.limits);
  }
  if (before != nullptr && before->settings.qondor.limits == settings.qondor.limits) {
    regime.meters = before->meters;
  } else {
    regime.meters = std::make_shared<qondor::Meters>(settings.qondor.limits);
  }
  return std::make_shared<const Sandbox::Regime>(std::move(regime));
}

}  // namespace

Sandbox::Sandbox(SandboxConfig config, const Clock& machine)
    : config_(std::move(config)),
      clock_(machine),
      kondado_(config_.kondado_seed, config_.clock.now.value_or(machine.Now())),
      journal_(config_.journal_bytes_max),
      qondor_(config_.qondor_seed, config_.clock.now.value_or(machine.Now()), journal_),
      regime_(NewRegime(config_.settings, nullptr)),
      faults_(config_.faults),
      waits_(std::make_shared<faults::Waits>(clock_)),
      webhooks_(config_.outbound, clock_, journal_) {}

Result<std::shared_ptr<Sandbox>> Sandbox::Create(SandboxConfig config, const Clock& machine) {
  if (config.outbound == nullptr) config.outbound = std::make_shared<qondor::Outbound>();
  std::shared_ptr<Sandbox> sandbox(new Sandbox(std::move(config), machine));
  if (Result<void> started = sandbox->clock_.Restart(sandbox->config_.clock); !started) {
    return Unexpected(started.error());
  }
  return sandbox;
}

Sandbox::~Sandbox() { End(); }

void Sandbox::End() {
  waits_->End();
  webhooks_.Clear();
}

std::optional<TimePoint> Sandbox::NextDue(TimePoint after) const {
  const std::optional<TimePoint> webhook = webhooks_.NextDue(after);
  const std::optional<TimePoint> answer = waits_->NextDue(after);
  if (!webhook || !answer) return webhook ? webhook : answer;
  return std::min(*webhook, *answer);
}

void Sandbox::AwaitDone(TimePoint through) {
  waits_->AwaitSent(through);  // first: it is quick, and a receiver of webhooks may not be
  webhooks_.AwaitTried(through);
}

Result<SandboxClock::State> Sandbox::Advance(Duration by) {
  return AdvanceWithStops(clock_, by,
                          {[this](TimePoint after) { return NextDue(after); },
                           [this](TimePoint through) { AwaitDone(through); }});
}

Result<SandboxClock::State> Sandbox::SetClock(const SandboxClock::Change& change) {
  Result<SandboxClock::State> set = clock_.Set(change);
  if (set) AwaitDone(set->now);
  return set;
}

std::shared_ptr<const Sandbox::Regime> Sandbox::regime() const {
  const MutexLock lock(mutex_);
  return regime_;
}

Result<Settings> Sandbox::Patch(const std::vector<std::pair<std::string, std::string>>& changes) {
  const MutexLock lock(mutex_);
  Settings settings = regime_->settings;
  for (const auto& [name, value] : changes) {
    if (Result<void> set = SetByName(settings, name, value); !set) return Unexpected(set.error());
  }
  regime_ = NewRegime(settings, regime_.get());
  return settings;
}

void Sandbox::Reset() {
  // First: what is under way belongs to the life that ends.
  webhooks_.Clear();
  waits_->DropAll();
  // The clock first, the new books after it: a call in between is booked in books that go.
  // The start was valid when the sandbox was made, so it is valid now.
  if (Result<void> started = clock_.Restart(config_.clock); !started) return;
  kondado_.Reset();
  qondor_.Reset(clock_.Now());
  {
    const MutexLock lock(mutex_);
    regime_ = NewRegime(config_.settings, nullptr);
  }
  faults_.Restart();
  journal_.Restart();
}

}  // namespace kondor
