// Creates, changes and deletes entities as a call says, or says why not and changes nothing.
// Not thread-safe: one call's own, under the backend's lock.
#pragma once

#include <vector>

#include "mock_server/qondor/backend/after_write.h"
#include "mock_server/qondor/backend/event.h"
#include "mock_server/qondor/backend/pending.h"

namespace kondor::qondor {

class Writer {
 public:
  // `now` in microseconds since 1970.
  Writer(Store& store, const Contract& contract, std::int64_t now)
      : store_(store), contract_(contract), proposal_(store, contract), now_(now) {}

  // Each returns the entity as it stands then; nothing when it is gone, or when `verdict` says why.
  Seen Create(const Operation& operation, const Input& input, Verdict& verdict);
  Seen Update(const Operation& operation, const Input& input, Verdict& verdict);
  Seen Delete(const Operation& operation, const Input& input, Verdict& verdict);
  Seen Relate(const Operation& operation, const Input& input, Verdict& verdict);

  // What the world is to be told of, in order.
  const std::vector<Notice>& notices() const { return notices_; }

 private:
  Seen Add(Pending& pending, const Input& input);
  void AddChildren(Pending& pending, std::int32_t id, const Input& input);
  void Finish(const Resource& resource, std::int32_t id, const Record* before, const Input& input);
  void Stamp(const std::vector<FieldIndex>& fields, const Resource& resource, Record& record) const;
  void Generate(const Resource& resource, std::int32_t id, Record& record) const;
  void Number(const Resource& resource, Record& record) const;
  void SetElsewhere(Pending& pending);

  Store& store_;
  const Contract& contract_;
  Proposal proposal_;
  const std::int64_t now_;
  std::vector<Notice> notices_;
};

}  // namespace kondor::qondor
