// One HTTP exchange over a connection of its own, as small as it gets: what answers wrongly is seen
// as no answer. Thread-safe: pure functions.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace kondor::judge_client {

struct Answer {
  bool whole = false;  // it came, and its length is what it said
  int status = 0;
  int retry_after_s = 0;
  std::string body;
};

struct Question {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers = {};  // "Name: value"
  std::string body = {};
  std::chrono::milliseconds timeout{0};  // zero: for ever
};

Answer Exchange(const Question& question);

}  // namespace kondor::judge_client
