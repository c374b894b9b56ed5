#include "client/command/output.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "client/call/one_line.h"
#include "client/credentials/conceal.h"

namespace kondor::client::command {
namespace {

constexpr std::size_t kSecretBytesMin = 8;  // a shorter one would make holes in any answer

bool IsTerminal(int descriptor) {
  const char* kind = std::getenv("TERM");
  return ::isatty(descriptor) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

Paint PaintOf(int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  const bool wanted = no_colour == nullptr || *no_colour == '\0';
  return wanted && IsTerminal(descriptor) ? Paint::kColours : Paint::kPlain;
}

std::vector<std::string> WorthConcealing(std::vector<std::string> secrets) {
  std::erase_if(secrets, [](const std::string& one) { return one.size() < kSecretBytesMin; });
  return secrets;
}

}  // namespace

std::string Dump(const OrderedJson& json) {
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

Output::Output(Format format, std::vector<std::string> secrets)
    : format_(format),
      secrets_(WorthConcealing(std::move(secrets))),
      stderr_is_terminal_(IsTerminal(STDERR_FILENO)),
      paint_(PaintOf(STDOUT_FILENO)) {}

Output::~Output() { Clear(); }

void Output::Result(std::string_view text) {
  Clear();
  std::string shown = Concealed(text);
  if (!shown.ends_with('\n')) shown += '\n';
  std::fputs(shown.c_str(), stdout);
  std::fflush(stdout);  // whoever reads it may be waiting for it
}

void Output::Result(const Table& table) { Result(table.ToText(paint_)); }

void Output::Note(std::string_view text) {
  Clear();
  std::fprintf(stderr, "kondor-call: %s\n", OneLine(Concealed(text)).c_str());
}

void Output::Explain(std::string_view text) {
  Clear();
  std::fprintf(stderr, "%s\n", Concealed(text).c_str());
}

void Output::Progress(const std::string& text) {
  if (stderr_is_terminal_) return Tick(text);
  if (format_ == Format::kText) Explain(text);
}

void Output::Tick(const std::string& text) {
  if (!stderr_is_terminal_) return;
  std::fprintf(stderr, "\r\x1b[K%s", OneLine(Concealed(text)).c_str());
  std::fflush(stderr);
  drawn_ = true;
}

bool Output::Flush() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

void Output::Clear() {
  if (std::exchange(drawn_, false)) std::fputs("\r\x1b[K", stderr);
}

std::string Output::Concealed(std::string_view text) const {
  return secrets_.empty() ? std::string(text) : Conceal(text, secrets_);
}

}  // namespace kondor::client::command
