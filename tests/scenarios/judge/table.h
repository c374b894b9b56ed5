// Rows of clients and what the judge must find about each, played many at a time.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "scenarios/judge/play.h"

namespace kondor::judge {

struct Row {
  std::string client;  // of judge_client
  std::string trial = "work";
  std::set<std::string> must = {};  // ids of findings; none: it passes
  std::set<std::string> may = {};   // what the same bug may show as, too
  int jobs = 5;
  Settings settings = {};
  std::vector<std::string> arguments = {};
  double speed = 20;
  double time_limit_s = 25;
  // Its bug lies in being quick. A busy machine may not let it be: then there is nothing to find,
  // and it is played again, a few times.
  bool quick = false;
};

// Plays all of them and fails the test for each that is misjudged.
void ExpectJudgements(const std::vector<Row>& rows);

// One of them, whose result is wanted.
Played PlayRow(const Row& row);

// The command line of judge_client.
std::vector<std::string> ClientCommand(const Row& row);

}  // namespace kondor::judge
