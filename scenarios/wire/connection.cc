#include "scenarios/wire/connection.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace kondor::scenarios {
namespace {

constexpr std::size_t kHeadBytesMax = 256 * 1024;
constexpr std::size_t kBodyBytesMax = 64 * 1024 * 1024;

Unexpected NoHttp(std::string why) {
  return Unexpected(ErrorKind::kMalformed, "no HTTP answer: " + std::move(why));
}

std::string BytesOf(const Request& request) {
  std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) {
    bytes.append(name).append(": ").append(value).append("\r\n");
  }
  return bytes.append("\r\n").append(request.body);
}

std::optional<std::size_t> ParseSize(std::string_view text, int base) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size, base);
  if (error != std::errc() || end == text.data()) return {};
  return size;
}

bool SaysClose(const Reply& reply) {
  const std::string* connection = reply.Header("Connection");
  return connection != nullptr && SameName(*connection, "close");
}

bool HasNoBody(const Request& request, const Reply& reply) {
  return request.method == "HEAD" || reply.status == 204 || reply.status == 304;
}

}  // namespace

Result<Reply> Connection::Exchange(const Request& request) {
  deadline_ = clock_.Now() + patience_;
  if (stream_ != nullptr && stream_->Ended()) Disconnect();
  if (stream_ == nullptr) {
    Result<std::unique_ptr<Stream>> stream = Connect(url_, patience_);
    if (!stream) return Unexpected(stream.error());
    stream_ = std::move(*stream);
  }
  Result<Reply> reply = ExchangeOnce(request);
  if (!reply || SaysClose(*reply)) Disconnect();
  return reply;
}

Result<Reply> Connection::ExchangeOnce(const Request& request) {
  // A server may refuse before it has read everything: what it says matters, not the sending.
  const Result<void> sent = stream_->Write(BytesOf(request));
  Reply reply;
  do {
    reply = {};
    if (Result<void> read = ReadHead(reply); !read)
      return Unexpected(sent ? read.error() : sent.error());
  } while (reply.status < 200);  // 100 Continue
  if (Result<void> read = ReadBody(request, reply); !read) return Unexpected(read.error());
  return reply;
}

Result<void> Connection::Fill() {
  if (clock_.Now() >= deadline_)
    return Unexpected(ErrorKind::kTransport, "the answer took too long");
  std::array<char, 16 * 1024> piece;
  const Result<std::size_t> size = stream_->Read(piece);
  if (!size) return Unexpected(size.error());
  if (*size == 0) {
    ended_ = true;
    return Unexpected(ErrorKind::kTransport, "the connection ended in mid-answer");
  }
  buffer_.append(piece.data(), *size);
  return {};
}

Result<std::string> Connection::TakeLine() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (buffer_.size() > kHeadBytesMax) return NoHttp("a line without an end");
    if (Result<void> filled = Fill(); !filled) return Unexpected(filled.error());
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

Result<void> Connection::ReadHead(Reply& reply) {
  Result<std::string> line = TakeLine();
  if (!line) return Unexpected(line.error());
  const bool whole = line->starts_with("HTTP/1.") && line->size() >= 12 && (*line)[8] == ' ';
  const auto status = whole ? ParseSize(line->substr(9, 3), 10) : std::nullopt;
  if (!status || *status < 100) return NoHttp("it begins with '" + line->substr(0, 60) + "'");
  reply.status = static_cast<int>(*status);
  reply.reason = line->size() > 13 ? line->substr(13) : "";
  std::size_t bytes = 0;
  for (line = TakeLine(); line && !line->empty(); line = TakeLine()) {
    const std::size_t colon = line->find(':');
    if (colon == std::string::npos) return NoHttp("a header without a colon");
    const std::size_t begin = line->find_first_not_of(" \t", colon + 1);
    const std::size_t end = line->find_last_not_of(" \t");
    reply.headers.emplace_back(line->substr(0, colon), begin == std::string::npos
                                                           ? ""
                                                           : line->substr(begin, end + 1 - begin));
    bytes += line->size();
    if (bytes > kHeadBytesMax) return NoHttp("a head without an end");
  }
  if (!line) return Unexpected(line.error());
  return {};
}

Result<void> Connection::FillUpTo(std::size_t size) {
  if (size > kBodyBytesMax) return NoHttp("a body of more than 64 MiB");
  while (buffer_.size() < size) {
    if (Result<void> filled = Fill(); !filled) return filled;
  }
  return {};
}

Result<void> Connection::ReadBody(const Request& request, Reply& reply) {
  if (HasNoBody(request, reply)) return {};
  const std::string* coding = reply.Header("Transfer-Encoding");
  if (coding != nullptr && SameName(*coding, "chunked")) return ReadChunks(reply);
  const std::string* length = reply.Header("Content-Length");
  if (length != nullptr) {
    const auto size = ParseSize(*length, 10);
    if (!size) return NoHttp("a Content-Length of '" + *length + "'");
    if (Result<void> filled = FillUpTo(*size); !filled) return filled;
    reply.body = buffer_.substr(0, *size);
    buffer_.erase(0, *size);
    return {};
  }
  // Neither: the body ends with the connection.
  while (!ended_) {
    Result<void> filled = Fill();
    if (!filled && !ended_) return filled;
    if (buffer_.size() > kBodyBytesMax) return NoHttp("a body of more than 64 MiB");
  }
  reply.body = std::exchange(buffer_, {});
  reply.headers.emplace_back("Connection", "close");
  return {};
}

Result<void> Connection::ReadChunks(Reply& reply) {
  for (;;) {
    const Result<std::string> line = TakeLine();
    if (!line) return Unexpected(line.error());
    const auto size = ParseSize(*line, 16);
    if (!size || *size > kBodyBytesMax - reply.body.size()) return NoHttp("a bad chunk");
    if (*size == 0) break;
    if (Result<void> filled = FillUpTo(*size + 2); !filled) return filled;
    reply.body += buffer_.substr(0, *size);
    buffer_.erase(0, *size + 2);
  }
  for (Result<std::string> line = TakeLine(); !line || !line->empty(); line = TakeLine()) {
    if (!line) return Unexpected(line.error());
  }
  return {};
}

void Connection::Disconnect() {
  ended_ = false;
  stream_.reset();
  buffer_.clear();
}

}  // namespace kondor::scenarios
