// kondado status, kondado model: one call for each id.
#include <memory>
#include <string>
#include <vector>

#include "client/command/clients.h"
#include "client/command/commands.h"
#include "client/command/show.h"

namespace kondor::client::command {
namespace {

// Whether the next id may fare better.
bool IsAboutThisOne(ErrorKind kind) {
  return kind == ErrorKind::kNotFound || kind == ErrorKind::kRejected ||
         kind == ErrorKind::kMalformed;
}

void TellNotAsked(Session& session, const char* name, std::size_t from) {
  const auto& ids = session.options().ids;
  if (from >= ids.size()) return;
  std::string list;
  for (std::size_t i = from; i < ids.size(); ++i) {
    if (session.options().format == Format::kJson) {
      session.output().Result(Dump({{name, ids[i]},
                                    {"error", "not_asked"},
                                    {"message", "what failed before would fail here, too"}}));
    }
    list += " " + std::to_string(ids[i]);
  }
  if (session.options().format == Format::kText) session.output().Note("not asked for:" + list);
}

// What was answered is shown, whatever came of the rest; the first failure is the exit code.
template <typename Status>
ExitCode ShowEach(Session& session, const char* name,
                  Result<Status> (Kondado::*get)(std::int64_t)) {
  auto api = MakeKondado(session);
  if (!api) return session.Fail(api.error());
  const auto& ids = session.options().ids;
  std::vector<Status> answered;  // and not shown yet
  ExitCode code = ExitCode::kOk;
  std::size_t asked = 0;
  while (asked < ids.size()) {
    const std::int64_t id = ids[asked++];
    session.output().Tick(std::to_string(id) + "  (" + std::to_string(asked) + " of " +
                          std::to_string(ids.size()) + ")");
    session.BeginCall();
    auto status = ((**api).*get)(id);
    if (status) {
      answered.push_back(std::move(*status));
      // A program need not wait for the others.
      if (session.options().format == Format::kJson) {
        Show(answered, session.output());
        answered.clear();
      }
      continue;
    }
    Error error = status.error();
    if (ids.size() > 1 && session.options().format == Format::kText) {
      error.message.insert(0, std::to_string(id) + ": ");
    }
    const ExitCode failure = session.Fail(error, {.subject = {{name, id}}});
    if (code == ExitCode::kOk) code = failure;
    if (session.stopped() || !IsAboutThisOne(error.kind)) break;
  }
  Show(answered, session.output());
  TellNotAsked(session, name, asked);
  return code;
}

}  // namespace

ExitCode ShowPipelines(Session& session) {
  return ShowEach(session, "pipeline_id", &Kondado::GetPipelineStatus);
}

ExitCode ShowModels(Session& session) {
  return ShowEach(session, "model_id", &Kondado::GetModelStatus);
}

}  // namespace kondor::client::command
