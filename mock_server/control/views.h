// The control API's objects as JSON. Thread-safe: pure functions over snapshots.
#pragma once

#include <string>
#include <vector>

#include "mock_server/journal/journal.h"
#include "mock_server/journal/match.h"
#include "mock_server/json/parse.h"
#include "mock_server/kondado/tokens.h"
#include "mock_server/ledger/ledger.h"
#include "mock_server/sandbox/sandbox.h"

namespace kondor::control {

// `created`: the credentials with their secrets, for the answer that made the sandbox; else empty.
Json SandboxView(Sandbox& sandbox, const std::string& base_url,
                 const std::vector<kondado::NewToken>& created);
Json ClockView(const SandboxClock::State& state);
Json CountersView(const std::vector<ledger::CounterView>& counters);
Json EntryView(const JournalEntry& entry);
// The entry and, when it is a refusal, why.
Json ExplainedEntryView(const JournalEntry& entry, const Journal::Snapshot& snapshot);
// The same without the calls that stood in its way, which have to be looked for.
Json ListedEntryView(const JournalEntry& entry, const Journal::Snapshot& snapshot);
Json VerificationView(const Verification& verification);

Json TokenView(const kondado::Token& token);
// With the secret, under the vendor's name for it: "token".
Json NewTokenView(const kondado::NewToken& made);
Json PipelineView(const kondado::Pipeline& pipeline);
Json ModelView(const kondado::Model& model);

}  // namespace kondor::control
