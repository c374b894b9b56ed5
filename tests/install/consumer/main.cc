// Says where a pipeline stands. KONDADO_KEY and KONDADO_TOKEN, and for a mock KONDADO_BASE_URL,
// come from the environment.
#include <iostream>

#include "client/credentials/options.h"
#include "client/kondado/kondado.h"

int main() {
  using namespace kondor::client;
  const auto fail = [](const kondor::Error& error) {
    std::cerr << error.message << '\n';  // error.kind says what to do about it
    return 1;
  };
  const auto access = AccessFromEnvironment();
  if (!access) return fail(access.error());
  const auto api = Kondado::Make(OptionsForKondado(*access));
  if (!api) return fail(api.error());
  const auto status = api.value()->GetPipelineStatus(2040);
  if (!status) return fail(status.error());
  std::cout << "pipeline " << status->id << " is " << status->status << '\n';
}
