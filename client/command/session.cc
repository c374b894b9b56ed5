#include "client/command/session.h"

#include <unistd.h>

#include <algorithm>

#include "client/command/shared_budget.h"
#include "client/limiter/learning.h"
#include "client/limiter/named_strategies.h"

namespace kondor::client::command {
namespace {

const char* WordOf(Step::What what) {
  switch (what) {
    case Step::What::kEntered:
      return "entered";
    case Step::What::kAnswered:
      return "answered";
    case Step::What::kWaiting:
      return "waiting";
    case Step::What::kOtherCredentials:
      return "other_credentials";
  }
  return "";
}

std::string Joined(std::string sentence, const std::string& more) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return std::move(sentence) + "; " + more;
}

// Of a wait that nobody asked to be told of: shorter ones are the everyday of 1/s.
constexpr Duration kWorthTelling = std::chrono::seconds(5);

double InSeconds(Duration d) { return std::chrono::duration<double>(d).count(); }

}  // namespace

std::string Seconds(Duration d) {
  const auto millis = std::chrono::ceil<std::chrono::milliseconds>(d).count();
  const std::string fraction = std::to_string(1'000 + millis % 1'000);
  return std::to_string(millis / 1'000) + "." + fraction.substr(1) + " s";
}

Session::Session(Options options, Access access, Output& output, std::stop_token stop)
    : options_(std::move(options)),
      access_(std::move(access)),
      output_(output),
      stop_(std::move(stop)),
      begun_(clock_.Now()),
      deadline_(begun_ + options_.timeout) {}

Result<void> Session::ShareBudget(const char* vendor, const std::vector<limiter::Quota>& quotas) {
  if (options_.budget.empty()) return {};
  auto budget = OpenBudget(options_, vendor, quotas, clock_, sleeper_,
                           {[this](const limiter::Waiting& waiting) { OnWait(waiting); },
                            [this](const limiter::Lesson& lesson) { OnLesson(lesson); }});
  if (!budget) return Unexpected(budget.error());
  budget_ = std::move(*budget);
  return {};
}

void Session::BeginCall(OrderedJson subject) {
  subject_ = std::move(subject);
  tries_ = 0;
}

EndpointOptions Session::Equipped(EndpointOptions endpoint) {
  // Workers that are started together must not throw the same dice.
  const auto seed = static_cast<std::uint64_t>(begun_.time_since_epoch().count()) ^
                    (static_cast<std::uint64_t>(::getpid()) << 32);
  endpoint.strategy = [this, seed](const std::vector<limiter::Quota>& quotas) {
    if (options_.strategy == "default") {
      const auto on_lesson = [this](const limiter::Lesson& lesson) { OnLesson(lesson); };
      return limiter::MakeLearning({.quotas = quotas, .on_lesson = on_lesson});
    }
    const auto& all = limiter::NamedStrategies();
    const auto it = std::ranges::find(all, options_.strategy, &limiter::NamedStrategy::name);
    return it->make(quotas, seed);
  };
  endpoint.budget = budget_.get();
  endpoint.clock = &clock_;
  endpoint.sleeper = &sleeper_;
  endpoint.on_wait = [this](const limiter::Waiting& waiting) { OnWait(waiting); };
  endpoint.caller.retry.tries_max = options_.tries_max;
  endpoint.caller.seed = seed;
  endpoint.caller.on_step = [this](const Step& step) { OnStep(step); };
  return endpoint;
}

CallOptions Session::CallOptionsOf() const {
  CallOptions call;
  call.timeout = options_.timeout;
  call.deadline = deadline_;
  call.try_timeout = options_.try_timeout;
  call.stop = stop_;
  return call;
}

bool Session::Wait(Duration time, const std::string& text) {
  const TimePoint until = clock_.Now() + time;
  if (until > deadline_) return false;
  for (TimePoint now = clock_.Now(); now < until && !stopped(); now = clock_.Now()) {
    const auto passed = std::chrono::floor<std::chrono::seconds>(now - begun_).count();
    output_.Tick(text + "  " + std::to_string(passed) + " s");
    const TimePoint redraw = output_.on_terminal() ? now + std::chrono::seconds(1) : until;
    sleeper_.SleepUntil(std::min(until, redraw), stop_);
  }
  return true;
}

void Session::OnStep(const Step& step) {
  tries_ = step.tries;
  if (step.what == Step::What::kEntered) maybe_carried_out_ = true;  // until its answer says more
  if (step.what == Step::What::kAnswered) {
    maybe_carried_out_ = step.carried_out == CarriedOut::kMaybe;
  }
  if (options_.explain && options_.format == Format::kJson) {
    OrderedJson line = Told(WordOf(step.what));
    line["try"] = step.tries;
    line["took_s"] = InSeconds(step.took);
    line["text"] = step.text;
    output_.Explain(Dump(line));
  } else if (options_.explain) {
    output_.Explain(When() + ", try " + std::to_string(step.tries) + ": " + Sentence(step));
  } else if (step.what == Step::What::kOtherCredentials) {
    output_.Note(step.text);
  } else if (step.what == Step::What::kWaiting) {
    output_.Progress(Sentence(step));  // it may be a minute
  }
}

void Session::OnWait(const limiter::Waiting& waiting) {
  const std::string why = limiter::ToText(waiting);
  if (options_.explain && options_.format == Format::kJson) {
    OrderedJson line = Told("queueing");
    line["wait_s"] = InSeconds(waiting.at_least);
    line["text"] = why;
    output_.Explain(Dump(line));
  } else if (options_.explain) {
    output_.Explain(When() + ": waits, because " + why);
  } else if (waiting.at_least >= kWorthTelling) {
    output_.Progress("waits, because " + why);
  }
}

void Session::OnLesson(const limiter::Lesson& lesson) {
  if (lesson.interval <= learnt_) return;  // heard of already
  learnt_ = lesson.interval;
  if (options_.explain && options_.format == Format::kJson) {
    OrderedJson line = Told("learnt");
    line["text"] = lesson.text;
    output_.Explain(Dump(line));
  } else if (options_.explain || tries_ > 0) {  // before our first try it was somebody else
    output_.Note(lesson.text);
  }
}

std::string Session::When() const {
  std::string when = "  at " + Seconds(clock_.Now() - begun_);
  for (const auto& id : subject_) when += ", " + Dump(id);
  return when;
}

OrderedJson Session::Told(const char* step) const {
  OrderedJson line = {{"step", step}, {"at_s", InSeconds(clock_.Now() - begun_)}};
  line.update(subject_);
  return line;
}

std::string Session::Sentence(const Step& step) const {
  switch (step.what) {
    case Step::What::kEntered:
      if (step.took < std::chrono::milliseconds(1)) return "may go at once";
      return "may go, after " + Seconds(step.took) + " of waiting for the limits (strategy " +
             options_.strategy + ")";
    case Step::What::kAnswered:
      return "answered after " + Seconds(step.took) + ": " + step.text;
    case Step::What::kWaiting:
      return "goes again in " + Seconds(step.took) + ": " + step.text;
    case Step::What::kOtherCredentials:
      return step.text;
  }
  return {};
}

ExitCode Session::Fail(const Error& error, const About& about) {
  const bool unknown = maybe_carried_out_ && tries_ > 0 && !about.unknown.empty();
  const FailureWords& words = WordsOf(stopped() ? ErrorKind::kCancelled : error.kind);
  std::string message = error.message;
  if (unknown) message = Joined(std::move(message), about.unknown);
  if (options_.format == Format::kJson) {
    OrderedJson line = about.subject;
    line["error"] = words.word;
    line["code"] = error.code;
    line["message"] = message;
    line["tries"] = tries_;
    line["maybe_carried_out"] = unknown || about.carried_out == CarriedOut::kMaybe;
    line["exit_code"] = static_cast<int>(words.code);
    output_.Result(Dump(line));
  } else {
    if (!stopped() && *words.mend != '\0') message = Joined(std::move(message), words.mend);
    output_.Note(message);
  }
  return words.code;
}

}  // namespace kondor::client::command
