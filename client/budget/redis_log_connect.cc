// How a RedisLog gets to its server, and what it says when it cannot.
#include <charconv>
#include <string>
#include <string_view>

#include "client/budget/redis_log.h"
#include "client/budget/redis_script.h"

namespace kondor::limiter {
namespace {

// The value of "KEY:VALUE" in what INFO says; empty when there is none.
std::string_view ValueIn(std::string_view info, std::string_view key) {
  for (std::size_t at = info.find(key); at != std::string_view::npos; at = info.find(key, at + 1)) {
    if (at > 0 && info[at - 1] != '\n') continue;
    const std::string_view value = info.substr(at + key.size());
    return value.substr(0, value.find_first_of("\r\n"));
  }
  return {};
}

}  // namespace

Result<void> RedisLog::Connect() {
  if (connection_ != nullptr) return {};
  if (failure_ && options_.clock->Now() < try_again_) return Unexpected(*failure_);
  Result<std::unique_ptr<RedisConnection>> made =
      RedisConnection::Connect(options_.address, options_.patience);
  if (!made) return Lost(made.error().message);
  connection_ = std::move(*made);
  if (!options_.password.empty()) {
    const Result<RedisReply> reply = connection_->Command({"AUTH", options_.password});
    if (!reply) return Lost(reply.error().message);
    if (reply->kind == RedisReply::Kind::kError) {
      return Fail(ErrorKind::kInvalidArgument, "does not take the password; mend it");
    }
  }
  if (options_.address.database != 0) {
    const Result<std::string> selected =
        Ready({"SELECT", std::to_string(options_.address.database)});
    if (!selected) return Unexpected(selected.error());
  }
  const Result<std::string> info = Ready({"INFO", "server"});
  if (!info) return Unexpected(info.error());
  run_ = ValueIn(*info, "run_id:");
  const std::string_view uptime = ValueIn(*info, "uptime_in_seconds:");
  std::int64_t seconds = 0;
  std::from_chars(uptime.data(), uptime.data() + uptime.size(), seconds);
  uptime_ = std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 1'000'000'000));
  if (run_.empty()) return Malformed();
  const Result<std::string> sha = Ready({"SCRIPT", "LOAD", std::string(kRedisScript)});
  if (!sha) return Unexpected(sha.error());
  script_sha_ = *sha;
  failure_.reset();
  return {};
}

Result<std::string> RedisLog::Ready(const std::vector<std::string>& words) {
  const Result<RedisReply> reply = connection_->Command(words);
  if (!reply) return Lost(reply.error().message);
  if (reply->kind != RedisReply::Kind::kError) return reply->text;
  if (reply->text.starts_with("NOAUTH")) {
    return Fail(ErrorKind::kInvalidArgument,
                "wants a password; put it into the environment (KONDOR_REDIS_PASSWORD) or a file");
  }
  return Lost("it says " + reply->text.substr(0, reply->text.find_first_of("\r\n")));
}

Unexpected RedisLog::Fail(ErrorKind kind, const std::string& message) {
  connection_.reset();
  try_again_ = options_.clock->Now() + options_.retry;
  failure_ = Error{kind, "Redis at " + options_.address.Text() + " " + message};
  return Unexpected(*failure_);
}

Unexpected RedisLog::Lost(const std::string& why) {
  return Fail(ErrorKind::kUnavailable,
              "cannot be used: " + why + "; start it, or mend its address");
}

}  // namespace kondor::limiter
