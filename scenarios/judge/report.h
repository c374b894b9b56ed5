// The judgement in words and as JSON. Thread-safe: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/judge/play.h"

namespace kondor::judge {

enum class Colour { kNo, kYes };

struct Circumstances {
  std::vector<std::string> command;
  Settings settings;
  double speed = 1;
  bool interrupted = false;
};

// kSkip when there was nothing to judge.
Verdict Overall(const std::vector<Played>& played);

// The worst of the trials that measure it.
std::optional<double> WorstGoodput(const std::vector<Played>& played);

// Every failing point with the calls that show it, a table of the trials, and the verdict.
std::string TerminalReport(const std::vector<Played>& played, const Circumstances& circumstances,
                           Colour colour);

std::string JsonReport(const std::vector<Played>& played, const Circumstances& circumstances);

// "work, default".
std::string NameOf(const Played& played);

}  // namespace kondor::judge
