#include <cstdio>
#include <map>

#include "scenarios/report/markup.h"
#include "scenarios/report/report.h"

namespace kondor::scenarios {
namespace {

std::string NameOf(const Played& one) {
  std::string name = one.instance->scenario;
  if (!one.instance->row.empty()) name += " [" + one.instance->row + "]";
  name += " {" + one.instance->ReadingName() + "}";
  if (one.round > 0) name += " #" + std::to_string(one.round + 1);
  return name;
}

std::string DetailOf(const Outcome& outcome) {
  std::string detail = outcome.step + "\n";
  for (const Mismatch& mismatch : outcome.mismatches) {
    detail += mismatch.what + "\n  expected: " + mismatch.expected +
              "\n  got:      " + mismatch.got + "\n";
  }
  return detail + outcome.curl;
}

std::string CaseOf(const Played& one) {
  std::string out = "    <testcase classname=\"" + Escaped(one.instance->file) + "\" name=\"" +
                    Escaped(NameOf(one)) + "\"";
  switch (one.outcome.verdict) {
    case Verdict::kPass:
      return out + "/>\n";
    case Verdict::kSkip:
      return out + "><skipped message=\"" + Escaped(one.outcome.why) + "\"/></testcase>\n";
    case Verdict::kFail:
      break;
  }
  return out + "><failure message=\"" + Escaped(one.outcome.why) + "\">" +
         EscapedLines(DetailOf(one.outcome)) + "</failure></testcase>\n";
}

struct TestSuite {
  std::size_t tests = 0, failures = 0, skipped = 0;
  std::string cases;
};

}  // namespace

std::string JunitReport(const Results& results, const Summary& summary) {
  std::map<std::string, TestSuite> suites;
  for (const Played& one : results.played) {
    TestSuite& suite = suites[one.instance->file];
    ++suite.tests;
    if (one.outcome.verdict == Verdict::kFail) ++suite.failures;
    if (one.outcome.verdict == Verdict::kSkip) ++suite.skipped;
    suite.cases += CaseOf(one);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kondor-check\"";
  out += " tests=\"" + std::to_string(results.played.size()) + "\" failures=\"" +
         std::to_string(results.Count(Verdict::kFail)) + "\" skipped=\"" +
         std::to_string(results.Count(Verdict::kSkip)) + "\" time=\"" +
         std::to_string(summary.seconds) + "\">\n";
  for (const auto& [name, suite] : suites) {
    out += "  <testsuite name=\"" + Escaped(name) + "\" tests=\"" + std::to_string(suite.tests) +
           "\" failures=\"" + std::to_string(suite.failures) + "\" errors=\"0\" skipped=\"" +
           std::to_string(suite.skipped) + "\">\n" + suite.cases + "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace kondor::scenarios
