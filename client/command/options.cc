#include "client/command/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/empty_flag.h"
#include "client/call/one_line.h"
#include "client/command/exit_code.h"
#include "client/command/flags.h"
#include "client/command/secret_words.h"
#include "client/http/url.h"

namespace kondor::client::command {
namespace {

constexpr double kTimeout = 300;
constexpr double kTimeoutOfWait = 86'400;

Unexpected Bad(std::string message) {
  return Unexpected(ErrorKind::kInvalidArgument, std::move(message));
}

Duration FromSeconds(double seconds) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

// --- what was typed, understood ----------------------------------------------------------------

// The text is not shown: a secret may have got there.
Result<std::int64_t> ToId(const std::string& text, const std::string& what) {
  std::int64_t id = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, id);
  if (fault == std::errc() && stop == end && id > 0) return id;
  return Bad(what + " has to be a whole number from 1 to " +
             std::to_string(std::numeric_limits<std::int64_t>::max()) + ", in digits alone");
}

// Which of them it is; so that it need not be shown.
std::string NameOfId(std::size_t index, std::size_t count) {
  constexpr std::array kOrdinals = {"first", "second", "third"};
  if (count == 1) return "ID";
  if (index < kOrdinals.size()) return std::string("the ") + kOrdinals[index] + " ID";
  return "ID number " + std::to_string(index + 1);
}

Result<void> ResolveIds(const Flags& flags, Options& options) {
  for (std::size_t i = 0; i < flags.ids.size(); ++i) {
    const auto id = ToId(flags.ids[i], NameOfId(i, flags.ids.size()));
    if (!id) return Unexpected(id.error());
    options.ids.push_back(*id);
  }
  if (options.verb != Verb::kInvite) return {};
  const auto id = ToId(flags.collection, "--collection");
  if (!id) return Unexpected(id.error());
  options.guest.parent_collection_id = *id;
  return {};
}

Result<void> ResolveBudget(const Flags& flags, Options& options) {
  const bool limited = options.verb != Verb::kWebhook && options.verb != Verb::kTables &&
                       options.verb != Verb::kTable;
  if (!options.budget.empty() && !limited) {
    return Bad("--budget shares limits, and of this host none are published");
  }
  if (!IsRedis(options.budget)) {
    const char* const of_redis = !options.budget_name.empty()    ? "--budget-name"
                                 : !flags.if_budget_lost.empty() ? "--if-budget-lost"
                                 : flags.budget_workers          ? "--budget-workers"
                                                                 : nullptr;
    if (of_redis != nullptr)
      return Bad(std::string(of_redis) + " is for a --budget of redis://...");
  }
  if (flags.if_budget_lost == "pace") options.if_budget_lost = Options::IfBudgetLost::kPace;
  if (flags.budget_workers && options.if_budget_lost == Options::IfBudgetLost::kStop) {
    return Bad("--budget-workers is for --if-budget-lost pace");
  }
  options.budget_workers = flags.budget_workers.value_or(1);
  return {};
}

Result<std::vector<Field>> ToQuery(const std::vector<std::string>& pairs) {
  std::vector<Field> query;
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) return Bad("--query takes NAME=VALUE");
    if (NamesASecret(pair.substr(0, equals))) return Bad(kNoSecretFlags);
    query.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
  }
  return query;
}

Method ToMethod(std::string word) {
  std::ranges::transform(word, word.begin(), [](char c) { return static_cast<char>(c & ~0x20); });
  for (const Method method : {Method::kPost, Method::kPut, Method::kDelete}) {
    if (word == ToText(method)) return method;
  }
  return Method::kGet;
}

Result<void> CheckQondorPath(const std::string& path) {
  for (const char* environment : {"/Prod/", "/Test/", "/Dev/"}) {
    if (path.starts_with(environment)) {
      return Bad("PATH begins with the group, /Project/v1/...; choose with --environment");
    }
  }
  return {};
}

Result<void> ResolveRequest(const Flags& flags, Options& options) {
  auto query = ToQuery(flags.query);
  if (!query) return Unexpected(query.error());
  options.request.query = std::move(*query);
  options.request.method = ToMethod(flags.method);
  if (options.verb == Verb::kQondorCall) {
    if (auto good = CheckQondorPath(options.request.path); !good) return good;
  }
  if (flags.environment == "prod") options.environment = QondorEnvironment::kProduction;
  if (flags.environment == "test") options.environment = QondorEnvironment::kTest;
  if (flags.environment == "dev") options.environment = QondorEnvironment::kDevelopment;
  return CheckRequest(options.request);
}

