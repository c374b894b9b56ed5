// A server on loopback that says what a test tells it to, whatever it is asked.
#pragma once

#include <string>
#include <thread>
#include <vector>

#include "tests/scenarios/loopback.h"

namespace kondor::scenarios {

enum class Afterwards { kKeepOpen, kClose };

class ScriptedServer {
 public:
  // Answers each request in turn with the next of `answers`; when there is none left, with silence.
  ScriptedServer(std::vector<std::string> answers, Afterwards afterwards);
  ~ScriptedServer();

  int port() const { return loopback_.port(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(loopback_.port()); }

 private:
  void Serve();

  const std::vector<std::string> answers_;
  const Afterwards afterwards_;
  Loopback loopback_;
  std::thread thread_;
};

// With the length it needs.
std::string HttpAnswer(const std::string& status_line, const std::string& headers,
                       const std::string& body);

}  // namespace kondor::scenarios
