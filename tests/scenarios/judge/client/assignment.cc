#include "tests/scenarios/judge/client/assignment.h"

#include <cstdlib>

namespace kondor::judge_client {
namespace {

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets any
  return value == nullptr ? "" : value;
}

}  // namespace

Assignment ReadAssignment() {
  Assignment a;
  a.k2 = Variable("KONDADO_BASE_URL");
  a.key = Variable("KONDADO_KEY");
  a.token = Variable("KONDADO_TOKEN");
  a.qondor = Variable("QONDOR_BASE_URL");
  a.qondor_key = Variable("QONDOR_SUBSCRIPTION_KEY");
  a.qondor_second_key = Variable("QONDOR_SECONDARY_KEY");
  a.jobs = std::atoi(Variable("KONDOR_JOB_COUNT").c_str());
  a.qondor_jobs = std::atoi(Variable("KONDOR_QONDOR_JOB_COUNT").c_str());
  a.run_pipeline = Variable("KONDOR_RUN_PIPELINE");
  a.output = Variable("KONDOR_OUTPUT");
  const std::string speed = Variable("KONDOR_SPEED");
  if (!speed.empty()) a.speed = std::atof(speed.c_str());
  return a;
}

}  // namespace kondor::judge_client
