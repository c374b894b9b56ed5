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

// `code`: of the failure because of which they were not.
void TellNotAsked(Session& session, const char* name, std::size_t from, ExitCode code) {
  const auto& ids = session.options().ids;
  if (from >= ids.size()) return;
  std::string list;
  for (std::size_t i = from; i < ids.size(); ++i) {
    if (session.options().format == Format::kJson) {
      session.output().Result(Dump({{name, ids[i]},
                                    {"error", "not_asked"},
                                    {"code", ""},
                                    {"message", "what failed before would fail here, too"},
                                    {"tries", 0},
                                    {"maybe_carried_out", false},
                                    {"exit_code", static_cast<int>(code)}}));
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
  ExitCode code = ExitCode::kOk, last = ExitCode::kOk;
  std::size_t asked = 0;
  while (asked < ids.size()) {
    const std::int64_t id = ids[asked++];
    session.output().Tick(std::to_string(id) + "  (" + std::to_string(asked) + " of " +
                          std::to_string(ids.size()) + ")");
    session.BeginCall({{name, id}});
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
    last = session.Fail(error, {.subject = {{name, id}}});
    if (code == ExitCode::kOk) code = last;
    if (session.stopped() || !IsAboutThisOne(error.kind)) break;
  }
  Show(answered, session.output());
  TellNotAsked(session, name, asked, last);
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
