// kondado collections, pipelines and invite; hub tables and table: one typed call each.
#include <string>

#include "client/command/clients.h"
#include "client/command/commands.h"
#include "client/command/json_text.h"
#include "client/command/show.h"

namespace kondor::client::command {
namespace {

template <typename List>
ExitCode ShowList(Session& session, const List& list) {
  if (!list) return session.Fail(list.error());
  Show(*list, session.output());
  return ExitCode::kOk;
}

}  // namespace

ExitCode ListCollections(Session& session) {
  auto api = MakeKondado(session);
  if (!api) return session.Fail(api.error());
  const bool source = session.options().direction == CollectionGuest::Direction::kSource;
  return ShowList(session,
                  source ? (*api)->ListSourceCollections() : (*api)->ListDestinationCollections());
}

ExitCode ListPipelines(Session& session) {
  auto api = MakeKondado(session);
  if (!api) return session.Fail(api.error());
  session.BeginCall({{"collection_id", session.options().ids.front()}});
  return ShowList(session, (*api)->ListParentPipelines(session.options().ids.front()));
}

ExitCode InviteGuest(Session& session) {
  auto api = MakeKondado(session);
  if (!api) return session.Fail(api.error());
  const auto link = (*api)->InviteGuest(session.options().guest);
  if (!link) {
    return session.Fail(link.error(), {.unknown = "the guest may have been invited all the same"});
  }
  const bool json = session.options().format == Format::kJson;
  session.output().Result(json ? Dump({{"access_link", *link}}) : *link);
  return ExitCode::kOk;
}

ExitCode ListTables(Session& session) {
  auto api = MakeViaKondado(session);
  if (!api) return session.Fail(api.error());
  return ShowList(session, (*api)->ListTables());
}

ExitCode ReadTable(Session& session) {
  auto api = MakeViaKondado(session);
  if (!api) return session.Fail(api.error());
  session.BeginCall({{"table", session.options().table}});
  const auto rows = (*api)->ReadTable(session.options().table, session.options().separator);
  if (!rows) return session.Fail(rows.error());
  const bool json = session.options().format == Format::kJson;
  session.output().Result(json ? OnOneLine(*rows) : Indented(*rows));
  return ExitCode::kOk;
}

}  // namespace kondor::client::command
