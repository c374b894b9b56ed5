#include "mock_server/control/views.h"

#include "mock_server/control/qondor_views.h"
#include "mock_server/front/sandboxes.h"
#include "mock_server/journal/explain.h"
#include "mock_server/journal/ledger_words.h"
#include "mock_server/sandbox/settings_json.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor::control {
namespace {

double Millis(Duration d) {
  return std::chrono::duration<double, std::milli>(
             std::chrono::duration_cast<std::chrono::microseconds>(d))
      .count();
}

std::string SandboxUrl(const std::string& base_url, const std::string& name, Surface surface) {
  const std::string prefix = name == kDefaultSandbox ? "" : "/@" + name;
  return base_url + prefix + "/" + std::string(ToText(surface));
}

// The first token of each kind, under the names the vendor's examples use.
Json KondadoView(Sandbox& sandbox, const std::vector<kondado::NewToken>& created) {
  Json view = Json::object();
  for (const kondado::Token& token : sandbox.kondado().Tokens()) {
    if (token.kind == kondado::TokenKind::kUser && !view.contains("key")) view["key"] = token.key;
  }
  Json tokens = Json::array();
  for (const kondado::NewToken& made : created) {
    const bool user = made.token.kind == kondado::TokenKind::kUser;
    const char* const name = user ? "token" : "via_kondado_token";
    if (!view.contains(name)) view[name] = made.secret;
    tokens.push_back(NewTokenView(made));
  }
  if (!tokens.empty()) view["tokens"] = std::move(tokens);
  return view;
}

// What the books had to say, for a refusal of theirs.
Json BooksView(const JournalEntry& entry) {
  const ledger::Refusal& refusal = *entry.decision->refusal;
  return {{"cause", ToText(refusal.cause)},
          {"dimension", ToText(refusal.dimension)},
          {"period", ToText(refusal.period)},
          {"reading", ReadingWord(entry)},
          {"limit", refusal.limit},
          {"used", refusal.used},
          {"retry_at", FormatIsoTime(refusal.retry_at)},
          {"too_early_ms", Millis(refusal.retry_at - entry.decision->at)}};
}

enum class Calls { kLeftOut, kNamed };

Json RefusalView(const JournalEntry& entry, const Explanation& explanation, Calls calls) {
  Json view = Json::object();
  if (IsRefusedByBooks(entry)) {
    view = BooksView(entry);
    if (calls == Calls::kNamed) {
      view["calls"] = explanation.calls;
      view["calls_missing"] = explanation.calls_missing;
    }
  } else if (entry.code == "KEY_NOT_YET_VALID" && entry.grounds != nullptr && entry.grounds->at) {
    view["works_from"] = FormatIsoTime(*entry.grounds->at);  // QO5
  }
  view["rules"] = explanation.rules;
  view["text"] = explanation.text;
  return view;
}

Json FaultView(const PlayedFault& fault) {
  return {{"script", std::to_string(fault.script)},
          {"kind", fault.kind},
          {"step", fault.step},
          {"play", fault.play},
          {"plays", fault.plays},
          {"when", ToText(fault.when)},
          {"vendor_status", fault.vendor_status == 0 ? Json(nullptr) : Json(fault.vendor_status)},
          {"text", fault.text}};
}

// What a call has, an event has not: there was no request.
Json EventView(const JournalEntry& entry) {
  return {{"id", entry.id},
          {"at", FormatIsoTime(entry.at)},
          {"vendor", VendorOf(entry.surface)},
          {"surface", ToText(entry.surface)},
          {"outcome", ToText(entry.outcome)},
          {"event", entry.event},
          {"path", entry.path},
          {"subscription", entry.subscription},
          {"key", entry.key},
          {"body", entry.body}};
}

}  // namespace

Json SandboxView(Sandbox& sandbox, const std::string& base_url,
                 const std::vector<kondado::NewToken>& created) {
  Json urls = Json::object();
  for (const Surface surface : kHosts) {
    urls[std::string(ToText(surface))] = SandboxUrl(base_url, sandbox.name(), surface);
  }
  return {{"name", sandbox.name()},
          {"urls", std::move(urls)},
          {"clock", ClockView(sandbox.clock().Read())},
          {"settings", SettingsJson(sandbox.regime()->settings)},
          {"kondado", KondadoView(sandbox, created)},
          {"qondor", QondorCredentialsView(sandbox)}};
}

