#include "mock_server/control/clock_json.h"

#include "mock_server/json/object_reader.h"
#include "mock_server/sandbox/time_text.h"

namespace kondor::control {

Result<SandboxClock::Change> ReadClockChange(const Json& object, const std::string& place) {
  ObjectReader reader(object, place);
  SandboxClock::Change change;
  std::string mode, now;
  if (reader.Text("mode", mode)) {
    change.mode = ParseClockMode(mode);
    if (!change.mode) reader.Fail("mode", "unknown value; allowed: real, manual");
  }
  if (reader.Text("now", now)) {
    const Result<TimePoint> instant = ParseIsoTime(now);
    if (instant) {
      change.now = *instant;
    } else {
      reader.Fail("now", instant.error().message);
    }
  }
  if (const Json* speed = reader.Any("speed")) {
    if (speed->is_number()) {
      change.speed = speed->get<double>();
    } else {
      reader.Fail("speed", "expected a number over 0");
    }
  }
  if (Result<void> read = reader.Finish(); !read) return Unexpected(read.error());
  return change;
}

}  // namespace kondor::control
