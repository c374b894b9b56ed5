#include "tests/scenarios/client/virtual_sandbox.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace kondor::scenarios {

using nlohmann::json;

VirtualSandbox::VirtualSandbox(const json& settings, const std::string& now)
    : server_(MockServer::Create({}).value()) {
  EXPECT_TRUE(server_->Start());
  const json wanted = {
      {"name", "virtual"}, {"clock", {{"mode", "manual"}, {"now", now}}}, {"settings", settings}};
  const LocalReply reply = server_->Call("POST", "/_kondor/sandboxes", wanted.dump());
  EXPECT_EQ(reply.status, 201) << reply.body;
  made_ = json::parse(reply.body);
}

client::EndpointOptions VirtualSandbox::Endpoint(const std::string& surface) {
  client::EndpointOptions options;
  options.http.base_url = server_->url() + "/@virtual" + surface;
  options.clock = this;
  options.sleeper = this;
  return options;
}

json VirtualSandbox::Control(const std::string& method, const std::string& path,
                             const std::string& body) {
  const LocalReply reply = server_->Call(method, "/_kondor/sandboxes/virtual" + path, body);
  EXPECT_EQ(reply.status / 100, 2) << path << ": " << reply.body;
  return reply.body.empty() ? json() : json::parse(reply.body);
}

int VirtualSandbox::Count(const std::string& outcome) {
  const json question = {{"match", {{"outcome", outcome}}}, {"count", {{"at_least", 0}}}};
  return Control("POST", "/verify", question.dump()).at("matched").get<int>();
}

void VirtualSandbox::ExpectThreads(int count) {
  const std::lock_guard lock(mutex_);
  threads_ = count;
}

void VirtualSandbox::Leave() {
  const std::lock_guard lock(mutex_);
  --threads_;
  LookAgain();
}

void VirtualSandbox::LookAgain() {
  ++changes_;
  changed_.notify_all();
}

bool VirtualSandbox::AllAsleep() const {
  return static_cast<int>(asleep_.size()) >= threads_ &&
         std::ranges::none_of(asleep_, [this](const Asleep& one) {
           return one.until <= Now() || one.wake.stop_requested();
         });
}

void VirtualSandbox::MoveOn() {
  const TimePoint until = std::ranges::min(asleep_, {}, &Asleep::until).until;
  if (until == TimePoint::max()) return;
  // The sandbox first: who reads the mirror meanwhile is late, not early.
  const auto step = std::chrono::ceil<std::chrono::milliseconds>(until - mirror_.Now());
  Control("POST", "/clock/advance", json{{"ms", step.count()}}.dump());
  mirror_.Advance(step);
  LookAgain();
}

void VirtualSandbox::SleepUntil(TimePoint until, std::stop_token wake) {
  std::unique_lock lock(mutex_);
  const auto me = asleep_.insert(asleep_.end(), {until, wake});
  while (Now() < until && !wake.stop_requested()) {
    if (AllAsleep()) MoveOn();
    if (Now() >= until) break;
    changed_.wait(lock, wake, [this, seen = changes_] { return changes_ != seen; });
  }
  asleep_.erase(me);
}

}  // namespace kondor::scenarios
