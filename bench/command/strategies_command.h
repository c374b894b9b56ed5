// kondor-bench strategies: plays, ranks and compares as its flags say. Not thread-safe.
#pragma once

#include <string>

#include "bench/strategies/matrix.h"

namespace kondor::bench {

struct StrategiesWish {
  MatrixOptions matrix;
  std::string json, html;  // files to write; empty for none
  enum class Server {
    kNone,       // the simulation alone, ranked
    kQuick,      // instead: compared with the mock over HTTP, in a few scenarios
    kEverything  // in all of them
  } server = Server::kNone;
};

// Answers an exit code: 0 done and nothing differs, 1 something fell short, 2 usage.
int RunStrategies(StrategiesWish wish);

}  // namespace kondor::bench
