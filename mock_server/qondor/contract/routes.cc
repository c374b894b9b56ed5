#include "mock_server/qondor/contract/routes.h"

#include <algorithm>

#include "mock_server/http/ascii.h"
#include "mock_server/http/query.h"

namespace kondor::qondor {
namespace {

constexpr std::string_view kIdSegment = "{id}";

void AppendLower(std::string& out, std::string_view text) {
  for (const char c : text) out += http::ToLowerAscii(c);
}

// A decoded slash is no boundary between segments, and no contract's segment has one: NUL neither.
std::string DecodedFolder(std::string_view raw) {
  std::string decoded;
  while (!raw.empty()) {
    const std::size_t end = std::min(raw.find('/', 1), raw.size());
    std::string segment = http::PercentDecode(raw.substr(1, end - 1), http::PlusSign::kLiteral);
    std::replace(segment.begin(), segment.end(), '/', '\0');
    decoded += '/';
    decoded += segment;
    raw.remove_prefix(end);
  }
  return decoded;
}

bool HasDotSegment(std::string_view path) {
  return path.find("/.") != std::string_view::npos &&
         (path.find("/./") != std::string_view::npos || path.ends_with("/.") ||
          path.find("/../") != std::string_view::npos || path.ends_with("/.."));
}

std::string_view FirstTwoSegments(std::string_view path) {
  const std::size_t second = path.find('/', 1);
  if (path.empty() || path.front() != '/' || second == std::string_view::npos) return {};
  const std::size_t end = std::min(path.find('/', second + 1), path.size());
  return path.substr(1, end - 1);
}

}  // namespace

bool Routes::Add(const Operation& operation) {
  std::string key = operation.method + ' ';
  AppendLower(key, operation.path);
  if (std::find(apis_.begin(), apis_.end(), operation.api) == apis_.end()) {
    apis_.push_back(operation.api);
  }
  return operations_.emplace(std::move(key), &operation).second;
}

const Operation* Routes::Look(std::string_view method, std::string_view folder,
                              std::string_view leaf) const {
  std::string key;
  key.reserve(method.size() + folder.size() + leaf.size() + 2);
  key += method;
  key += ' ';
  AppendLower(key, folder);
  if (!leaf.empty()) {
    key += '/';
    AppendLower(key, leaf);
  }
  const auto found = operations_.find(key);
  return found == operations_.end() ? nullptr : found->second;
}

std::optional<Route> Routes::Find(std::string_view method, std::string_view path) const {
  if (path.empty() || path.front() != '/') return {};
  // The whole path first: a literal segment wins over {id}.
  const std::size_t slash = path.rfind('/');
  const bool plain = path.find('%') == std::string_view::npos;
  std::string decoded_folder;
  std::string leaf(path.substr(slash + 1));
  std::string_view folder = path.substr(0, slash);
  if (!plain) {
    decoded_folder = DecodedFolder(folder);
    folder = decoded_folder;
    leaf = http::PercentDecode(leaf, http::PlusSign::kLiteral);
  }
  // What a dot segment means to a gateway depends on who resolves it; here it leads nowhere.
  if (leaf.empty() || leaf == "." || leaf == ".." || HasDotSegment(folder)) return {};
  if (leaf.find('/') == std::string::npos && leaf != kIdSegment) {
    if (const Operation* literal = Look(method, folder, leaf)) return Route{literal, {}};
  }
  const Operation* by_id = Look(method, folder, kIdSegment);
  if (by_id == nullptr) return {};
  return Route{by_id, std::move(leaf)};
}

std::string_view Routes::ApiOf(std::string_view path) const {
  const std::string_view wanted = FirstTwoSegments(path);
  for (const std::string& api : apis_) {
    if (http::EqualsIgnoreCase(api, wanted)) return api;
  }
  return {};
}

}  // namespace kondor::qondor
