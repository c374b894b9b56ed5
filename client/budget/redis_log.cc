#include "client/budget/redis_log.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "client/budget/file_format.h"
#include "client/budget/redis_events.h"
#include "client/budget/redis_script.h"

namespace kondor::limiter {
namespace {

using Kind = RedisReply::Kind;
using std::chrono::microseconds;

// How often an exchange may be overtaken by others before it is looked at again later.
constexpr int kRounds = 100;
// What a clock may be wrong by and not be taken to have been set.
constexpr Duration kSlack = std::chrono::seconds(1);
// How long a budget that nobody uses is remembered beyond its longest period.
constexpr Duration kRemembered = std::chrono::hours(24 * 30);
// More than a Lua number tells apart would be of no use.
constexpr std::int64_t kMicrosMax = std::int64_t{1} << 52;

std::string Micros(Duration duration) {
  return std::to_string(std::clamp<std::int64_t>(
      std::chrono::ceil<microseconds>(std::min(duration, Duration::max() - microseconds(1)))
          .count(),
      0, kMicrosMax));
}
std::string Micros(TimePoint instant) { return Micros(instant.time_since_epoch()); }

// Not the same for any two participants, as far as can be told without asking them all.
Holder NewHolder(const void* self) {
  static const MachineClock machine_clock;
  std::string seed = std::to_string(::getpid()) + " " +
                     std::to_string(machine_clock.Now().time_since_epoch().count()) + " " +
                     std::to_string(SystemClock().Now().time_since_epoch().count()) + " " +
                     std::to_string(reinterpret_cast<std::uintptr_t>(self));
  std::string host(256, '\0');
  if (::gethostname(host.data(), host.size()) == 0) seed += host;
  const std::uint64_t sum = Checksum(Bytes(seed.begin(), seed.end()));
  return (sum ^ sum >> 24) & kHolderMax;
}

// Of several lines of a server's error the first, and not all of a long one.
std::string OneLine(const std::string& text) {
  return text.substr(0, std::min<std::size_t>(text.find_first_of("\r\n"), 200));
}

}  // namespace

RedisLog::RedisLog(Options options)
    : options_(std::move(options)),
      process_(::getpid()),
      holder_(NewHolder(this)),
      replay_(options_.terms) {}

Result<void> RedisLog::Look() {
  const Result<Status> status = Ask({.wish = 'L'});
  if (!status) return Unexpected(status.error());
  return {};
}

Result<Seen> RedisLog::Exchange(const Wish& wish) {
  Request request{.wish = 'E', .call = wish.call, .patience = wish.patience};
  if (wish.kind == Wish::Kind::kGone) request.wish = 'G';
  if (wish.kind == Wish::Kind::kSettle) {
    request.wish = 'S';
    request.text = WriteAnswer(wish.answer);
  }
  Status status = Status::kStale;
  for (int round = 0; round < kRounds; ++round) {
    const Result<Status> asked = Ask(request);
    if (!asked) return Unexpected(asked.error());
    if (lost_) {
      // What others did since is not known, so begin as if all had been spent.
      const Result<Status> told = Ask({.wish = 'M'});
      if (!told) return Unexpected(told.error());
      lost_ = false;
    }
    status = *asked;
    if (status != Status::kStale && status != Status::kJump) break;
  }
  Seen seen;
  seen.now = std::max(reading_->server, replay_.last());
  seen.turn = replay_.Turn(wish.call, seen.now);
  seen.earliest = replay_.Earliest(seen.now);
  seen.resting_until = replay_.resting_until();
  if (status == Status::kTaken) seen.entry = Seen::Entry::kTaken;
  // Overtaken all the time: it is not in line, but worth another try.
  const bool overtaken = status == Status::kStale && wish.patience > Duration::zero();
  if (status == Status::kWaiting || overtaken) seen.entry = Seen::Entry::kWaiting;
  if (next_ - first_ > options_.events_max) {
    if (const Result<void> done = Compact(); !done && seen.entry != Seen::Entry::kTaken) {
      return Unexpected(done.error());
    }
  }
  return seen;
}

// All that the events so far amount to takes their place. Somebody else may be faster.
Result<void> RedisLog::Compact() {
  const std::uint64_t before = first_;
  const Result<Status> asked = Ask({.wish = 'C', .text = WriteNumbers(replay_.WriteDown())});
  if (!asked) return Unexpected(asked.error());
  // A strategy that cannot remember was forgotten here alone: read all of it again.
  if (first_ == before) first_ = 0;
  return {};
}

Result<RedisLog::Status> RedisLog::Ask(const Request& request) {
  if (::getpid() != process_) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "the budget in Redis was opened before this process was forked; open it in "
                      "each process");
  }
  const bool was_connected = connection_ != nullptr;
  if (const Result<void> connected = Connect(); !connected) return Unexpected(connected.error());
  TimePoint asked = options_.clock->Now();
  Result<RedisReply> reply = Run(Words(request, asked));
  if (!reply && reply.error().kind == ErrorKind::kTransport && was_connected) {
    // It was closed since it was last used: most likely, another run of the server is there by now.
    connection_.reset();
    if (const Result<void> again = Connect(); !again) return Unexpected(again.error());
    asked = options_.clock->Now();
    reply = Run(Words(request, asked));
  }
  if (!reply) return Lost(reply.error().message);
  if (reply->kind == Kind::kError) return Lost("it says " + OneLine(reply->text));
  return Digest(*reply, asked);
}

