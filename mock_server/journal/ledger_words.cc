#include "mock_server/journal/ledger_words.h"

namespace kondor {

std::string_view ToText(ledger::Window window) {
  switch (window) {
    case ledger::Window::kSlidingLog:
      return "sliding_log";
    case ledger::Window::kFixedFromFirst:
      return "fixed_from_first";
    case ledger::Window::kFixedAligned:
      return "fixed_aligned";
    case ledger::Window::kSlidingCounter:
      return "sliding_counter";
    case ledger::Window::kTokenBucket:
      return "token_bucket";
    case ledger::Window::kGcra:
      return "gcra";
  }
  return {};
}

std::string_view ToText(ledger::Dimension dimension) {
  switch (dimension) {
    case ledger::Dimension::kIp:
      return "ip";
    case ledger::Dimension::kKey:
      return "key";
    case ledger::Dimension::kPair:
      return "pair";
    case ledger::Dimension::kSubscription:
      return "subscription";
  }
  return {};
}

std::string_view ToText(ledger::Period period) {
  switch (period) {
    case ledger::Period::kSecond:
      return "second";
    case ledger::Period::kMinute:
      return "minute";
    case ledger::Period::kDay:
      return "day";
  }
  return {};
}

std::string_view ToText(ledger::Cause cause) {
  switch (cause) {
    case ledger::Cause::kWindow:
      return "window";
    case ledger::Cause::kLockout:
      return "lockout";
    case ledger::Cause::kBooksFull:
      return "books_full";
  }
  return {};
}

}  // namespace kondor
