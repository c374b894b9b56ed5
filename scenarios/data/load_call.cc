#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "scenarios/data/load_parts.h"

namespace kondor::scenarios {
namespace {

struct NamedSurface {
  std::string_view name;
  Surface surface;
};
constexpr std::array<NamedSurface, 8> kSurfaces = {{{"k2", Surface::kK2},
                                                    {"k1", Surface::kK1},
                                                    {"hub", Surface::kHub},
                                                    {"app", Surface::kApp},
                                                    {"qondor", Surface::kQondor},
                                                    {"portal", Surface::kPortal},
                                                    {"arm", Surface::kArm},
                                                    {"root", Surface::kRoot}}};

// Whose credentials a call carries when it does not say.
std::string UsualCredentials(const Call& call) {
  switch (call.surface) {
    case Surface::kK2:
    case Surface::kK1:
      return "user";
    case Surface::kHub:
      return "via";
    case Surface::kQondor:
      return call.path.starts_with("/Prod/") ? "production.primary" : "test.primary";
    case Surface::kArm:
      return "bearer";
    case Surface::kApp:
    case Surface::kPortal:
    case Surface::kRoot:
      break;
  }
  return "none";
}

// An object of texts; a list of them stands for the name repeated.
void ReadPairs(ObjectReader& reader, std::string_view key,
               std::vector<std::pair<std::string, std::string>>& out) {
  const Node* object = reader.Object(key);
  if (object == nullptr) return;
  out.clear();
  for (const Node::Member& member : object->members) {
    const auto add = [&](const Node& value) {
      if (value.kind != Node::Kind::kScalar || value.scalar.is_null()) {
        reader.faults().Add(value.place, "'" + member.key + "' takes text, or a list of texts");
        return;
      }
      out.emplace_back(member.key, NameOfValue(value.scalar));
    };
    if (member.value.kind == Node::Kind::kArray) {
      for (const Node& item : member.value.items) add(item);
    } else {
      add(member.value);
    }
  }
}

}  // namespace

namespace {

// A line break would end the header, and begin another.
void ReadHeaders(ObjectReader& reader, Call& call) {
  ReadPairs(reader, "headers", call.headers);
  const auto breaks = [](const std::string& text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
  };
  for (const auto& [name, value] : call.headers) {
    if (!breaks(name) && !breaks(value)) continue;
    reader.faults().Add(reader.Find("headers")->place,
                        "a header is one line: no line break or NUL in its name or value");
  }
}

void ReadIp(ObjectReader& reader, std::string& out) {
  if (!reader.Text("ip", out)) return;
  in6_addr address{};
  if (::inet_pton(AF_INET, out.c_str(), &address) == 1) return;
  if (::inet_pton(AF_INET6, out.c_str(), &address) == 1) return;
  reader.faults().Add(reader.Find("ip")->place, "'ip' takes an address, such as 203.0.113.7");
}

}  // namespace

void LoadCaller(ObjectReader& reader, Call& call) {
  reader.Text("with", call.with);
  ReadIp(reader, call.ip);
  ReadPairs(reader, "query", call.query);
  ReadHeaders(reader, call);
}

Call LoadCall(const Node& line, ObjectReader& reader) {
  Call call;
  const std::string text = line.IsText() ? line.scalar.get<std::string>() : "";
  const std::size_t first = text.find(' ');
  const std::size_t second = std::min(text.find(' ', first + 1), text.size());
  const auto surface = std::ranges::find(kSurfaces, text.substr(0, first), &NamedSurface::name);
  if (first == std::string::npos || surface == kSurfaces.end()) {
    reader.faults().Add(
        line.place,
        "a call is written \"k2 GET /path\"; first one of k2, k1, hub, app, qondor, "
        "portal, arm, root");
    return call;
  }
  call.surface = surface->surface;
  call.method = text.substr(first + 1, second - first - 1);
  call.path = second < text.size() ? text.substr(second + 1) : "";
  if (!call.path.empty() && call.path.find_first_of("/?$") != 0) {
    reader.faults().Add(line.place, "the path begins with '/' (or '?', or is left out)");
  }
  if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    reader.faults().Add(line.place, "a call is one line: no line break or NUL in it");
  }
  call.with = UsualCredentials(call);
  LoadCaller(reader, call);
  const Node* body = reader.Find("body");
  std::string plain;
  const bool has_text = reader.Text("body_text", plain);
  if (body != nullptr && has_text) reader.faults().Add(body->place, "one body is enough");
  if (body != nullptr) {
    call.body = body->ToJson().dump();
    const auto named = [](const auto& header) { return header.first == "Content-Type"; };
    if (std::ranges::none_of(call.headers, named)) {
      call.headers.emplace_back("Content-Type", "application/json");
    }
  }
  if (has_text) call.body = plain;
  return call;
}

}  // namespace kondor::scenarios
