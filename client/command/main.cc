// kondor-call, from top to bottom: read what is asked, call, say what came of it.
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "base/standard_streams.h"
#include "client/command/access_of.h"
#include "client/command/commands.h"
#include "client/command/input.h"
#include "client/command/interrupt.h"
#include "client/command/options.h"
#include "client/command/output.h"
#include "client/credentials/conceal.h"

namespace kondor::client::command {
namespace {

constexpr const char* kStdoutLost =
    "stdout cannot be written to; is there room, does somebody still read it?";

int Refuse(const Error& error) {
  std::fprintf(stderr, "kondor-call: %s\n", error.message.c_str());
  return static_cast<int>(ExitCode::kUsage);
}

ExitCode Carry(Session& session) {
  switch (session.options().verb) {
    case Verb::kStatus:
      return ShowPipelines(session);
    case Verb::kRun:
      return RunPipeline(session);
    case Verb::kModel:
      return ShowModels(session);
    case Verb::kCollections:
      return ListCollections(session);
    case Verb::kPipelines:
      return ListPipelines(session);
    case Verb::kInvite:
      return InviteGuest(session);
    case Verb::kKondadoCall:
      return CallKondado(session);
    case Verb::kWebhook:
      return PostRow(session);
    case Verb::kTables:
      return ListTables(session);
    case Verb::kTable:
      return ReadTable(session);
    case Verb::kQondorCall:
      return CallQondor(session);
  }
  return ExitCode::kOther;
}

Result<void> TakeBody(Options& options, const std::stop_token& stop) {
  if (!options.body_file) return {};
  auto body = ReadBody(*options.body_file, stop);
  if (!body) return Unexpected(body.error());
  options.request.body = std::move(*body);
  options.request.headers.push_back({"Content-Type", "application/json"});
  return {};
}

ExitCode TellNothingSent(Session& session, const Error& error) {
  Session::About about;
  if (session.options().verb == Verb::kWebhook) {
    about.subject = {{"pipeline_id", session.options().ids.front()}};
  }
  return session.Fail(error, about);
}

std::vector<std::string> SecretsOf(const Access& access) {
  std::vector<std::string> secrets = {access.kondado.token, access.via_kondado_token,
                                      access.qondor.primary_key, access.qondor.secondary_key};
  if (IsNoOrdinaryWord(access.kondado.key)) secrets.push_back(access.kondado.key);
  return secrets;
}

int Run(Options options) {
  std::signal(SIGPIPE, SIG_IGN);  // whoever hangs up is told of by what cannot be written
  auto access = AccessOf(options);
  if (!access) return Refuse(access.error());
  const Interrupt interrupt;  // only now: until here Ctrl-C simply ends it
  const auto body = TakeBody(options, interrupt.token());
  if (!body && body.error().kind != ErrorKind::kCancelled) return Refuse(body.error());
  Output output(options.format, SecretsOf(*access));
  Session session(std::move(options), std::move(*access), output, interrupt.token());
  const ExitCode code = body ? Carry(session) : TellNothingSent(session, body.error());
  if (!output.Flush()) {
    output.Note(kStdoutLost);
    return static_cast<int>(code == ExitCode::kOk ? ExitCode::kOther : code);
  }
  return static_cast<int>(code);
}

}  // namespace
}  // namespace kondor::client::command

int main(int argc, char** argv) try {
  using namespace kondor::client::command;
  kondor::KeepStandardStreams();
  Parsed parsed = ParseOptions(argc, argv);
  if (parsed.exit) {
    std::fputs(parsed.exit->out.c_str(), stdout);
    if (std::fflush(stdout) != 0) {
      std::fprintf(stderr, "kondor-call: %s\n", kStdoutLost);
      return static_cast<int>(ExitCode::kOther);
    }
    if (!parsed.exit->error.empty()) std::fprintf(stderr, "%s\n", parsed.exit->error.c_str());
    return parsed.exit->code;
  }
  return Run(std::move(parsed.options));
} catch (const std::exception& fault) {  // no memory, say
  std::fprintf(stderr, "kondor-call: %s\n", fault.what());
  return static_cast<int>(kondor::client::command::ExitCode::kOther);
}
