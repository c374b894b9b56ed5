#include "mock_server/ledger/books.h"

#include "mock_server/ledger/books_of.h"
#include "mock_server/ledger/windows/fixed_aligned.h"
#include "mock_server/ledger/windows/fixed_from_first.h"
#include "mock_server/ledger/windows/gcra.h"
#include "mock_server/ledger/windows/sliding_counter.h"
#include "mock_server/ledger/windows/sliding_log.h"
#include "mock_server/ledger/windows/token_bucket.h"
#include "mock_server/ledger/windows/two_windows.h"

namespace kondor::ledger {
namespace {

// What fits a record of 112 bytes, and the documented limits (K4) just do.
constexpr std::uint8_t kInlineStamps = 20;

template <class Counters>
std::unique_ptr<Books> Open(const Reading& reading, const LedgerOptions& options) {
  return std::make_unique<BooksOf<Counters>>(reading, options);
}

}  // namespace

std::unique_ptr<Books> OpenBooks(const Reading& reading, const LedgerOptions& options) {
  switch (reading.window) {
    case Window::kSlidingLog:
      if (Quotas(reading.per_second, reading.per_minute).most <= kInlineStamps) {
        return Open<SlidingLog<InlineRing<kInlineStamps>>>(reading, options);
      }
      return Open<SlidingLog<GrowingRing>>(reading, options);
    case Window::kFixedFromFirst:
      return Open<TwoWindows<FixedFromFirst>>(reading, options);
    case Window::kFixedAligned:
      return Open<TwoWindows<FixedAligned>>(reading, options);
    case Window::kSlidingCounter:
      return Open<TwoWindows<SlidingCounter>>(reading, options);
    case Window::kTokenBucket:
      return Open<TwoWindows<TokenBucket>>(reading, options);
    case Window::kGcra:
      return Open<TwoWindows<Gcra>>(reading, options);
  }
  return nullptr;  // not reached: every reading is above
}

}  // namespace kondor::ledger
