// kondado run: queue a run (K7), and follow it through the states of K10 if that was asked for.
#include <string>

#include "client/command/clients.h"
#include "client/command/commands.h"
#include "client/command/show.h"

namespace kondor::client::command {
namespace {

std::string LookLater(std::int64_t id) {
  return "look with: kondor-call kondado status " + std::to_string(id);
}

ExitCode TellUnfinished(Session& session, std::int64_t id, const std::string& state, Error error) {
  error.message += "; the run goes on, last seen as " + state + "; " + LookLater(id);
  return session.Fail(error, {.subject = {{"pipeline_id", id}, {"status", state}},
                              .carried_out = CarriedOut::kMaybe});
}

ExitCode TellEnd(Session& session, const PipelineStatus& status) {
  const bool failed = IsFailed(status.state);
  Output& output = session.output();
  if (output.format() == Format::kJson) {
    OrderedJson line = ToJson(status);
    line["ended"] = failed ? "failed" : "done";
    output.Result(Dump(line));
  } else {
    Show(std::vector{status}, output);
    if (failed) output.Note("pipeline " + std::to_string(status.id) + " ended as " + status.status);
  }
  return failed ? ExitCode::kPipelineFailed : ExitCode::kOk;
}

// There is no name for a run, only the pipeline's state: idle is the end once it was seen busy, or
// if it still is at a second look. The first may have come before the vendor took note of the run.
ExitCode Follow(Session& session, Kondado& api, std::int64_t id) {
  const std::string pipeline = "pipeline " + std::to_string(id) + "  ";
  std::string state = "queued";
  bool seen_busy = false;
  for (int looks = 1;; ++looks) {
    const auto status = api.GetPipelineStatus(id);
    if (!status) return TellUnfinished(session, id, state, status.error());
    const bool idle = IsIdle(status->state);
    if (idle && (seen_busy || looks > 1)) return TellEnd(session, *status);
    seen_busy = seen_busy || !idle;
    if (status->status != state) {
      state = status->status;
      session.output().Progress(pipeline + state);
      if (session.options().format == Format::kJson) session.output().Result(Dump(ToJson(*status)));
    }
    if (!session.Wait(session.options().interval, pipeline + state)) {
      return TellUnfinished(session, id, state,
                            {ErrorKind::kDeadline, "the time that was given is over"});
    }
    if (session.stopped()) {
      return TellUnfinished(session, id, state, {ErrorKind::kCancelled, "cancelled"});
    }
  }
}

}  // namespace

ExitCode RunPipeline(Session& session) {
  const std::int64_t id = session.options().ids.front();
  auto api = MakeKondado(session);
  if (!api) return session.Fail(api.error());
  session.BeginCall({{"pipeline_id", id}});
  if (const auto queued = (*api)->RunPipeline(id); !queued) {
    return session.Fail(queued.error(),
                        {.subject = {{"pipeline_id", id}},
                         .unknown = "the run may have been queued: " + LookLater(id)});
  }
  Output& output = session.output();
  if (output.format() == Format::kJson) {
    output.Result(Dump({{"pipeline_id", id}, {"queued", true}}));
  } else if (session.options().wait) {
    output.Progress("pipeline " + std::to_string(id) + "  queued");
  } else {
    output.Result("pipeline " + std::to_string(id) + " is queued");
  }
  return session.options().wait ? Follow(session, **api, id) : ExitCode::kOk;
}

}  // namespace kondor::client::command
