// Plays one instance of a scenario from its first step to its last, or to the first that does not
// hold. Thread-safe, given a connection for each thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/data/scenario.h"
#include "scenarios/judge/match.h"
#include "scenarios/run/target.h"

namespace kondor::scenarios {

enum class Verdict { kPass, kFail, kSkip };
enum class Answer { kSome, kNone };  // whether the server answered at all

struct Outcome {
  Verdict verdict = Verdict::kPass;
  Answer answer = Answer::kSome;     // to the call that did not hold
  std::string why;                   // of a failure or skip, in one line
  std::string step;                  // "step 3: k2 GET /pipelines/2040/status"
  std::vector<Mismatch> mismatches;  // secrets replaced, as everywhere here
  std::string curl;                  // the call that did not hold
  std::vector<std::string> script;   // all calls up to it, for a shell with curl and jq
};

enum class Writes { kAllowed, kSkipped };  // on a server that is not Kondor

struct PlayOptions {
  std::uint64_t seed = 1;  // of random timelines
  Writes writes = Writes::kSkipped;
};

Outcome Play(const Instance& instance, const Target& target, Connection& connection,
             const PlayOptions& options);

}  // namespace kondor::scenarios
