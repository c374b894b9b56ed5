#include "bench/strategies/simulation.h"

#include <algorithm>
#include <deque>
#include <queue>
#include <utility>

namespace kondor::bench {
namespace {

using limiter::Answer;
using limiter::Quota;

std::vector<Quota> Share(const ledger::Reading& reading, std::uint32_t share_of) {
  // A share of one call a second is one call in so many seconds; of twenty a minute, so many fewer.
  return {{reading.per_second, std::chrono::seconds(share_of)},
          {reading.per_minute / share_of, std::chrono::minutes(1)}};
}

class Run {
 public:
  Run(const NamedStrategy& strategy, const ledger::Reading& reading, const Scenario& scenario,
      std::uint64_t seed, Vendor& vendor)
      : strategy_(strategy),
        scenario_(scenario),
        quotas_(Share(reading, scenario.share_of)),
        seed_(seed),
        begin_(BeginOf(scenario.phase)),
        vendor_(vendor),
        wire_(scenario.network, seed) {
    std::size_t budgets = 0;
    for (const Worker& worker : scenario.workers) budgets = std::max(budgets, worker.budget + 1);
    for (std::size_t i = 0; i < budgets; ++i) budgets_.push_back({Make(i), {}, {}});
    states_.resize(scenario.workers.size());
  }

  std::vector<Try> Play() {
    for (std::uint32_t w = 0; w < states_.size(); ++w) Intend(w);
    if (scenario_.restart > Duration::zero()) {
      At(begin_ + scenario_.restart, Event::Kind::kRestart, 0);
    }
    while (!events_.empty() && events_.top().at <= begin_ + kHorizon && tries_.size() < kTriesMax &&
           wakes_ < kWakesMax) {
      const Event event = events_.top();
      events_.pop();
      now_ = event.at;
      Happens(event);
    }
    return std::move(tries_);
  }

 private:
  struct Event {
    enum class Kind { kWanted, kWake, kArrives, kAnswered, kRestart };
    TimePoint at;
    std::uint64_t order = 0;  // of events at one instant: first made, first played
    Kind kind = Kind::kWake;
    std::size_t who = 0;  // a worker, or a budget of kWake

    bool operator<(const Event& other) const {  // the top of the queue is the greatest
      return std::pair(other.at, other.order) < std::pair(at, order);
    }
  };
  struct State {
    std::uint32_t call = 0;
    limiter::CallId id = 0;
    std::uint64_t life = 0;  // of the budget that let the call go
    Try going;
    Answer answer;  // on its way back
  };
  struct Budget {
    limiter::StrategyPtr strategy;
    std::deque<std::uint32_t> waiting;
    TimePoint wakes = TimePoint::min();  // the last instant somebody was told to look again
    std::uint64_t life = 0;
  };

  limiter::StrategyPtr Make(std::size_t budget) const {
    return strategy_.make(quotas_, seed_ * 1'000 + budget);
  }
  void At(TimePoint at, Event::Kind kind, std::size_t who) {
    events_.push({at, ++orders_, kind, who});
  }
  Budget& BudgetOf(std::size_t worker) { return budgets_[scenario_.workers[worker].budget]; }

  // The worker's next call is wanted at its instant, or at once when that is past.
  void Intend(std::size_t w) {
    const auto& intended = scenario_.workers[w].intended;
    if (states_[w].call == intended.size()) return;
    At(std::max(now_, begin_ + intended[states_[w].call]), Event::Kind::kWanted, w);
  }

  void Happens(const Event& event) {
    switch (event.kind) {
      case Event::Kind::kWanted:
        BudgetOf(event.who).waiting.push_back(static_cast<std::uint32_t>(event.who));
        return LetGo(BudgetOf(event.who));
      case Event::Kind::kWake:
        ++wakes_;
        return LetGo(budgets_[event.who]);
      case Event::Kind::kArrives:
        return Arrives(event.who);
      case Event::Kind::kAnswered:
        return Answered(event.who);
      case Event::Kind::kRestart:
        for (std::size_t i = 0; i < budgets_.size(); ++i) {
          budgets_[i].strategy = Make(i);
          ++budgets_[i].life;
          LetGo(budgets_[i]);
        }
    }
  }

  void LetGo(Budget& budget) {
    while (!budget.waiting.empty()) {
      const TimePoint named = budget.strategy->Check(now_);
      if (named == limiter::kNotYetKnown) return;  // an answer will come, and we look again
      if (named > now_) {
        if (budget.wakes != named) {
          At(named, Event::Kind::kWake, static_cast<std::size_t>(&budget - budgets_.data()));
        }
        budget.wakes = named;
        return;
      }
      Send(budget, budget.waiting.front());
      budget.waiting.pop_front();
    }
  }

  void Send(Budget& budget, std::uint32_t w) {
    State& state = states_[w];
    state.id = ++ids_;
    state.life = budget.life;
    state.going = {w, state.call, scenario_.workers[w].intended[state.call], now_ - begin_, {}, {}};
    budget.strategy->Take(now_, state.id);
    At(now_ + wire_.OneWay(), Event::Kind::kArrives, w);
  }

  void Arrives(std::size_t w) {
    State& state = states_[w];
    state.answer = vendor_.Arrives(now_, scenario_.workers[w].key);
    if (state.answer.fate == Answer::Fate::kUnknown) {
      events_ = {};
      return;
    }
    Try& going = state.going;
    going.decided = now_ - begin_;
    going.admitted = state.answer.fate == Answer::Fate::kAdmitted;
    going.answered = going.decided + wire_.OneWay();
    tries_.push_back(going);
    At(begin_ + going.answered, Event::Kind::kAnswered, w);
  }

  void Answered(std::size_t w) {
    State& state = states_[w];
    Budget& budget = BudgetOf(w);
    // A strategy that was born after the call was sent has never heard of it.
    if (state.life == budget.life) budget.strategy->Settle(now_, state.id, state.answer);
    if (state.going.admitted) {
      ++state.call;
      Intend(w);
    } else {
      // It was first in line and is so again; but whoever waited meanwhile goes before it.
      budget.waiting.push_back(static_cast<std::uint32_t>(w));
    }
    LetGo(budget);
  }

  const NamedStrategy& strategy_;
  const Scenario& scenario_;
  const std::vector<Quota> quotas_;
  const std::uint64_t seed_;
  const TimePoint begin_;
  Vendor& vendor_;
  Wire wire_;
  TimePoint now_ = begin_;
  std::priority_queue<Event> events_;
  std::uint64_t orders_ = 0;
  std::size_t wakes_ = 0;
  limiter::CallId ids_ = 0;
  std::vector<Budget> budgets_;
  std::vector<State> states_;
  std::vector<Try> tries_;
};

}  // namespace

std::vector<Try> Simulate(const NamedStrategy& strategy, const ledger::Reading& reading,
                          const Scenario& scenario, std::uint64_t seed, Vendor& vendor) {
  return Run(strategy, reading, scenario, seed, vendor).Play();
}

std::vector<Try> Simulate(const NamedStrategy& strategy, const ledger::Reading& reading,
                          const Scenario& scenario, std::uint64_t seed) {
  Books books(reading);
  return Simulate(strategy, reading, scenario, seed, books);
}

}  // namespace kondor::bench
