// kondor-bench: which strategy is best when the vendor does not say how it counts, and what each
// costs.
#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "base/empty_flag.h"
#include "base/standard_streams.h"
#include "bench/command/limiter_command.h"
#include "bench/command/output_file.h"
#include "bench/command/strategies_command.h"
#include "bench/strategies/scenario.h"
#include "client/limiter/named_strategies.h"

namespace {

using namespace kondor::bench;

std::vector<std::string> NamesOf(const auto& all) {
  std::vector<std::string> names;
  names.reserve(std::size(all));
  for (const auto& one : all) names.push_back(one.name);
  return names;
}

// A variable that is not set gives an empty word, and that must not mean "no file".
CLI::Validator AFile() {
  const auto check = [](const std::string& word) -> std::string {
    if (word == "-") return "takes a file's name; stdout has one: /dev/stdout";
    return word.empty() ? "is empty" : "";
  };
  return {check, ""};
}

// The library's own reading takes what is too large for the largest, and tells of a wrong one that
// it should be a fraction.
CLI::Validator ASeed() {
  const auto check = [](const std::string& word) -> std::string {
    std::uint64_t seed = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), seed);
    if (fault == std::errc() && end == word.data() + word.size()) return "";
    return "takes a whole number from 0 to 18446744073709551615";
  };
  return {check, ""};
}

void AddStrategies(CLI::App& app, StrategiesWish& wish) {
  using Server = StrategiesWish::Server;
  CLI::App& command = *app.add_subcommand("strategies", "Play the matrix and rank the strategies");
  command.add_option("--seed", wish.matrix.seed, "Of arrivals, networks and dice (1)")
      ->check(ASeed());
  command.add_option("--strategy", wish.matrix.strategies, "Only this one; repeatable")
      ->check(CLI::IsMember(NamesOf(NamedStrategies())));
  command.add_option("--scenario", wish.matrix.scenarios, "Only this one; repeatable")
      ->check(CLI::IsMember(NamesOf(AllScenarios(1))));
  CLI::Option& json = *command.add_option("--json", wish.json, "Write every figure here, too");
  json.type_name("FILE")->check(AFile());
  CLI::Option& html =
      *command.add_option("--html", wish.html, "Write one self-contained page here");
  html.type_name("FILE")->check(AFile());
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

int Refuse(const char* why) {
  std::fprintf(stderr, "kondor-bench: %s; see --help\n", why);
  return 2;
}

int AfterPrinting(int code) {
  if (Printed()) return code;
  return code == 0 ? 1 : code;
}

}  // namespace

int main(int argc, char** argv) try {
  kondor::KeepStandardStreams();
  const std::vector<std::string> words(argv, argv + argc);
  // What follows is Google Benchmark's to read.
  const bool ours = words.size() < 2 || words[1] != "limiter";
  if (const auto empty = kondor::FindEmptyFlag(words); ours && empty) return Refuse(empty->c_str());
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
    return AfterPrinting(app.exit(asked));
  } catch (const CLI::ParseError& wrong) {
    return Refuse(wrong.what());
  }
  return AfterPrinting(limiter.parsed() ? RunLimiter(limiter.remaining()) : RunStrategies(wish));
} catch (const std::exception& fault) {  // no memory, say
  std::fprintf(stderr, "kondor-bench: %s\n", fault.what());
  return 1;
}
