// Holds an answer against what a check expects. Thread-safe: a pure function.
#pragma once

#include <functional>
#include <string>

#include "scenarios/live/checks/check.h"
#include "scenarios/live/findings/finding.h"
#include "scenarios/wire/message.h"

namespace kondor::live {

// What an open question's reading is expected to be: what it was found to be the last time, or
// empty for the first of its readings.
using Expected = std::function<std::string(const std::string& rule, const std::string& setting)>;

void JudgeAnswer(const Check& check, const client::Request& request,
                 const client::Response& response, const Ids& ids, const Expected& expected,
                 Findings& findings);

// As a mismatch: the documented body, and the one that came.
scenarios::Mismatch Bodies(const std::string& documented, const client::Response& response);

scenarios::Reply ReplyOf(const client::Response& response);

}  // namespace kondor::live
