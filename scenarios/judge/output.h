// What a program wrote to KONDOR_OUTPUT: one JSON line for each status it holds to be real. A plain
// value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/judge/secrets.h"

namespace kondor::judge {

struct OutputLine {
  std::int64_t pipeline_id = 0;
  std::string status;  // what is not text reads as its JSON: null, 7
};

struct Output {
  bool exists = false;  // a program that never made the file ignores the variable
  std::vector<OutputLine> lines;
  std::size_t unreadable = 0;              // lines that are no such JSON
  std::string trouble;                     // why it could not be read; empty when it could
  std::vector<std::string> secrets_found;  // names of secrets that stand in it
};

// The last line may lack its newline. A file that is none, or a huge one, is trouble.
Output ReadOutput(const std::string& path, const std::vector<Secret>& secrets);

Output ParseOutput(std::string_view text, const std::vector<Secret>& secrets);

}  // namespace kondor::judge
