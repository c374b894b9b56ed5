// kondado get, post and webhook; qondor: any call by its path, with a body of JSON or without.
#include <string>

#include "client/command/clients.h"
#include "client/command/commands.h"
#include "client/command/json_text.h"

namespace kondor::client::command {
namespace {

ExitCode ShowAnswer(Session& session, const Result<std::string>& answer) {
  if (!answer) {
    const bool changes = session.options().request.method != Method::kGet;
    return session.Fail(answer.error(),
                        {.unknown = changes ? "it may have been carried out all the same" : ""});
  }
  if (session.options().format == Format::kJson) {
    session.output().Result(answer->empty() ? "null" : OnOneLine(*answer));
  } else if (!answer->empty()) {
    session.output().Result(Indented(*answer));
  }
  return ExitCode::kOk;
}

}  // namespace

ExitCode CallKondado(Session& session) {
  auto api = MakeKondado(session);
  if (!api) return session.Fail(api.error());
  return ShowAnswer(session, (*api)->Call(session.options().request));
}

ExitCode CallQondor(Session& session) {
  auto api = MakeQondor(session);
  if (!api) return session.Fail(api.error());
  return ShowAnswer(session, (*api)->Call(session.options().request));
}

ExitCode PostRow(Session& session) {
  const std::int64_t id = session.options().ids.front();
  auto api = MakeWebhook(session, id);
  if (!api) return session.Fail(api.error());
  session.BeginCall({{"pipeline_id", id}});
  if (const auto stored = (*api)->Post(session.options().request.body); !stored) {
    return session.Fail(stored.error(), {.subject = {{"pipeline_id", id}},
                                         .unknown = "the row may have been stored all the same"});
  }
  const bool json = session.options().format == Format::kJson;
  session.output().Result(json ? Dump({{"pipeline_id", id}, {"stored", true}})
                               : "pipeline " + std::to_string(id) + " has stored the row");
  return ExitCode::kOk;
}

}  // namespace kondor::client::command
