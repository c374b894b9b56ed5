// One isolated world: a clock, what each vendor holds and counts, a journal and settings. Two
// sandboxes never see each other. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "mock_server/faults/faults.h"
#include "mock_server/faults/waits.h"
#include "mock_server/journal/journal.h"
#include "mock_server/kondado/account.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/qondor/gateway/meters.h"
#include "mock_server/qondor/tenant.h"
#include "mock_server/qondor/webhooks/webhooks.h"
#include "mock_server/sandbox/exchange.h"
#include "mock_server/sandbox/sandbox_clock.h"
#include "mock_server/sandbox/settings.h"

namespace kondor {

struct SandboxConfig {
  std::string name;
  SandboxClock::Change clock;  // applied once, at the start
  Settings settings;
  std::shared_ptr<const kondado::Seed> kondado_seed;
  std::shared_ptr<const qondor::Seed> qondor_seed;
  std::size_t journal_bytes_max = 16 * 1024 * 1024;
  std::shared_ptr<qondor::Outbound> outbound;  // null: of this sandbox alone, to loopback only
  std::vector<std::shared_ptr<const faults::Script>> faults;  // there from the start
};

class Sandbox {
 public:
  // The settings in force and the books that count by them, as one value: a call sees all of them
  // from the same moment.
  struct Regime {
    Settings settings;
    std::shared_ptr<ledger::Ledger> books;   // Kondado's
    std::shared_ptr<qondor::Meters> meters;  // Qondor's
  };

  // `machine` must outlive the sandbox. kInvalidArgument when the clock's start cannot be had.
  static Result<std::shared_ptr<Sandbox>> Create(SandboxConfig config, const Clock& machine);

  ~Sandbox();  // End()
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  const std::string& name() const { return config_.name; }
  SandboxClock& clock() { return clock_; }
  kondado::Account& kondado() { return kondado_; }
  qondor::Tenant& qondor() { return qondor_; }
  qondor::Webhooks& webhooks() { return webhooks_; }
  Journal& journal() { return journal_; }
  faults::Faults& faults() { return faults_; }
  faults::Waits& waits() { return *waits_; }

  // The clock's Advance() and Set(). Both return only when all that fell due has happened: webhooks
  // were tried, and late answers handed to their sockets. The first stops the clock at each instant
  // at which something falls due.
  Result<SandboxClock::State> Advance(Duration by);
  Result<SandboxClock::State> SetClock(const SandboxClock::Change& change);

  std::shared_ptr<const Regime> regime() const;

  // All of them or none. Changing how a vendor counts calls opens new books for it; other changes
  // keep them.
  Result<Settings> Patch(const std::vector<std::pair<std::string, std::string>>& changes);

  // Back to the seed with the same credentials: settings, clock, books, journal and fault scripts
  // as at the start. Answers that wait are dropped.
  void Reset();

  // Nothing waits in it any more: webhooks are given up, and late answers end without a byte. For a
  // sandbox that is dropped while calls to it are under way. Idempotent.
  void End();

 private:
  Sandbox(SandboxConfig config, const Clock& machine);

  std::optional<TimePoint> NextDue(TimePoint after) const;
  void AwaitDone(TimePoint through);

  const SandboxConfig config_;
  SandboxClock clock_;
  kondado::Account kondado_;
  Journal journal_;
  qondor::Tenant qondor_;  // after the journal, which it writes to

  mutable Mutex mutex_;
  std::shared_ptr<const Regime> regime_ KONDOR_GUARDED_BY(mutex_);

  faults::Faults faults_;
  const std::shared_ptr<faults::Waits> waits_;

  qondor::Webhooks webhooks_;  // last: its threads end before what they use
};

}  // namespace kondor
