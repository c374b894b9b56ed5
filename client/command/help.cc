#include "client/command/help.h"

#include "client/command/exit_code.h"

namespace kondor::client::command {

std::string HelpFooter() {
  return "Examples:\n"
         "  kondor-call kondado status 2040 2041\n"
         "  kondor-call kondado run 2040 --wait\n"
         "  kondor-call kondado model 162 --json\n"
         "  kondor-call kondado get /parent_collections/src\n"
         "  kondor-call kondado webhook 2040 < row.json\n"
         "  kondor-call hub table sales_by_month\n"
         "  kondor-call qondor GET /Project/v1/Project/GetAll --environment test\n"
         "  kondor-call qondor PUT /Project/v1/Project --body project.json --explain\n"
         "\n"
         "Credentials come from the environment or from --credentials FILE, never from flags:\n"
         "  KONDADO_KEY, KONDADO_TOKEN                     for kondado\n"
         "  KONDADO_VIA_TOKEN                              for hub\n"
         "  QONDOR_SUBSCRIPTION_KEY, QONDOR_SECONDARY_KEY  for qondor; the second is optional\n"
         "Base URLs may stand beside them:\n"
         "  KONDADO_BASE_URL (k2), KONDADO_WEBHOOK_BASE_URL (k1), KONDADO_VIA_BASE_URL (hub),\n"
         "  QONDOR_BASE_URL\n"
         "The file has a line NAME=value for each, and is yours alone (chmod 600).\n"
         "\n" +
         ExitCodesText();
}

}  // namespace kondor::client::command
