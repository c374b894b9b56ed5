#include "client/command/flags.h"

#include <string_view>

#include "client/command/help.h"
#include "client/limiter/named_strategies.h"

namespace kondor::client::command {
namespace {

constexpr double kSecondsMax = 7 * 86'400;

// What help shows is the type's name alone; errors list what would be allowed.
CLI::Validator Seconds() {
  const auto check = [](const std::string& text) {
    double seconds = 0;
    const bool is_number = CLI::detail::lexical_cast(text, seconds);
    // Said so that what is no number at all, "nan", is refused.
    if (is_number && seconds >= 0.001 && seconds <= kSecondsMax) return std::string();
    return std::string("takes seconds, from 0.001 to 604800");
  };
  return {check, ""};
}

CLI::Validator OneOf(std::vector<std::string> words) {
  return CLI::IsMember(std::move(words)).description("");
}

std::vector<std::string> NamesOfStrategies() {
  std::vector<std::string> names;
  for (const auto& strategy : limiter::NamedStrategies()) names.push_back(strategy.name);
  return names;
}

CLI::App& Add(CLI::App& parent, const char* name, const char* what, Verb verb, Options& options) {
  CLI::App& command = *parent.add_subcommand(name, what);
  command.fallthrough();
  command.callback([verb, &options] { options.verb = verb; });
  return command;
}

void AddIds(CLI::App& command, const char* what, Flags& flags) {
  command.add_option("ID", flags.ids, what)->required()->type_name("");
}

void AddId(CLI::App& command, const char* what, Flags& flags) {
  command.add_option("ID", flags.ids, what)->required()->expected(1)->type_name("");
}

void AddQuery(CLI::App& command, Flags& flags) {
  command.add_option("--query", flags.query, "A parameter, not encoded; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

void AddBody(CLI::App& command, Options& options) {
  command.add_option("--body", options.body_file, "File with the JSON to send; - for stdin")
      ->type_name("FILE");
}

void AddInvite(CLI::App& kondado, Flags& flags, Options& options) {
  CLI::App& invite = Add(kondado, "invite", "Invite a guest to a collection and print the link",
                         Verb::kInvite, options);
  CollectionGuest& guest = options.guest;
  invite.add_option("--client-id", guest.client_id, "Your name for the guest")
      ->required()
      ->type_name("TEXT");
  invite.add_option("--email", guest.recipient_email, "Where the invitation goes")
      ->required()
      ->type_name("ADDRESS");
  invite.add_option("--collection", flags.collection, "Id of the parent collection")
      ->required()
      ->type_name("ID");
  invite.add_option("--direction", flags.direction, "Which kind")
      ->required()
      ->type_name("src|dest")
      ->check(OneOf({"src", "dest"}));
  invite.add_option("--name", guest.assigned_collection_name, "Of the guest's collection")
      ->required()
      ->type_name("TEXT");
}

void AddKondado(CLI::App& app, Flags& flags, Options& options) {
  CLI::App& kondado = *app.add_subcommand("kondado", "Kondado's management API and its webhook");
  kondado.require_subcommand(1)->fallthrough();
  AddIds(Add(kondado, "status", "Where pipelines stand", Verb::kStatus, options), "Of pipelines",
         flags);
  CLI::App& run = Add(kondado, "run", "Queue a run of a pipeline", Verb::kRun, options);
  AddId(run, "Of the pipeline", flags);
  CLI::Option& wait = *run.add_flag("--wait", options.wait, "Follow it until it ends");
  run.add_option("--interval", flags.interval, "With --wait: seconds between two looks (5)")
      ->type_name("SECONDS")
      ->check(Seconds())
      ->needs(&wait);
  AddIds(Add(kondado, "model", "Where models stand", Verb::kModel, options), "Of models", flags);
  Add(kondado, "collections", "Parent collections", Verb::kCollections, options)
      .add_option("DIRECTION", flags.direction, "Which kind")
      ->required()
      ->type_name("src|dest")
      ->check(OneOf({"src", "dest"}));
  AddId(Add(kondado, "pipelines", "Parent pipelines of a collection", Verb::kPipelines, options),
        "Of the parent collection", flags);
  AddInvite(kondado, flags, options);
  for (const char* method : {"get", "post"}) {
    CLI::App& call =
        Add(kondado, method, "Any other call, by its path", Verb::kKondadoCall, options);
    call.add_option("PATH", options.request.path, "Below the base URL")->required()->type_name("");
    AddQuery(call, flags);
    if (std::string_view(method) == "get") continue;
    AddBody(call, options);
    call.parse_complete_callback([&flags] { flags.method = "POST"; });
  }
  CLI::App& webhook =
      Add(kondado, "webhook", "Store a JSON row from stdin", Verb::kWebhook, options);
  AddId(webhook, "Of the pipeline", flags);
  AddBody(webhook, options);
}

void AddHub(CLI::App& app, Flags& flags, Options& options) {
  CLI::App& hub = *app.add_subcommand("hub", "Via Kondado: tables");
  hub.require_subcommand(1)->fallthrough();
  Add(hub, "tables", "Which there are", Verb::kTables, options);
  CLI::App& table = Add(hub, "table", "The rows of one", Verb::kTable, options);
  table.add_option("NAME", options.table, "Of the table")->required()->type_name("");
  table.add_option("--decimals", flags.decimals, "How numbers are written (point)")
      ->type_name("point|comma")
      ->check(OneOf({"point", "comma"}));
}

void AddQondor(CLI::App& app, Flags& flags, Options& options) {
  CLI::App& qondor =
      Add(app, "qondor", "Any operation of Qondor's API", Verb::kQondorCall, options);
  qondor.add_option("METHOD", flags.method, "GET, POST, PUT or DELETE")
      ->required()
      ->type_name("")
      ->check(CLI::IsMember({"GET", "POST", "PUT", "DELETE"}, CLI::ignore_case).description(""));
  qondor.add_option("PATH", options.request.path, "From the group on: /Project/v1/Project/GetAll")
      ->required()
      ->type_name("");
  AddQuery(qondor, flags);
  AddBody(qondor, options);
  qondor.add_option("--environment", flags.environment, "Which data (test)")
      ->type_name("prod|test|dev")
      ->check(OneOf({"prod", "test", "dev"}));
}

// A variable that is not set gives an empty word, and that must not mean "as if it was not there".
CLI::Validator Filled() {
  return CLI::Validator(
      [](std::string& word) { return word.empty() ? std::string("is empty") : std::string(); }, "");
}

void AddGeneral(CLI::App& app, Flags& flags, Options& options) {
  app.add_option("--strategy", options.strategy,
                 "How to keep within the limits (default); a wrong name lists them")
      ->type_name("NAME")
      ->check(OneOf(NamesOfStrategies()));
  app.add_option("--budget", options.budget,
                 "Share the limits: a file of this machine, or redis://HOST[:PORT][/DB]")
      ->type_name("WHERE")
      ->check(Filled());
  app.add_option("--budget-name", options.budget_name,
                 "What shares a limit on that Redis shares a name (kondado or qondor)")
      ->type_name("NAME");
  app.add_option("--if-budget-lost", flags.if_budget_lost,
                 "Without that Redis stop, or go on alone and slowly (stop)")
      ->type_name("stop|pace")
      ->check(OneOf({"stop", "pace"}));
  app.add_option("--budget-workers", flags.budget_workers,
                 "With --if-budget-lost pace: how many do that at once (1)")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000).description(""));
  app.add_flag("--json", flags.json, "One JSON object a line, errors too");
  app.add_flag("--explain", options.explain, "Say on stderr what is waited for, and why");
  app.add_option("--timeout", flags.timeout, "Seconds for all of it (300; with --wait 86400)")
      ->type_name("SECONDS")
      ->check(Seconds());
  app.add_option("--try-timeout", flags.try_timeout, "Seconds for one try (30)")
      ->type_name("SECONDS")
      ->check(Seconds());
  app.add_option("--tries", options.tries_max, "At most so many of each call (5)")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000).description(""));
  app.add_option("--credentials", options.credentials_file,
                 "File with credentials, instead of those of the environment")
      ->type_name("FILE")
      ->check(Filled());
  app.add_option("--base-url", options.base_url,
                 "Where the API is, instead of what the environment says")
      ->type_name("URL")
      ->check(Filled());
}

}  // namespace

void DescribeFlags(CLI::App& app, Flags& flags, Options& options) {
  app.set_version_flag("--version", "kondor-call " KONDOR_VERSION);
  app.require_subcommand(1);
  app.footer("kondor-call --help shows the flags of all commands, examples and exit codes.");
  AddGeneral(app, flags, options);
  AddKondado(app, flags, options);
  AddHub(app, flags, options);
  AddQondor(app, flags, options);
  app.footer(HelpFooter());  // its own alone: those below it have the line above by now
}

}  // namespace kondor::client::command
