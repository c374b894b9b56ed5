#include "mock_server/journal/entry.h"

#include <algorithm>

#include "mock_server/secrets/redact.h"

namespace kondor {
namespace {

// A string this short lives inside its object and costs nothing more.
constexpr std::size_t kInlineText = 15;
// What the allocator and the shared pointer add to each entry, rounded up.
constexpr std::size_t kOverhead = 64;

std::size_t HeapBytes(const std::string& text) {
  return text.capacity() > kInlineText ? text.capacity() + 1 : 0;
}

void KeepHeaders(const http::Request& request, JournalEntry& entry) {
  std::string& lines = entry.headers;
  for (const http::HeaderView& header : request.headers) {
    if (lines.size() + header.name.size() + header.value.size() > JournalEntry::kHeadersKept) {
      entry.headers_cut = true;
      break;
    }
    lines += secrets::RedactText(header.name);
    lines += ": ";
    lines += secrets::RedactHeader(header.name, header.value);
    lines += '\n';
  }
}

// Cut before it is redacted, so that a huge body costs no more than a small one; what a cut leaves
// of a secret at the very end is dropped with the run it stood in.
std::string RedactedBody(std::string_view body, std::size_t bytes_kept) {
  if (body.size() <= bytes_kept) return secrets::RedactBody(body);
  std::string_view kept = body.substr(0, bytes_kept);
  while (!kept.empty() && std::isalnum(static_cast<unsigned char>(kept.back())) != 0) {
    kept.remove_suffix(1);
  }
  return secrets::RedactBody(kept);
}

}  // namespace

std::size_t JournalEntry::Bytes() const {
  const std::size_t noted = grounds == nullptr ? 0
                                               : sizeof(Grounds) + HeapBytes(grounds->about) +
                                                     HeapBytes(grounds->instead);
  const std::size_t played = fault == nullptr ? 0 : sizeof(PlayedFault) + HeapBytes(fault->text);
  return sizeof(JournalEntry) + kOverhead + noted + played + HeapBytes(method) + HeapBytes(path) +
         HeapBytes(query) + HeapBytes(headers) + HeapBytes(body) + HeapBytes(key) +
         HeapBytes(subscription) + HeapBytes(response_body);
}

JournalEntry MakeEntry(const Call& call, const Answer& answer) {
  JournalEntry entry;
  entry.at = answer.at;
  entry.surface = call.surface;
  entry.method = secrets::RedactText(call.request.method);
  entry.path = secrets::RedactPath(call.path);
  entry.query = secrets::RedactQuery(call.request.query);
  KeepHeaders(call.request, entry);
  entry.body = RedactedBody(call.request.body, JournalEntry::kBodyKept);
  entry.body_bytes = call.request.body.size();
  entry.client = call.client;
  if (VendorOf(call.surface) == "qondor") {
    entry.key = answer.key_name;
    entry.subscription = secrets::RedactText(answer.subscription);
  } else if (const std::string* key = call.query.First("key")) {
    entry.key = secrets::RedactText(*key);  // somebody may have sent the secret as the key
  }
  entry.known_key = answer.key;
  entry.status = SendsNothing(answer.response) ? 0 : answer.response.status;
  entry.outcome = answer.outcome;
  entry.code = answer.code;
  entry.response_body = RedactedBody(SentBody(answer.response), JournalEntry::kResponseKept);
  entry.fault = answer.fault;
  entry.decision = answer.decision;
  entry.reading = answer.reading;
  entry.grounds = answer.grounds;
  return entry;
}

JournalEntry MakeEvent(TimePoint at, Surface surface, std::string_view event, std::string_view path,
                       std::string_view body) {
  JournalEntry entry;
  entry.at = at;
  entry.surface = surface;
  entry.outcome = Outcome::kEvent;
  entry.event = event;
  entry.path = secrets::RedactPath(path);
  entry.body = RedactedBody(body, JournalEntry::kBodyKept);
  entry.body_bytes = body.size();
  return entry;
}

}  // namespace kondor
