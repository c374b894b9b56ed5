#include "scenarios/run/play.h"

#include <charconv>
#include <utility>

#include "base/rng.h"
#include "scenarios/judge/expect.h"
#include "scenarios/oracle/oracle.h"
#include "scenarios/run/session.h"
#include "scenarios/run/through_client.h"

namespace kondor::scenarios {
namespace {

// Why a step went no further: what differs, or that it could not be made at all.
struct Stop {
  Verdict verdict = Verdict::kPass;
  std::string why;
  std::vector<Mismatch> mismatches = {};
  Answer answer = Answer::kSome;
  bool stops() const { return verdict != Verdict::kPass; }
};

Stop Broken(const Error& error) {
  const bool silent = error.kind == ErrorKind::kTransport || error.kind == ErrorKind::kUnavailable;
  return {Verdict::kFail, error.message, {}, silent ? Answer::kNone : Answer::kSome};
}

Stop Differs(std::vector<Mismatch> mismatches) {
  if (mismatches.empty()) return {};
  const std::string why =
      mismatches[0].what + ": expected " + mismatches[0].expected + ", got " + mismatches[0].got;
  return {Verdict::kFail, why, std::move(mismatches)};
}

class Player {
 public:
  Player(Session& session, const Instance& instance, const Target& target,
         const PlayOptions& options)
      : session_(session), instance_(instance), target_(target), options_(options) {}

  Stop operator()(const CallStep& step) {
    for (int i = 0; i < step.times; ++i) {
      Stop stop = step.expect.client ? CallByClient(step) : CallRaw(step);
      if (!stop.stops()) continue;
      if (step.times > 1) stop.why = "time " + std::to_string(i + 1) + ": " + stop.why;
      return stop;
    }
    return {};
  }

  Stop operator()(const ControlStep& step) {
    const Result<Reply> reply =
        session_.Exchange(session_.ControlRequest(step.method, step.path, step.body), step.save);
    if (!reply) return Broken(reply.error());
    if (!step.expect.status && (reply->status < 200 || reply->status > 299)) {
      return Differs({{"status", "200 to 299", std::to_string(reply->status) + " " + reply->body}});
    }
    Stop stop = Differs(JudgeReply(step.expect, *reply));
    if (stop.stops()) return stop;
    if (Result<void> kept = session_.Keep(step.save, *reply); !kept) return Broken(kept.error());
    return {};
  }

  Stop operator()(const AdvanceStep& step) {
    const Json amount = session_.variables().Fill(step.amount);
    const std::string text = NameOfValue(amount);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 ||
        number > INT32_MAX) {
      return {Verdict::kFail, "'" + text + "' is no time to advance by"};
    }
    return Advance(number * step.unit_ms);
  }

  Stop operator()(const SettingsStep& step) {
    Json nested = Json::object();
    for (auto it = step.settings.begin(); it != step.settings.end(); ++it) {
      const std::size_t dot = it.key().find('.');
      nested[it.key().substr(0, dot)][it.key().substr(dot + 1)] = it.value();
    }
    return (*this)(ControlStep{"PATCH", "/settings", nested, {}, {}});
  }

  Stop operator()(const TimelineStep& step) { return PlayTimeline(step); }

  Stop operator()(const RandomTimelineStep& step) {
    Rng rng(options_.seed);
    TimelineStep drawn;
    drawn.calls = step.calls;
    std::vector<ForetoldCall> foretold;
    std::int64_t at_ms = 0;
    for (std::size_t i = 0; i < step.count; ++i) {
      const std::size_t call = rng.Below(step.calls.size());
      const Call& chosen = step.calls[call];
      drawn.entries.push_back({at_ms, call});
      // At first a sandbox's clock shows a whole minute, so these are the oracle's instants, too.
      foretold.push_back(
          {elapsed_ms_ + at_ms, chosen.ip, chosen.with == "none" ? "" : chosen.with});
      const auto steps = rng.Below(static_cast<std::uint64_t>(step.steps_max) + 1);
      at_ms += step.step_ms * static_cast<std::int64_t>(steps);
    }
    drawn.expected = Foretell(LimitRulesOf(instance_.settings), foretold);
    return PlayTimeline(drawn);
  }

 private:
  Stop CallRaw(const CallStep& step) {
    const Result<Reply> reply = session_.Exchange(session_.VendorRequest(step.call), step.save);
    if (!reply) return Broken(reply.error());
    return JudgeCall(step, *reply);
  }

  Stop JudgeCall(const CallStep& step, const Reply& reply) {
    const Admission admission = AdmissionOf(step.call.surface, reply);
    if (!target_.has_control() && admission == Admission::kRefused) {
      return {Verdict::kSkip, "the server refused for its limits; try again later"};
    }
    if (Stop stop = Differs(JudgeReply(step.expect, reply)); stop.stops()) return stop;
    if (Result<void> kept = session_.Keep(step.save, reply); !kept) return Broken(kept.error());
    return {};
  }

  // The wire first: why the client understood something else mostly shows there.
  Stop CallByClient(const CallStep& step) {
    const ClientOutcome outcome = CallThroughClient(step, session_, target_);
    elapsed_ms_ += outcome.waited.count();
    Expectation wire = step.expect;
    wire.client.reset();
    if (outcome.reply) {
      if (Stop stop = JudgeCall(step, *outcome.reply); stop.stops()) return stop;
    } else if (wire != Expectation{} || !step.save.empty()) {
      return Differs({{"the answer", "one", "none: " + outcome.message}});
    }
    const Json matcher = session_.variables().Fill(*step.expect.client);
    std::vector<Mismatch> mismatches = JudgeClient(matcher, outcome.what);
    if (!mismatches.empty() && !outcome.message.empty()) {
      mismatches.push_back({"the client's words", "", outcome.message});
    }
    return Differs(std::move(mismatches));
  }

