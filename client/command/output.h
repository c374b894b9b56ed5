// What kondor-call says: results on stdout, all else on stderr; as text for people, or as one JSON
// object a line for programs. No secret gets through. Not thread-safe.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "client/command/table.h"

namespace kondor::client::command {

using OrderedJson = nlohmann::ordered_json;

enum class Format { kText, kJson };

// What is not UTF-8 is replaced: the line is JSON in any case.
std::string Dump(const OrderedJson& json);

class Output {
 public:
  Output(Format format, std::vector<std::string> secrets);
  ~Output();  // clears the progress
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  Format format() const { return format_; }

  // On stdout; the line's end is added where it is missing.
  void Result(std::string_view text);
  void Result(const Table& table);
  // On stderr: "kondor-call: ..." on one line.
  void Note(std::string_view text);
  // On stderr as it is.
  void Explain(std::string_view text);
  // On stderr. On a terminal over the line before; else a line of its own, unless it is only
  // `Tick`ing.
  void Progress(const std::string& text);
  void Tick(const std::string& text);
  bool on_terminal() const { return stderr_is_terminal_; }

  // Whether all of stdout got where it should.
  bool Flush();

 private:
  void Clear();
  std::string Concealed(std::string_view text) const;

  const Format format_;
  const std::vector<std::string> secrets_;
  const bool stderr_is_terminal_;
  const Paint paint_;  // of stdout
  bool drawn_ = false;
};

}  // namespace kondor::client::command
