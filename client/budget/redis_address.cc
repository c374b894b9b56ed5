#include "client/budget/redis_address.h"

#include <charconv>
#include <optional>

namespace kondor::limiter {
namespace {

std::optional<int> Number(std::string_view text, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (number < 0 || number > most) return std::nullopt;
  return number;
}

constexpr int kDatabaseMax = 1'000'000;

Unexpected NoAddress() {
  return Unexpected(ErrorKind::kInvalidArgument,
                    "no address of a Redis; write redis://HOST:PORT/DB or unix:/PATH?db=DB");
}

Result<RedisAddress> ParseSocket(std::string_view rest) {
  RedisAddress address;
  const std::size_t query = rest.find("?db=");
  if (query != std::string_view::npos) {
    const std::optional<int> database = Number(rest.substr(query + 4), kDatabaseMax);
    if (!database) return NoAddress();
    address.database = *database;
    rest = rest.substr(0, query);
  }
  if (!rest.starts_with('/')) return NoAddress();
  address.socket_path = rest;
  return address;
}

}  // namespace

std::string RedisAddress::Text() const {
  const std::string db = std::to_string(database);
  if (host.empty()) return "unix:" + socket_path + (database == 0 ? "" : "?db=" + db);
  const std::string bracketed = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return "redis://" + bracketed + ":" + std::to_string(port) + "/" + db;
}

Result<RedisAddress> ParseRedisAddress(std::string_view text) {
  if (text.starts_with("unix:")) return ParseSocket(text.substr(5));
  if (text.starts_with('/')) return ParseSocket(text);
  constexpr std::string_view scheme = "redis://";
  if (!text.starts_with(scheme)) return NoAddress();
  text.remove_prefix(scheme.size());
  if (text.find('@') != std::string_view::npos) {
    return Unexpected(ErrorKind::kInvalidArgument,
                      "an address of a Redis holds no password; put it into the environment "
                      "(KONDOR_REDIS_PASSWORD) or a file");
  }
  RedisAddress address;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos && slash + 1 < text.size()) {
    const std::optional<int> database = Number(text.substr(slash + 1), kDatabaseMax);
    if (!database) return NoAddress();
    address.database = *database;
  }
  text = text.substr(0, slash);
  std::string_view port;
  if (text.starts_with('[')) {  // an IPv6 address
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return NoAddress();
    address.host = text.substr(1, end - 1);
    port = text.substr(end + 1);
  } else {
    const std::size_t colon = text.find(':');
    address.host = text.substr(0, colon);
    port = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
  }
  if (!port.empty()) {
    const std::optional<int> number =
        port.starts_with(':') ? Number(port.substr(1), 65'535) : std::nullopt;
    if (!number || *number == 0) return NoAddress();
    address.port = *number;
  }
  if (address.host.empty()) return NoAddress();
  return address;
}

}  // namespace kondor::limiter