Json ClockView(const SandboxClock::State& state) {
  return {{"mode", ToText(state.mode)}, {"now", FormatIsoTime(state.now)}, {"speed", state.speed}};
}

Json CountersView(const std::vector<ledger::CounterView>& counters) {
  Json list = Json::array();
  for (const ledger::CounterView& counter : counters) {
    list.push_back(
        {{"dimension", ToText(counter.dimension)},
         {"period", ToText(counter.period)},
         {"limit", counter.limit},
         {"used", counter.used},
         {"next_admitted", FormatIsoTime(counter.next_admitted)},
         {"locked_until",
          counter.locked_until ? Json(FormatIsoTime(*counter.locked_until)) : Json(nullptr)}});
  }
  return list;
}

Json EntryView(const JournalEntry& entry) {
  if (entry.is_event()) return EventView(entry);
  Json view = {{"id", entry.id},
               {"at", FormatIsoTime(entry.at)},
               {"vendor", VendorOf(entry.surface)},
               {"surface", ToText(entry.surface)},
               {"method", entry.method},
               {"path", entry.path},
               {"query", entry.query},
               {"headers", entry.headers},
               {"body", entry.body},
               {"body_bytes", entry.body_bytes},
               {"ip", entry.client.ToText()},
               {"key", entry.key},
               {"status", entry.status},
               {"outcome", ToText(entry.outcome)},
               {"code", entry.code},
               {"response_body", entry.response_body}};
  if (VendorOf(entry.surface) == "qondor") view["subscription"] = entry.subscription;
  if (entry.fault != nullptr) view["fault"] = FaultView(*entry.fault);
  return view;
}

Json ListedEntryView(const JournalEntry& entry, const Journal::Snapshot& snapshot) {
  Json view = EntryView(entry);
  if (entry.is_refusal()) {
    view["refusal"] = RefusalView(entry, ExplainBriefly(entry, snapshot), Calls::kLeftOut);
  }
  return view;
}

Json ExplainedEntryView(const JournalEntry& entry, const Journal::Snapshot& snapshot) {
  Json view = EntryView(entry);
  if (entry.is_refusal()) {
    view["refusal"] = RefusalView(entry, Explain(entry, snapshot), Calls::kNamed);
  }
  return view;
}

Json VerificationView(const Verification& verification) {
  Json closest = Json::array();
  for (const CloseEntry& close : verification.closest) {
    Json differences = Json::array();
    for (const Difference& difference : close.differences) {
      differences.push_back({{"field", difference.field},
                             {"expected", difference.expected},
                             {"actual", difference.actual}});
    }
    closest.push_back({{"entry", EntryView(*close.entry)}, {"differs", std::move(differences)}});
  }
  return {{"verdict", ToText(verification.verdict)},
          {"matched", verification.matched.size()},
          {"matched_ids", verification.matched},
          {"undecided", verification.undecided},
          {"evicted_through", verification.evicted_through},
          {"closest", std::move(closest)}};
}

Json TokenView(const kondado::Token& token) {
  return {{"key", token.key},
          {"kind", ToText(token.kind)},
          {"description", token.description},
          {"user_id", token.user_id},
          {"active", token.active},
          {"created_at", FormatIsoMillis(token.created_at)}};
}

Json NewTokenView(const kondado::NewToken& made) {
  Json view = TokenView(made.token);
  view["token"] = made.secret;
  return view;
}

Json PipelineView(const kondado::Pipeline& pipeline) {
  const auto millis = [](Duration d) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(d).count();
  };
  return {{"id", pipeline.id},
          {"name", pipeline.name},
          {"status", ToText(pipeline.status)},
          {"raw_msg", pipeline.raw_msg ? Json(*pipeline.raw_msg) : Json(nullptr)},
          {"queue_ms", millis(pipeline.queue)},
          {"run_ms", millis(pipeline.run)},
          {"run_requested_at", pipeline.run_requested_at
                                   ? Json(FormatIsoTime(*pipeline.run_requested_at))
                                   : Json(nullptr)}};
}

Json ModelView(const kondado::Model& model) {
  return {{"id", model.id},
          {"name", model.name},
          {"status", ToText(model.status)},
          {"kubo_status_type", ToText(model.kubo_status)},
          {"raw_msg", model.raw_msg ? Json(*model.raw_msg) : Json(nullptr)}};
}

}  // namespace kondor::control
