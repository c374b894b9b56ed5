#include "bench/strategies/served_vendor.h"

#include <httplib.h>

#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "bench/strategies/readings.h"

namespace kondor::bench {
namespace {

using limiter::Answer;
using nlohmann::json;

constexpr std::string_view kSandboxes = "/_kondor/sandboxes";

std::string IsoTime(TimePoint t) {
  const std::chrono::sys_time<std::chrono::microseconds> at{
      std::chrono::floor<std::chrono::microseconds>(t.time_since_epoch())};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  char text[40];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text;
}

json SandboxWish(const ledger::Reading& reading, TimePoint begin) {
  const bool in_order = reading.charge == ledger::Charge::kInOrder;
  return {{"clock", {{"mode", "manual"}, {"now", IsoTime(begin)}}},
          {"settings",
           {{"kondado",
             {{"window", ToText(reading.window)},
              {"lockout", ToText(reading.lockout)},
              {"refused_count", ToText(reading.count_refused)},
              {"scope", ToText(reading.scope)},
              {"charge", in_order ? "in_order" : "all_or_none"},
              {"per_second", reading.per_second},
              {"per_minute", reading.per_minute}}}}}};
}

// "... Please try again in 60 seconds." (K5)
std::optional<Duration> HintOf(const std::string& message) {
  constexpr std::string_view kBefore = "try again in ";
  const std::size_t at = message.find(kBefore);
  if (at == std::string::npos) return {};
  const char* const begin = message.data() + at + kBefore.size();
  unsigned seconds = 0;
  const auto [end, fault] = std::from_chars(begin, message.data() + message.size(), seconds);
  if (fault != std::errc() || std::string_view(end) != " seconds.") return {};
  return std::chrono::seconds(seconds);
}

// Kondado's two answers that a call here can have, both of status 200 (K5, K9).
std::optional<Answer> Read(int status, const std::string& body) {
  const json object = json::parse(body, nullptr, false);
  if (status != 200 || !object.is_object()) return {};
  if (object.size() == 1 && object.contains("2040")) return Answer{};
  if (object.value("error", json()) != "RATE_LIMIT_EXCEEDED") return {};
  if (object.value("success", json()) != false || !object.contains("message")) return {};
  const json& message = object["message"];
  if (!message.is_string()) return {};
  return Answer{Answer::Fate::kRefused, HintOf(message.get<std::string>())};
}

Unexpected Refused(std::string_view what, const LocalReply& reply) {
  return Unexpected(ErrorKind::kUnavailable, "the mock refused to " + std::string(what) +
                                                 ": status " + std::to_string(reply.status) + ", " +
                                                 reply.body);
}

std::string CredentialsOf(const json& token) {
  return "key=" + token["key"].get<std::string>() + "&token=" + token["token"].get<std::string>();
}

}  // namespace

class ServedVendor::Line {
 public:
  Line(MockServer& server, std::string sandbox)
      : server_(server), sandbox_(std::move(sandbox)), client_("127.0.0.1", server.port()) {
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
  }
  ~Line() { Control("DELETE", "", {}); }

  LocalReply Control(std::string_view method, std::string_view rest, const json& body) {
    return server_.Call(method, std::string(kSandboxes) + "/" + sandbox_ + std::string(rest),
                        body.is_null() ? std::string() : body.dump());
  }
  void AddKey(const json& token) {
    targets_.push_back("/@" + sandbox_ + "/k2/pipelines/2040/status?" + CredentialsOf(token));
  }
  httplib::Result Ask(std::uint32_t key) {
    // The address that all workers of a scenario call from.
    return client_.Get(targets_[key - 1], {{"Kondor-Client-Ip", "203.0.113.1"}});
  }

 private:
  MockServer& server_;
  const std::string sandbox_;
  httplib::Client client_;
  std::vector<std::string> targets_;  // of each key
};

ServedVendor::ServedVendor(std::unique_ptr<Line> line) : line_(std::move(line)) {}
ServedVendor::~ServedVendor() = default;

Result<std::unique_ptr<ServedVendor>> ServedVendor::Open(MockServer& server,
                                                         const ledger::Reading& reading,
                                                         TimePoint begin, std::uint32_t keys) {
  const LocalReply made = server.Call("POST", kSandboxes, SandboxWish(reading, begin).dump());
  if (made.status != 201) return Refused("make a sandbox", made);
  const json sandbox = json::parse(made.body);
  auto line = std::make_unique<Line>(server, sandbox["name"].get<std::string>());
  line->AddKey(sandbox["kondado"]);
  for (std::uint32_t key = 2; key <= keys; ++key) {
    const LocalReply token =
        line->Control("POST", "/kondado/tokens", {{"description", "another key"}});
    if (token.status != 201) return Refused("make a token", token);
    line->AddKey(json::parse(token.body));
  }
  return std::unique_ptr<ServedVendor>(new ServedVendor(std::move(line)));
}

Answer ServedVendor::Arrives(TimePoint now, std::uint32_t key) {
  const LocalReply put = line_->Control("PUT", "/clock", {{"now", IsoTime(now)}});
  if (put.status != 200) {
    fault_ = "the clock could not be put: " + put.body;
    return {Answer::Fate::kUnknown};
  }
  const httplib::Result reply = line_->Ask(key);
  if (!reply) {
    fault_ = "no answer: " + httplib::to_string(reply.error());
    return {Answer::Fate::kUnknown};
  }
  const std::optional<Answer> answer = Read(reply->status, reply->body);
  if (answer) return *answer;
  fault_ = "neither a status nor a refusal: status " + std::to_string(reply->status) + ", " +
           reply->body;
  return {Answer::Fate::kUnknown};
}

}  // namespace kondor::bench
