#include "tests/client/command/surroundings.h"

#include <httplib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "base/mutex.h"

namespace kondor::client {
namespace {

std::vector<std::string> MockFlags(const std::vector<std::string>& more) {
  std::vector<std::string> flags = {
      "--port", "0", "--set", "kondado.per_second=0", "--set", "kondado.per_minute=0"};
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

}  // namespace

Mock::Mock(const std::vector<std::string>& flags)
    : process_(KONDOR_MOCK_PATH, MockFlags(flags), {}) {
  EXPECT_TRUE(process_.SaysOnOut("\n")) << process_.err();
  const std::string line = process_.out().substr(0, process_.out().find('\n'));
  port_ = line.substr(line.rfind(':') + 1);
}

struct Stub::Server {
  Mutex mutex;
  std::function<Reply(const std::string&)> handler;
  httplib::Server http;
  int port = 0;
};

Stub::Stub(std::function<Reply(const std::string& target)> handler)
    : server_(std::make_unique<Server>()) {
  server_->handler = std::move(handler);
  const auto answer = [server = server_.get()](const httplib::Request& asked,
                                               httplib::Response& answered) {
    const MutexLock lock(server->mutex);
    const Reply reply = server->handler(asked.target);
    answered.status = reply.status;
    if (!reply.retry_after.empty()) answered.set_header("Retry-After", reply.retry_after);
    answered.set_content(reply.body, "application/json");
  };
  server_->http.Get(".*", answer);
  server_->http.Post(".*", answer);
  server_->http.Put(".*", answer);
  server_->port = server_->http.bind_to_any_port("127.0.0.1");
  thread_ = std::jthread([server = server_.get()] { server->http.listen_after_bind(); });
}

Stub::~Stub() {
  while (!server_->http.is_running()) std::this_thread::yield();
  server_->http.stop();
}

std::string Stub::url() const { return "http://127.0.0.1:" + std::to_string(server_->port); }

std::string StatusBody(int id, const std::string& status) {
  return "{\"" + std::to_string(id) + "\": {\"status\": \"" + status +
         "\", \"is_running\": false, \"is_active\": true, \"is_blocked\": false, "
         "\"raw_msg\": null}}";
}

std::vector<std::string> EnvironmentAt(const std::string& url) {
  return {"KONDADO_BASE_URL=" + url + "/k2",
          "KONDADO_KEY=" + std::string(kKey),
          "KONDADO_TOKEN=" + std::string(kToken),
          "KONDADO_VIA_TOKEN=" + std::string(kViaToken),
          "QONDOR_BASE_URL=" + url + "/qondor/Prod",
          "QONDOR_SUBSCRIPTION_KEY=" + std::string(kPrimaryKey),
          "QONDOR_SECONDARY_KEY=" + std::string(kSecondaryKey)};
}

Called Call(const std::vector<std::string>& words, Process::Setting setting) {
  Process process(KONDOR_CALL_PATH, words, setting);
  const auto code = process.ExitCode();
  return {code, process.out(), process.err()};
}

Folder::Folder() {
  path_ = (std::filesystem::temp_directory_path() / "kondor-XXXXXX").string();
  if (mkdtemp(path_.data()) == nullptr) std::abort();
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::Write(const std::string& name, const std::string& text) const {
  const std::string path = path_ + "/" + name;
  std::ofstream(path, std::ios::binary) << text;
  chmod(path.c_str(), 0600);
  return path;
}

}  // namespace kondor::client
