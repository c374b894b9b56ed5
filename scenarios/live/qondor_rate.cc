// Q7, QO2 and G6: ten calls as fast as they go, and what the next ones meet.
#include <algorithm>
#include <cmath>

#include "scenarios/live/limits.h"

namespace kondor::live {
namespace {

using std::chrono::milliseconds;

constexpr int kLimit = 10;
constexpr Duration kSecond = std::chrono::seconds(1);
constexpr Duration kLaterInSecond = milliseconds(500);  // five tokens later, in the same second

class Burst {
 public:
  explicit Burst(Inquiry& inquiry) : inquiry_(inquiry) {}

  // '+', '-', or '?' for no answer.
  char Call(TimePoint at) {
    std::string missing;
    const client::Request request{.path = "/{$environment}/Project/v1/Project/GetAll"};
    last_ = inquiry_.lines().AskAt(at, Host::kQondor, *Filled(request, inquiry_.ids(), &missing),
                                   Presented::kOurs);
    if (!last_.response) return '?';
    if (begun_ == TimePoint::min()) begun_ = last_.sent;
    if (!last_.refusal) return '+';
    ++refusals_;
    inquiry_.JudgeRefusal(*last_.response);
    CompareWaits();
    return '-';
  }
  TimePoint Now() const { return inquiry_.lines().clock().Now(); }
  TimePoint begun() const { return begun_; }
  int refusals() const { return refusals_; }
  Duration Took() const { return last_.answered - begun_; }

 private:
  // G6: header and sentence name the same seconds.
  void CompareWaits() {
    const std::string* const header = last_.response->FindHeader("Retry-After");
    const std::string in_sentence = " " + (header == nullptr ? "" : *header) + " seconds";
    if (header == nullptr || last_.response->body.find(in_sentence) != std::string::npos) return;
    Finding finding;
    finding.verdict = Verdict::kDiffers;
    finding.mismatches = {{"seconds", "Retry-After: " + *header, last_.response->body}};
    inquiry_.findings().Add("G6", std::move(finding));
  }

  Inquiry& inquiry_;
  Answered last_;
  TimePoint begun_ = TimePoint::min();
  int refusals_ = 0;
};

Finding Because(Verdict verdict, std::string why) {
  Finding finding;
  finding.verdict = verdict;
  finding.why = std::move(why);
  return finding;
}

Finding Differs(const std::string& what, std::string expected, std::string got) {
  Finding finding;
  finding.verdict = Verdict::kDiffers;
  finding.mismatches = {{what, std::move(expected), std::move(got)}};
  return finding;
}

constexpr const char* kNotAsPublished = "the limit itself is not as published (Q7)";

void TellWindow(Inquiry& inquiry, const std::string& window) {
  std::string wanted = inquiry.expected()("QO2", "qondor.window");
  if (wanted.empty()) wanted = "sliding";
  Finding finding = wanted == window
                        ? Because(Verdict::kHolds, "")
                        : Differs("reading", "qondor.window=" + wanted, "qondor.window=" + window);
  finding.reading = "qondor.window=" + window;
  inquiry.findings().Add("QO2", std::move(finding));
}

void OverTheLimit(Inquiry& inquiry, Burst& burst, int refusals) {
  Findings& findings = inquiry.findings();
  // What a bucket has gained meanwhile; it admits that many more than ten.
  const auto gained =
      static_cast<int>(std::ceil(std::chrono::duration<double>(burst.Took()).count() * kLimit));
  char letter = burst.Call(burst.Now());
  const bool at_once = letter == '-';
  for (int i = 0; i < gained && letter == '+'; ++i) letter = burst.Call(burst.Now());
  if (letter != '-') {
    findings.Add("Q7", Differs("calls in a second", "10", "more than 10 were admitted"));
    findings.Add("QO2", Because(Verdict::kNotChecked, kNotAsPublished));
    findings.Add("G6", Because(Verdict::kNotChecked, kNotAsPublished));
    return;
  }
  findings.Add("Q7", Because(Verdict::kHolds, "10 a second; the 100,000 of a day are not tried"));
  if (!at_once) return TellWindow(inquiry, "token_bucket");
  const TimePoint later = burst.begun() + kLaterInSecond;
  if (refusals < 2 || burst.Now() > later) {
    findings.Add("QO2",
                 Because(Verdict::kNotChecked, "takes a second refusal, half a second later"));
    return;
  }
  TellWindow(inquiry, burst.Call(later) == '+' ? "token_bucket" : "sliding");
}

}  // namespace

void ProbeQondor(Inquiry& inquiry, const ProbeOptions& options) {
  Findings& findings = inquiry.findings();
  Lines& lines = inquiry.lines();
  constexpr int kCallsMax = kLimit + 8;
  if (options.refusals < 1 || lines.meter().left() - inquiry.CallsNeeded() < kCallsMax) return;
  Burst burst(inquiry);
  std::string letters;
  for (int i = 0; i < kLimit && burst.refusals() < options.refusals; ++i) {
    letters += burst.Call(burst.Now());
  }
  if (letters.find('?') != std::string::npos) return;
  if (letters.find('-') != std::string::npos) {
    findings.Add("Q7", Differs("ten calls in a second", "++++++++++", letters));
    findings.Add("QO2", Because(Verdict::kNotChecked, kNotAsPublished));
  } else if (burst.Took() > kSecond * 9 / 10) {
    findings.Add("Q7", Because(Verdict::kNotChecked,
                               "the way there is too long: ten calls one after the other took " +
                                   std::to_string(burst.Took() / milliseconds(1)) + " ms"));
  } else {
    OverTheLimit(inquiry, burst, options.refusals);
  }
  lines.RestUntil(lines.clock().Now() + 2 * kSecond);
}

}  // namespace kondor::live
