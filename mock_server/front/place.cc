#include "mock_server/front/place.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mock_server/front/sandboxes.h"
#include "mock_server/http/ascii.h"

namespace kondor {
namespace {

constexpr std::array<std::pair<std::string_view, Surface>, 5> kHostNames = {{
    {"k2.kondado.com.br", Surface::kK2},
    {"k1.kondado.com.br", Surface::kK1},
    {"hub.kondado.io", Surface::kHub},
    {"qondor.azure-api.net", Surface::kQondor},
    {"management.azure.com", Surface::kArm},
}};

constexpr std::string_view kControlPrefix = "_kondor";

// Takes the first segment off `path`: "/k2/x" gives "k2" and leaves "/x".
std::string_view TakeSegment(std::string_view& path) {
  if (path.empty() || path.front() != '/') return {};
  const std::size_t slash = path.find('/', 1);
  const std::string_view segment = path.substr(1, slash == path.npos ? path.npos : slash - 1);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
  return segment;
}

Place ByPath(std::string_view path, std::string_view sandbox) {
  Place place;
  place.sandbox = sandbox;
  if (path.empty() || path == "/") {
    place.kind = Place::Kind::kRoot;
    return place;
  }
  const std::string_view first = TakeSegment(path);
  place.path = path;
  if (first == kControlPrefix) {
    place.kind = Place::Kind::kControl;
  } else if (const std::optional<Surface> surface = ParseHost(first)) {
    place.kind = Place::Kind::kVendor;
    place.surface = *surface;
  }
  return place;
}

}  // namespace

std::string HostOf(const http::Request& request) {
  std::string_view host = request.authority;
  if (host.empty()) {
    const http::HeaderView* header = request.FindHeader("Host");
    if (header == nullptr) return {};
    host = header->value;
  }
  if (!host.empty() && host.front() == '[') {
    const std::size_t end = host.find(']');
    return std::string(host.substr(1, end == host.npos ? host.npos : end - 1));
  }
  std::string name(host.substr(0, host.find(':')));
  if (!name.empty() && name.back() == '.') name.pop_back();  // the root of all names, written out
  std::transform(name.begin(), name.end(), name.begin(), &http::ToLowerAscii);
  return name;
}

Result<Place> FindPlace(const http::Request& request) {
  std::string_view path = request.path;
  std::string_view sandbox;
  if (path.substr(0, 2) == "/@") {
    sandbox = TakeSegment(path).substr(1);
    if (sandbox.empty()) {
      return Unexpected(ErrorKind::kInvalidArgument, "write the sandbox's name after '/@'");
    }
    if (path.empty()) path = "/";
  }
  if (const http::HeaderView* named = request.FindHeader("Kondor-Sandbox")) {
    if (!sandbox.empty() && sandbox != named->value) {
      return Unexpected(ErrorKind::kInvalidArgument,
                        "the path and the header Kondor-Sandbox name two sandboxes; send one");
    }
    sandbox = named->value;
  }
  if (sandbox.empty()) sandbox = kDefaultSandbox;

  std::string_view rest = path;
  if (TakeSegment(rest) == kControlPrefix) return ByPath(path, sandbox);
  const std::string host = HostOf(request);
  for (const auto& [name, surface] : kHostNames) {
    if (host == name) return Place{Place::Kind::kVendor, surface, sandbox, path};
  }
  return ByPath(path, sandbox);
}

}  // namespace kondor
