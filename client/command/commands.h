// What kondor-call can do; one function for each command, or for a few that are alike. Not
// thread-safe, like the session they get.
#pragma once

#include "client/command/session.h"

namespace kondor::client::command {

ExitCode ShowPipelines(Session& session);    // kondado status
ExitCode ShowModels(Session& session);       // kondado model
ExitCode RunPipeline(Session& session);      // kondado run
ExitCode ListCollections(Session& session);  // kondado collections
ExitCode ListPipelines(Session& session);    // kondado pipelines
ExitCode InviteGuest(Session& session);      // kondado invite
ExitCode CallKondado(Session& session);      // kondado get, kondado post
ExitCode PostRow(Session& session);          // kondado webhook
ExitCode ListTables(Session& session);       // hub tables
ExitCode ReadTable(Session& session);        // hub table
ExitCode CallQondor(Session& session);       // qondor

}  // namespace kondor::client::command