Result<void> Resolve(const Flags& flags, Options& options) {
  if (auto good = ResolveIds(flags, options); !good) return good;
  if (auto good = ResolveBudget(flags, options); !good) return good;
  if (flags.direction == "dest") options.direction = CollectionGuest::Direction::kDestination;
  options.guest.direction = options.direction;
  if (flags.decimals == "comma") options.separator = ViaKondado::DecimalSeparator::kComma;
  if (options.verb == Verb::kWebhook && !options.body_file) options.body_file = "-";
  if (flags.json) options.format = Format::kJson;
  options.timeout = FromSeconds(flags.timeout.value_or(options.wait ? kTimeoutOfWait : kTimeout));
  options.try_timeout = FromSeconds(flags.try_timeout);
  options.interval = FromSeconds(flags.interval);
  return ResolveRequest(flags, options);
}

// --- what was typed wrong ----------------------------------------------------------------------

Exit Usage(const std::string& why) {
  return {static_cast<int>(ExitCode::kUsage), "",
          "kondor-call: " + OneLine(why) + "; --help lists the commands"};
}

// The library would list whatever it did not expect; a secret may be among it.
std::string Unknown(const CLI::App& app) {
  for (const std::string& word : app.remaining(/*recurse=*/true)) {
    if (word.starts_with('-')) return "there is no flag " + word.substr(0, word.find('='));
  }
  return "there is a word too many";
}

// Could be meant for a command; what could be a secret is not shown.
bool IsLikeACommand(const std::string& word) {
  return !word.empty() && word.size() <= 20 && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  }) && word.front() != '-';
}

// Of a command that is none; empty where it is something else that is missing.
std::string NoSuchCommand(const CLI::App& app) {
  const CLI::App* within = &app;
  while (!within->get_subcommands().empty()) within = within->get_subcommands().front();
  std::string all;
  for (const CLI::App* one : within->get_subcommands({})) {
    all += (all.empty() ? "" : ", ") + one->get_name();
  }
  const std::vector<std::string> rest = app.remaining(/*recurse=*/true);
  if (all.empty() || rest.empty()) return {};
  const std::string& word = rest.front();
  if (word.starts_with('-')) return Unknown(app);
  return within->get_name() + " has no " +
         (IsLikeACommand(word) ? "command \"" + word + "\"" : "such command") + "; it has " + all;
}

}  // namespace

bool IsRedis(const std::string& budget) {
  return budget.starts_with("redis:") || budget.starts_with("unix:");
}

Parsed ParseOptions(int argc, const char* const* argv) {
  Parsed parsed;
  if (HoldsASecretFlag(argc, argv)) {
    parsed.exit = Usage(kNoSecretFlags);
    return parsed;
  }
  if (const auto empty = FindEmptyFlag({argv, argv + argc})) {
    parsed.exit = Usage(*empty);
    return parsed;
  }
  Flags flags;
  Options& options = parsed.options;
  options.tries_max = RetryPolicy{}.tries_max;
  CLI::App app(
      "kondor-call: Kondado's and Qondor's APIs from the command line, within their limits",
      "kondor-call");
  DescribeFlags(app, flags, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {  // --help, --version
    std::ostringstream out, error;
    app.exit(done, out, error);
    parsed.exit = Exit{0, out.str()};
    return parsed;
  } catch (const CLI::ExtrasError&) {
    parsed.exit = Usage(Unknown(app));
    return parsed;
  } catch (const CLI::RequiredError& fault) {
    const std::string no_such_command = NoSuchCommand(app);
    parsed.exit = Usage(no_such_command.empty() ? fault.what() : no_such_command);
    return parsed;
  } catch (const CLI::ParseError& fault) {
    parsed.exit = Usage(fault.what());
    return parsed;
  }
  if (const auto good = Resolve(flags, options); !good) parsed.exit = Usage(good.error().message);
  return parsed;
}

}  // namespace kondor::client::command
