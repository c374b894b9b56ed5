// The checks of a run and how far they are: each is asked once, by itself or on the way, as one of
// the calls that a probe makes anyway. Not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/live/checks/judge.h"
#include "scenarios/live/probe/candidate.h"

namespace kondor::live {

class Inquiry {
 public:
  // In the order in which they are to be asked. `lines` must outlive it.
  Inquiry(Lines& lines, std::vector<Check> checks, Ids ids, Expected expected);

  // A call of a probe: one that is still to be asked, if any carries such credentials.
  Answered Carry(TimePoint at, Who who);
  // All that is left, each in its turn; nothing begins after `until`.
  void AskAll(TimePoint until);
  // What a refusal must look like (K5, K6, G6).
  void JudgeRefusal(const client::Response& response);

  // How many calls it still needs that no probe is sure to make for it.
  int CallsNeeded() const;
  Findings& findings() { return findings_; }
  const Expected& expected() const { return expected_; }
  Lines& lines() { return lines_; }
  const Ids& ids() const { return ids_; }

 private:
  struct Asked {
    Check check;
    bool done = false;
  };

  Asked* Next(Who who);
  void Take(Asked& asked, const client::Request& request, const Answered& answered);
  // Whether it has been asked, or never can be.
  bool Ask(Asked& asked, TimePoint until);
  void GiveUp(const Check& check, const std::string& why);
  // Why an answer tells nothing of the vendor: it is about our credentials, or an id we were told.
  std::string DoubtAbout(const Check& check, const Answered& answered) const;

  Lines& lines_;
  std::vector<Asked> asked_;
  std::optional<Check> refusal_;
  const Ids named_;  // by whoever runs it: they may be mistyped
  Ids ids_;
  std::set<Host> answering_, taking_ours_;
  std::map<Host, std::string> silent_;  // why: it was never heard of
  const Expected expected_;
  Findings findings_;
};

// What an answer says of the limits: '+', '-' or '!'.
char LetterOf(const Answered& answered, Who who);

}  // namespace kondor::live
