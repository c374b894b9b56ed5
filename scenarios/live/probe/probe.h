// A probe as a state machine, without clock or network: it says which call comes next and when, is
// told what came of it, and keeps the readings that explain all it was told. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/live/probe/choose.h"

namespace kondor::live {

// At most as many calls as a probe of Kondado's limits ever needed, and as many refusals; shown by
// a test over every reading.
inline constexpr int kProbeCallsMax = 60;
inline constexpr int kProbeRefusalsMax = 10;

class Probe {
 public:
  explicit Probe(SecondToken second);

  // The next call, at `now_ms` or later; nothing when there is nothing more to learn, or not within
  // the means that are left.
  std::optional<ProbeCall> Next(std::int64_t now_ms, const Means& means);
  // What became of it: '+', '-' or '!'.
  void Tell(const ProbeCall& call, char letter);

  // The readings of the published limits (K4) that explain all; empty when there is none.
  const std::vector<Candidate>& left() const { return left_; }
  // Readings of other limits that explain it, too; not known before left() is as small as it gets.
  const std::vector<Candidate>& others() const { return others_; }
  // Whether it came to them at all.
  bool looked_further() const { return further_; }
  // What it would take to go on, when it ended for lack of means.
  const std::optional<Means>& too_dear() const { return too_dear_; }
  const std::vector<ProbeCall>& log() const { return log_; }
  const std::string& letters() const { return letters_; }
  int refusals() const;
  // How long after the last call no reading that is left refuses calls at the pace of the
  // strictest.
  std::int64_t RestMs() const;

 private:
  std::vector<Candidate> All() const;
  Choice ChooseAmong(const std::vector<Candidate>& candidates, std::int64_t now_ms,
                     const Means& means) const;
  // Of those the ones that explain all it was told, moved to where they do.
  void KeepExplaining(std::vector<Candidate>& candidates) const;
  void LookFurther();

  const SecondToken second_;
  std::vector<Candidate> left_, others_;
  bool further_ = false;  // whether others were looked at
  Sequence planned_;
  std::optional<Means> too_dear_;
  std::vector<ProbeCall> log_;
  std::string letters_;
};

}  // namespace kondor::live