std::vector<std::string> RedisLog::Words(const Request& request, TimePoint now) {
  const std::string prefix = "kondor:{" + options_.name + "}:";
  const TimePoint server_now = reading_ ? std::max(reading_->server, replay_.last()) : TimePoint{};
  const TimePoint turn = replay_.Turn(request.call, server_now);
  const bool pretending = options_.pretended != nullptr;
  return {"EVALSHA",
          script_sha_,
          "3",
          prefix + "state",
          prefix + "log",
          prefix + "leases",
          options_.terms.description,
          run_,
          Micros(pretending ? options_.terms.rest : uptime_),
          Micros(options_.terms.rest),
          std::to_string((options_.terms.rest + kRemembered) / std::chrono::milliseconds(1)),
          NewLife(),
          pretending ? Micros(options_.pretended->Now()) : "",
          life_,
          std::to_string(first_),
          std::to_string(next_),
          std::string(1, request.wish),
          std::to_string(request.call),
          request.text,
          turn == kNotYetKnown ? "" : Micros(turn),
          Micros(request.patience),
          replay_.IsInLine(request.call) ? "1" : "",
          reading_ ? Micros(LatestCredible(now)) : "",
          Micros(options_.call_lease),
          Micros(options_.wait_lease)};
}

// With what the question may take on its way.
TimePoint RedisLog::LatestCredible(TimePoint now) const {
  const Duration passed = now - reading_->asked;
  return reading_->server + passed + passed / 100 + kSlack + options_.patience;
}

std::string RedisLog::NewLife() { return std::to_string(holder_) + "-" + std::to_string(++lives_); }

Result<RedisReply> RedisLog::Run(const std::vector<std::string>& words) {
  Result<RedisReply> reply = connection_->Command(words);
  if (reply && reply->kind == Kind::kError && reply->text.starts_with("NOSCRIPT")) {
    // Somebody emptied its cache of scripts.
    const Result<std::string> sha = Ready({"SCRIPT", "LOAD", std::string(kRedisScript)});
    if (!sha) return Unexpected(sha.error());
    reply = connection_->Command(words);
  }
  return reply;
}

Result<RedisLog::Status> RedisLog::Digest(const RedisReply& reply, TimePoint asked) {
  const std::vector<RedisReply>& parts = reply.list;
  if (reply.kind == Kind::kList && parts.size() == 2 && parts[0].text == "what") {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "the budget \"" + options_.name + "\" in Redis at " +
                          options_.address.Text() + " is for \"" + OneLine(parts[1].text) +
                          "\", and this client for \"" + options_.terms.description +
                          "\"; configure both alike, or name another budget");
  }
  if (reply.kind != Kind::kList || parts.size() != 7 || parts[6].kind != Kind::kList) {
    return Malformed();
  }
  const TimePoint server_now = FromUnixMicros(std::min(parts[1].number, INT64_MAX / 1'000));
  const TimePoint now = options_.clock->Now();
  const std::string& life = parts[2].text;
  if (reading_ && !life_.empty()) {
    // Whoever has not used the budget for a period has nothing to say about what was lost.
    const bool recently = now - reading_->asked <= options_.terms.rest || !replay_.Known().empty();
    if (life != life_ && recently) lost_ = true;
    if (server_now > LatestCredible(now)) lost_ = true;
  }
  if (const Result<void> played = Play(reply); !played) return Unexpected(played.error());
  reading_ = Reading{server_now, asked};
  const std::string& status = parts[0].text;
  if (status == "stale") return Status::kStale;
  if (status == "jump") return Status::kJump;
  if (status == "taken") return Status::kTaken;
  if (status == "waiting") return Status::kWaiting;
  return Status::kDone;
}

Result<void> RedisLog::Play(const RedisReply& reply) {
  const std::vector<RedisReply>& parts = reply.list;
  const auto first = static_cast<std::uint64_t>(parts[3].number);
  const auto next = static_cast<std::uint64_t>(parts[4].number);
  if (parts[2].text != life_ || first != first_) {
    replay_.Begin();
    if (!parts[5].text.empty()) {
      const auto numbers = ReadNumbers(parts[5].text);
      if (!numbers || !replay_.Read(*numbers)) return Malformed();
    }
    life_ = parts[2].text;
    first_ = next_ = first;
  }
  for (const RedisReply& one : parts[6].list) {
    const std::optional<Event> event = ReadEvent(one.text);
    if (!event) return Malformed();
    replay_.Apply(*event);
    ++next_;
  }
  return next_ == next ? Result<void>() : Malformed();
}

}  // namespace kondor::limiter
