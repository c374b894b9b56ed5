// kondor-bench: which strategy is best when the vendor does not say how it counts.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <string>

#include "bench/strategies/report.h"

namespace {

using namespace kondor::bench;

// On a terminal only; redrawn each time a hundredth more is done.
void ShowProgress(std::size_t done, std::size_t all) {
  const std::size_t percent = done * 100 / all;
  if (percent == (done - 1) * 100 / all) return;
  std::fprintf(stderr, "\r%3zu %% of %zu runs%s", percent, all, done == all ? "\r\x1b[K" : "");
}

bool WriteFile(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file.fail()) return true;
  std::fprintf(stderr, "kondor-bench: %s cannot be written; is there room, and may you?\n",
               path.c_str());
  return false;
}

int PlayStrategies(MatrixOptions options, const std::string& json, const std::string& html) {
  if (isatty(STDERR_FILENO) != 0) options.on_progress = &ShowProgress;
  const std::vector<Row> rows = PlayMatrix(options);
  std::fputs(WriteTable(rows).c_str(), stdout);
  bool written = json.empty() || WriteFile(json, WriteJson(rows, options.seed));
  if (!html.empty()) written = WriteFile(html, WritePage(rows, options.seed)) && written;
  return written ? 0 : 1;
}

std::vector<std::string> NamesOf(const auto& all) {
  std::vector<std::string> names;
  for (const auto& one : all) names.push_back(one.name);
  return names;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("kondor-bench: limiter strategies against every reading, in virtual time");
  app.require_subcommand(1);
  MatrixOptions options;
  std::string json, html;
  CLI::App& strategies =
      *app.add_subcommand("strategies", "Play the matrix and rank the strategies");
  strategies.add_option("--seed", options.seed, "Of arrivals, networks and dice (1)");
  strategies.add_option("--strategy", options.strategies, "Only this one; repeatable")
      ->check(CLI::IsMember(NamesOf(NamedStrategies())));
  strategies.add_option("--scenario", options.scenarios, "Only this one; repeatable")
      ->check(CLI::IsMember(NamesOf(AllScenarios(1))));
  strategies.add_option("--json", json, "Write every figure here, too");
  strategies.add_option("--html", html, "Write one self-contained page here");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    std::fprintf(stderr, "kondor-bench: %s; see --help\n", wrong.what());
    return 2;
  }
  return PlayStrategies(options, json, html);
}
