// From the readings that a probe has left to findings about the rules.
#include <algorithm>
#include <iterator>

#include "scenarios/live/limits.h"

namespace kondor::live {
namespace {

using Values = std::vector<std::string>;

constexpr std::string_view kPublished = "1 per second and 20 per minute";

Values ValuesOf(const std::vector<Candidate>& candidates, std::string_view setting) {
  Values values;
  for (const Candidate& candidate : candidates) {
    std::string value = ValueOf(candidate.rules, setting);
    if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
  }
  return values;
}

std::string Joined(const Values& values, std::string_view between) {
  std::string text;
  for (const std::string& value : values)
    text += (text.empty() ? "" : std::string(between)) + value;
  return text;
}

std::string LimitsOf(const std::vector<Candidate>& candidates) {
  Values limits;
  for (const Candidate& candidate : candidates) {
    std::string limit = ValueOf(candidate.rules, "kondado.per_second") + " per second and " +
                        ValueOf(candidate.rules, "kondado.per_minute") + " per minute (" +
                        candidate.rules.window + ")";
    if (std::ranges::find(limits, limit) == limits.end()) limits.push_back(std::move(limit));
  }
  // More of them say no more.
  constexpr std::size_t kShown = 3;
  const std::size_t others = limits.size() - std::min(limits.size(), kShown);
  limits.resize(limits.size() - others);
  return Joined(limits, ", or ") +
         (others == 0 ? "" : ", or " + std::to_string(others) + " others");
}

// Why what is left cannot be told apart.
std::string WhyOpen(const Probe& probe, std::string_view rule, SecondToken second) {
  if (const auto& dear = probe.too_dear()) {
    return "to tell them apart takes up to " + std::to_string(dear->calls) + " calls and " +
           std::to_string(dear->refusals) + " refusals more";
  }
  if (rule == "KO3") {
    return "these windows and locks leave no trace of a refusal by which to tell";
  }
  if (rule == "KO4" && second == SecondToken::kNone) {
    return "one token from one address cannot tell: set KONDADO_SECOND_KEY and "
           "KONDADO_SECOND_TOKEN";
  }
  return "no calls from here tell them apart";
}

Finding AboutReading(const Probe& probe, const Dimension& dimension, SecondToken second,
                     const Expected& expected) {
  const std::string setting(dimension.setting);
  const Values values = ValuesOf(probe.left(), setting);
  std::string wanted = expected(std::string(dimension.rule), setting);
  if (wanted.empty()) wanted = ValueOf(scenarios::LimitRules(), setting);
  Finding finding;
  finding.call = std::to_string(probe.log().size()) + " calls, " +
                 std::to_string(probe.refusals()) + " of them refused";
  if (values.size() > 1) finding.why = WhyOpen(probe, dimension.rule, second);
  finding.reading = setting + "=" + Joined(values, "|");
  if (std::ranges::find(values, wanted) == values.end()) {
    finding.verdict = Verdict::kDiffers;
    finding.mismatches = {{"reading", setting + "=" + wanted, finding.reading}};
  } else if (values.size() == 1) {
    finding.verdict = Verdict::kHolds;
  } else {
    finding.why = "cannot be told apart: " + Joined(values, ", ") + "; " + finding.why;
  }
  return finding;
}

// What would explain the answers without another window than expected.
std::vector<Candidate> WithWindow(const std::vector<Candidate>& candidates,
                                  const std::string& window) {
  std::vector<Candidate> with;
  std::ranges::copy_if(candidates, std::back_inserter(with), [&](const Candidate& candidate) {
    return candidate.rules.window == window;
  });
  return with;
}

Finding AboutLimits(const Probe& probe, const Expected& expected) {
  Finding finding;
  finding.call = std::to_string(probe.log().size()) + " calls";
  std::string window = expected("KO1", "kondado.window");
  if (window.empty()) window = scenarios::LimitRules().window;
  const std::vector<Candidate> instead = WithWindow(probe.others(), window);
  if (probe.left().empty()) {
    finding.verdict = Verdict::kDiffers;
    finding.mismatches = {
        {"limits", std::string(kPublished),
         probe.others().empty() ? "nothing that this program knows fits the answers"
                                : "such as " + LimitsOf(probe.others())},
        {"answers", "those of one of the readings", probe.letters()}};
    finding.why =
        "no reading of the published limits explains the answers; or did somebody else "
        "call meanwhile, with this key or from this address?";
  } else if (WithWindow(probe.left(), window).empty() && !instead.empty()) {
    finding.verdict = Verdict::kDiffers;
    finding.mismatches = {{"limits", std::string(kPublished), LimitsOf(instead)}};
    finding.why = "either that, or the window is another (KO1): more calls would tell";
  } else if (!probe.looked_further()) {
    finding.why = "the probe ended before it came to limits other than the published ones";
  } else if (probe.others().empty()) {
    finding.verdict = Verdict::kHolds;
  } else if (probe.too_dear()) {
    finding.why = "not settled: " + LimitsOf(probe.others()) + " would have answered the same; " +
                  WhyOpen(probe, "K4", SecondToken::kGiven);
  } else {
    finding.verdict = Verdict::kHolds;
    finding.why = "though no call tells it from " + LimitsOf(probe.others());
  }
  return finding;
}

}  // namespace

void Conclude(const Probe& probe, SecondToken second, const Expected& expected,
              Findings& findings) {
  if (probe.log().empty()) return;
  findings.Add("K4", AboutLimits(probe, expected));
  for (const Dimension& dimension : Dimensions()) {
    if (dimension.rule == "K4") continue;
    Finding finding;
    if (probe.left().empty()) {
      finding.why = "the limits themselves are not as published (K4)";
    } else {
      finding = AboutReading(probe, dimension, second, expected);
    }
    findings.Add(std::string(dimension.rule), std::move(finding));
  }
}

}  // namespace kondor::live
