// Lists while others write: each a state that there was.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "tests/mock_server/qondor/backend/dev_backend.h"

namespace kondor::qondor {
namespace {

class QondorThreads : public DevBackend {
 protected:
  // Without gtest's checks, which are not for many threads at once.
  std::string Body(const std::string& method, const std::string& path, const std::string& body) {
    http::Request request;
    request.body = body;
    const auto route = Contract::Get().Find(method, path);
    return backend_.Answer(*route, http::Query(""), request, now_, settings_).response.body;
  }
};

TEST_F(QondorThreads, AListIsNeverHalfOfAChange) {
  constexpr int kWriters = 2, kReaders = 2, kRounds = 150;
  std::atomic<int> torn = 0, lists = 0;
  std::latch start(kWriters + kReaders);
  std::vector<std::jthread> threads;
  for (int w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      start.arrive_and_wait();
      for (int i = 0; i < kRounds; ++i) {
        // Both fields, always the same.
        const std::string name = "\"" + std::to_string(w) + "-" + std::to_string(i) + "\"";
        Body("PUT", "/Supplier/v1/Supplier",
             R"({"id": 101, "name": )" + name + R"(, "city": )" + name + "}");
        Body("POST", "/ContactPerson/v1/ContactPerson",
             R"({"firstName": "F", "lastName": "L", "email": )" + name + "}");
      }
    });
  }
  for (int r = 0; r < kReaders; ++r) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      for (int i = 0; i < kRounds; ++i) {
        const Json list = Json::parse(Body("GET", "/Supplier/v1/Supplier/GetAll", ""));
        const Json& first = list[0];
        if (list.size() != 3 ||
            (i > 0 && first["name"] != first["city"] && first["name"] != "Sample Hotel")) {
          ++torn;
        }
        ++lists;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(lists, kReaders * kRounds);
  // Each create took a place of its own.
  EXPECT_EQ(
      StatusOf("GET", "/ContactPerson/v1/ContactPerson/" + std::to_string(7 + kWriters * kRounds)),
      200);
}

TEST_F(QondorThreads, AResetIsSeenAllAtOnce) {
  std::atomic<bool> done = false;
  std::atomic<int> odd = 0;
  std::jthread reader([&] {
    while (!done) {
      const Json list = Json::parse(Body("GET", "/Office/v1/Office/GetAll", ""));
      if (list.size() != 2) ++odd;
    }
  });
  for (int i = 0; i < 100; ++i) backend_.Reset();
  done = true;
  reader.join();
  EXPECT_EQ(odd, 0);
}

}  // namespace
}  // namespace kondor::qondor
