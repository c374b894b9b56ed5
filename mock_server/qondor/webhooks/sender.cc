#include "mock_server/qondor/webhooks/sender.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace kondor::qondor {
namespace {

// However far a due instant is: the machine's clock and a fast sandbox's drift apart a little.
constexpr Duration kWaitMax = std::chrono::hours(1);

constexpr Duration kWaitMin = std::chrono::milliseconds(1);

constexpr std::uint64_t kSerialMax = std::numeric_limits<std::uint64_t>::max();

http::PostRequest RequestOf(const Webhook& webhook, const Target& target, const Delivery& delivery,
                            std::string address) {
  http::PostRequest request;
  request.address = std::move(address);
  request.port = target.port;
  request.authority = target.authority;
  request.target = target.path;
  request.headers = {{"Content-Type", "application/json; charset=utf-8"},
                     {"User-Agent", "Kondor-Webhooks"}};
  if (!webhook.header_name.empty()) {
    request.headers.push_back({webhook.header_name, webhook.header_value});
  }
  request.body = delivery.payload;
  request.time_max = std::chrono::milliseconds(delivery.how.timeout_ms);
  return request;
}

}  // namespace

Sender::Sender(Webhook webhook, Target target, const TargetPolicy& policy,
               const SandboxClock& clock, Journal& journal)
    : webhook_(std::move(webhook)),
      target_(std::move(target)),
      policy_(policy),
      clock_(clock),
      journal_(journal) {
  const MutexLock lock(join_mutex_);
  thread_ = std::thread([this] { Run(); });
}

Sender::~Sender() { Stop(); }

WebhookState Sender::State() const {
  const MutexLock lock(mutex_);
  return {webhook_, queue_.size() + (trying_ ? 1U : 0U), delivered_, abandoned_};
}

void Sender::Add(Delivery delivery, TimePoint now) {
  {
    const MutexLock lock(mutex_);
    if (stopped_) return;
    delivery.serial = ++last_serial_;
    if (queue_.size() < kPendingMax) {
      const std::pair key(now, delivery.serial);
      queue_.emplace(key, std::move(delivery));
      changed_.notify_all();
      return;
    }
    ++abandoned_;
  }
  Try none;
  none.at = now;
  none.outcome = TryOutcome::kAbandoned;
  none.reason = std::to_string(kPendingMax) + " deliveries wait already";
  journal_.Append(EntryOf(webhook_, delivery, none));
}

void Sender::ClockMoved() {
  const MutexLock lock(mutex_);
  changed_.notify_all();
}

std::optional<TimePoint> Sender::NextDue(TimePoint after) const {
  const MutexLock lock(mutex_);
  const auto next = queue_.upper_bound({after, kSerialMax});
  if (next == queue_.end()) return {};
  return next->first.first;
}

bool Sender::IsAnyDue(TimePoint through, std::uint64_t serial_max) const {
  if (trying_ && trying_->first <= through && trying_->second <= serial_max) return true;
  return std::any_of(queue_.begin(), queue_.upper_bound({through, serial_max}),
                     [&](const auto& entry) { return entry.first.second <= serial_max; });
}

void Sender::AwaitTried(TimePoint through) {
  const MutexLock lock(mutex_);
  const std::uint64_t serial_max = last_serial_;
  std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
  while (!stopped_ && IsAnyDue(through, serial_max)) changed_.wait(native);
  native.release();
}

void Sender::Stop() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
    queue_.clear();
    changed_.notify_all();
  }
  stop_button_.Press();
  const MutexLock lock(join_mutex_);
  if (thread_.joinable()) thread_.join();
}

void Sender::Run() {
  while (std::optional<Delivery> delivery = AwaitDue()) {
    ++delivery->tries;
    const Try made = MakeTry(*delivery);
    Finish(*std::move(delivery), made);
  }
}

// Nothing when this sender is to end.
std::optional<Delivery> Sender::AwaitDue() {
  const MutexLock lock(mutex_);
  while (!stopped_) {
    if (queue_.empty()) {
      std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
      changed_.wait(native);
      native.release();
      continue;
    }
    const auto first = queue_.begin();
    if (first->first.first > clock_.Now()) {
      WaitUntil(first->first.first);
      continue;
    }
    trying_ = first->first;
    Delivery delivery = std::move(first->second);
    queue_.erase(first);
    return delivery;
  }
  return {};
}

// Or until something changes. A clock that is moved or set tells so; one that runs does not.
void Sender::WaitUntil(TimePoint due) {
  const SandboxClock::State clock = clock_.Read();
  std::unique_lock<std::mutex> native(mutex_.native(), std::adopt_lock);
  if (clock.mode == ClockMode::kManual) {
    changed_.wait(native);
  } else {
    const double machine = static_cast<double>((due - clock.now).count()) / clock.speed;
    const double most = static_cast<double>(kWaitMax.count());
    const Duration wait(static_cast<Duration::rep>(std::min(machine, most)));
    changed_.wait_for(native, std::max(wait, kWaitMin));
  }
  native.release();
}

Try Sender::MakeTry(const Delivery& delivery) const {
  Try made;
  const Result<std::string> address = policy_.Resolve(target_);
  if (!address) {
    made.reason = address.error().message;
  } else {
    http::PostAnswer answer =
        http::Post(RequestOf(webhook_, target_, delivery, *address), stop_button_);
    made.status = answer.status;
    made.answer = std::move(answer.body);
    if (answer.end != http::PostEnd::kAnswered) {
      made.reason = ToText(answer.end);
    } else if (answer.status < 200 || answer.status > 299) {
      made.reason = "status " + std::to_string(answer.status);
    }
  }
  made.at = clock_.Now();
  if (made.reason.empty()) {
    made.outcome = TryOutcome::kDelivered;
  } else if (delivery.tries >= delivery.how.tries) {
    made.outcome = TryOutcome::kAbandoned;
  } else {
    made.outcome = TryOutcome::kFailed;
    made.next_try = made.at + BackoffAfter(delivery.tries, delivery.how);
  }
  return made;
}

void Sender::Finish(Delivery delivery, const Try& made) {
  {
    const MutexLock lock(mutex_);
    if (stopped_) return;  // its journal may already tell of another life
  }
  // First the journal, then the end of the wait: who waited finds it there.
  journal_.Append(EntryOf(webhook_, delivery, made));
  const MutexLock lock(mutex_);
  trying_.reset();
  if (made.outcome == TryOutcome::kDelivered) ++delivered_;
  if (made.outcome == TryOutcome::kAbandoned) ++abandoned_;
  if (made.outcome == TryOutcome::kFailed && !stopped_) {
    const std::pair key(made.next_try, delivery.serial);
    queue_.emplace(key, std::move(delivery));
  }
  changed_.notify_all();
}

}  // namespace kondor::qondor
