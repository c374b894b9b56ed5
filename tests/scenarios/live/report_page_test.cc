// The report in all its forms: both bodies of what differs, why what was not checked was not, and
// no secret, whoever put it where.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/scenarios/live/live_run.h"

namespace kondor::live {
namespace {

struct Pages {
  std::string terminal, json, junit, tap, html;
  std::vector<std::string> all() const { return {terminal, json, junit, tap, html}; }
};

Pages PagesOf(const LiveResult& result) {
  Reported reported;
  Fill(result.prepared, result.outcome, 1.5, reported);
  return {DriftReport(result.prepared, result.outcome, scenarios::Colour::kNo),
          JsonReport(reported.results, reported.summary),
          JunitReport(reported.results, reported.summary),
          TapReport(reported.results, reported.summary),
          HtmlReport(reported.results, reported.summary)};
}

TEST(Report, ShowsBothBodiesOfWhatDiffersAndTheDates) {
  LiveCase live;
  live.rewrite = [](const client::Request& request, client::Response& response) {
    if (request.path == "/models/162/status") response.body = R"({"162": {"status": "fresh"}})";
  };
  const Pages pages = PagesOf(RunLive(live));
  for (const std::string& page : pages.all()) {
    EXPECT_NE(page.find("K11"), std::string::npos) << page;
    EXPECT_NE(page.find("fresh"), std::string::npos) << page;
    EXPECT_NE(page.find("kubo_status_type"), std::string::npos) << page;
    EXPECT_NE(page.find("never checked before"), std::string::npos) << page;
  }
  EXPECT_NE(pages.terminal.find("DIFFERS K11"), std::string::npos);
  EXPECT_NE(pages.terminal.find("1 differ, "), std::string::npos) << pages.terminal;
}

TEST(Report, HoldsNoSecretThatAServerEchoes) {
  LiveCase live;
  live.rewrite = [](const client::Request& request, client::Response& response) {
    std::string echo = request.path;
    for (const client::Field& field : request.query) echo += " " + field.value;
    for (const client::Field& field : request.headers) echo += " " + field.value;
    response.headers.push_back({"X-Echo", echo});
    response.body = nlohmann::json{{"echo", echo}}.dump();
  };
  for (const Vendor vendor : {Vendor::kKondado, Vendor::kQondor}) {
    live.vendor = vendor;
    const Pages pages = PagesOf(RunLive(live));
    for (const char* name :
         {"KONDADO_TOKEN", "KONDADO_VIA_TOKEN", "KONDADO_KEY", "QONDOR_SUBSCRIPTION_KEY"}) {
      const std::string secret = std::getenv(name);
      for (const std::string& page : pages.all()) {
        EXPECT_EQ(page.find(secret), std::string::npos) << name;
      }
    }
  }
}

TEST(Report, SpellsOutWhatWouldMoveATerminalsCursor) {
  LiveCase live;
  live.rewrite = [](const client::Request&, client::Response& response) {
    response.body = "\x1b[2J<script>";
  };
  const Pages pages = PagesOf(RunLive(live));
  EXPECT_EQ(pages.terminal.find('\x1b'), std::string::npos);
  EXPECT_EQ(pages.html.find("<script>"), std::string::npos);
}

}  // namespace
}  // namespace kondor::live
