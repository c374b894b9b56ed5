// What else a change brings about, where one field follows another only in Qondor's own way: the
// "after_write" of api.json. Thread-safe: a pure function of the store, under the backend's lock.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "mock_server/qondor/backend/input.h"
#include "mock_server/qondor/backend/store.h"

namespace kondor::qondor {

// That an event is due, and which entity it is about.
struct Notice {
  std::string_view topic;
  std::int32_t id = 0;
};

struct Written {
  Store& store;
  const Contract& contract;
  const Resource& resource;
  std::int32_t id;
  const Record* before;  // nullptr: it is new
  const Input& input;
  std::int64_t now;
  std::vector<Notice>& notices;
};

// REQUIRES: the resource has an after_write.
void AfterWrite(const Written& written);
// Whether there is something of that name to do.
bool IsAfterWrite(std::string_view name);

}  // namespace kondor::qondor
