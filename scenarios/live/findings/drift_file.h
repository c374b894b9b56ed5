// The file that remembers what was checked, when, and how it came out: {"format": "kondor-drift 1",
// "targets": {TARGET: {RULE: [{"at", "verdict", "reading"}, ...]}}}, oldest first. It only grows.
// Plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/live/findings/finding.h"

namespace kondor::live {

struct Remembered {
  std::string at;  // "2026-01-01T00:00:00Z"
  Verdict verdict = Verdict::kHolds;
  std::string reading;  // of an open question, else empty
};

class DriftFile {
 public:
  // No file is one that remembers nothing. kInvalidArgument: it is no such file, with line and
  // column; kUnavailable: it cannot be read.
  static Result<DriftFile> Read(const std::string& path);

  // The last time; null for never.
  const Remembered* Last(const std::string& target, const std::string& rule) const;
  // When anything was checked there the last time, to the second before; nothing for never.
  std::optional<TimePoint> LastAt(const std::string& target) const;
  void Add(const std::string& target, const std::string& rule, Remembered remembered);
  std::string Text() const;

 private:
  std::map<std::string, std::map<std::string, std::vector<Remembered>>> targets_;
};

// What was checked is added to what the file holds by now; by rename, so that it is never half
// written. kUnavailable: it cannot be written.
Result<void> Remember(const std::string& path, const std::string& target, const Findings& findings,
                      const std::string& at);

// "2026-01-01T00:00:00Z".
std::string DateOf(TimePoint instant);

}  // namespace kondor::live
