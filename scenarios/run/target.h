// Whom the scenarios are played against: a mock of our own in this process, or a server somewhere.
// Immutable once made, and so shared by all threads.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "mock_server/mock_server.h"
#include "scenarios/data/node.h"
#include "scenarios/data/scenario.h"
#include "scenarios/wire/connection.h"

namespace kondor::scenarios {

struct TargetOptions {
  std::string url;                 // empty: a mock of our own
  std::optional<Surface> surface;  // what is at that address, if it is not laid out as Kondor is
  std::string control_token;
  Duration patience = std::chrono::seconds(10);
};

class Target {
 public:
  // Asks the server who it is. kTransport when it does not answer.
  static Result<Target> Make(const TargetOptions& options);

  const Url& url() const { return url_; }
  bool is_own() const { return own_ != nullptr; }
  bool has_control() const { return has_control_; }  // Kondor's, under /_kondor
  // For every sandbox made there: a Kondor may have been started with others than the usual ones,
  // of which the scenarios speak.
  const Json& settings() const { return settings_; }
  const std::optional<Surface>& surface() const { return options_.surface; }
  const std::string& control_token() const { return options_.control_token; }
  Duration patience() const { return options_.patience; }
  // Asks for the root, whatever the answer. kTransport.
  Result<void> Knock() const;
  Connection NewConnection() const { return Connection(url_, options_.patience); }

 private:
  Result<void> StartOwn();
  Result<void> Probe();
  Result<void> LearnUsualSettings();
  Result<void> KnockAtControl() const;

  TargetOptions options_;
  Url url_;
  bool has_control_ = false;
  Json settings_ = Json::object();
  std::unique_ptr<MockServer> own_;
};

}  // namespace kondor::scenarios
