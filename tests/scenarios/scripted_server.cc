#include "tests/scenarios/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace kondor::scenarios {

ScriptedServer::ScriptedServer(std::vector<std::string> answers, Afterwards afterwards)
    : answers_(std::move(answers)), afterwards_(afterwards) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, 16) != 0 || pipe(wake_) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

ScriptedServer::~ScriptedServer() {
  [[maybe_unused]] const ssize_t woken = write(wake_[1], "x", 1);
  thread_.join();
  for (const int descriptor : {listener_, wake_[0], wake_[1]}) close(descriptor);
}

void ScriptedServer::Serve() {
  int client = -1;
  std::size_t next = 0;
  std::string heard;
  for (;;) {
    pollfd watched[] = {{wake_[0], POLLIN, 0}, {client < 0 ? listener_ : client, POLLIN, 0}};
    if (poll(watched, 2, -1) <= 0 || watched[0].revents != 0) break;
    if (client < 0) {
      client = accept(listener_, nullptr, nullptr);
      continue;
    }
    char piece[4096];
    const ssize_t count = recv(client, piece, sizeof piece, 0);
    if (count > 0) heard.append(piece, static_cast<std::size_t>(count));
    const bool asked = heard.find("\r\n\r\n") != std::string::npos;
    if (count > 0 && !asked) continue;
    if (count > 0 && next < answers_.size()) {
      heard.clear();
      const std::string& answer = answers_[next++];
      send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
      if (afterwards_ == Afterwards::kKeepOpen) continue;
    } else if (count > 0) {
      heard.clear();
      continue;  // silence
    }
    close(client);
    client = -1;
  }
  if (client >= 0) close(client);
}

std::string HttpAnswer(const std::string& status_line, const std::string& headers,
                       const std::string& body) {
  return "HTTP/1.1 " + status_line + "\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace kondor::scenarios
