// kondor-bench: which strategy is best when the vendor does not say how it counts, and what each
// costs.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/command/limiter_command.h"
#include "bench/command/strategies_command.h"
#include "bench/strategies/scenario.h"
#include "client/limiter/named_strategies.h"

namespace {

using namespace kondor::bench;

std::vector<std::string> NamesOf(const auto& all) {
  std::vector<std::string> names;
  for (const auto& one : all) names.push_back(one.name);
  return names;
}

// A variable that is not set gives an empty word, and that must not mean "no file".
CLI::Validator Filled() {
  return CLI::Validator(
      [](std::string& word) { return word.empty() ? std::string("is empty") : std::string(); }, "");
}

void AddStrategies(CLI::App& app, StrategiesWish& wish) {
  using Server = StrategiesWish::Server;
  CLI::App& command = *app.add_subcommand("strategies", "Play the matrix and rank the strategies");
  command.add_option("--seed", wish.matrix.seed, "Of arrivals, networks and dice (1)")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--strategy", wish.matrix.strategies, "Only this one; repeatable")
      ->check(CLI::IsMember(NamesOf(NamedStrategies())));
  command.add_option("--scenario", wish.matrix.scenarios, "Only this one; repeatable")
      ->check(CLI::IsMember(NamesOf(AllScenarios(1))));
  CLI::Option& json = *command.add_option("--json", wish.json, "Write every figure here, too");
  json.type_name("FILE")->check(Filled());
  CLI::Option& html =
      *command.add_option("--html", wish.html, "Write one self-contained page here");
  html.type_name("FILE")->check(Filled());
  CLI::Option& http = *command.add_flag_callback(
      "--http", [&wish] { wish.server = Server::kQuick; },
      "Instead of ranking, play each run against the mock over HTTP as well, and say where the "
      "simulation differs; some scenarios only");
  http.excludes(&json)->excludes(&html);
  command
      .add_flag_callback(
          "--all", [&wish] { wish.server = Server::kEverything; },
          "With --http: every scenario; takes minutes")
      ->needs(&http);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("kondor-bench: limiter strategies against every reading, and what they cost");
  app.require_subcommand(1);
  app.set_version_flag("--version", "kondor-bench " KONDOR_BENCH_VERSION);
  StrategiesWish wish;
  AddStrategies(app, wish);
  CLI::App& limiter = *app.add_subcommand(
      "limiter", "Measure strategies, gate and ledger; takes Google Benchmark's flags");
  limiter.prefix_command();
  limiter.set_help_flag();
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    std::fprintf(stderr, "kondor-bench: %s; see --help\n", wrong.what());
    return 2;
  }
  return limiter.parsed() ? RunLimiter(limiter.remaining()) : RunStrategies(wish);
}
