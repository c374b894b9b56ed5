#include "tests/scenarios/scripted_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace kondor::scenarios {

ScriptedServer::ScriptedServer(std::vector<std::string> answers, Afterwards afterwards)
    : answers_(std::move(answers)), afterwards_(afterwards) {
  thread_ = std::thread([this] { Serve(); });
}

ScriptedServer::~ScriptedServer() {
  loopback_.End();
  thread_.join();
}

void ScriptedServer::Serve() {
  int client = -1;
  std::size_t next = 0;
  std::string heard;
  for (;;) {
    if (!loopback_.Await(client < 0 ? loopback_.listener() : client)) break;
    if (client < 0) {
      client = accept(loopback_.listener(), nullptr, nullptr);
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
