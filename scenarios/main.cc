// kondor-check: does a server behave as the vendors document it?
#include <cstdio>

#include "scenarios/command/check.h"
#include "scenarios/judge/command.h"
#include "scenarios/live/command.h"

int main(int argc, char** argv) {
  using namespace kondor::scenarios;
  if (kondor::judge::IsAskedFor(argc, argv)) return kondor::judge::RunClientCommand(argc, argv);
  if (kondor::live::IsAskedFor(argc, argv)) return kondor::live::RunLiveCommand(argc, argv);
  const Parsed parsed = ParseOptions(argc, argv);
  if (!parsed.exit) return Run(parsed.options);
  std::fputs(parsed.exit->out.c_str(), stdout);
  if (!parsed.exit->error.empty()) std::fprintf(stderr, "%s\n", parsed.exit->error.c_str());
  return parsed.exit->code;
}
