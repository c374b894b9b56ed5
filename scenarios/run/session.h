// One instance's dealings with a server: its sandbox, its ${names}, and every call so far. Not
// thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/data/scenario.h"
#include "scenarios/run/target.h"
#include "scenarios/run/variables.h"
#include "scenarios/wire/connection.h"

namespace kondor::scenarios {

// What went out, and what was kept of the answer.
struct Exchanged {
  Request request;
  Saves save = {};
};

class Session {
 public:
  // All must outlive it.
  Session(const Target& target, Connection& connection)
      : target_(target), connection_(connection) {}
  ~Session();  // drops the sandbox

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // A sandbox of its own, or, where there are none, the credentials of the environment.
  Result<void> Open(const Instance& instance);

  // Where a surface begins: "http://127.0.0.1:7070/@name/k2".
  std::string BaseUrl(Surface surface) const;
  Request VendorRequest(const Call& call) const;
  // `path` is the sandbox's own ("/clock/advance"), or begins with /_kondor.
  Request ControlRequest(const std::string& method, const std::string& path,
                         const std::optional<Json>& body) const;
  Result<Reply> Exchange(const Request& request, const Saves& save = {});
  // Somebody else exchanges it.
  void Note(const Request& request, const Saves& save) { history_.push_back({request, save}); }
  Result<void> Advance(std::int64_t ms);

  // Sets the ${names}; fails when the answer does not have what is to be kept.
  Result<void> Keep(const Saves& saves, const Reply& reply);
  // The journal's entry of the call that `reply` answered.
  Result<Json> JournalEntry(const Reply& reply);

  Variables& variables() { return variables_; }
  // The last call as a line for a shell, and all of them from the sandbox's creation on.
  std::string LastAsCurl() const;
  std::vector<std::string> Script() const;

 private:
  std::string PathTo(Surface surface) const;
  void TakeEnvironment();
  void TakeSandbox(const Json& sandbox);
  std::string WithoutSandbox(std::string target) const;
  std::string CurlOf(const Exchanged& exchanged, std::string_view flags) const;

  const Target& target_;
  Connection& connection_;
  Variables variables_;
  std::string sandbox_;  // empty while there is none
  Json creation_;
  std::vector<Exchanged> history_;
};

}  // namespace kondor::scenarios
