#include <map>

#include "scenarios/report/markup.h"
#include "scenarios/report/report.h"

namespace kondor::scenarios {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.failed { color: #b3261e; } .passed { color: #1b6e3c; }
@media (prefers-color-scheme: dark) { .failed { color: #ff9d94; } .passed { color: #7fd6a2; } }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border: 1px solid #8886; }
td, code, pre { overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: .85rem; }
pre { white-space: pre-wrap; background: #8882; padding: .5rem; }
.list td, .list th { font-family: inherit; } .list { table-layout: auto; }
)";

std::string Cell(std::string_view tag, std::string_view text) {
  return "<" + std::string(tag) + ">" + Escaped(text) + "</" + std::string(tag) + ">";
}

std::string RulesOf(const Instance& instance) {
  std::string rules;
  for (const std::string& rule : instance.rules) rules += (rules.empty() ? "" : ", ") + rule;
  return rules;
}

std::string FailureOf(const Played& one) {
  const Outcome& outcome = one.outcome;
  std::string out = "<section><h3 class=\"failed\">" + Escaped(one.instance->scenario) + "</h3>\n";
  out += Cell("p", one.instance->CaseName() + "; " + one.instance->ReadingName() + "; proves " +
                       RulesOf(*one.instance) + "; seed " + std::to_string(one.seed));
  out += Cell("p", outcome.step);
  if (outcome.mismatches.empty()) out += Cell("p", outcome.why);
  if (!outcome.mismatches.empty()) {
    out += "<table><thead><tr><th>what</th><th>expected</th><th>got</th></tr></thead><tbody>";
    for (const Mismatch& mismatch : outcome.mismatches) {
      out += "<tr>" + Cell("td", mismatch.what) + Cell("td", mismatch.expected) +
             Cell("td", mismatch.got) + "</tr>";
    }
    out += "</tbody></table>\n";
  }
  if (!outcome.curl.empty()) out += Cell("pre", outcome.curl);
  if (!outcome.script.empty()) {
    out += "<details><summary>All calls up to it, for a shell with curl and jq</summary><pre>";
    for (const std::string& line : outcome.script) out += Escaped(line) + "\n";
    out += "</pre></details>";
  }
  return out + "</section>\n";
}

struct Counts {
  std::size_t passed = 0, failed = 0, skipped = 0;

  void Add(Verdict verdict) {
    ++(verdict == Verdict::kPass ? passed : verdict == Verdict::kFail ? failed : skipped);
  }
};

struct Group {
  const Instance* instance;
  Counts counts;
  std::string why_skipped;
};

std::string CountCells(const Counts& counts) {
  const auto cell = [](std::size_t count, std::string_view kind) {
    return "<td" + (count > 0 ? " class=\"" + std::string(kind) + "\"" : "") + ">" +
           std::to_string(count) + "</td>";
  };
  return cell(counts.passed, "passed") + cell(counts.failed, "failed") + cell(counts.skipped, "");
}

}  // namespace

std::string HtmlReport(const Results& results, const Summary& summary) {
  const bool failed = results.Count(Verdict::kFail) > 0;
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\">"
      "<title>kondor-check</title><style>" +
      std::string(kStyle) + "</style></head><body>\n<h1>kondor-check</h1>\n<p class=\"" +
      (failed ? "failed" : "passed") + "\">" + Escaped(SummaryLine(results, summary)) + "</p>\n";
  if (failed) out += "<h2>What fell short</h2>\n";
  std::map<std::string, std::map<std::string, Group>> files;
  for (const Played& one : results.played) {
    if (one.outcome.verdict == Verdict::kFail) out += FailureOf(one);
    Group& group = files[one.instance->file][one.instance->scenario];
    group.instance = one.instance;
    group.counts.Add(one.outcome.verdict);
    if (one.outcome.verdict == Verdict::kSkip) group.why_skipped = one.outcome.why;
  }
  for (const auto& [file, groups] : files) {
    out += "<h2>" + Escaped(file) +
           "</h2>\n<table class=\"list\"><thead><tr><th>scenario</th>"
           "<th>rules</th><th>passed</th><th>failed</th><th>skipped</th></tr></thead><tbody>\n";
    for (const auto& [name, group] : groups) {
      const std::string why = group.why_skipped.empty() ? "" : " (" + group.why_skipped + ")";
      out += "<tr>" + Cell("td", name + why) + Cell("td", RulesOf(*group.instance)) +
             CountCells(group.counts) + "</tr>\n";
    }
    out += "</tbody></table>\n";
  }
  return out + "</body></html>\n";
}

}  // namespace kondor::scenarios
