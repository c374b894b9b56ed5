// What the command line asks of kondor-call. Not thread-safe: plain values, read once at the start.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "client/command/output.h"
#include "client/http/message.h"
#include "client/kondado/kondado.h"
#include "client/qondor/qondor.h"

namespace kondor::client::command {

enum class Verb {
  kStatus,
  kRun,
  kModel,
  kCollections,
  kPipelines,
  kInvite,
  kKondadoCall,
  kWebhook,
  kTables,
  kTable,
  kQondorCall,
};

struct Options {
  Verb verb = Verb::kStatus;
  std::vector<std::int64_t> ids = {};  // of pipelines, models or a collection
  bool wait = false;                   // for a run to end
  Duration interval = std::chrono::seconds(5);
  CollectionGuest guest = {};
  CollectionGuest::Direction direction = CollectionGuest::Direction::kSource;
  std::string table = {};
  ViaKondado::DecimalSeparator separator = ViaKondado::DecimalSeparator::kPoint;
  Request request = {};                       // but for its body
  std::optional<std::string> body_file = {};  // "-" for stdin
  std::optional<QondorEnvironment> environment = {};

  std::string strategy = "default";
  std::string budget = {};  // of this process alone, a file, or the address of a Redis
  std::string budget_name = {};
  enum class IfBudgetLost { kStop, kPace } if_budget_lost = IfBudgetLost::kStop;
  std::uint32_t budget_workers = 1;  // of kPace
  Format format = Format::kText;
  bool explain = false;
  Duration timeout{};
  Duration try_timeout{};
  int tries_max = 0;
  std::string credentials_file = {};
  std::string base_url = {};
};

// What to do instead of calling: print this and exit with that code.
struct Exit {
  int code = 0;
  std::string out = {};    // for stdout
  std::string error = {};  // for stderr, one line
};

struct Parsed {
  std::optional<Exit> exit;
  Options options;
};

// Whether --budget names a Redis, not a file.
bool IsRedis(const std::string& budget);

Parsed ParseOptions(int argc, const char* const* argv);

}  // namespace kondor::client::command
