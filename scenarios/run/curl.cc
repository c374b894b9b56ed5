// A session's calls as lines for a shell. Secrets are variables of that shell, and never written
// out.
#include <algorithm>
#include <utility>

#include "scenarios/run/session.h"

namespace kondor::scenarios {
namespace {

// What curl adds by itself, or must not be sent twice.
bool IsCurlsOwn(const std::string& name) {
  return SameName(name, "Content-Length") || SameName(name, "Kondor-Control-Token");
}

// "/a/0/b" for jq: . | .["a"] | (.["0"]? // .[0]?) | .["b"]. A number may be a key, as in K9.
std::string JqPath(const std::string& pointer) {
  std::string path = ".";
  for (std::size_t begin = 1; begin <= pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
    const std::string part = pointer.substr(begin, end - begin);
    const bool index = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
    const std::string named = ".[\"" + part + "\"]";
    path += " | ";
    path += index ? "(" + named + "? // .[" + part + "]?)" : named;
    begin = end + 1;
  }
  return path;
}

}  // namespace

// The sandbox's name is another in every run.
std::string Session::WithoutSandbox(std::string target) const {
  if (sandbox_.empty()) return target;
  for (const std::string before : {"/@", "/sandboxes/"}) {
    const std::string named = before + sandbox_;
    const std::size_t at = target.find(named);
    const std::size_t end = at + named.size();
    if (at == std::string::npos || (end < target.size() && target[end] != '/')) continue;
    target.replace(at, named.size(), before + Variables::Placeholder("KONDOR_SANDBOX"));
  }
  return target;
}

std::string Session::CurlOf(const Exchanged& exchanged, std::string_view flags) const {
  const Request& request = exchanged.request;
  std::string line = "curl " + std::string(flags) + " -g --path-as-is";
  if (request.method == "HEAD") {
    line += " -I";
  } else if (request.method != "GET") {
    line += " -X " + request.method;
  }
  // A server of our own ends with this program: $KONDOR_URL is another that does not.
  const Url& url = target_.url();
  const std::string origin = url.Text().substr(0, url.Text().size() - url.path.size());
  line +=
      " " + variables_.Quoted((target_.is_own() ? Variables::Placeholder("KONDOR_URL") : origin) +
                              WithoutSandbox(request.target));
  for (const auto& [name, value] : request.headers) {
    if (SameName(name, "Host") && value == target_.url().Authority()) continue;
    if (SameName(name, "Kondor-Sandbox")) {
      line += " -H \"Kondor-Sandbox: $KONDOR_SANDBOX\"";
    } else if (!IsCurlsOwn(name)) {
      line += " -H ";
      line += variables_.Quoted(name + (value.empty() ? ";" : ": " + value));
    }
  }
  if (!target_.control_token().empty() && request.target.find("/_kondor/") != std::string::npos) {
    line += " -H \"Kondor-Control-Token: $KONDOR_CONTROL_TOKEN\"";
  }
  if (!request.body.empty()) line += " --data-binary " + variables_.Quoted(request.body);
  return line;
}

std::string Session::LastAsCurl() const {
  return history_.empty() ? "" : CurlOf(history_.back(), "-sS -i");
}

std::vector<std::string> Session::Script() const {
  std::vector<std::string> lines;
  if (!sandbox_.empty()) {
    if (target_.is_own()) lines.emplace_back("KONDOR_URL=${KONDOR_URL:-http://127.0.0.1:7070}");
    const Request create = ControlRequest("POST", "/_kondor/sandboxes", creation_);
    lines.push_back("sandbox=$(" + CurlOf({create}, "-sS") + ")");
    constexpr std::pair<std::string_view, std::string_view> places[] = {
        {"KONDOR_SANDBOX", ".name"},
        {"KONDADO_KEY", ".kondado.key"},
        {"KONDADO_TOKEN", ".kondado.token"},
        {"KONDADO_VIA_TOKEN", ".kondado.via_kondado_token"},
        {"QONDOR_SUBSCRIPTION_KEY", ".qondor.production.primary_key"},
        {"QONDOR_SECONDARY_KEY", ".qondor.production.secondary_key"},
        {"QONDOR_TEST_SUBSCRIPTION_KEY", ".qondor.test.primary_key"},
        {"QONDOR_TEST_SECONDARY_KEY", ".qondor.test.secondary_key"}};
    for (const auto& [name, place] : places) {
      lines.push_back(std::string(name) + "=$(jq -r '" + std::string(place) + "' <<<\"$sandbox\")");
    }
  }
  for (const Exchanged& exchanged : history_) {
    if (exchanged.save.empty()) {
      lines.push_back(CurlOf(exchanged, "-sS -i"));
      continue;
    }
    lines.push_back("reply=$(" + CurlOf(exchanged, "-sS -i") + " | tr -d '\\r')");
    for (const auto& [name, from] : exchanged.save) {
      const std::string variable = EnvironmentName(name) + "=";
      if (from.starts_with("header ")) {
        lines.push_back(variable + "$(sed -n 's/^" + from.substr(7) +
                        ": //Ip' <<<\"$reply\" | head -n 1)");
      } else if (from.starts_with("/")) {
        lines.push_back(variable + "$(sed '1,/^$/d' <<<\"$reply\" | jq -r '" + JqPath(from) + "')");
      }
    }
  }
  return lines;
}

}  // namespace kondor::scenarios
