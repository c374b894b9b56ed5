#include "scenarios/judge/words.h"

#include <cstdio>

namespace kondor::judge {

std::string Seconds(Duration d) {
  char text[48];
  std::snprintf(text, sizeof text, "%.3f s", std::chrono::duration<double>(d).count());
  return text;
}

std::string Some(std::size_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

}  // namespace kondor::judge
