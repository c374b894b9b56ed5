// Plays a program in one trial under one reading, and judges it.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/judge/control.h"
#include "scenarios/judge/evidence.h"
#include "scenarios/judge/findings.h"
#include "scenarios/judge/rules/rules.h"

namespace kondor::judge {

struct PlayOptions {
  std::vector<std::string> command;
  Settings settings;                       // besides the reading's
  double speed = 1;                        // of the vendors' time
  int jobs = 25;                           // more than a minute's worth
  Duration time_limit = Duration::zero();  // zero: enough for a slow and patient program
  std::stop_token stop = {};
};

enum class Verdict { kPass, kFail, kSkip };

struct Played {
  Verdict verdict = Verdict::kSkip;
  std::string why;  // of a skip
  Evidence evidence;
  Findings findings;
  std::optional<double> goodput_ratio;  // of saturated work: 1 is the best there can be
};

// An error is one of the command line or of the mock, and no verdict: kNotFound or kInvalidArgument
// when the program cannot be started, kTransport when the mock does not answer, kRejected when it
// does not take the settings.
Result<Played> PlayTrial(Control& control, const Trial& trial, const Settings& reading,
                         const PlayOptions& options);

}  // namespace kondor::judge
