#include "mock_server/sandbox/sandbox.h"

namespace kondor {
namespace {

std::shared_ptr<const Sandbox::Regime> NewRegime(const Settings& settings) {
  return std::make_shared<Sandbox::Regime>(
      Sandbox::Regime{settings, std::make_shared<ledger::Ledger>(settings.kondado.limits)});
}

}  // namespace

Sandbox::Sandbox(SandboxConfig config, const Clock& machine)
    : config_(std::move(config)),
      clock_(machine),
      kondado_(config_.kondado_seed, config_.clock.now.value_or(machine.Now())),
      journal_(config_.journal_bytes_max),
      regime_(NewRegime(config_.settings)) {}

Result<std::shared_ptr<Sandbox>> Sandbox::Create(SandboxConfig config, const Clock& machine) {
  std::shared_ptr<Sandbox> sandbox(new Sandbox(std::move(config), machine));
  if (Result<void> started = sandbox->clock_.Restart(sandbox->config_.clock); !started) {
    return Unexpected(started.error());
  }
  return sandbox;
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
  if (settings.kondado.limits == regime_->settings.kondado.limits) {
    regime_ = std::make_shared<Regime>(Regime{settings, regime_->books});
  } else {
    regime_ = NewRegime(settings);
  }
  return settings;
}

void Sandbox::Reset() {
  // The clock first, the new books after it: a call in between is booked in books that go.
  // The start was valid when the sandbox was made, so it is valid now.
  if (Result<void> started = clock_.Restart(config_.clock); !started) return;
  kondado_.Reset();
  {
    const MutexLock lock(mutex_);
    regime_ = NewRegime(config_.settings);
  }
  journal_.Restart();
}

}  // namespace kondor
