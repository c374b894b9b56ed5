// Answers of the vendors: the first two bytes pick a status and a header, the rest is the body.
// What the client takes for data has to be JSON that does not say "success": false; whatever it
// refuses has a kind that fits, and a wait within bounds.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "client/call/asked_wait.h"
#include "client/call/one_line.h"
#include "client/http/url.h"
#include "client/json/parse.h"
#include "client/kondado/read.h"
#include "client/kondado/replies.h"
#include "client/qondor/read.h"
#include "tests/fuzz/require.h"

namespace {

using kondor::ErrorKind;
using kondor::fuzz::Require;
using namespace kondor::client;  // NOLINT: a program of its own

constexpr std::array kStatuses = {200, 200, 200, 201, 204, 301, 400, 401,
                                  403, 404, 409, 412, 422, 429, 500, 503};

void CheckWait(const std::optional<kondor::Duration>& wait) {
  Require(!wait || (*wait >= kondor::Duration::zero() && *wait <= kAskedWaitMax));
}

void CheckRefusal(const Refusal& refusal) {
  CheckWait(refusal.hint);
  Require(refusal.kind != ErrorKind::kTransport && refusal.kind != ErrorKind::kCancelled &&
          refusal.kind != ErrorKind::kDeadline);
  const std::string line = OneLine(refusal.message);
  Require(!line.empty() && line.size() <= 303 && line.find('\n') == std::string::npos);
}

template <typename T>
void CheckReply(const kondor::Result<T>& reply, bool is_data) {
  Require(reply.has_value() ? is_data : reply.error().kind == ErrorKind::kMalformed);
}

void ReadAll(const std::string& body, bool is_data) {
  CheckReply(ReadSuccess(body), is_data);
  CheckReply(ReadPipelineStatus(body, 2040), is_data);
  CheckReply(ReadModelStatus(body, 162), is_data);
  CheckReply(ReadCollections(body), is_data);
  CheckReply(ReadParentPipelines(body, 76), is_data);
  CheckReply(ReadAccessLink(body), is_data);
  CheckReply(ReadTableNames(body), is_data);
  CheckReply(ReadTables(body), is_data);
  CheckReply(ReadRows(body), is_data);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  Response response;
  response.status = kStatuses[data[0] % kStatuses.size()];
  response.body.assign(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string& body = response.body;
  if (data[1] % 4 == 1) response.headers = {{"Retry-After", body.substr(0, 20)}};

  const auto json = ParseJson(body);
  const bool refused =
      json && json->is_object() && json->contains("success") && json->at("success") == false;
  const auto kondado = ReadKondado(response);
  if (kondado) CheckRefusal(*kondado);
  Require(kondado || (json && !refused && response.status / 100 == 2));
  const auto qondor = ReadQondor(response);
  if (qondor) CheckRefusal(*qondor);
  Require(qondor || ((json || body.empty()) && response.status / 100 == 2));

  // K9's body has no "success": of all replies it alone does not look for it.
  if (!refused) ReadAll(body, json.has_value());
  if (refused) Require(!ReadSuccess(body) && !ReadModelStatus(body, 162) && !ReadCollections(body));
  CheckWait(WaitInSentence(body));
  CheckWait(WaitInSeconds(body));
  const auto url = ParseBaseUrl(body);
  Require(!url || (!url->host.empty() && url->port > 0 && url->port < 65536));
  return 0;
}
