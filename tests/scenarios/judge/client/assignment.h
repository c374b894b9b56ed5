// What the judge has put into the environment. A plain value, constant once read.
#pragma once

#include <string>

namespace kondor::judge_client {

struct Assignment {
  std::string k2, key, token;
  std::string qondor, qondor_key, qondor_second_key;
  int jobs = 0, qondor_jobs = 0;
  std::string run_pipeline;
  std::string output;
  double speed = 1;
};

Assignment ReadAssignment();

}  // namespace kondor::judge_client
