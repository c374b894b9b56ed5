#include "mock_server/command/banner.h"

namespace kondor::command {

std::string Banner(const std::string& url, const MockServer::Credentials& credentials) {
  const std::string query = "?key=" + credentials.key + "&token=" + credentials.token;
  return "\n"
         "  Kondado management API  " +
         url +
         "/k2\n"
         "  Kondado webhook         " +
         url +
         "/k1\n"
         "  Via Kondado             " +
         url +
         "/hub\n"
         "  Qondor gateway          " +
         url +
         "/qondor/{Prod,Test,Dev}\n"
         "  Azure management REST   " +
         url +
         "/arm\n"
         "  Control API             " +
         url +
         "/_kondor\n\n"
         "Demo credentials of the default sandbox (KONDADO_KEY, KONDADO_TOKEN, Via Kondado):\n"
         "  " +
         credentials.key + "\n  " + credentials.token + "\n  " + credentials.via_kondado_token +
         "\nand the keys of its Qondor subscriptions, primary and secondary (Prod; then Test and "
         "Dev):\n  " +
         credentials.qondor_primary_key + "  " + credentials.qondor_secondary_key + "\n  " +
         credentials.qondor_test_primary_key + "  " + credentials.qondor_test_secondary_key +
         "\n\nTry it (the first line twice within a second, and Kondado refuses with HTTP 200):\n"
         "  curl '" +
         url + "/k2/pipelines/2040/status" + query +
         "'\n"
         "  curl -X POST " +
         url +
         "/_kondor/sandboxes/default/clock/advance -d '{\"ms\": 1000}'\n"
         "  curl -X POST '" +
         url + "/k2/pipelines/2040/run" + query +
         "'\n"
         "  curl '" +
         url + "/hub/metadata/show_tables?token=" + credentials.via_kondado_token +
         "'\n"
         "  curl -H 'Ocp-Apim-Subscription-Key: " +
         credentials.qondor_primary_key + "' " + url +
         "/qondor/Prod/Customer/v1/Customer/GetAll\n"
         "  curl '" +
         url + "/_kondor/sandboxes/default/journal'\n\nCtrl-C ends it.\n";
}

}  // namespace kondor::command
