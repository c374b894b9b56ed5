#include "client/budget/file_log.h"
#include "tests/client/budget/place.h"
#include "tests/client/budget/temp_dir.h"

namespace kondor::limiter {
namespace {

class FilePlace final : public Place {
 public:
  explicit FilePlace(const Clock& clock) : clock_(clock) {}

  Result<std::unique_ptr<SharedLog>> Join(const Terms& terms) override {
    Result<std::unique_ptr<FileLog>> log = FileLog::Open({.path = dir_.File("budget"),
                                                          .terms = terms,
                                                          .clock = &clock_,
                                                          .boot = 1,
                                                          .area_bytes = 4096});
    if (!log) return Unexpected(log.error());
    return std::unique_ptr<SharedLog>(std::move(*log));
  }

 private:
  TempDir dir_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<Place> MakeFilePlace(const Clock& clock) {
  return std::make_unique<FilePlace>(clock);
}

}  // namespace kondor::limiter
