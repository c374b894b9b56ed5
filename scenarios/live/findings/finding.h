// What is known of a rule after a run. Plain values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/judge/match.h"

namespace kondor::live {

enum class Verdict { kNotChecked, kHolds, kDiffers };

struct Finding {
  Verdict verdict = Verdict::kNotChecked;
  std::string why;      // of kNotChecked and, beside what differs, of kDiffers; or a remark
  std::string call;     // "GET /pipelines/2040/status"
  std::string reading;  // of an open question: what was found, "kondado.window=gcra"
  std::vector<scenarios::Mismatch> mismatches;  // of kDiffers, the bodies at the end
};

// By rule. What differs outweighs what holds, and that what was not checked; of two alike, all that
// differs is kept.
class Findings {
 public:
  void Add(const std::string& rule, Finding finding);
  const std::map<std::string, Finding>& all() const { return all_; }
  Verdict Of(const std::string& rule) const;
  std::size_t Count(Verdict verdict) const;

 private:
  std::map<std::string, Finding> all_;
};

}  // namespace kondor::live
