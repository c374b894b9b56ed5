// What was typed on kondor-check's command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "scenarios/command/select.h"
#include "scenarios/report/report.h"
#include "scenarios/run/crew.h"
#include "scenarios/run/target.h"

namespace kondor::scenarios {

enum class Task { kCheck, kList, kCoverage };
enum class ColourChoice { kAuto, kAlways, kNever };

struct Options {
  Task task = Task::kCheck;
  TargetOptions target;
  Selection selection;
  CrewOptions crew;
  ColourChoice colour = ColourChoice::kAuto;
  std::string cases_folder;            // empty: the cases inside this program
  std::string junit, tap, json, html;  // files; empty: not wanted
};

struct Exit {
  int code = 0;
  std::string out, error;
};

struct Parsed {
  std::optional<Exit> exit;  // nothing more to do: --help, --version, or a fault
  Options options;
};

Parsed ParseOptions(int argc, const char* const* argv);

}  // namespace kondor::scenarios
