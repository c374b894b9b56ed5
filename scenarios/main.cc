// kondor-check: does a server behave as the vendors document it?
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/standard_streams.h"
#include "scenarios/command/check.h"
#include "scenarios/judge/command.h"
#include "scenarios/live/command.h"

namespace {

// A full disk under `kondor-check > file` must not pass for success. Who stops reading, as `| head`
// does, has had enough.
int AfterPrinting(int code) {
  errno = 0;
  if ((std::fflush(stdout) == 0 && std::ferror(stdout) == 0) || errno == EPIPE) return code;
  const char* const why = errno == 0 ? "is the disk full?" : std::strerror(errno);
  std::fprintf(stderr, "kondor-check: what it prints cannot be written: %s\n", why);
  return code == 0 ? 1 : code;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace kondor::scenarios;
  kondor::KeepStandardStreams();
  if (kondor::judge::IsAskedFor(argc, argv)) {
    return AfterPrinting(kondor::judge::RunClientCommand(argc, argv));
  }
  if (kondor::live::IsAskedFor(argc, argv)) {
    return AfterPrinting(kondor::live::RunLiveCommand(argc, argv));
  }
  const Parsed parsed = ParseOptions(argc, argv);
  if (!parsed.exit) return AfterPrinting(Run(parsed.options));
  std::fputs(parsed.exit->out.c_str(), stdout);
  if (!parsed.exit->error.empty()) std::fprintf(stderr, "%s\n", parsed.exit->error.c_str());
  return AfterPrinting(parsed.exit->code);
}
