// What surrounds kondor-call in a test: a mock or a stub, credentials, a folder. Not thread-safe,
// like any test.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/process/process.h"

namespace kondor::client {

inline constexpr const char* kKey = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
inline constexpr const char* kToken =
    "d3m0A9fK2vQx7RtYp4Lw8ZbN6cHs1JgU5eTiOaXyMkDr0WqPzVnBhSfGuEjClK3i";
inline constexpr const char* kViaToken =
    "d3m0V4xBn8Mk2JhGf6DsAq1WeRt5YuIoPz9LcXv7NbQm3KjHgTyUrEwSdFaZiO0V";
inline constexpr const char* kPrimaryKey = "d0e1f2a3b4c54d6e8f90a1b2c3d4e5f6";
inline constexpr const char* kSecondaryKey = "d1c2b3a4f5e64788990a1b2c3d4e5f60";

// A kondor-mock that holds nobody back, on a free port, with its demo credentials.
class Mock {
 public:
  explicit Mock(const std::vector<std::string>& flags = {});
  std::string url() const { return "http://127.0.0.1:" + port_; }

 private:
  Process process_;
  std::string port_;
};

// A vendor that answers each call the same way, and remembers the targets.
class Stub {
 public:
  struct Reply {
    int status = 200;
    std::string body = {};
    std::string retry_after = {};
  };
  // The handler is called by other threads, one at a time.
  explicit Stub(std::function<Reply(const std::string& target)> handler);
  explicit Stub(Reply reply) : Stub([reply](const std::string&) { return reply; }) {}
  ~Stub();
  Stub(const Stub&) = delete;
  Stub& operator=(const Stub&) = delete;
  std::string url() const;

 private:
  struct Server;
  std::unique_ptr<Server> server_;
  std::jthread thread_;
};

// K9's answer.
std::string StatusBody(int id, const std::string& status);

// With all credentials, and each vendor at `url` as Kondor lays them out.
std::vector<std::string> EnvironmentAt(const std::string& url);

// kondor-call, run to its end.
struct Called {
  std::optional<int> code;
  std::string out;
  std::string err;
};
Called Call(const std::vector<std::string>& words, Process::Setting setting);

// A folder of the test's own.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  // The path of a new file; it may be read by its owner only.
  std::string Write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

}  // namespace kondor::client
