// The world one trial takes place in: a fresh sandbox of a mock, dropped when it is over. Not
// thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/judge/call.h"
#include "scenarios/judge/control.h"
#include "scenarios/judge/trial.h"

namespace kondor::judge {

struct SandboxOptions {
  Settings settings;
  double speed = 1;      // of its clock
  std::string begin_at;  // an instant at which its clock stands; empty: it runs
  int pipelines = 0;     // 1 ... that many, besides those of the built-in seed
  std::string_view faults = {};
};

struct Credentials {
  std::string kondado_key, kondado_token;
  std::string next_key, next_token;  // those it is to be replaced by (T5)
  std::string qondor_primary, qondor_secondary, qondor_subscription;
};

class Sandbox {
 public:
  // kNotFound: the mock plays no faults. kRejected: a setting is not known, say.
  static Result<std::unique_ptr<Sandbox>> Make(Control& control, const SandboxOptions& options);
  ~Sandbox();  // drops it

  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  const Credentials& credentials() const { return credentials_; }
  const std::string& k2_url() const { return k2_url_; }
  const std::string& qondor_url() const { return qondor_url_; }
  const Json& settings() const { return settings_; }

  // Everything a program may be given of this sandbox.
  std::vector<Secret> Secrets() const;

  // What has come since it was last asked. kMalformed when the journal makes no sense.
  Result<std::vector<judge::Call>> NewCalls();
  bool calls_lost() const {
    return calls_lost_;
  }  // older ones had to make room before they were read

  Result<void> DeactivateToken(const std::string& key);
  Result<void> RegeneratePrimaryKey();

  // Under the sandbox: "/limits?key=...".
  Result<Json> Ask(std::string_view method, const std::string& path, const Json& body = nullptr);
  // A call to the vendor: "/k2/pipelines/1/status?...".
  Result<Control::Reply> Call(std::string_view method, const std::string& target);

 private:
  explicit Sandbox(Control& control) : control_(control) {}
  Result<void> Take(const Json& made);

  Control& control_;
  std::string name_;
  Credentials credentials_;
  std::string k2_url_, qondor_url_;
  Json settings_;
  std::int64_t last_id_ = 0;
  bool calls_lost_ = false;
};

// Of pipeline `id` in a trial's seed. They differ, so that one cannot be guessed from another.
std::string StatusOf(std::int64_t id);

}  // namespace kondor::judge