  std::vector<Mismatch> JudgeReply(const Expectation& expect, const Reply& reply) {
    Expectation filled = expect;
    const Variables& names = session_.variables();
    if (filled.body) filled.body = names.FillText(*filled.body);
    if (filled.json) filled.json = names.Fill(*filled.json);
    if (filled.json_exactly) filled.json_exactly = names.Fill(*filled.json_exactly);
    for (HeaderExpectation& header : filled.headers) header.value = names.Fill(header.value);
    std::vector<Mismatch> mismatches = Judge(filled, reply);
    if (!mismatches.empty() || !filled.journal) return mismatches;
    const Result<Json> entry = session_.JournalEntry(reply);
    if (!entry) return {{"journal", filled.journal->dump(), entry.error().message}};
    return JudgeJournal(names.Fill(*filled.journal), *entry);
  }

  // Also by 0: what is due now has happened when it returns.
  Stop Advance(std::int64_t ms) {
    if (Result<void> advanced = session_.Advance(ms); !advanced) return Broken(advanced.error());
    elapsed_ms_ += ms;
    return {};
  }

  Stop PlayTimeline(const TimelineStep& step) {
    const std::int64_t begin = elapsed_ms_;
    std::string got;
    for (const TimelineStep::Entry& entry : step.entries) {
      const std::int64_t wait = begin + entry.at_ms - elapsed_ms_;
      if (Stop stop = wait == 0 ? Stop{} : Advance(wait); stop.stops()) return stop;
      const Call& call = step.calls[entry.call];
      const Result<Reply> reply = session_.Exchange(session_.VendorRequest(call));
      if (!reply) return Broken(reply.error());
      got += LetterOf(AdmissionOf(call.surface, *reply));
      if (got.back() == step.expected[got.size() - 1]) continue;
      return Differs({{"calls up to " + std::to_string(entry.at_ms) + " ms",
                       step.expected.substr(0, got.size()), got},
                      {"the answer", "", std::to_string(reply->status) + " " + reply->body}});
    }
    return {};
  }

  Session& session_;
  const Instance& instance_;
  const Target& target_;
  const PlayOptions& options_;
  std::int64_t elapsed_ms_ = 0;  // of the sandbox's clock
};

// Why the instance cannot be played there; empty when it can.
std::string WhyNot(const Instance& instance, const Target& target, const PlayOptions& options) {
  if (target.has_control()) return "";
  if (instance.needs == Needs::kKondorServer) {
    return "needs Kondor's control API (a sandbox, a clock, its seed), which this server lacks";
  }
  if (!instance.reading.empty()) return "hangs on a reading, which this server does not tell";
  if (instance.methods == Methods::kWrites && options.writes == Writes::kSkipped) {
    return "writes; --allow-writes lets it";
  }
  for (const Step& step : instance.steps) {
    const auto* call = std::get_if<CallStep>(&step.action);
    if (call != nullptr && target.surface() && call->call.surface != *target.surface()) {
      return "calls another surface than --surface";
    }
  }
  return "";
}

// A report that holds answers of 50 MB is of no use. Cut after it is masked: half a secret is not
// recognised.
std::string ForReport(const std::string& text, const Variables& variables) {
  constexpr std::size_t kBytesMax = 64 * 1024;
  std::string masked = variables.Masked(text);
  if (masked.size() <= kBytesMax) return masked;
  std::size_t end = kBytesMax;  // not within a letter
  while (end > 0 && (static_cast<unsigned char>(masked[end]) & 0xC0U) == 0x80U) --end;
  return masked.substr(0, end) + " ... (" + std::to_string(masked.size()) + " bytes in all)";
}

void MaskAll(Outcome& outcome, const Variables& variables) {
  outcome.why = ForReport(outcome.why, variables);
  for (Mismatch& mismatch : outcome.mismatches) {
    mismatch.expected = ForReport(mismatch.expected, variables);
    mismatch.got = ForReport(mismatch.got, variables);
  }
}

}  // namespace

Outcome Play(const Instance& instance, const Target& target, Connection& connection,
             const PlayOptions& options) {
  Outcome outcome;
  outcome.why = WhyNot(instance, target, options);
  if (!outcome.why.empty()) {
    outcome.verdict = Verdict::kSkip;
    return outcome;
  }
  Session session(target, connection);
  if (Result<void> opened = session.Open(instance); !opened) {
    outcome.verdict = Verdict::kFail;
    outcome.why = session.variables().Masked(opened.error().message);
    outcome.step = "creating the sandbox";
    outcome.answer = Broken(opened.error()).answer;
    return outcome;
  }
  Player player(session, instance, target, options);
  for (std::size_t i = 0; i < instance.steps.size(); ++i) {
    Stop stop = std::visit(player, instance.steps[i].action);
    if (!stop.stops()) continue;
    outcome.verdict = stop.verdict;
    outcome.answer = stop.answer;
    outcome.why = std::move(stop.why);
    outcome.mismatches = std::move(stop.mismatches);
    outcome.step = "step " + std::to_string(i + 1) + ": " + instance.steps[i].title;
    outcome.curl = session.LastAsCurl();
    outcome.script = session.Script();
    MaskAll(outcome, session.variables());
    break;
  }
  return outcome;
}

}  // namespace kondor::scenarios
