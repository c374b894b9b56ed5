// kondor-mock's log: lines on stderr, as text or as JSON. Thread-safe after StartLog().
#pragma once

#include <string_view>

#include "base/result.h"

namespace kondor::command {

enum class LogFormat { kText, kJson };
enum class LogLevel { kDebug, kInfo, kWarn, kError, kOff };

struct LogOptions {
  LogFormat format = LogFormat::kText;
  LogLevel level = LogLevel::kInfo;
};

Result<LogLevel> ParseLogLevel(std::string_view text);

void StartLog(const LogOptions& options);
void Log(LogLevel level, std::string_view message);

}  // namespace kondor::command
